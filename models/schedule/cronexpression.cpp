// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/cronexpression.h"

#include "models/schedule/pythontext.h"
#include "models/schedule/scheduletext.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <set>

namespace fd {
namespace {

enum FieldIndex { Minute, Hour, Day, Month, Weekday, Second, Year };

/// Stands among the numbers of a field for "*" and "L"; they sort as croniter sorts them.
constexpr int kStar = -1;
constexpr int kLast = 10'000;

struct Range {
    int low;
    int high;
};

struct Token {
    QString text;
    /// Where it begins, counted from 0.
    qsizetype at = 0;
};

/// One element between the commas of a field, on its way to become values.
struct Element {
    QString text;
    qsizetype at = 0;
    /// 1 … 5 for "#n", 0 for "L" before a weekday, -1 for neither.
    int nth = -1;
};

QString fieldName(int field)
{
    const QStringList names{ScheduleText::tr("minute"), ScheduleText::tr("hour"), ScheduleText::tr("day of the month"),
        ScheduleText::tr("month"), ScheduleText::tr("day of the week"), ScheduleText::tr("second"),
        ScheduleText::tr("year")};
    return names.at(field);
}

int lengthThatMeansAll(int field)
{
    static constexpr std::array<int, 7> lengths{60, 24, 31, 12, 7, 60, 130};
    return lengths[static_cast<std::size_t>(field)];
}

QString alias(const QString &lower)
{
    if (lower == QLatin1String("@hourly"))
        return QStringLiteral("0 * * * *");
    if (lower == QLatin1String("@daily") || lower == QLatin1String("@midnight"))
        return QStringLiteral("0 0 * * *");
    if (lower == QLatin1String("@weekly"))
        return QStringLiteral("0 0 * * 0");
    if (lower == QLatin1String("@monthly"))
        return QStringLiteral("0 0 1 * *");
    if (lower == QLatin1String("@yearly") || lower == QLatin1String("@annually"))
        return QStringLiteral("0 0 1 1 *");
    return {};
}

const QRegularExpression &pattern(const char *text)
{
    static thread_local std::vector<std::pair<const char *, QRegularExpression>> known;
    for (const auto &[key, expression] : known) {
        if (key == text)
            return expression;
    }
    known.emplace_back(
        text, QRegularExpression(QString::fromLatin1(text), QRegularExpression::UseUnicodePropertiesOption));
    return known.back().second;
}

constexpr const char *kStepPattern = "^([^-]+)-([^-/]+)(/(\\d+))?$";
constexpr const char *kStarStepPattern = "^\\*(/.+)$";
constexpr const char *kFromStepPattern = "^(.+)/(.+)$";
constexpr const char *kHashPattern = "^(h|r)(\\((\\d+)-(\\d+)\\))?(/(\\d+))?$";
constexpr const char *kOldNthPattern = "^(?:(\\w+)#(\\d+)|l(\\d+)$)";
constexpr const char *kNthPattern
    = "^(?:((?:(?:sun|mon|tue|wed|thu|fri|sat)(?:-(?:sun|mon|tue|wed|thu|fri|sat))?"
      "|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))?"
      "|\\w+))#|l)(\\d+)$";

/// Follows croniter 1.3.5 (Orion) and 5/6 (Prefect 2 and 3) element by element: what they accept by accident counts.
class Parser
{
public:
    Parser(QString text, ScheduleRules rules) : m_text(std::move(text)), m_isOld(rules == ScheduleRules::Orion) { }

    Result<CronExpression> parse()
    {
        FD_TRY(splitFields());
        for (int field = 0; field < static_cast<int>(m_fields.size()); ++field)
            FD_TRY(readField(field));
        FD_TRY(checkNth());
        FD_TRY(checkPrefect());
        m_cron.hasSeconds = m_fields.size() > 5;
        m_cron.hasYears = m_fields.size() > 6;
        return m_cron;
    }

private:
    using Values = std::set<int>;

    [[nodiscard]] tl::unexpected<Error> failAt(qsizetype at, const QString &sentence) const
    {
        return fail(Error{.kind = ErrorKind::Validation,
            .detail = sentence,
            .field = QStringLiteral("cron"),
            .file = {},
            .line = 1,
            .column = static_cast<int>(std::min(at, m_text.size())) + 1});
    }

