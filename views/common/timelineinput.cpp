// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/timeline.h"

#include <QApplication>
#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace fd {
namespace {

constexpr double kZoomStep = 1.25;
/// One notch of the wheel, in eighths of a degree.
constexpr double kNotch = 120;
/// The share of the visible time that one notch pans.
constexpr double kPanShare = 0.1;

/// Up to three names, then how many more.
QString names(const QList<TimelineRow> &rows, const QList<int> &indices)
{
    constexpr qsizetype kMost = 3;
    QStringList texts;
    for (const int index : indices.mid(0, kMost))
        texts << rows[index].name;
    if (indices.size() > kMost)
        texts << QStringLiteral("+%1").arg(indices.size() - kMost);
    return texts.join(QStringLiteral(", "));
}

} // namespace

void Timeline::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / kNotch;
    if (event->modifiers() & Qt::ControlModifier) {
        zoomAt(std::pow(kZoomStep, notches), std::max<double>(chartLeft(), event->position().x()));
    } else if (event->modifiers() & Qt::ShiftModifier || delta.y() == 0) {
        pan(qRound64(-notches * kPanShare * static_cast<double>(m_axis.range().lengthUs())));
    } else {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    event->accept();
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_rows.size()) - 1;
    const int page = std::max(1, static_cast<int>((viewport()->height() - axisHeight()) / rowHeight()) - 1);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kZoomStep);
    case Qt::Key_Minus:
        return zoom(1 / kZoomStep);
    case Qt::Key_0:
        return zoomToFit();
    case Qt::Key_Up:
        return choose(std::max(0, m_selected - 1));
    case Qt::Key_Down:
        return choose(std::min(last, m_selected + 1));
    case Qt::Key_PageUp:
        return choose(std::max(0, m_selected - page));
    case Qt::Key_PageDown:
        return choose(std::min(last, m_selected + page));
    case Qt::Key_Home:
        return choose(last < 0 ? -1 : 0);
    case Qt::Key_End:
        return choose(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected >= 0)
            emit rowOpened(m_selected);
        return;
    case Qt::Key_Escape:
        if (!m_picked.isEmpty()) {
            m_picked = {};
            viewport()->update();
            emit rangeSelected(m_picked);
            return;
        }
        break;
    default:
        break;
    }
    event->ignore();
}

void Timeline::choose(int row)
{
    if (m_rows.isEmpty() || row == m_selected)
        return;
    setSelectedRow(row);
    emit rowSelected(m_selected);
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(m_selected);
    QAccessible::updateAccessibility(&focus);
}

bool Timeline::isDragging(QPoint position) const
{
    return m_pressed && std::abs(position.x() - m_pressed->x()) >= QApplication::startDragDistance();
}

void Timeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = event->position().toPoint();
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (isDragging(position) && m_pressed->x() >= chartLeft()) {
        const Instant a = m_axis.at(m_pressed->x());
        const Instant b = m_axis.at(std::clamp(position.x(), chartLeft(), viewport()->width()));
        m_picked = {std::min(a, b), std::max(a, b)};
        viewport()->update();
        return;
    }
    setHovered(rowAt(position));
}

void Timeline::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    const bool dragged = isDragging(position) && m_pressed->x() >= chartLeft();
    m_pressed.reset();
    if (dragged) {
        emit rangeSelected(m_picked);
        return;
    }
    if (!m_picked.isEmpty()) {
        m_picked = {};
        emit rangeSelected(m_picked);
    }
    viewport()->update();
    choose(rowAt(position));
}

void Timeline::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int row = rowAt(event->position().toPoint()); row >= 0 && event->button() == Qt::LeftButton)
        emit rowOpened(row);
}

bool Timeline::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    if (event->type() == QEvent::ToolTip) {
        showTip(static_cast<QHelpEvent *>(event)->pos());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void Timeline::showTip(QPoint position)
{
    const int row = rowAt(position);
    if (row < 0 || !m_rows[row].start) {
        QToolTip::hideText();
        return;
    }
    const TimelineRow &bar = m_rows[row];
    const QString title = bar.tryLabel.isEmpty() ? bar.name : tr("%1 · %2", "name, try").arg(bar.name, bar.tryLabel);
    const QString end = bar.end ? format::clock(*bar.end, format::Seconds::Show) : tr("now");
    QStringList lines{title,
        tr("%1 – %2 · %3", "start, end, duration")
            .arg(format::clock(*bar.start, format::Seconds::Show), end, format::duration(endOf(bar) - *bar.start))};
    if (!bar.parents.isEmpty())
        lines << tr("after %1").arg(names(m_rows, bar.parents));
    if (!m_children[row].isEmpty())
        lines << tr("before %1").arg(names(m_rows, m_children[row]));
    QToolTip::showText(viewport()->mapToGlobal(position), plainToolTip(lines.join(u'\n')), viewport());
}

void Timeline::setHovered(int row)
{
    if (m_hovered == row)
        return;
    m_hovered = row;
    viewport()->update();
}

} // namespace fd
