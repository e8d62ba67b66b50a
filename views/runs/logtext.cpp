// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logtext.h"

#include "views/common/format.h"

namespace fd::logtext {

namespace {

constexpr char16_t kEscape = 0x1B;
constexpr char16_t kBell = 0x07;
constexpr char16_t kC1Csi = 0x9B;
/// Stands for a line end in one line.
/// No screen reader reads more of a line.
constexpr qsizetype kCellMost = 2000;
constexpr QChar kLineEnd = u'↵';
/// Codes only: a message that is longer than this before its first letter shows nothing.
constexpr qsizetype kCodesPerLetter = 64;

bool isDirectionMark(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool isControl(char16_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// The position after a control sequence: parameters up to a final byte.
qsizetype afterCsi(QStringView text, qsizetype at)
{
    while (at < text.size() && (text[at].unicode() < 0x40 || text[at].unicode() > 0x7E))
        ++at;
    return std::min(at + 1, text.size());
}

/// The position after an operating system command: up to BEL or ESC \.
qsizetype afterOsc(QStringView text, qsizetype at)
{
    while (at < text.size() && text[at] != QChar(kBell) && text[at] != QChar(kEscape))
        ++at;
    if (at < text.size() && text[at] == QChar(kEscape))
        ++at;
    return std::min(at + 1, text.size());
}

/// The position after the ANSI code at `at`; `at` itself when there is none.
qsizetype afterCode(QStringView text, qsizetype at)
{
    const char16_t c = text[at].unicode();
    if (c == kC1Csi)
        return afterCsi(text, at + 1);
    if (c != kEscape)
        return at;
    if (at + 1 >= text.size())
        return text.size();
    if (text[at + 1] == u'[')
        return afterCsi(text, at + 2);
    if (text[at + 1] == u']')
        return afterOsc(text, at + 2);
    return at + 2;
}

enum class LineEnds { Keep, Sign };

/// The part that is read for `most` characters: codes make no output, but cost time.
QStringView bounded(QStringView message, qsizetype most)
{
    return message.left(std::min(message.size(), most) * kCodesPerLetter);
}

QString cleaned(QStringView message, qsizetype most, LineEnds lineEnds)
{
    QString text;
    text.reserve(std::min(message.size(), most));
    const QStringView source = bounded(message, most);
    qsizetype at = 0;
    while (at < source.size() && text.size() < most) {
        if (const qsizetype next = afterCode(source, at); next != at) {
            at = next;
            continue;
        }
        const char16_t c = source[at++].unicode();
        if (c == u'\n')
            text += lineEnds == LineEnds::Keep ? u'\n' : kLineEnd;
        else if (c == u'\t')
            text += lineEnds == LineEnds::Keep ? u'\t' : u' ';
        else if (!isControl(c) && !isDirectionMark(c))
            text += QChar(c);
    }
    return text;
}

} // namespace

QString oneLine(QStringView message, qsizetype most)
{
    return cleaned(bounded(message, most).trimmed(), most, LineEnds::Sign);
}

QString plain(QStringView message, qsizetype most) { return cleaned(message, most, LineEnds::Keep); }

QString copied(const LogEntry &entry, const QString &task)
{
    constexpr int kLevelWidth = 8;
    const QString time = entry.timestamp.toLocal().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    const QString level = format::logLevel(entry.level).leftJustified(kLevelWidth);
    const QString message = plain(entry.message, entry.message.size());
    return task.isEmpty() ? QStringLiteral("%1  %2  %3").arg(time, level, message)
                          : QStringLiteral("%1  %2  %3  %4").arg(time, level, task, message);
}

QString cell(const LogEntry &entry, LogColumn column, const QString &task)
{
    switch (column) {
    case LogColumn::Time:
        return format::logTime(entry.timestamp);
    case LogColumn::Level:
        return format::logLevel(entry.level);
    case LogColumn::Task:
        return task;
    case LogColumn::Message:
        return plain(entry.message, kCellMost);
    }
    Q_UNREACHABLE();
}

QList<Span> occurrences(const QString &text, const QRegularExpression &expression)
{
    QList<Span> found;
    for (auto matches = expression.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedLength() > 0)
            found.append({match.capturedStart(), match.capturedLength()});
    }
    return found;
}

} // namespace fd::logtext