    [[nodiscard]] tl::unexpected<Error> wrongElement(int field, const Element &element) const
    {
        const Range range = rangeOf(field);
        QString sentence = ScheduleText::tr("\"%1\" is no %2; numbers from %3 to %4")
                               .arg(element.text, fieldName(field))
                               .arg(range.low)
                               .arg(range.high);
        if (field == Month)
            sentence += ScheduleText::tr(", names jan to dec");
        else if (field == Weekday)
            sentence += ScheduleText::tr(", names sun to sat, 1#2, L5");
        else if (field == Day)
            sentence += ScheduleText::tr(", L");
        return failAt(element.at, sentence + ScheduleText::tr(", lists, ranges and steps are allowed."));
    }

    [[nodiscard]] Range rangeOf(int field) const
    {
        static constexpr std::array<Range, 7> ranges{
            {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}, {0, 59}, {1970, 2099}}};
        return m_isOld && field == Weekday ? Range{0, 7} : ranges[static_cast<std::size_t>(field)];
    }

    Result<void> splitFields()
    {
        const QString lower = m_text.toLower();
        const QString expanded = alias(lower);
        const QString &source = expanded.isEmpty() ? lower : expanded;
        for (const auto &[at, length] : pythonWords(source))
            m_fields.push_back({source.mid(at, length), expanded.isEmpty() ? at : 0});
        const std::size_t most = m_isOld ? 6 : 7;
        if (m_fields.size() >= 5 && m_fields.size() <= most)
            return {};
        if (lower.startsWith(QLatin1Char('@'))) {
            return failAt(0,
                ScheduleText::tr("\"%1\" is no nickname; @hourly, @daily, @weekly, @monthly and @yearly are.")
                    .arg(m_text.trimmed()));
        }
        const qsizetype at = m_fields.size() > most ? m_fields[most].at : m_text.size();
        return failAt(at,
            m_isOld ? ScheduleText::tr("A cron expression has 5 fields, or 6 with seconds at the end; this has %1.")
                          .arg(m_fields.size())
                    : ScheduleText::tr(
                        "A cron expression has 5 fields, 6 with seconds at the end or 7 with years; this has %1.")
                          .arg(m_fields.size()));
    }

    Result<void> readField(int field)
    {
        Token token = m_fields[static_cast<std::size_t>(field)];
        const auto random = pattern(kHashPattern).match(token.text);
        if (random.hasMatch())
            return readRandom(field, token, random);
        if (!m_isOld && token.text.contains(QLatin1Char('?'))) {
            if (token.text != QLatin1String("?"))
                return failAt(token.at, ScheduleText::tr("\"?\" stands alone in a field or not at all."));
            if (field != Day && field != Weekday)
                return failAt(token.at, ScheduleText::tr("\"?\" is only for the two day fields; write * here."));
            token.text = QStringLiteral("*");
        }
        std::vector<Element> open;
        qsizetype at = token.at;
        for (const QString &part : token.text.split(QLatin1Char(','))) {
            open.push_back({part, at, -1});
            at += part.size() + 1;
        }
        Values values;
        while (!open.empty()) {
            Element element = open.back();
            open.pop_back();
            FD_TRY(readElement(field, element, open, values));
        }
        finishField(field, values);
        return {};
    }

    Result<void> readRandom(int field, const Token &token, const QRegularExpressionMatch &match)
    {
        if (match.captured(1) == QLatin1String("h"))
            return failAt(token.at, ScheduleText::tr("Prefect has no hashed fields (H); choose a value."));
        const int low = pythonInt(match.captured(3));
        const int high = pythonInt(match.captured(4));
        if (match.hasCaptured(3) && (m_isOld ? high - low == -1 : low >= high))
            return failAt(token.at, ScheduleText::tr("The end of a random range must be greater than its beginning."));
        if (match.hasCaptured(6) && pythonInt(match.captured(6)) == 0)
            return failAt(token.at, ScheduleText::tr("A step of 0 never advances; use 1 or more."));
        m_cron.isRandom = true;
        finishField(field, {kStar});
        return {};
    }

