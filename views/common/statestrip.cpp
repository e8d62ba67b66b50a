// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statestrip.h"

#include "views/common/celltext.h"
#include "views/common/format.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>

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

void drawLine(QPainter &painter, QPoint corner, const QString &text, TextRole role, int width, const QColor &color)
{
    const CellLine &line = cellLine(text, role, width, Qt::ElideRight);
    painter.setFont(roleFont(role));
    painter.setPen(color);
    painter.drawStaticText(corner, line.text);
}

void hatch(QPainter &painter, const QRectF &area, const QColor &color, const Theme &theme)
{
    constexpr double kPitch = 6;
    glyph::box(painter, area, 2, mixed(theme.base, color, 0.13), {});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area);
    painter.setPen(QPen(mixed(theme.base, color, 0.55), 1.2));
    for (double x = area.left() - area.height(); x < area.right(); x += kPitch)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    painter.restore();
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

int StateStrip::visibleCells() const { return std::max(1, (width() - 2 * metrics::kInset) / kCellMin); }

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
    const int cell = std::min(kCellMax, (width() - 2 * metrics::kInset) / shown);
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

void StateStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintHead(painter);
    paintBar(painter);
    for (int i = 0; i < m_states.size(); ++i)
        paintCell(painter, i);
}

void StateStrip::paintHead(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QString title = tr("Where the time went");
    const int titleWidth = cellLine(title, TextRole::Strong, 0, Qt::ElideNone).width;
    drawLine(painter, QPoint(metrics::kInset, 2), title, TextRole::Strong, titleWidth, theme.text2);
    const QString words = summary();
    const int wordsWidth = cellLine(words, TextRole::Quiet, 0, Qt::ElideNone).width;
    const int left = metrics::kInset + titleWidth + metrics::kGap;
    drawLine(painter, QPoint(left, 3), words, TextRole::Quiet, width() - left - metrics::kInset, theme.text2);
    if (m_selected < 0 || m_states[m_selected].message.isEmpty())
        return;
    const State &state = m_states[m_selected];
    const int room = width() - left - wordsWidth - 2 * metrics::kSection - metrics::kMark;
    if (room < kCellMin)
        return;
    const CellLine &message = cellLine(state.message, TextRole::Quiet, room, Qt::ElideRight);
    const int x = width() - metrics::kInset - message.width;
    painter.setFont(roleFont(TextRole::Quiet));
    painter.setPen(theme.text);
    painter.drawStaticText(QPoint(x, 3), message.text);
    const QRect mark(x - metrics::kMark - metrics::kGap, 3, metrics::kMark, message.height);
    paintStateMark(painter, mark, state.type, state.name, theme);
}

void StateStrip::paintBar(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    bool worked = false;
    for (int i = 0; i < m_states.size(); ++i) {
        if (m_bars[i].isEmpty())
            continue;
        const QColor &color = stateColor(m_states[i].type, m_states[i].name, theme);
        if (!m_segments[i].work)
            hatch(painter, m_bars[i], color, theme);
        else
            // Work after the first try is a shade lighter, so that tries are told apart.
            glyph::box(painter, m_bars[i], 2, mixed(theme.base, color, worked ? 0.72 : 1.0), {});
        worked = worked || m_segments[i].work;
        if (i == m_selected)
            glyph::box(painter, m_bars[i].adjusted(-1, -2, 1, 2), 3, {}, theme.accent, 1.5);
    }
}

void StateStrip::paintCell(QPainter &painter, int index) const
{
    const QRect cell = cellRect(index);
    if (cell.isEmpty())
        return;
    const Theme &theme = Theme::of(palette());
    const State &state = m_states[index];
    if (index == m_selected)
        glyph::box(painter, cell, metrics::kCardRadius, hasFocus() ? theme.selection : theme.selectionInactive,
            hasFocus() ? theme.accent : QColor());
    else if (index > firstCell() && index - 1 != m_selected)
        painter.fillRect(cell.left(), cell.top() + metrics::kStep, 1, cell.height() - 2 * metrics::kStep, theme.line);
    const int strong = cellLineHeight(TextRole::Strong);
    const int left = cell.left() + 2 * metrics::kStep + metrics::kMark + 2;
    const int room = cell.right() - left;
    int top = cell.top() + metrics::kStep;
    paintStateMark(
        painter, QRect(cell.left() + metrics::kStep + 2, top, metrics::kMark, strong), state.type, state.name, theme);
    drawLine(painter, QPoint(left, top), stateWord(state.type, state.name), TextRole::Strong, room, theme.text);
    top += strong;
    const QString clock = format::clock(state.timestamp, format::Seconds::Show);
    if (isTerminal(state.type)) {
        drawLine(painter, QPoint(left, top), tr("at %1").arg(clock), TextRole::Body, room, theme.text);
        return;
    }
    drawLine(painter, QPoint(left, top), format::duration(m_segments[index].length), TextRole::Body, room, theme.text);
    top += cellLineHeight(TextRole::Body);
    drawLine(painter, QPoint(left, top), tr("from %1").arg(clock), TextRole::Small, room, theme.text3);
}

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
