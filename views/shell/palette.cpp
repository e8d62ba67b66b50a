// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/palette.h"

#include "views/common/controls.h"
#include "views/common/icons.h"
#include "views/shell/palettemodel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kWidth = 720;
constexpr int kHeight = 480;
constexpr int kRow = 36;
constexpr int kHead = 28;

class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {100, metrics::rowHeight(index.data(PaletteModel::HeadRole).toBool() ? kHead : kRow, 1)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const QRect row = option.rect.adjusted(metrics::kGap, 0, -metrics::kGap, 0);
        if (index.data(PaletteModel::HeadRole).toBool()) {
            painter->setFont(roleFont(TextRole::Small));
            painter->setPen(theme.text3);
            painter->drawText(row.adjusted(metrics::kGap, 0, 0, -metrics::kStep / 2), Qt::AlignLeft | Qt::AlignBottom,
                index.data().toString());
            return;
        }
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(row, theme.selection);
        const QRect icon(
            row.left() + metrics::kGap, row.center().y() - metrics::kMark / 2, metrics::kMark, metrics::kMark);
        if (const QString name = index.data(PaletteModel::IconRole).toString(); !name.isEmpty())
            icons::named(name).paint(painter, icon);
        painter->setFont(roleFont(TextRole::Small));
        painter->setPen(theme.text3);
        const QString keys = index.data(PaletteModel::KeysRole).toString();
        painter->drawText(row.adjusted(0, 0, -metrics::kGap, 0), Qt::AlignRight | Qt::AlignVCenter, keys);
        const int keysWidth = keys.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(keys) + metrics::kInset;
        QRect text = row.adjusted(2 * metrics::kGap + metrics::kMark, 0, -metrics::kGap - keysWidth, 0);
        painter->setFont(roleFont(TextRole::Body));
        painter->setPen(theme.text);
        const QString title = painter->fontMetrics().elidedText(
            index.data().toString().left(400).simplified(), Qt::ElideMiddle, text.width());
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
        text.setLeft(text.left() + painter->fontMetrics().horizontalAdvance(title) + metrics::kInset);
        painter->setFont(roleFont(TextRole::Quiet));
        painter->setPen(theme.text2);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(
                index.data(PaletteModel::DetailRole).toString().left(400).simplified(), Qt::ElideRight, text.width()));
    }
};

} // namespace

CommandPalette::CommandPalette(PaletteSource source, const QString &scope, QWidget *window)
    : QFrame(window, Qt::Popup), m_source(std::move(source)), m_window(window), m_text(new QLineEdit),
      m_list(new QListView), m_nothing(new TextLabel(tr("Nothing fits."), TextRole::Body, Tone::Text3)),
      m_model(new PaletteModel(this))
{
    setObjectName(QStringLiteral("command-palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_text->setFrame(false);
    m_text->setFont(roleFont(TextRole::ObjectTitle));
    QFont plain = m_text->font();
    plain.setBold(false);
    m_text->setFont(plain);
    m_text->setPlaceholderText(tr("Go to a deployment, paste a link, or run a command"));
    m_text->setAccessibleName(tr("Command palette"));
    m_text->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("What fits"));
    m_nothing->setAlignment(Qt::AlignCenter);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::kInset, metrics::kInset, metrics::kInset, metrics::kGap);
    head->addWidget(m_text, 1);
    head->addWidget(new TextLabel(scope.left(60).simplified(), TextRole::Quiet, Tone::Text2));
    auto *foot = new TextLabel(
        tr("Up, Down: choose   Enter: do it   Ctrl+Enter: in a new window   Esc: close"), TextRole::Small, Tone::Text3);
    foot->setContentsMargins(metrics::kInset, metrics::kGap, metrics::kInset, metrics::kGap);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(separator(Qt::Horizontal));
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1);
    column->addWidget(separator(Qt::Horizontal));
    column->addWidget(foot);
    m_nothing->hide();
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::entered, this, [this](const QModelIndex &index) {
        if (m_model->itemAt(index.row()) != nullptr)
            m_list->setCurrentIndex(index);
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_list->setCurrentIndex(index);
        choose(false);
    });
}

void CommandPalette::popup()
{
    const int width = std::min(kWidth, m_window->width() - 2 * metrics::kSection);
    resize(width, std::min(kHeight, m_window->height() - 2 * metrics::kSection));
    move(m_window->mapToGlobal(QPoint((m_window->width() - width) / 2, metrics::kHeaderRow * 2)));
    show();
    m_text->setFocus(Qt::PopupFocusReason);
    search();
}

void CommandPalette::search()
{
    const int asked = ++m_asked;
    m_source(m_text->text().trimmed(), [self = QPointer(this), asked](const QList<PaletteItem> &items) {
        if (self == nullptr || self->m_asked != asked)
            return;
        self->m_model->setItems(items);
        self->m_nothing->setVisible(items.isEmpty());
        self->m_list->setVisible(!items.isEmpty());
        // Row 0 is the first group's head.
        self->m_list->setCurrentIndex(self->m_model->index(1, 0));
    });
}

void CommandPalette::step(int by)
{
    for (int row = m_list->currentIndex().row() + by; row >= 0 && row < m_model->rowCount(); row += by) {
        if (m_model->itemAt(row) == nullptr)
            continue;
        m_list->setCurrentIndex(m_model->index(row, 0));
        m_list->scrollTo(m_list->currentIndex());
        return;
    }
}

void CommandPalette::choose(bool newWindow)
{
    const PaletteItem *item = m_model->itemAt(m_list->currentIndex().row());
    if (item == nullptr)
        return;
    const auto act = item->act;
    close();
    act(newWindow);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    // The text keeps the focus while the list is walked.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(event->modifiers().testFlag(Qt::ControlModifier));
    else
        QFrame::keyPressEvent(event);
}

} // namespace fd