    Result<void> readNth(Element &element) const
    {
        const auto match = pattern(m_isOld ? kOldNthPattern : kNthPattern).match(element.text);
        if (!match.hasMatch())
            return {};
        const QString number = match.captured(2);
        if (match.hasCaptured(1) && !match.captured(1).isEmpty()) {
            const int nth = pythonInt(number);
            if (nth < 1 || nth > 5)
                return failAt(element.at, ScheduleText::tr("After \"#\" comes 1 to 5: which one of the month."));
            element.text = match.captured(1);
            element.nth = nth;
        } else {
            element.text = m_isOld ? match.captured(3) : number;
            element.nth = 0;
        }
        return {};
    }

    Result<void> readElement(int field, Element &element, std::vector<Element> &open, Values &values)
    {
        if (field == Weekday && element.nth < 0)
            FD_TRY(readNth(element));
        const Range range = rangeOf(field);
        QString text = element.text;
        if (const auto star = pattern(kStarStepPattern).match(text); star.hasMatch())
            text = QStringLiteral("%1-%2").arg(range.low).arg(range.high) + star.captured(1);
        auto match = pattern(kStepPattern).match(text);
        if (!match.hasMatch()) {
            text = element.text;
            if (const auto from = pattern(kFromStepPattern).match(text); from.hasMatch())
                text = from.captured(1) + QStringLiteral("-%1/").arg(range.high) + from.captured(2);
            match = pattern(kStepPattern).match(text);
        }
        if (match.hasMatch())
            return readRange(field, element, match, open);
        return readSingle(field, element, text, values);
    }

    Result<void> readRange(
        int field, const Element &element, const QRegularExpressionMatch &match, std::vector<Element> &open)
    {
        const Range range = rangeOf(field);
        QString highText = match.captured(2);
        if (field == Day && highText == QLatin1String("l"))
            highText = QStringLiteral("31");
        auto low = numberOf(field, match.captured(1));
        auto high = numberOf(field, highText);
        if (!low || !high || *low == kLast || *high == kLast)
            return wrongElement(field, element);
        const int step = match.hasCaptured(4) ? pythonInt(match.captured(4)) : 1;
        if (m_isOld && *low > *high) {
            if (field != Weekday || *high != 0)
                return failAt(element.at,
                    ScheduleText::tr(
                        "The range \"%1\" runs backwards, which this generation does not read; list two ranges.")
                        .arg(element.text));
            high = 7;
        }
        if (!m_isOld) {
            low = aliased(field, *low);
            high = aliased(field, *high);
        }
        if (std::max(*low, *high) > range.high)
            return wrongElement(field, element);
        if (step == 0)
            return failAt(element.at, ScheduleText::tr("A step of 0 never advances; use 1 or more."));
        for (const int value : m_isOld ? steps(*low, *high, step) : cyclicSteps(range, *low, *high, step))
            open.push_back({QString::number(value), element.at, element.nth});
        return {};
    }

    static std::vector<int> steps(int low, int high, int step)
    {
        std::vector<int> values;
        for (int value = low; value <= high; value += step)
            values.push_back(value);
        return values;
    }

    static std::vector<int> cyclicSteps(const Range &range, int low, int high, int step)
    {
        if (low < high)
            return steps(low, high, step);
        if (low == high)
            return steps(range.low, range.high, step);
        std::vector<int> values = steps(low, range.high, step);
        int skip = 0;
        if (!values.empty()) {
            const int left = range.high - values.back();
            if (values.back() - range.low + step > range.high - range.low + 1 && left < step)
                skip = step - left;
        }
        for (const int value : steps(range.low + skip, high, step))
            values.push_back(value);
        return values;
    }

    Result<void> readSingle(int field, const Element &element, const QString &text, Values &values)
    {
        if (text.startsWith(QLatin1Char('-')))
            return failAt(element.at, ScheduleText::tr("\"%1\": negative numbers are not allowed.").arg(element.text));
        if (text == QLatin1String("*")) {
            values.insert(kStar);
            return {};
        }
        const auto number = numberOf(field, text);
        if (!number)
            return wrongElement(field, element);
        const int value = *number == kLast ? kLast : aliased(field, *number);
        const Range range = rangeOf(field);
        if (value != kLast && (value < range.low || value > range.high))
            return wrongElement(field, element);
        values.insert(value);
        if (field == Weekday && element.nth >= 0) {
            m_cron.hasNth = true;
            m_nthKeys.insert(value);
            m_cron.nth[static_cast<std::size_t>(value % 7)] |= static_cast<quint8>(1 << element.nth);
        }
        return {};
    }

