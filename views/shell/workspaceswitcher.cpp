// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/workspaceswitcher.h"

#include "models/workspace/openworkspaces.h"
#include "models/workspace/workspacebook.h"
#include "views/common/controls.h"
#include "views/common/workspacecolor.h"
#include "views/shell/workspacewords.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kWidth = 380;
constexpr int kRowHeight = 50;
constexpr int kMostRows = 9;
constexpr int kBar = 4;

enum Role { IdRole = Qt::UserRole, LineRole, ColorRole, AlarmRole, KeysRole };

/// Colour bar, name over its line, and the keys at the right.
class EntryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {kWidth, metrics::rowHeight(kRowHeight, 2)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const QRect row = option.rect;
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(row, theme.selection);
        const QRect bar(row.left() + metrics::kGap, row.top() + metrics::kGap, kBar, row.height() - 2 * metrics::kGap);
        painter->fillRect(bar, workspaceColor(index.data(ColorRole).toInt(), option.palette));
        painter->setFont(roleFont(TextRole::Small));
        painter->setPen(theme.text3);
        const QString keys = index.data(KeysRole).toString();
        const int keysWidth = painter->fontMetrics().horizontalAdvance(keys);
        painter->drawText(row.adjusted(0, 0, -metrics::kInset, 0), Qt::AlignRight | Qt::AlignVCenter, keys);
        QRect text = row.adjusted(metrics::kGap + kBar + metrics::kInset, 0, -(keysWidth + 2 * metrics::kInset), 0);
        const QFont strong = roleFont(index.data(Qt::CheckStateRole).toInt() != 0 ? TextRole::Strong : TextRole::Body);
        const int upper = QFontMetrics(strong).height();
        const int lower = QFontMetrics(roleFont(TextRole::Small)).height();
        text.setTop(row.top() + (row.height() - upper - lower) / 2);
        paintLine(painter, text, upper, strong, theme.text, index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle);
        text.setTop(text.top() + upper);
        paintLine(painter, text, lower, roleFont(TextRole::Small),
            index.data(AlarmRole).toBool() ? theme.textOn(Notice::Look) : theme.text3, index.data(LineRole).toString(),
            Qt::ElideRight);
    }

private:
    static void paintLine(QPainter *painter, QRect rect, int height, const QFont &font, const QColor &color,
        const QString &text, Qt::TextElideMode elide)
    {
        rect.setHeight(height);
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(text.left(300).simplified(), elide, rect.width()));
    }
};

QString lineOf(const WorkspaceEntry &entry, const OpenWorkspaces &open, Instant now)
{
    QStringList parts;
    if (entry.protection == Protection::Production)
        parts += WorkspaceSwitcher::tr("production");
    else if (entry.protection == Protection::ReadOnly)
        parts += WorkspaceSwitcher::tr("read-only");
    if (const Workspace *workspace = open.workspace(entry.id))
        parts += workspaceLine(*workspace, now);
    else if (open.failure(entry.id))
        parts += WorkspaceSwitcher::tr("could not be opened");
    else
        parts += entry.isServer ? entry.connection.apiUrl.toDisplayString() : WorkspaceSwitcher::tr("local file");
    return parts.join(QStringLiteral(" · "));
}

} // namespace

WorkspaceSwitcher::WorkspaceSwitcher(
    const WorkspaceBook &book, const OpenWorkspaces &open, const QString &current, Clock clock, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_book(book), m_open(open), m_current(current), m_clock(std::move(clock)),
      m_filter(new QLineEdit), m_list(new QListView), m_model(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("workspace-switcher"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_filter->setPlaceholderText(tr("Type to narrow"));
    m_filter->setAccessibleName(tr("Workspaces"));
    m_filter->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Known workspaces"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kStep, metrics::kStep, metrics::kStep, metrics::kStep);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_filter);
    column->addWidget(m_list);
    column->addWidget(separator(Qt::Horizontal));
    column->addWidget(makeActions());
    connect(m_filter, &QLineEdit::textChanged, this, &WorkspaceSwitcher::fill);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index, false); });
    connect(m_list, &QListView::entered, m_list, &QListView::setCurrentIndex);
    fill();
}

QWidget *WorkspaceSwitcher::makeActions()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const auto add = [this, column](const QString &text, const QString &icon, auto signal) {
        QPushButton *button = pushButton(text, ButtonRole::Flat, icon);
        column->addWidget(button, 0, Qt::AlignLeft);
        connect(button, &QPushButton::clicked, this, [this, signal] {
            close();
            emit(this->*signal)();
        });
    };
    add(tr("Connect…"), QStringLiteral("network-connect"), &WorkspaceSwitcher::connectRequested);
    add(tr("All workspaces"), QStringLiteral("network-server"), &WorkspaceSwitcher::allRequested);
    return box;
}

void WorkspaceSwitcher::fill()
{
    m_model->clear();
    const QStringList words = m_filter->text().split(u' ', Qt::SkipEmptyParts);
    const Instant now = m_clock();
    int number = 0;
    for (const WorkspaceEntry &entry : m_book.entries()) {
        ++number;
        const QString haystack = entry.name + u' ' + entry.connection.apiUrl.toDisplayString();
        const bool fits = std::all_of(words.begin(), words.end(),
            [&haystack](const QString &word) { return haystack.contains(word, Qt::CaseInsensitive); });
        if (!fits)
            continue;
        auto *item = new QStandardItem(entry.name.left(300).simplified());
        const QString line = lineOf(entry, m_open, now);
        const Workspace *workspace = m_open.workspace(entry.id);
        item->setEditable(false);
        item->setData(entry.id, IdRole);
        item->setData(line, LineRole);
        item->setData(entry.colour, ColorRole);
        item->setData(workspace != nullptr ? isAlarming(*workspace) : m_open.failure(entry.id).has_value(), AlarmRole);
        item->setData(number <= kMostRows ? tr("Ctrl+%1").arg(number) : QString(), KeysRole);
        item->setData(entry.id == m_current ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
        item->setData(QStringLiteral("%1, %2").arg(item->text(), line), Qt::AccessibleTextRole);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    const int rows = std::clamp(m_model->rowCount(), 1, kMostRows);
    m_list->setFixedSize(kWidth, rows * metrics::rowHeight(kRowHeight, 2));
}

void WorkspaceSwitcher::popup(QPoint topLeft)
{
    move(topLeft);
    adjustSize();
    show();
    m_filter->setFocus(Qt::PopupFocusReason);
}

void WorkspaceSwitcher::choose(const QModelIndex &index, bool newWindow)
{
    if (!index.isValid())
        return;
    const QString id = index.data(IdRole).toString();
    close();
    emit chosen(id, newWindow);
}

bool WorkspaceSwitcher::eventFilter(QObject *watched, QEvent *event)
{
    // Up and Down walk the list while the text keeps the focus.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            const int row = m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
            if (row >= 0 && row < m_model->rowCount())
                m_list->setCurrentIndex(m_model->index(row, 0));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void WorkspaceSwitcher::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(m_list->currentIndex(), event->modifiers().testFlag(Qt::ControlModifier));
    else
        QFrame::keyPressEvent(event);
}

} // namespace fd
