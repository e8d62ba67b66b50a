// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/histogrambrush.h"

#include "views/common/glyphs.h"
#include "views/common/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace fd {
namespace {

constexpr double kGrip = 5;
constexpr double kEdge = 2;

} // namespace

HistogramBrush::HistogramBrush(QWidget *parent) : QWidget(parent) { setMouseTracking(true); }

void HistogramBrush::setBars(const TimeRange &whole, qint64 barUs)
{
    m_whole = whole;
    m_barUs = barUs;
    m_axis.setRange(whole);
    update();
}

void HistogramBrush::setSelection(const TimeRange &range, const QString &words)
{
    m_selection = range;
    m_words = words;
    update();
}

TimeRange HistogramBrush::bars(Instant a, Instant b) const
{
    const auto bar = [this](Instant instant) { return (instant - m_whole.from) / m_barUs; };
    const auto [first, last] = std::minmax({bar(a), bar(b)});
    return {m_whole.from.plusUs(first * m_barUs), std::min(m_whole.until, m_whole.from.plusUs((last + 1) * m_barUs))};
}

Instant HistogramBrush::at(double x) const { return std::clamp(m_axis.at(x), m_whole.from, m_whole.until.plusUs(-1)); }

QRectF HistogramBrush::area() const
{
    if (m_selection.isEmpty() || m_barUs == 0)
        return {};
    const double left = m_axis.x(m_selection.from);
    return QRectF(left, 0, m_axis.x(m_selection.until) - left, height()).intersected(QRectF(rect()));
}

std::optional<Instant> HistogramBrush::anchorFor(double x) const
{
    const QRectF shown = area();
    if (shown.isEmpty())
        return std::nullopt;
    if (std::abs(x - shown.left()) <= kGrip)
        return m_selection.until.plusUs(-1);
    if (std::abs(x - shown.right()) <= kGrip)
        return m_selection.from;
    return std::nullopt;
}

void HistogramBrush::choose(const TimeRange &range)
{
    if (range == m_selection)
        return;
    setSelection(range, {});
    emit chosen(range);
}

void HistogramBrush::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_barUs == 0)
        return;
    m_pressed = event->position().x();
    m_anchor = anchorFor(*m_pressed);
    m_before = m_selection;
}

void HistogramBrush::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (!m_pressed) {
        setCursor(anchorFor(x) ? Qt::SizeHorCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_anchor && std::abs(x - *m_pressed) < QApplication::startDragDistance())
        return;
    setSelection(bars(m_anchor.value_or(at(*m_pressed)), at(x)), {});
}

void HistogramBrush::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    const double x = event->position().x();
    const bool isClick = !m_anchor && std::abs(x - *m_pressed) < QApplication::startDragDistance();
    m_pressed.reset();
    const TimeRange dragged = std::exchange(m_selection, m_before);
    if (!isClick)
        choose(dragged);
    else if (m_selection.isEmpty())
        choose(bars(at(x), at(x)));
    else if (!area().contains(event->position()))
        choose({});
}

void HistogramBrush::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_before.isEmpty())
        choose({});
}

void HistogramBrush::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_axis.setPixels(0, width());
}

void HistogramBrush::paintEvent(QPaintEvent *)
{
    const QRectF shown = area();
    if (shown.isEmpty())
        return;
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    // What is outside steps back.
    QColor veil = theme.base;
    veil.setAlphaF(0.5F);
    painter.fillRect(QRectF(0, 0, shown.left(), height()), veil);
    painter.fillRect(QRectF(shown.right(), 0, width() - shown.right(), height()), veil);
    QColor tint = theme.accent;
    tint.setAlphaF(0.08F);
    painter.fillRect(shown, tint);
    for (const double x : {shown.left(), shown.right() - kEdge}) {
        painter.fillRect(QRectF(x, 0, kEdge, height()), theme.accent);
        glyph::box(painter, QRectF(x + kEdge / 2 - 3, height() / 2.0 - 7, 6, 14), 3, theme.base, theme.accent);
    }
    if (m_words.isEmpty())
        return;
    painter.setFont(roleFont(TextRole::Small));
    const QFontMetrics fm = painter.fontMetrics();
    const double width = fm.horizontalAdvance(m_words) + 2 * metrics::kGap;
    const double left = std::clamp(shown.center().x() - width / 2, 0.0, std::max(0.0, this->width() - width));
    const QRectF pill(left, 0, width, fm.height() + metrics::kStep);
    glyph::box(painter, pill, metrics::kRadius, theme.accent, {});
    painter.setPen(theme.onAccent);
    painter.drawText(pill, Qt::AlignCenter, m_words);
}

} // namespace fd
