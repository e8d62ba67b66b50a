// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/domain/state.h"
#include "views/common/controls.h"

#include <QPainter>
#include <QStringList>

namespace fd {

/// One line of text in a cell.
struct CellText {
    QString text;
    TextRole role = TextRole::Body;
    /// Invalid takes the theme's text colour (Text3 for Small).
    QColor color = {};
    Qt::TextElideMode elide = Qt::ElideRight;
};

/// How the ▶ of a row looks. Busy is a ring while the click is unanswered.
enum class RunButton { Idle, Busy, Hidden };

/// What a delegate paints one cell with: the painter, the place, the row's state, and every kind of content.
/// Text is laid out once and kept; painting a cell again costs no layout.
class Cell
{
public:
    Cell(QPainter &painter, const QRect &rect, const Theme &theme)
        : m_painter(painter), m_rect(rect), m_theme(theme) { }

    [[nodiscard]] QPainter &painter() const { return m_painter; }
    /// The whole cell; contents keep 8 px left and right.
    [[nodiscard]] const QRect &rect() const { return m_rect; }
    [[nodiscard]] const Theme &theme() const { return m_theme; }
    bool selected = false;
    bool current = false;
    bool hovered = false;
    /// The pointer is in this cell.
    bool underPointer = false;

    /// First line over a smaller, quieter second one; centred when the second is empty.
    void twoLines(const CellText &first, const CellText &second);
    /// One line, centred vertically.
    void line(const CellText &text, Qt::Alignment alignment = Qt::AlignLeft);
    /// Two texts on one line, the second quiet; the first keeps its width as long as it can.
    void lineAndRemark(const CellText &first, const CellText &remark);
    /// Right-aligned number or duration with digits that do not dance; never elided.
    void number(const QString &text, const QColor &color = {});
    /// A state's mark in the middle of the cell.
    void mark(StateType type, QStringView name);
    /// A state's mark and word.
    void markAndWord(StateType type, const QString &name);
    /// State word over a detail line; the word is coloured when it asks for attention.
    void stateLines(StateType type, const QString &name, const QString &detail);
    /// Whole tags, then "+n".
    void tags(const QStringList &tags);
    /// The 14-day strip.
    void strip(const ActivityStrip &strip);
    /// The row's ▶, framed on hover and on the current row.
    void runButton(RunButton button);
    /// A check mark box.
    void checkBox(bool checked);

    /// The width that all contents so far would need, with padding.
    [[nodiscard]] int neededWidth() const { return m_needed; }
    /// All text that did not fit so far, a line each.
    [[nodiscard]] const QStringList &elided() const { return m_elided; }

private:
    [[nodiscard]] QRect inner() const;
    [[nodiscard]] QColor colorOf(const CellText &text) const;
    /// Draws one line and returns its width.
    int draw(const CellText &text, const QRect &rect, Qt::Alignment alignment = Qt::AlignLeft);
    void need(int contentWidth);

    QPainter &m_painter;
    QRect m_rect;
    const Theme &m_theme;
    QStringList m_elided;
    int m_needed = 0;
};

/// The colour of a state's word: text, or the state's colour when it asks for attention.
[[nodiscard]] QColor stateWordColor(StateType type, QStringView name, const Theme &theme);

} // namespace fd
