// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statestrip.h"

#include "views/common/celltext.h"
#include "views/common/format.h"
#include "views/common/statemark.h"

#include <QAccessible>
#include <QKeyEvent>

namespace fd {
namespace {

constexpr int kBarHeight = 16;
constexpr int kBarGap = 2;
constexpr double kLeastBar = 6;
constexpr int kCellMin = 116;
constexpr int kCellMax = 168;

int headHeight() { return std::max(24, cellLineHeight(TextRole::Quiet) + metrics::kGap); }

int cellHeight()
{
    return cellLineHeight(TextRole::Strong) + cellLineHeight(TextRole::Body) + cellLineHeight(TextRole::Small)
        + 2 * metrics::kStep;
}

} // namespace

StateStrip::StateStrip(Clock clock, QWidget *parent) : QWidget(parent), m_clock(std::move(clock))
{
    constexpr int kTickMs = 1000;
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Where the time went"));
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &StateStrip::refresh);
}

QList<StateStrip::Segment> StateStrip::segments(const QList<State> &states, Instant now)
{
    QList<Segment> made;
    if (states.isEmpty())
        return made;
    // Before it was due nothing was waited for.
    const State &head = states.first();
    Instant origin = std::max(head.timestamp, head.scheduledTime.value_or(head.timestamp));
    if (states.size() > 1)
        origin = std::max(head.timestamp, std::min(origin, states[1].timestamp));
    for (qsizetype i = 0; i < states.size(); ++i) {
        const Instant from = i == 0 ? origin : std::max(origin, states[i].timestamp);
        const bool last = i + 1 == states.size();
        const Instant until = !last ? states[i + 1].timestamp : isTerminal(states[i].type) ? from : now;
        made.append({.start = from - origin,
            .length = std::max<qint64>(0, until - from),
            .work = states[i].type == StateType::Running});
    }
    return made;
}

QList<double> StateStrip::barWidths(const QList<qint64> &lengths, double width, double least)
{
    QList<double> widths(lengths.size(), 0.0);
    QList<qsizetype> open;
    for (qsizetype i = 0; i < lengths.size(); ++i) {
        if (lengths[i] > 0)
            open << i;
    }
    // Those that would be too narrow get the least width; the others share what is left. Again until none is.
    double room = width;
    for (bool changed = true; changed && !open.isEmpty();) {
        changed = false;
        double sum = 0;
        for (const qsizetype i : std::as_const(open))
            sum += static_cast<double>(lengths[i]);
        for (const qsizetype i : QList<qsizetype>(open)) {
            widths[i] = std::max(0.0, room * static_cast<double>(lengths[i]) / sum);
            if (widths[i] < least && open.size() > 1) {
                widths[i] = least;
                room -= least;
                open.removeOne(i);
                changed = true;
                break;
            }
        }
    }
    return widths;
}

void StateStrip::setStates(const QList<State> &states)
{
    m_states = states;
    if (m_selected >= states.size())
        m_selected = -1;
    updateGeometry();
    updateTicking();
    refresh();
}

void StateStrip::setSelected(int index)
{
    m_selected = index >= 0 && index < m_states.size() ? index : -1;
    setAccessibleDescription(m_selected >= 0 ? spokenText(m_selected) : summary());
    update();
}

void StateStrip::choose(int index)
{
    if (index == m_selected)
        return;
    setSelected(index);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    emit stateSelected(m_selected);
}

void StateStrip::refresh()
{
    m_segments = segments(m_states, m_clock());
    QList<qint64> lengths;
    qsizetype shown = 0;
    for (const Segment &segment : std::as_const(m_segments)) {
        lengths << segment.length;
        shown += segment.length > 0 ? 1 : 0;
    }
    const QRect area = barRect();
    const double room = area.width() - static_cast<double>(std::max<qsizetype>(0, shown - 1) * kBarGap);
    const QList<double> widths = barWidths(lengths, room, kLeastBar);
    m_bars.clear();
    double x = area.left();
    for (const double width : widths) {
        m_bars << (width > 0 ? QRectF(x, area.top(), width, area.height()) : QRectF());
        x += width > 0 ? width + kBarGap : 0;
    }
    if (m_selected < 0)
        setAccessibleDescription(summary());
    update();
}

