// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/digits.h"

#include <QFontMetrics>
#include <QHash>
#include <QPainter>
#include <QStyle>

namespace fd {
namespace {

struct DigitCells {
    bool tabular = true;
    int widest = 0;
};

DigitCells measure(const QFont &font)
{
    const QFontMetrics fm(font);
    DigitCells cells{.tabular = true, .widest = fm.horizontalAdvance(u'0')};
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        const int advance = fm.horizontalAdvance(digit);
        cells.tabular = cells.tabular && advance == cells.widest;
        cells.widest = std::max(cells.widest, advance);
    }
    return cells;
}

const DigitCells &cellsOf(const QFont &font)
{
    static QHash<QFont, DigitCells> known;
    auto found = known.constFind(font);
    if (found == known.constEnd())
        found = known.insert(font, measure(font));
    return *found;
}

int cellWidth(const QFontMetrics &fm, const DigitCells &cells, QChar c)
{
    return c.isDigit() ? cells.widest : fm.horizontalAdvance(c);
}

} // namespace

bool hasTabularDigits(const QFont &font) { return cellsOf(font).tabular; }

int digitsWidth(const QFont &font, const QString &text)
{
    const QFontMetrics fm(font);
    const DigitCells &cells = cellsOf(font);
    if (cells.tabular)
        return fm.horizontalAdvance(text);
    int width = 0;
    for (const QChar c : text)
        width += cellWidth(fm, cells, c);
    return width;
}

void drawDigits(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    const DigitCells &cells = cellsOf(painter.font());
    if (cells.tabular) {
        painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine, text);
        return;
    }
    const QFontMetrics fm = painter.fontMetrics();
    const QSize size(digitsWidth(painter.font(), text), fm.height());
    const QRect place = QStyle::alignedRect(Qt::LeftToRight, alignment, size, rect);
    int x = place.left();
    for (const QChar c : text) {
        const int width = cellWidth(fm, cells, c);
        const int indent = (width - fm.horizontalAdvance(c)) / 2;
        painter.drawText(x + indent, place.top() + fm.ascent(), QString(c));
        x += width;
    }
}

} // namespace fd
