// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/timeline.h"

#include "views/common/celltext.h"
#include "views/common/format.h"
#include "views/common/statemark.h"
#include "views/common/timelineaccessible.h"
#include "views/common/timelinepainter.h"

#include <QScrollBar>

#include <numeric>

namespace fd {
namespace {

constexpr double kBar = 10;
constexpr double kThinnest = 1.5;
/// Air on both sides of the whole run.
constexpr double kMargin = 0.02;
/// Room right of the last bar for its duration.
constexpr int kLabelRoom = 64;

QList<QList<int>> childrenOf(const QList<TimelineRow> &rows)
{
    QList<QList<int>> children(rows.size());
    for (int i = 0; i < rows.size(); ++i) {
        for (const int parent : rows[i].parents) {
            if (parent >= 0 && parent < rows.size())
                children[parent] << i;
        }
    }
    return children;
}

} // namespace

Timeline::Timeline(Clock clock, QWidget *parent) : QAbstractScrollArea(parent), m_clock(std::move(clock))
{
    constexpr int kTickMs = 1000;
    installTimelineAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Task timeline"));
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!m_zoomed)
            zoomToFit();
        viewport()->update();
    });
}

void Timeline::setRows(const QList<TimelineRow> &rows)
{
    const RowId selected = m_selected >= 0 ? m_rows[m_selected].id : 0;
    const QString selectedTry = m_selected >= 0 ? m_rows[m_selected].tryLabel : QString();
    m_rows = rows;
    m_children = childrenOf(rows);
    for (TimelineRow &row : m_rows)
        row.parents.removeIf([&rows](int parent) { return parent < 0 || parent >= rows.size(); });
    m_hovered = -1;
    const auto same = std::find_if(m_rows.begin(), m_rows.end(),
        [&](const TimelineRow &row) { return row.id == selected && row.tryLabel == selectedTry; });
    m_selected = selected != 0 && same != m_rows.end() ? static_cast<int>(same - m_rows.begin()) : -1;
    updatePath();
    updateGeometryOfRows();
    if (!m_zoomed)
        zoomToFit();
    updateTicking();
    viewport()->update();
}

void Timeline::setCriticalPathShown(bool shown)
{
    m_pathShown = shown;
    updatePath();
    viewport()->update();
}

void Timeline::updatePath()
{
    m_path.clear();
    if (!m_pathShown)
        return;
    const auto endedLast = [this](int a, int b) { return endOf(m_rows[a]) < endOf(m_rows[b]); };
    QList<int> candidates(m_rows.size());
    std::iota(candidates.begin(), candidates.end(), 0);
    while (true) {
        candidates.removeIf([this](int row) { return !m_rows[row].start; });
        if (candidates.isEmpty())
            return;
        const int row = *std::max_element(candidates.begin(), candidates.end(), endedLast);
        // Rows that wait for each other are nobody's chain.
        if (m_path.contains(row))
            return;
        m_path.prepend(row);
        candidates = m_rows[row].parents;
    }
}

void Timeline::setBands(const QList<TimelineBand> &bands)
{
    m_bands = bands;
    viewport()->update();
}

void Timeline::setSelectedRow(int row)
{
    m_selected = row >= 0 && row < m_rows.size() ? row : -1;
    viewport()->update();
    if (m_selected < 0 || m_allRows)
        return;
    const int top = static_cast<int>(m_selected * rowHeight());
    const int room = std::max(0, viewport()->height() - axisHeight() - static_cast<int>(rowHeight()));
    QScrollBar *bar = verticalScrollBar();
    bar->setValue(std::clamp(bar->value(), top - room, top));
}

void Timeline::setVisibleRange(const TimeRange &range)
{
    m_zoomed = true;
    m_axis.setRange(range);
    viewport()->update();
}

void Timeline::setAllRowsVisible(bool all)
{
    m_allRows = all;
    updateGeometryOfRows();
    viewport()->update();
}

Instant Timeline::endOf(const TimelineRow &row) const
{
    return row.end ? *row.end : std::max(m_clock(), row.start.value_or(Instant{}));
}

