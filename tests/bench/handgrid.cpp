// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/handgrid.h"

#include "views/common/statemark.h"
#include "views/common/stripbars.h"
#include "views/deployments/deploymenttext.h"

#include <QPainter>

#include <numeric>

namespace fd::bench {
namespace {

constexpr int kPadding = 8;
constexpr int kFirstLine = 17;
constexpr int kSecondLine = 33;

} // namespace

HandGrid::HandGrid(const std::vector<DeploymentRow> &rows, Instant now, QList<int> widths, int rowHeight)
    : m_widths(std::move(widths)), m_rowHeight(rowHeight), m_small(roleFont(TextRole::Small)), m_run(16, 16)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_run.fill(Qt::gray);
    for (const DeploymentRow &value : rows) {
        const DeploymentWords words = deploymentWords(value, now);
        Row row;
        const MarkState mark = nowMark(value, now);
        row.mark = QPixmap(16, 16);
        row.mark.fill(Qt::transparent);
        QPainter painter(&row.mark);
        paintStateMark(painter, QRectF(0, 0, 16, 16), mark.type, mark.name, Theme::builtIn(false));
        addLines(row, 1, words.name, words.flow);
        addTags(row, value.tags, left(2));
        addLines(row, 3, words.schedule, words.scheduleDetail);
        addLines(row, 4, words.nextRun, words.nextRunDetail);
        addLines(row, 5, stateWord(value.lastState.type, value.lastState.name), words.lastDetail);
        addStrip(row, value.strip.endingOn(localDay(now)), left(6));
        m_rows.push_back(std::move(row));
    }
}

int HandGrid::left(int column) const
{
    return std::accumulate(m_widths.begin(), m_widths.begin() + column, 0) + kPadding;
}

void HandGrid::addLines(Row &row, int column, const QString &first, const QString &second)
{
    const int room = m_widths[column] - 2 * kPadding;
    row.texts.push_back({{left(column), kFirstLine}, fontMetrics().elidedText(first, Qt::ElideRight, room)});
    row.smallTexts.push_back(
        {{left(column), kSecondLine}, QFontMetrics(m_small).elidedText(second, Qt::ElideRight, room)});
}

void HandGrid::addTags(Row &row, const QStringList &tags, int left)
{
    const int end = left + m_widths[2] - 2 * kPadding;
    for (const QString &tag : tags) {
        const int width = QFontMetrics(m_small).horizontalAdvance(tag) + kPadding;
        if (left + width > end)
            break;
        row.chips.emplace_back(left, 11, width, 18);
        row.smallTexts.push_back({{left + kPadding / 2, 24}, tag});
        left += width + kPadding / 2;
    }
}

void HandGrid::addStrip(Row &row, const ActivityStrip &strip, int left)
{
    constexpr int kBase = 20;
    for (int day = 0; day < kStripDays; ++day) {
        const DayCount &counts = strip.days[static_cast<size_t>(day)];
        const int x = left + day * strip::kPitch;
        const int rise = static_cast<int>(strip::barHeight(counts.completed));
        const int fall = static_cast<int>(strip::barHeight(counts.failed));
        if (rise > 0)
            row.done.emplace_back(x, kBase - rise, strip::kBar, rise);
        if (fall > 0)
            row.failed.emplace_back(x, kBase, strip::kBar, fall);
    }
}

void HandGrid::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::builtIn(false);
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    int y = 0;
    for (const Row &row : m_rows) {
        painter.setFont(font());
        painter.setPen(theme.text);
        for (const Line &line : row.texts)
            painter.drawText(line.place + QPoint(0, y), line.text);
        for (const QRect &chip : row.chips)
            painter.fillRect(chip.translated(0, y), theme.sunken);
        painter.setFont(m_small);
        painter.setPen(theme.text3);
        for (const Line &line : row.smallTexts)
            painter.drawText(line.place + QPoint(0, y), line.text);
        for (const QRect &bar : row.done)
            painter.fillRect(bar.translated(0, y), theme.stripOk);
        for (const QRect &bar : row.failed)
            painter.fillRect(bar.translated(0, y), theme.stripBad);
        painter.drawPixmap(8, y + 12, row.mark);
        painter.drawPixmap(left(7), y + 12, m_run);
        painter.fillRect(0, y + m_rowHeight - 1, width(), 1, theme.line);
        y += m_rowHeight;
        if (y > height())
            break;
    }
}

} // namespace fd::bench
