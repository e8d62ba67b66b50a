// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/tzfile.h"

#include "models/schedule/civil.h"
#include "models/schedule/scheduletext.h"

#include <QtEndian>

#include <algorithm>
#include <optional>

namespace fd {
namespace {

constexpr qsizetype kHeader = 44;

struct Counts {
    qsizetype isUt = 0;
    qsizetype isStd = 0;
    qsizetype leap = 0;
    qsizetype times = 0;
    qsizetype types = 0;
    qsizetype characters = 0;

    [[nodiscard]] qsizetype blockSize(qsizetype timeSize) const
    {
        return times * (timeSize + 1) + types * 6 + characters + leap * (timeSize + 4) + isStd + isUt;
    }
};

std::optional<Counts> readCounts(QByteArrayView bytes)
{
    if (bytes.size() < kHeader || !bytes.startsWith("TZif"))
        return std::nullopt;
    const auto count
        = [bytes](qsizetype index) { return qsizetype(qFromBigEndian<quint32>(bytes.data() + 20 + index * 4)); };
    return Counts{count(0), count(1), count(2), count(3), count(4), count(5)};
}

struct Block {
    ZoneChange before;
    std::vector<ZoneChange> changes;
};

std::optional<Block> readBlock(QByteArrayView bytes, const Counts &counts, qsizetype timeSize)
{
    if (bytes.size() < counts.blockSize(timeSize) || counts.types == 0)
        return std::nullopt;
    const char *indices = bytes.data() + counts.times * timeSize;
    const char *types = indices + counts.times;
    const auto typeAt = [types](qsizetype index) {
        return ZoneChange{
            .at = 0, .offset = qFromBigEndian<qint32>(types + index * 6), .isDst = types[index * 6 + 4] != 0};
    };
    Block block{.before = typeAt(0), .changes = {}};
    for (qsizetype i = 0; i < counts.types; ++i) {
        if (const ZoneChange type = typeAt(i); !type.isDst) {
            block.before = type;
            break;
        }
    }
    for (qsizetype i = 0; i < counts.times; ++i) {
        const qsizetype type = static_cast<uchar>(indices[i]);
        if (type >= counts.types)
            return std::nullopt;
        ZoneChange change = typeAt(type);
        change.at = timeSize == 8 ? qFromBigEndian<qint64>(bytes.data() + i * 8)
                                  : qFromBigEndian<qint32>(bytes.data() + i * 4);
        block.changes.push_back(change);
    }
    return block;
}

/// Reads a footer from left to right; `ok` turns false for good at the first thing it does not expect.
class FooterReader
{
public:
    explicit FooterReader(QByteArrayView text) : m_text(text) { }

