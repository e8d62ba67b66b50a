// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/navbutton.h"

#include "views/common/icons.h"
#include "views/common/theme.h"

#include <QPainter>

namespace fd {
namespace {

constexpr int kHeight = 32;
constexpr int kTextLeft = 36;

} // namespace

NavButton::NavButton(const QString &iconName, const QString &title, QWidget *parent)
    : QAbstractButton(parent), m_iconName(iconName)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    describe();
}

void NavButton::setCount(const QString &count)
{
    if (count == m_count)
        return;
    m_count = count;
    describe();
    update();
}

void NavButton::setFolded(bool folded)
{
    m_folded = folded;
    describe();
    updateGeometry();
}

void NavButton::describe()
{
    const QString spoken = m_count.isEmpty() ? text() : tr("%1, %2").arg(text(), m_count);
    setAccessibleName(spoken);
    setToolTip(m_folded ? spoken : QString());
}

QSize NavButton::sizeHint() const
{
    const int height = metrics::atLeast(kHeight, font(), metrics::kWideGap);
    if (m_folded)
        return {36, height};
    const QFontMetrics text(roleFont(TextRole::Strong, font()));
    const QFontMetrics small(roleFont(TextRole::Small, font()));
    return {
        kTextLeft + text.horizontalAdvance(this->text()) + metrics::kInset + small.horizontalAdvance(m_count), height};
}

QSize NavButton::minimumSizeHint() const { return {36, sizeHint().height()}; }

void NavButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? theme.selection : theme.hover);
        painter.drawRoundedRect(rect(), metrics::kRadius, metrics::kRadius);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, metrics::kFocusFrame));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::kRadius, metrics::kRadius);
    }
    const int left = m_folded ? (width() - metrics::kMark) / 2 : metrics::kGap;
    const QRect icon(left, (height() - metrics::kMark) / 2, metrics::kMark, metrics::kMark);
    const QIcon image = isChecked() ? icons::tinted(m_iconName, theme.accent) : icons::named(m_iconName);
    image.paint(&painter, icon);
    if (m_folded)
        return;
    const QFont small = roleFont(TextRole::Small, font());
    const QRect inner = rect().adjusted(kTextLeft, 0, -10, 0);
    painter.setFont(small);
    painter.setPen(theme.text3);
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_count);
    const int used = m_count.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(m_count) + metrics::kGap;
    painter.setFont(roleFont(isChecked() ? TextRole::Strong : TextRole::Body, font()));
    painter.setPen(theme.text);
    const QString title = painter.fontMetrics().elidedText(text(), Qt::ElideRight, inner.width() - used);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
}

void NavButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NavButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void NavButton::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace fd