bool StateStrip::isOver() const { return !m_states.isEmpty() && isTerminal(m_states.last().type); }

QRect StateStrip::barRect() const { return {metrics::kInset, headHeight(), width() - 2 * metrics::kInset, kBarHeight}; }

int StateStrip::visibleCells() const
{
    return std::max(1, (width() - 2 * metrics::kInset) / metrics::forText(kCellMin));
}

int StateStrip::firstCell() const
{
    // The last states are the interesting ones, unless an earlier one is selected.
    const int most = std::max(0, static_cast<int>(m_states.size()) - visibleCells());
    return m_selected >= 0 ? std::min(most, std::max(0, m_selected - visibleCells() / 2)) : most;
}

QRect StateStrip::cellRect(int index) const
{
    const int shown = std::min(visibleCells(), static_cast<int>(m_states.size()));
    const int place = index - firstCell();
    if (shown == 0 || place < 0 || place >= shown)
        return {};
    const int cell = std::min(metrics::forText(kCellMax), (width() - 2 * metrics::kInset) / shown);
    return {metrics::kInset + place * cell, headHeight() + kBarHeight + metrics::kGap, cell, cellHeight()};
}

int StateStrip::indexAt(QPoint position) const
{
    for (int i = 0; i < m_states.size(); ++i) {
        if (cellRect(i).contains(position) || m_bars[i].contains(position))
            return i;
    }
    return -1;
}

QString StateStrip::summary() const
{
    qint64 work = 0;
    qint64 waiting = 0;
    for (const Segment &segment : m_segments)
        (segment.work ? work : waiting) += segment.length;
    const qint64 all = work + waiting;
    if (all == 0)
        return {};
    const QString total = isOver() ? tr("%1 from due to done").arg(format::duration(all))
                                   : tr("%1 since it was due").arg(format::duration(all));
    return tr("%1 · %2 work · %3 waiting (%4 %)")
        .arg(total, format::duration(work), format::duration(waiting))
        .arg(qRound(100.0 * static_cast<double>(waiting) / static_cast<double>(all)));
}

QString StateStrip::spokenText(int index) const
{
    const State &state = m_states[index];
    const QString text = tr("%1, %2, from %3", "state, length, time")
                             .arg(stateWord(state.type, state.name), format::duration(m_segments[index].length),
                                 format::clock(state.timestamp, format::Seconds::Show));
    return state.message.isEmpty() ? text : tr("%1: %2", "state, message").arg(text, state.message);
}

QSize StateStrip::sizeHint() const
{
    return {640, headHeight() + kBarHeight + metrics::kGap + cellHeight() + metrics::kGap};
}

QSize StateStrip::minimumSizeHint() const { return {2 * metrics::kInset + kCellMin, sizeHint().height()}; }

void StateStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refresh();
}

void StateStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::ApplicationFontChange)
        return;
    updateGeometry();
    refresh();
}

void StateStrip::updateTicking()
{
    if (isVisible() && !m_states.isEmpty() && !isOver())
        m_tick.start();
    else
        m_tick.stop();
}

void StateStrip::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    updateTicking();
}

void StateStrip::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void StateStrip::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_states.size()) - 1;
    if (event->key() == Qt::Key_Left && last >= 0)
        choose(m_selected < 0 ? last : std::max(0, m_selected - 1));
    else if (event->key() == Qt::Key_Right && last >= 0)
        choose(std::min(last, m_selected + 1));
    else if (event->key() == Qt::Key_Escape && m_selected >= 0)
        choose(-1);
    else
        QWidget::keyPressEvent(event);
}

void StateStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(indexAt(event->position().toPoint()));
}

} // namespace fd
