// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/timelinepainter.h"

#include "views/common/celltext.h"
#include "views/common/format.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QPainterPath>
#include <QScrollBar>

namespace fd {
namespace {

/// Below this height a row has no room for a name and its bar is a line.
constexpr double kDenseBelow = 8;
constexpr int kTickGap = 72;
constexpr int kTryWidth = 48;
constexpr qsizetype kMostCurves = 200;

bool isBad(StateType type) { return type == StateType::Failed || type == StateType::Crashed; }

} // namespace

TimelinePainter::TimelinePainter(QPainter &painter, const Timeline &timeline)
    : m_painter(painter), m_timeline(timeline), m_theme(Theme::of(timeline.palette())),
      m_focus(timeline.m_hovered >= 0 ? timeline.m_hovered : timeline.m_selected)
{
}

void TimelinePainter::paint()
{
    m_painter.fillRect(m_timeline.viewport()->rect(), m_theme.base);
    paintBands();
    paintAxis();
    m_painter.save();
    m_painter.setClipRect(QRect(0, m_timeline.axisHeight(), m_timeline.viewport()->width(), chart().height()));
    if (m_timeline.rowHeight() < kDenseBelow) {
        paintDense();
    } else {
        paintRows();
        for (qsizetype i = 1; i < m_timeline.m_path.size(); ++i)
            paintCurve(m_timeline.m_path[i - 1], m_timeline.m_path[i]);
        if (m_focus >= 0)
            paintCurves(m_focus);
    }
    m_painter.restore();
    paintPicked();
}

QRect TimelinePainter::chart() const
{
    return m_timeline.viewport()->rect().adjusted(m_timeline.chartLeft(), m_timeline.axisHeight(), 0, 0);
}

double TimelinePainter::rowTop(int row) const
{
    return m_timeline.axisHeight() + row * m_timeline.rowHeight() - m_timeline.verticalScrollBar()->value();
}

bool TimelinePainter::isStrong(int row) const
{
    if (m_timeline.m_path.contains(row))
        return true;
    if (m_focus < 0)
        return false;
    return row == m_focus || m_timeline.m_rows[m_focus].parents.contains(row)
        || m_timeline.m_children[m_focus].contains(row);
}

QColor TimelinePainter::barColor(const TimelineRow &row, bool strong) const
{
    if (row.stateType == StateType::Completed)
        return strong ? m_theme.stripOk : mixed(m_theme.base, m_theme.stripOk, 0.62);
    return stateColor(row.stateType, row.stateName, m_theme);
}

void TimelinePainter::paintBands()
{
    m_painter.setFont(roleFont(TextRole::Small));
    for (const TimelineBand &band : m_timeline.m_bands) {
        const double left = m_timeline.m_axis.x(band.from);
        const double right = m_timeline.m_axis.x(band.until);
        const QRectF area = QRectF(left, chart().top(), right - left, chart().height()).intersected(chart());
        if (area.isEmpty())
            continue;
        m_painter.fillRect(area, m_theme.sunken);
        if (m_painter.fontMetrics().horizontalAdvance(band.label) + 2 * metrics::kStep > area.width())
            continue;
        m_painter.setPen(m_theme.text3);
        m_painter.drawText(area.adjusted(0, metrics::kStep, 0, 0), Qt::AlignHCenter | Qt::AlignTop, band.label);
    }
}

void TimelinePainter::paintAxis()
{
    const QRect area = chart();
    const int bottom = m_timeline.axisHeight() - 1;
    m_painter.setFont(roleFont(TextRole::Small));
    for (const Tick &tick : m_timeline.m_axis.ticks(metrics::forText(kTickGap))) {
        const int x = qRound(m_timeline.m_axis.x(tick.at));
        m_painter.fillRect(x, bottom - metrics::kStep, 1, area.bottom() - bottom + metrics::kStep + 1, m_theme.line);
        const int width = m_painter.fontMetrics().horizontalAdvance(tick.label);
        const int left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
        m_painter.setPen(m_theme.text2);
        m_painter.drawText(
            QRect(left, 0, width + 1, bottom - metrics::kStep), Qt::AlignLeft | Qt::AlignVCenter, tick.label);
    }
    m_painter.fillRect(0, bottom, m_timeline.viewport()->width(), 1, m_theme.line);
}

void TimelinePainter::paintRows()
{
    const int first = std::max(0, m_timeline.rowAt(QPoint(0, m_timeline.axisHeight())));
    for (int row = first; row < m_timeline.m_rows.size() && rowTop(row) < m_timeline.viewport()->height(); ++row)
        paintRow(row);
}

void TimelinePainter::paintRow(int row)
{
    const QRectF area(0, rowTop(row), m_timeline.viewport()->width(), m_timeline.rowHeight());
    if (row == m_timeline.m_selected)
        m_painter.fillRect(area, m_timeline.hasFocus() ? m_theme.selection : m_theme.selectionInactive);
    else if (row == m_timeline.m_hovered)
        m_painter.fillRect(area, m_theme.hover);
    paintName(row, area);

    const QRectF bar = m_timeline.barRect(row);
    const QRectF seen = bar.intersected(QRectF(chart()));
    if (seen.isEmpty())
        return;
    const TimelineRow &data = m_timeline.m_rows[row];
    const QColor color = barColor(data, isStrong(row));
    if (data.subflow)
        glyph::box(m_painter, seen, 2, mixed(m_theme.base, color, 0.35), color);
    else if (seen.width() < 6)
        m_painter.fillRect(seen, color);
    else
        glyph::box(m_painter, seen, 2, color, {});
    if (row == m_timeline.m_selected)
        glyph::box(m_painter, seen.adjusted(-2, -2, 2, 2), 3, {}, m_theme.accent, 1.5);
    paintBarLabel(row, seen);
}

void TimelinePainter::paintName(int row, const QRectF &area)
{
    const TimelineRow &data = m_timeline.m_rows[row];
    const QRectF mark(metrics::kInset, area.top() + (area.height() - 14) / 2, 14, 14);
    paintStateMark(m_painter, mark, data.stateType, data.stateName, m_theme);
    const int left = metrics::kInset + 14 + metrics::kGap;
    const int room
        = m_timeline.chartLeft() - left - metrics::kGap - (data.tryLabel.isEmpty() ? 0 : metrics::forText(kTryWidth));
    const bool selected = row == m_timeline.m_selected;
    const CellLine &name = cellLine(data.name, selected ? TextRole::Strong : TextRole::Body, room, Qt::ElideMiddle);
    m_painter.setFont(roleFont(selected ? TextRole::Strong : TextRole::Body));
    m_painter.setPen(m_theme.text);
    m_painter.drawStaticText(QPointF(left, area.top() + (area.height() - name.height) / 2), name.text);
    if (data.tryLabel.isEmpty())
        return;
    const CellLine &tries = cellLine(data.tryLabel, TextRole::Small, metrics::forText(kTryWidth), Qt::ElideRight);
    m_painter.setFont(roleFont(TextRole::Small));
    m_painter.setPen(m_theme.text3);
    m_painter.drawStaticText(
        QPointF(m_timeline.chartLeft() - metrics::kGap - tries.width, area.top() + (area.height() - tries.height) / 2),
        tries.text);
}

void TimelinePainter::paintBarLabel(int row, const QRectF &bar)
{
    const TimelineRow &data = m_timeline.m_rows[row];
    const QString text = format::duration(m_timeline.endOf(data) - *data.start);
    const CellLine &label = cellLine(text, TextRole::Small, 0, Qt::ElideNone);
    const QRect area = chart();
    double x = bar.right() + 6;
    // A curve leaves at the right end.
    const bool curve
        = (m_focus >= 0 && m_timeline.m_rows[m_focus].parents.contains(row)) || isCrossedByPath(row, bar.right());
    if (curve || x + label.width > area.right())
        x = bar.left() - 6 - label.width;
    if (x < area.left())
        return;
    m_painter.setFont(roleFont(TextRole::Small));
    m_painter.setPen(m_theme.text3);
    m_painter.drawStaticText(QPointF(x, bar.center().y() - label.height / 2.0), label.text);
}

/// Whether the critical path runs on so far to the right that it crosses the bar's label.
bool TimelinePainter::isCrossedByPath(int row, double right) const
{
    const QList<int> &path = m_timeline.m_path;
    const qsizetype place = path.indexOf(row);
    if (place < 0 || place + 1 == path.size())
        return false;
    return m_timeline.m_axis.x(*m_timeline.m_rows[path[place + 1]].start) > right + metrics::kGap;
}

void TimelinePainter::paintDense()
{
    const QRect area = chart();
    const qreal ratio = m_painter.device()->devicePixelRatioF();
    QImage image(area.size() * ratio, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return;
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    const double height = m_timeline.rowHeight();
    const int thickness = std::max(1, static_cast<int>(height * ratio * 0.75));
    const auto draw = [&](const TimelineRow &row, int index) {
        if (!row.start)
            return;
        const double left = (m_timeline.m_axis.x(*row.start) - area.left()) * ratio;
        const double right = (m_timeline.m_axis.x(m_timeline.endOf(row)) - area.left()) * ratio;
        if (right < 0 || left >= image.width())
            return;
        const int from = std::clamp(static_cast<int>(left), 0, image.width() - 1);
        const int until = std::clamp(static_cast<int>(right) + 1, from + 1, image.width());
        const int top = static_cast<int>(index * height * ratio);
        const QRgb color = barColor(row, index == m_focus).rgb();
        for (int y = top; y < std::min(top + thickness, image.height()); ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            std::fill(line + from, line + until, color);
        }
    };
    for (const bool bad : {false, true}) {
        for (int i = 0; i < m_timeline.m_rows.size(); ++i) {
            if (isBad(m_timeline.m_rows[i].stateType) == bad)
                draw(m_timeline.m_rows[i], i);
        }
    }
    m_painter.drawImage(area.topLeft(), image);
    if (m_timeline.m_selected < 0)
        return;
    const double y = rowTop(m_timeline.m_selected) + height / 2;
    m_painter.fillRect(QRectF(0, y - 1, metrics::kInset, 2), m_theme.accent);
    paintName(m_timeline.m_selected, QRectF(0, y - 9, area.left(), 18));
}

void TimelinePainter::paintCurves(int row)
{
    const QList<int> parents = m_timeline.m_rows[row].parents;
    for (const int parent : parents.mid(0, kMostCurves))
        paintCurve(parent, row);
    const QList<int> children = m_timeline.m_children[row];
    for (const int child : children.mid(0, kMostCurves))
        paintCurve(row, child);
}

void TimelinePainter::paintCurve(int from, int to)
{
    const QRectF a = m_timeline.barRect(from);
    const QRectF b = m_timeline.barRect(to);
    if (a.isNull() || b.isNull())
        return;
    const QPointF start(std::max<double>(a.right(), chart().left()), a.center().y());
    const QPointF end(std::max<double>(b.left(), chart().left()), b.center().y());
    const double bend = std::clamp((end.x() - start.x()) / 2, 8.0, 40.0);
    QPainterPath path(start);
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(m_theme.accent, 1.3));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(path);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.accent);
    m_painter.drawPolygon(QPolygonF({end + QPointF(1, 0), end + QPointF(-4.5, -3), end + QPointF(-4.5, 3)}));
    m_painter.restore();
}

void TimelinePainter::paintPicked()
{
    const TimeRange &picked = m_timeline.m_picked;
    if (picked.isEmpty())
        return;
    const double left = m_timeline.m_axis.x(picked.from);
    const double right = m_timeline.m_axis.x(picked.until);
    const QRectF area = QRectF(left, chart().top(), right - left, chart().height()).intersected(chart());
    if (area.isEmpty())
        return;
    QColor tint = m_theme.accent;
    tint.setAlphaF(0.10F);
    m_painter.fillRect(area, tint);
    m_painter.fillRect(QRectF(area.left(), area.top(), 2, area.height()), m_theme.accent);
    m_painter.fillRect(QRectF(area.right() - 2, area.top(), 2, area.height()), m_theme.accent);
}

} // namespace fd
