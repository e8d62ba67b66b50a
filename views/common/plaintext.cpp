// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plaintext.h"

namespace fd {

QString oneLine(const QString &text)
{
    constexpr qsizetype kMostCharacters = 1000;
    QString line = text.left(kMostCharacters);
    for (QChar &character : line) {
        if (character.category() == QChar::Other_Control || character.category() == QChar::Other_Format
            || character == QChar::LineSeparator || character == QChar::ParagraphSeparator)
            character = u' ';
    }
    if (text.size() > kMostCharacters)
        line += u'…';
    return line;
}

} // namespace fd