    static std::optional<int> numberOf(int field, const QString &text)
    {
        static const QStringList months{QStringLiteral("jan"), QStringLiteral("feb"), QStringLiteral("mar"),
            QStringLiteral("apr"), QStringLiteral("may"), QStringLiteral("jun"), QStringLiteral("jul"),
            QStringLiteral("aug"), QStringLiteral("sep"), QStringLiteral("oct"), QStringLiteral("nov"),
            QStringLiteral("dec")};
        static const QStringList weekdays{QStringLiteral("sun"), QStringLiteral("mon"), QStringLiteral("tue"),
            QStringLiteral("wed"), QStringLiteral("thu"), QStringLiteral("fri"), QStringLiteral("sat")};
        if (isPythonNumber(text))
            return pythonInt(text);
        if (field == Day && text == QLatin1String("l"))
            return kLast;
        const qsizetype index = field == Month ? months.indexOf(text) : field == Weekday ? weekdays.indexOf(text) : -1;
        if (index < 0)
            return std::nullopt;
        return static_cast<int>(index) + (field == Month ? 1 : 0);
    }

    /// 7 is Sunday and 0 the first of the month, but only where croniter happens to allow it.
    [[nodiscard]] int aliased(int field, int value) const
    {
        const std::size_t length = m_fields.size();
        const bool excluded = (length == 5 && (field == Day || field == Month))
            || (length == 6 && (field == Month || field == Weekday))
            || (length == 7 && (field == Day || field == Month || field == Weekday));
        if (excluded)
            return value;
        if (field == Weekday && value == 7)
            return 0;
        return (field == Day || field == Month) && value == 0 ? 1 : value;
    }

    void finishField(int field, const Values &values)
    {
        const auto rawHasStar
            = [this](int other) { return m_fields[static_cast<std::size_t>(other)].text.contains(QLatin1Char('*')); };
        bool any = values.count(kStar) > 0;
        if (static_cast<int>(values.size()) == lengthThatMeansAll(field)) {
            const bool isDayList
                = !m_isOld && ((field == Day && !rawHasStar(Weekday)) || (field == Weekday && !rawHasStar(Day)));
            any = any || !isDayList;
        }
        if (field == Weekday)
            m_weekdays = any ? Values{} : values;
        if (field == Year) {
            if (!any)
                m_cron.years.assign(values.begin(), values.end());
            return;
        }
        CronField result{.any = any, .values = 0, .last = !any && values.count(kLast) > 0};
        for (const int value : values) {
            if (value >= 0 && value < 64)
                result.values |= quint64(1) << value;
        }
        const std::array<CronField *, 6> fields{
            &m_cron.minute, &m_cron.hour, &m_cron.day, &m_cron.month, &m_cron.weekday, &m_cron.second};
        *fields[static_cast<std::size_t>(field)] = result;
    }

    Result<void> checkNth() const
    {
        if (!m_cron.hasNth || (!m_isOld && m_weekdays.size() == 7))
            return {};
        for (const int value : m_weekdays) {
            if (m_nthKeys.count(value) == 0)
                return failAt(m_fields[Weekday].at,
                    ScheduleText::tr("The day of the week mixes plain days with # or L forms; use one kind."));
        }
        return {};
    }

    /// What Prefect itself refuses, although croniter reads it.
    Result<void> checkPrefect() const
    {
        if (m_isOld) {
            const auto capital = std::find_if(
                m_text.begin(), m_text.end(), [](QChar c) { return c == QLatin1Char('R') || c == QLatin1Char('H'); });
            if (capital == m_text.end())
                return {};
            return failAt(capital - m_text.begin(),
                ScheduleText::tr(
                    "Prefect Orion refuses a capital R or H anywhere; write names in small letters (fri, mar)."));
        }
        for (const Token &token : m_fields) {
            if (token.text == QLatin1String("r") || token.text == QLatin1String("h"))
                return failAt(token.at, ScheduleText::tr("Prefect has no random fields (R); choose a value."));
        }
        return {};
    }

    QString m_text;
    bool m_isOld;
    std::vector<Token> m_fields;
    CronExpression m_cron;
    Values m_weekdays;
    Values m_nthKeys;
};

} // namespace

Result<CronExpression> parseCron(const QString &text, ScheduleRules rules) { return Parser(text, rules).parse(); }

} // namespace fd