TimeRange Timeline::fullRange() const
{
    TimeRange range;
    bool any = false;
    const Instant now = m_clock();
    for (const TimelineRow &row : m_rows) {
        if (!row.start)
            continue;
        const Instant end = row.end.value_or(std::max(now, *row.start));
        range.from = any ? std::min(range.from, *row.start) : *row.start;
        range.until = any ? std::max(range.until, end) : end;
        any = true;
    }
    if (!any)
        return {now, now.plusUs(60'000'000)};
    const auto length = static_cast<double>(std::max(range.lengthUs(), TimelineAxis::kMinRangeUs));
    const double labels = length * kLabelRoom / std::max(1, viewport()->width() - chartLeft());
    return {range.from.plusUs(-qRound64(length * kMargin)), range.until.plusUs(qRound64(length * kMargin + labels))};
}

void Timeline::zoomToFit()
{
    m_zoomed = false;
    m_axis.setRange(fullRange());
    viewport()->update();
}

void Timeline::zoom(double factor) { zoomAt(factor, (chartLeft() + viewport()->width()) / 2.0); }

void Timeline::zoomAt(double factor, double x)
{
    const TimeRange bounds = fullRange();
    m_axis.setRange(m_axis.zoomed(factor, x, bounds));
    m_zoomed = m_axis.range() != bounds;
    viewport()->update();
}

void Timeline::pan(qint64 us)
{
    m_axis.setRange(m_axis.moved(us, fullRange()));
    viewport()->update();
}

int Timeline::chartLeft() const
{
    return std::clamp(viewport()->width() / 4, metrics::forText(140), metrics::forText(240));
}

int Timeline::axisHeight() const { return std::max(metrics::kTableHead, cellLineHeight(TextRole::Small) + 8); }

double Timeline::rowHeight() const
{
    const double plain = std::max(metrics::kRowLog, cellLineHeight(TextRole::Body) + metrics::kStep);
    if (!m_allRows || m_rows.isEmpty())
        return plain;
    return std::min(plain, double(viewport()->height() - axisHeight()) / static_cast<double>(m_rows.size()));
}

int Timeline::rowAt(QPoint position) const
{
    if (position.y() < axisHeight())
        return -1;
    const double row = (position.y() - axisHeight() + verticalScrollBar()->value()) / rowHeight();
    return row < static_cast<double>(m_rows.size()) ? static_cast<int>(row) : -1;
}

QRectF Timeline::barRect(int row) const
{
    const TimelineRow &bar = m_rows[row];
    if (!bar.start)
        return {};
    const double left = m_axis.x(*bar.start);
    const double right = m_axis.x(endOf(bar));
    const double height = std::min(kBar, rowHeight());
    const double top = axisHeight() + row * rowHeight() - verticalScrollBar()->value() + (rowHeight() - height) / 2;
    return {left, top, std::max(kThinnest, right - left), height};
}

QString Timeline::spokenRow(int row) const
{
    const TimelineRow &bar = m_rows[row];
    QStringList parts{bar.name};
    if (!bar.tryLabel.isEmpty())
        parts << bar.tryLabel;
    parts << stateWord(bar.stateType, bar.stateName);
    if (bar.start)
        parts << tr("%1 from %2", "duration, time")
                     .arg(format::duration(endOf(bar) - *bar.start), format::clock(*bar.start, format::Seconds::Show));
    return parts.join(tr(", "));
}

QSize Timeline::sizeHint() const
{
    const qsizetype rows = std::clamp<qsizetype>(m_rows.size(), 4, 12);
    return {640, axisHeight() + static_cast<int>(static_cast<double>(rows) * rowHeight())};
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    TimelinePainter(painter, *this).paint();
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateGeometryOfRows();
}

void Timeline::updateGeometryOfRows()
{
    m_axis.setPixels(chartLeft(), viewport()->width() - chartLeft());
    const int page = std::max(1, viewport()->height() - axisHeight());
    const int all = m_allRows ? 0 : static_cast<int>(static_cast<double>(m_rows.size()) * rowHeight());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(std::max(1, static_cast<int>(rowHeight())));
    verticalScrollBar()->setRange(0, std::max(0, all - page));
    if (!m_zoomed)
        m_axis.setRange(fullRange());
}

void Timeline::updateTicking()
{
    const bool running
        = std::any_of(m_rows.begin(), m_rows.end(), [](const TimelineRow &row) { return row.start && !row.end; });
    if (running && isVisible())
        m_tick.start();
    else
        m_tick.stop();
}

void Timeline::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::FontChange)
        updateGeometryOfRows();
}

void Timeline::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    updateTicking();
}

void Timeline::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_tick.stop();
}

void Timeline::scrollContentsBy(int, int) { viewport()->update(); }

} // namespace fd
