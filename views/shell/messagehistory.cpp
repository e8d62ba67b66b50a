// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/messagehistory.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/rowdelegate.h"
#include "views/common/statemark.h"
#include "views/common/tableview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {
namespace {

enum Column { MarkColumn, TextColumn, ActionColumn, TimeColumn, ColumnCount };

class MessageDelegate : public RowDelegate
{
public:
    MessageDelegate(TableView *view, const MessageModel &model, Clock clock)
        : RowDelegate(view), m_model(model), m_clock(std::move(clock))
    {
    }

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override
    {
        const Message &message = m_model.at(index.row());
        const Theme &theme = cell.theme();
        switch (index.column()) {
        case MarkColumn: {
            QRectF mark(0, 0, metrics::kMark, metrics::kMark);
            mark.moveCenter(QRectF(cell.rect()).center());
            paintNoticeMark(cell.painter(), mark, message.notice, theme.textOn(message.notice));
            break;
        }
        case TextColumn:
            cell.twoLines({.text = message.title}, {.text = message.detail, .role = TextRole::Small});
            break;
        case ActionColumn:
            if (!message.actions.isEmpty())
                cell.line({.text = message.actions.constFirst().text, .color = theme.link}, Qt::AlignRight);
            break;
        case TimeColumn:
            cell.number(format::time(message.shownAt, m_clock(), format::Seconds::Show), theme.text2);
            break;
        }
    }

private:
    const MessageModel &m_model;
    Clock m_clock;
};

} // namespace

void MessageModel::setMessages(const QList<Message> &oldestFirst)
{
    beginResetModel();
    m_messages = QList<Message>(oldestFirst.crbegin(), oldestFirst.crend());
    endResetModel();
}

void MessageModel::add(const Message &message)
{
    beginInsertRows({}, 0, 0);
    m_messages.prepend(message);
    endInsertRows();
}

int MessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

int MessageModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const Message &message = m_messages.at(index.row());
    switch (index.column()) {
    case TextColumn:
        return message.detail.isEmpty() ? message.title : tr("%1: %2").arg(message.title, message.detail);
    case ActionColumn:
        return message.actions.isEmpty() ? QString() : message.actions.constFirst().text;
    case TimeColumn:
        return format::clock(message.shownAt, format::Seconds::Show);
    default:
        return {};
    }
}

MessageHistory::MessageHistory(const QList<Message> &oldestFirst, const Clock &clock, QWidget *parent)
    : QDialog(parent), m_model(new MessageModel(this)), m_table(new TableView)
{
    setObjectName(QStringLiteral("message-history"));
    setWindowTitle(tr("Message history"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    resize(680, 480);
    m_model->setMessages(oldestFirst);
    m_table->setAccessibleName(tr("Messages, newest first"));
    m_table->setModel(m_model);
    m_table->setColumns({{.id = MarkColumn, .title = {}, .width = 32},
        {.id = TextColumn, .title = tr("Message"), .stretch = true, .minWidth = 240},
        {.id = ActionColumn, .title = {}, .width = 110, .alignment = Qt::AlignRight},
        {.id = TimeColumn, .title = tr("Time"), .width = 120, .alignment = Qt::AlignRight}});
    m_table->setRowHeight(metrics::kRowTwoLines, 2);
    m_table->setItemDelegate(new MessageDelegate(m_table, *m_model, clock));
    m_table->setSortingEnabled(false);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metrics::kInset, metrics::kGap, metrics::kInset, metrics::kGap);
    QPushButton *copy = pushButton(tr("&Copy"), ButtonRole::Plain, QStringLiteral("edit-copy"));
    QPushButton *close = pushButton(tr("Close"));
    row->addWidget(copy);
    row->addStretch();
    row->addWidget(close);
    column->addLayout(row);
    connect(copy, &QPushButton::clicked, this, &MessageHistory::copySelected);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_table, &TableView::opened, this, [this](const QModelIndex &index) {
        const QList<MessageAction> actions = m_model->at(index.row()).actions;
        if (!actions.isEmpty() && actions.constFirst().run)
            actions.constFirst().run();
    });
}

void MessageHistory::add(const Message &message) { m_model->add(message); }

void MessageHistory::copySelected() const
{
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    QStringList lines;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!selected.isEmpty() && !selected.contains(m_model->index(row, 0)))
            continue;
        const Message &message = m_model->at(row);
        lines += QStringLiteral("%1\t%2\t%3").arg(format::fullTime(message.shownAt), message.title, message.detail);
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace fd
