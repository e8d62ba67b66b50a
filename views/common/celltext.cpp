// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/celltext.h"

#include <QApplication>
#include <QFontMetrics>
#include <QHash>

namespace fd {
namespace {

struct LineKey {
    QString text;
    /// Pixels to fit in; 0 for the whole text.
    int width = 0;
    TextRole role = TextRole::Body;
    Qt::TextElideMode elide = Qt::ElideNone;

    friend bool operator==(const LineKey &, const LineKey &) = default;
};

size_t qHash(const LineKey &key, size_t seed)
{
    return qHashMulti(seed, key.text, key.width, static_cast<int>(key.role), static_cast<int>(key.elide));
}

/// The lines laid out in one application font.
class Lines
{
public:
    static Lines &instance()
    {
        static Lines lines;
        return lines;
    }

    const CellLine &find(const QString &text, TextRole role, int width, Qt::TextElideMode elide)
    {
        const CellLine &whole = line({text, 0, role, Qt::ElideNone});
        if (whole.width <= width || elide == Qt::ElideNone)
            return whole;
        return line({text, std::max(1, width), role, elide});
    }

    /// Forgets everything when the font became another.
    void follow(const QFont &font)
    {
        if (m_made && font == m_font)
            return;
        m_made = true;
        m_font = font;
        m_lines.clear();
        for (size_t i = 0; i < m_heights.size(); ++i) {
            m_fonts[i] = roleFont(static_cast<TextRole>(i), font);
            m_heights[i] = QFontMetrics(m_fonts[i]).height();
        }
    }

    [[nodiscard]] int height(TextRole role) const { return m_heights[static_cast<size_t>(role)]; }

private:
    const CellLine &line(const LineKey &key)
    {
        constexpr qsizetype kMost = 4096;
        if (const auto found = m_lines.constFind(key); found != m_lines.constEnd())
            return *found;
        if (m_lines.size() >= kMost)
            m_lines.clear();
        return *m_lines.insert(key, layOut(key));
    }

    [[nodiscard]] CellLine layOut(const LineKey &key) const
    {
        const QFont &font = m_fonts[static_cast<size_t>(key.role)];
        const QFontMetrics fm(font);
        // A server may send line breaks in names; a row has one line.
        QString text = key.text.contains(u'\n') ? key.text.simplified() : key.text;
        if (key.width > 0)
            text = fm.elidedText(text, key.elide, key.width);
        CellLine made{.text = QStaticText(text),
            .width = fm.horizontalAdvance(text),
            .height = fm.height(),
            .elided = key.width > 0};
        made.text.setTextFormat(Qt::PlainText);
        made.text.prepare({}, font);
        return made;
    }

    bool m_made = false;
    QFont m_font;
    std::array<QFont, kTextRoleCount> m_fonts;
    std::array<int, kTextRoleCount> m_heights{};
    QHash<LineKey, CellLine> m_lines;
};

} // namespace

const CellLine &cellLine(const QString &text, TextRole role, int width, Qt::TextElideMode elide)
{
    Lines &lines = Lines::instance();
    lines.follow(QApplication::font());
    return lines.find(text, role, width, elide);
}

int cellLineHeight(TextRole role)
{
    Lines &lines = Lines::instance();
    lines.follow(QApplication::font());
    return lines.height(role);
}

} // namespace fd
