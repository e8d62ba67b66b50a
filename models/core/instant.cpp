// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <chrono>

namespace fd {
namespace {

char16_t unitAt(QStringView text, qsizetype at) { return text[at].unicode(); }
char16_t unitAt(QLatin1StringView text, qsizetype at) { return static_cast<uchar>(text.data()[at]); }

/// Reads from the left; what does not fit ends it for good.
template<typename Text>
class IsoReader
{
public:
    explicit IsoReader(Text text) : m_text(text) { }

    bool atEnd() const { return m_at >= m_text.size(); }
    bool isGood() const { return m_isGood; }
    void refuse() { m_isGood = false; }
    char16_t peek() const { return atEnd() ? u'\0' : unitAt(m_text, m_at); }
    bool isAtDigit() const { return peek() >= u'0' && peek() <= u'9'; }
    int takeDigit() { return unitAt(m_text, m_at++) - u'0'; }

    /// Exactly `count` decimal digits.
    int digits(int count)
    {
        int value = 0;
        for (int i = 0; i < count && m_isGood; ++i) {
            m_isGood = isAtDigit();
            if (m_isGood)
                value = value * 10 + takeDigit();
        }
        return value;
    }

    bool skip(QStringView oneOf)
    {
        const bool found = !atEnd() && oneOf.contains(QChar(peek()));
        m_at += found ? 1 : 0;
        return found;
    }

    void need(QStringView oneOf) { m_isGood = skip(oneOf) && m_isGood; }

private:
    Text m_text;
    qsizetype m_at = 0;
    bool m_isGood = true;
};

template<typename Text>
qint64 fractionUs(IsoReader<Text> &in)
{
    if (!in.skip(u"."))
        return 0;
    qint64 us = 0;
    int count = 0;
    for (; in.isAtDigit() && count < 6; ++count)
        us = us * 10 + in.takeDigit();
    if (count == 0 || in.isAtDigit())
        in.refuse();
    for (; count < 6; ++count)
        us *= 10;
    return us;
}

template<typename Text>
int offsetSeconds(IsoReader<Text> &in)
{
    if (in.skip(u"Zz"))
        return 0;
    const int sign = in.peek() == u'-' ? -1 : 1;
    in.need(u"+-");
    const int hours = in.digits(2);
    in.skip(u":");
    const int minutes = in.digits(2);
    if (hours > 23 || minutes > 59)
        in.refuse();
    return sign * (hours * 3600 + minutes * 60);
}

template<typename Text>
std::optional<Instant> readIso(Text text)
{
    IsoReader<Text> in(text);
    const int year = in.digits(4);
    in.need(u"-");
    const int month = in.digits(2);
    in.need(u"-");
    const int day = in.digits(2);
    in.need(u"Tt ");
    const int hour = in.digits(2);
    in.need(u":");
    const int minute = in.digits(2);
    in.need(u":");
    const int second = in.digits(2);
    const qint64 fraction = fractionUs(in);
    const int offset = offsetSeconds(in);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    if (!in.isGood() || !in.atEnd() || year < 1 || !date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    const qint64 days = std::chrono::sys_days(date).time_since_epoch().count();
    const qint64 seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset;
    return Instant{seconds * 1'000'000 + fraction};
}

} // namespace

std::optional<Instant> instantFromIso(QStringView text) { return readIso(text); }

std::optional<Instant> instantFromIso(QLatin1StringView text) { return readIso(text); }

QString toIso(Instant instant)
{
    qint64 seconds = instant.us / 1'000'000;
    qint64 fraction = instant.us % 1'000'000;
    if (fraction < 0) {
        fraction += 1'000'000;
        --seconds;
    }
    qint64 days = seconds / 86400;
    qint64 rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    const QDate date = QDate::fromJulianDay(QDate(1970, 1, 1).toJulianDay() + days);
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    QString text = QStringLiteral("%1-%2-%3T%4:%5:%6")
                       .arg(date.year(), 4, 10, QLatin1Char('0'))
                       .arg(two(date.month()), two(date.day()), two(rest / 3600), two(rest / 60 % 60), two(rest % 60));
    if (fraction != 0)
        text += QStringLiteral(".%1").arg(fraction, 6, 10, QLatin1Char('0'));
    return text + QStringLiteral("+00:00");
}

Clock systemClock()
{
    return [] {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return Instant{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
    };
}

} // namespace fd
