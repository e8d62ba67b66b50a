// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/pythontext.h"

#include <algorithm>

namespace fd {
namespace {

constexpr int kMost = 1'000'000'000;

bool isSpace(QChar c) { return c.isSpace() || (c.unicode() >= 0x1c && c.unicode() <= 0x1f); }

} // namespace

std::vector<std::pair<qsizetype, qsizetype>> pythonWords(const QString &text)
{
    std::vector<std::pair<qsizetype, qsizetype>> words;
    qsizetype at = 0;
    while (at < text.size()) {
        while (at < text.size() && isSpace(text[at]))
            ++at;
        const qsizetype start = at;
        while (at < text.size() && !isSpace(text[at]))
            ++at;
        if (at > start)
            words.emplace_back(start, at - start);
    }
    return words;
}

bool isPythonNumber(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
}

int pythonInt(const QString &text)
{
    qint64 value = 0;
    for (const QChar c : text)
        value = std::min<qint64>(value * 10 + std::max(0, c.digitValue()), kMost);
    return static_cast<int>(value);
}

std::optional<int> pythonSignedInt(const QString &text)
{
    QString digits = text.trimmed();
    const bool negative = digits.startsWith(QLatin1Char('-'));
    if (negative || digits.startsWith(QLatin1Char('+')))
        digits.remove(0, 1);
    if (digits.startsWith(QLatin1Char('_')) || digits.endsWith(QLatin1Char('_'))
        || digits.contains(QLatin1String("__")))
        return std::nullopt;
    digits.remove(QLatin1Char('_'));
    if (!isPythonNumber(digits))
        return std::nullopt;
    return negative ? -pythonInt(digits) : pythonInt(digits);
}

} // namespace fd
