// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logdelegate.h"

#include "models/items/loglistmodel.h"
#include "views/common/format.h"
#include "views/runs/columnwidth.h"
#include "views/runs/logtext.h"

namespace fd {

namespace {

constexpr int kWarning = 30;
constexpr int kError = 40;
constexpr int kInfo = 20;
constexpr qsizetype kToolTipMost = 2000;
constexpr QRgb kFound = 0xFFF5C542;
constexpr QRgb kOnFound = 0xFF1C2027;
constexpr double kOtherFound = 0.45;
/// The log has no head; its text stands under the bar's.
constexpr int kIndent = metrics::kInset - metrics::kCellPadding;

ColumnSpec textColumn(LogColumn id, const QString &title, const QString &widest)
{
    ColumnSpec column;
    column.id = static_cast<int>(id);
    column.title = title;
    column.width = columnWidthFor(QFontMetrics(roleFont(TextRole::Mono)).horizontalAdvance(widest) + metrics::kStep);
    return column;
}

QColor levelColor(int level, const Theme &theme)
{
    if (level >= kError)
        return theme.textOn(Notice::Broken);
    return level >= kWarning ? theme.textOn(Notice::Look) : theme.text3;
}

/// More characters than fit in no font that has an average width.
qsizetype mostThatFit(const QFontMetrics &metrics, int width)
{
    return 2 * width / std::max(1, metrics.averageCharWidth()) + 8;
}

} // namespace

QList<ColumnSpec> logColumns()
{
    ColumnSpec message = textColumn(LogColumn::Message, LogDelegate::tr("Message"), {});
    message.stretch = true;
    message.minWidth = 160;
    ColumnSpec time = textColumn(LogColumn::Time, LogDelegate::tr("Time"), QStringLiteral("00:00:00.000"));
    time.width += kIndent;
    ColumnSpec task = textColumn(LogColumn::Task, LogDelegate::tr("Task"), QStringLiteral("extract_customers"));
    task.leaveOrder = 1;
    return {time, textColumn(LogColumn::Level, LogDelegate::tr("Level"), QStringLiteral("CRITICAL")), task, message};
}

void LogDelegate::setTaskNames(const QHash<RowId, QString> &names)
{
    m_names = names;
    view()->viewport()->update();
}

void LogDelegate::setSearch(const LogSearch &search)
{
    m_found = search.expression();
    view()->viewport()->update();
}

void LogDelegate::paintCell(Cell &cell, const QModelIndex &index) const
{
    const auto *entry = index.data(RowPointerRole).value<const LogEntry *>();
    if (!entry)
        return;
    const Theme &theme = cell.theme();
    const QColor ground = paintGround(cell, index, *entry);
    switch (static_cast<LogColumn>(index.column())) {
    case LogColumn::Time:
        paintText(cell, format::logTime(entry->timestamp), theme.text2, false, kIndent);
        break;
    case LogColumn::Level:
        paintText(cell, format::logLevel(entry->level), levelColor(entry->level, theme), entry->level >= kWarning);
        break;
    case LogColumn::Task:
        paintText(cell, m_names.value(entry->taskRun), theme.text2);
        break;
    case LogColumn::Message:
        paintMessage(cell, *entry, ground);
        break;
    }
}

// Lines stand close: the tint covers the separator of other tables.
QColor LogDelegate::paintGround(Cell &cell, const QModelIndex &index, const LogEntry &entry) const
{
    const Theme &theme = cell.theme();
    QColor ground = cell.hovered ? theme.hover : theme.base;
    if (cell.selected)
        ground = view()->hasFocus() ? theme.selection : theme.selectionInactive;
    else if (entry.level >= kError && !theme.highContrast)
        ground = theme.ground(Notice::Broken);
    const bool bar = cell.current && index.column() == view()->firstVisibleColumn();
    cell.painter().fillRect(cell.rect().adjusted(bar ? metrics::kCurrentBar : 0, 0, 0, 0), ground);
    return ground;
}

void LogDelegate::paintText(Cell &cell, const QString &text, const QColor &color, bool bold, int indent) const
{
    QPainter &painter = cell.painter();
    QFont font = roleFont(TextRole::Mono);
    font.setBold(bold);
    painter.setFont(font);
    painter.setPen(color);
    const QRect area = cell.rect().adjusted(metrics::kCellPadding + indent, 0, -metrics::kCellPadding, 0);
    const QFontMetrics fonts = painter.fontMetrics();
    const QString shown
        = fonts.elidedText(logtext::oneLine(text, mostThatFit(fonts, area.width())), Qt::ElideMiddle, area.width());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

void LogDelegate::paintMessage(Cell &cell, const LogEntry &entry, const QColor &ground) const
{
    const Theme &theme = cell.theme();
    QPainter &painter = cell.painter();
    painter.setFont(roleFont(TextRole::Mono));
    const QFontMetrics fonts = painter.fontMetrics();
    const QRect area = cell.rect().adjusted(metrics::kCellPadding, 0, -metrics::kCellPadding, 0);
    const QString shown = fonts.elidedText(
        logtext::oneLine(entry.message, mostThatFit(fonts, area.width())), Qt::ElideRight, area.width());
    const QColor color = entry.level < kInfo ? theme.text3 : theme.text;
    painter.setPen(color);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);

    const QColor mark = cell.current ? QColor(kFound) : mixed(ground, QColor(kFound), kOtherFound);
    const QColor onMark
        = contrastRatio(QColor(kOnFound), mark) >= contrastRatio(color, mark) ? QColor(kOnFound) : color;
    for (const auto &[at, length] : logtext::occurrences(shown, m_found)) {
        const int left = area.left() + fonts.horizontalAdvance(shown.left(at));
        const int right = area.left() + fonts.horizontalAdvance(shown.left(at + length));
        const QRect place(left - 1, area.top() + 2, right - left + 2, area.height() - 4);
        painter.fillRect(place, mark);
        painter.setPen(onMark);
        painter.drawText(
            place.adjusted(1, 0, 1, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown.mid(at, length));
    }
}

QString LogDelegate::toolTip(const QModelIndex &index, const QRect &cell, QPoint) const
{
    const auto *entry = index.data(RowPointerRole).value<const LogEntry *>();
    if (!entry)
        return {};
    const auto column = static_cast<LogColumn>(index.column());
    if (column == LogColumn::Time)
        return format::fullTime(entry->timestamp);
    const QString text = column == LogColumn::Message ? logtext::plain(entry->message, kToolTipMost)
        : column == LogColumn::Task                   ? m_names.value(entry->taskRun)
                                                      : QString();
    const QFontMetrics fonts(roleFont(TextRole::Mono));
    const bool fits = !text.contains(u'\n') && text.size() < kToolTipMost
        && fonts.horizontalAdvance(text) <= cell.width() - 2 * metrics::kCellPadding;
    return fits ? QString() : text;
}

} // namespace fd
