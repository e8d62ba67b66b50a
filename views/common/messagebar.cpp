// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/messagebar.h"

#include "views/common/controls.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fd {
namespace {

constexpr int kWidth = 556;
constexpr int kHeight = 52;
constexpr qsizetype kMostActions = 2;
constexpr qsizetype kMostHistory = 500;

/// The state whose mark a message of this kind carries on its dark card.
StateLook noticeLook(Notice notice)
{
    switch (notice) {
    case Notice::Done:
        return stateLook(StateType::Completed, u"Completed");
    case Notice::Note:
        return stateLook(StateType::Pending, u"Pending");
    case Notice::Look:
        return stateLook(StateType::Scheduled, u"Late");
    case Notice::Broken:
        return stateLook(StateType::Failed, u"Failed");
    }
    return {};
}

void setTextColor(QWidget *widget, const QColor &color)
{
    QPalette changed;
    changed.setColor(QPalette::WindowText, color);
    changed.setColor(QPalette::Text, color);
    changed.setColor(QPalette::ButtonText, color);
    widget->setPalette(changed);
}

/// An action of a message: bold link on the dark card.
class CardButton : public QPushButton
{
public:
    using QPushButton::QPushButton;

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFont font = roleFont(TextRole::Strong);
        return {QFontMetrics(font).horizontalAdvance(text()) + 2 * metrics::kGap,
            metrics::atLeast(metrics::kControl, font, 8)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(parentWidget()->palette());
        QPainter painter(this);
        if (underMouse() || isDown())
            glyph::box(painter, rect(), metrics::kRadius, mixed(theme.card, theme.cardText, 0.12), {});
        if (hasFocus())
            glyph::box(painter, rect(), metrics::kRadius, {}, theme.cardLink, metrics::kFocusFrame);
        painter.setFont(roleFont(TextRole::Strong));
        painter.setPen(theme.cardLink);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
};

} // namespace

MessageBar::MessageBar(Clock clock, QWidget *parent)
    : QWidget(parent), m_clock(std::move(clock)), m_title(new ElidedLabel({}, TextRole::Strong, Tone::Text)),
      m_detail(new ElidedLabel({}, TextRole::Quiet, Tone::Text)), m_row(new QHBoxLayout(this))
{
    auto *lines = new QVBoxLayout;
    lines->setSpacing(0);
    lines->addStretch();
    lines->addWidget(m_title);
    lines->addWidget(m_detail);
    lines->addStretch();
    m_row->setContentsMargins(44, metrics::kStep, metrics::kGap, metrics::kStep);
    m_row->setSpacing(metrics::kGap);
    m_row->addLayout(lines, 1);
    setAttribute(Qt::WA_Hover);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &MessageBar::dismiss);
    parent->installEventFilter(this);
    hide();
}

void MessageBar::post(const Message &message)
{
    Message stamped = message;
    stamped.shownAt = m_clock();
    m_history << stamped;
    if (m_history.size() > kMostHistory)
        m_history.removeFirst();
    m_waiting << stamped;
    emit posted(stamped);
    if (!isVisibleTo(parentWidget()))
        showNext();
}

void MessageBar::dismiss()
{
    m_timer.stop();
    hide();
    showNext();
}

void MessageBar::showNext()
{
    if (m_waiting.isEmpty())
        return;
    m_shown = m_waiting.takeFirst();
    m_title->setText(m_shown.title);
    m_detail->setText(m_shown.detail);
    m_detail->setVisible(!m_shown.detail.isEmpty());
    setAccessibleName(m_shown.title);
    setAccessibleDescription(m_shown.detail);
    const Theme &theme = Theme::of(palette());
    setTextColor(m_title, theme.cardText);
    setTextColor(m_detail, theme.cardText2);
    showActions();
    place();
    show();
    raise();
    m_timer.start(kStayMs);
    updateTimer();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::showActions()
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const MessageAction &action : m_shown.actions.mid(0, kMostActions)) {
        auto *button = new CardButton(action.text, this);
        m_row->addWidget(button);
        m_buttons << button;
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            dismiss();
            run();
        });
    }
}

void MessageBar::place()
{
    const QWidget *area = parentWidget();
    const QSize size(
        std::min(metrics::forText(kWidth), area->width() - 2 * metrics::kInset), metrics::rowHeight(kHeight, 2));
    const QRect place(QPoint(metrics::kInset, area->height() - size.height() - metrics::kInset), size);
    setGeometry(QStyle::visualRect(layoutDirection(), area->rect(), place));
}

void MessageBar::updateTimer()
{
    if (!isVisible())
        return;
    const bool stays = underMouse() || !isActiveWindow();
    if (stays)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(kStayMs);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    glyph::box(painter, rect(), metrics::kCardRadius, theme.card, {});
    const QRect mark(metrics::kInset, 0, metrics::kMark, height());
    // The card is dark in both schemes, so its mark takes the dark scheme's colour.
    paintStateMark(
        painter, QStyle::visualRect(layoutDirection(), rect(), mark), noticeLook(m_shown.notice), Theme::builtIn(true));
}

void MessageBar::enterEvent(QEnterEvent *event)
{
    QWidget::enterEvent(event);
    updateTimer();
}

void MessageBar::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    updateTimer();
}

void MessageBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange)
        updateTimer();
}

bool MessageBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace fd