    bool ok = true;

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    bool skip(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    void name()
    {
        const qsizetype start = m_at;
        if (skip('<')) {
            while (!atEnd() && peek() != '>')
                ++m_at;
            ok = ok && skip('>');
            return;
        }
        while ((peek() >= 'A' && peek() <= 'Z') || (peek() >= 'a' && peek() <= 'z'))
            ++m_at;
        ok = ok && m_at > start;
    }

    int number()
    {
        const qsizetype start = m_at;
        int value = 0;
        while (peek() >= '0' && peek() <= '9' && m_at - start < 6)
            value = value * 10 + (m_text[m_at++] - '0');
        ok = ok && m_at > start;
        return value;
    }

    /// [+-]hh[:mm[:ss]] in seconds.
    int time()
    {
        const bool negative = skip('-');
        if (!negative)
            skip('+');
        int seconds = number() * 3600;
        if (skip(':'))
            seconds += number() * 60;
        if (skip(':'))
            seconds += number();
        return negative ? -seconds : seconds;
    }

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// A day of the year in one of the three forms that POSIX has, and a time on it.
struct YearDay {
    enum class Form { MonthWeek, JulianWithoutLeap, Julian } form = Form::MonthWeek;
    int month = 1;
    int week = 1;
    int day = 0;
    int seconds = 7200;

    [[nodiscard]] qint64 wallIn(int year) const
    {
        const qint64 january = daysFromCivil(year, 1, 1);
        if (form == Form::Julian)
            return (january + day) * kDay + seconds;
        if (form == Form::JulianWithoutLeap)
            return (january + day - 1 + (isLeapYear(year) && day >= 60 ? 1 : 0)) * kDay + seconds;
        const qint64 first = daysFromCivil(year, month, 1);
        qint64 offset = floorMod(day - (weekdayOf(first) + 1), 7) + (week - 1) * 7;
        while (offset >= daysInMonth(year, month))
            offset -= 7;
        return (first + offset) * kDay + seconds;
    }
};

YearDay readYearDay(FooterReader &reader)
{
    YearDay day;
    if (reader.skip('M')) {
        day.month = reader.number();
        reader.ok = reader.ok && reader.skip('.');
        day.week = reader.number();
        reader.ok = reader.ok && reader.skip('.');
        day.day = reader.number();
        reader.ok = reader.ok && day.month >= 1 && day.month <= 12 && day.week >= 1 && day.week <= 5 && day.day <= 6;
    } else {
        day.form = reader.skip('J') ? YearDay::Form::JulianWithoutLeap : YearDay::Form::Julian;
        day.day = reader.number();
        reader.ok = reader.ok && day.day <= 366;
    }
    if (reader.skip('/'))
        day.seconds = reader.time();
    return day;
}

tl::unexpected<Error> noZoneFile()
{
    return fail(ErrorKind::Parse, ScheduleText::tr("This is not a time-zone file (TZif)."));
}

} // namespace

std::vector<ZoneChange> footerChanges(const QByteArray &footer, int first, int last)
{
    FooterReader reader(footer);
    reader.name();
    const int standard = -reader.time();
    if (!reader.ok || reader.atEnd())
        return {};
    reader.name();
    const int daylight = reader.peek() == ',' ? standard + 3600 : -reader.time();
    reader.ok = reader.ok && reader.skip(',');
    const YearDay begin = readYearDay(reader);
    reader.ok = reader.ok && reader.skip(',');
    const YearDay end = readYearDay(reader);
    if (!reader.ok || !reader.atEnd())
        return {};
    std::vector<ZoneChange> changes;
    for (int year = first; year <= last; ++year) {
        changes.push_back({.at = begin.wallIn(year) - standard, .offset = daylight, .isDst = true});
        changes.push_back({.at = end.wallIn(year) - daylight, .offset = standard, .isDst = false});
    }
    std::sort(changes.begin(), changes.end(), [](const ZoneChange &a, const ZoneChange &b) { return a.at < b.at; });
    return changes;
}

Result<ZoneFile> readZoneFile(const QByteArray &bytes)
{
    QByteArrayView rest(bytes);
    const auto counts32 = readCounts(rest);
    if (!counts32 || rest.size() < kHeader + counts32->blockSize(4))
        return noZoneFile();
    const auto block32 = readBlock(rest.sliced(kHeader), *counts32, 4);
    ZoneFile file;
    if (bytes[4] == '\0') {
        if (!block32)
            return noZoneFile();
        return ZoneFile{block32->before, block32->changes, block32->changes, {}};
    }
    rest = rest.sliced(kHeader + counts32->blockSize(4));
    const auto counts = readCounts(rest);
    const auto block = counts ? readBlock(rest.sliced(kHeader), *counts, 8) : std::nullopt;
    if (!block)
        return noZoneFile();
    file.before = block->before;
    file.changes = block->changes;
    rest = rest.sliced(kHeader + counts->blockSize(8));
    if (rest.startsWith('\n'))
        file.footer = rest.sliced(1, std::max<qsizetype>(0, rest.indexOf('\n', 1) - 1)).toByteArray();
    if (block32 && !block32->changes.empty()) {
        file.changes32 = block32->changes;
        return file;
    }
    const auto fits = [](const ZoneChange &change) { return change.at >= INT32_MIN && change.at <= INT32_MAX; };
    std::copy_if(file.changes.begin(), file.changes.end(), std::back_inserter(file.changes32), fits);
    const qint64 known = file.changes.empty() ? INT64_MIN : file.changes.back().at;
    for (const ZoneChange &change : footerChanges(file.footer, 1970, 2037)) {
        if (change.at > known && fits(change) && !file.changes.empty())
            file.changes32.push_back(change);
    }
    return file;
}

} // namespace fd
