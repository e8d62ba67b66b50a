// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/prefect/codec.h"
#include "models/prefect/codectext.h"

#include <algorithm>
#include <array>

namespace fd {
namespace {

constexpr int kLongestMessage = 500;

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorKind::Auth;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 408:
        return ErrorKind::Timeout;
    case 409:
    case 423:
        return ErrorKind::Conflict;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 400 && status < 500 ? ErrorKind::Validation : ErrorKind::Server;
    }
}

/// One line of bounded length, never half a character.
QString clipped(const QString &message)
{
    const QString line = message.simplified();
    if (line.size() <= kLongestMessage)
        return line;
    const int end = line.at(kLongestMessage - 2).isHighSurrogate() ? kLongestMessage - 2 : kLongestMessage - 1;
    return line.left(end) + QChar(0x2026);
}

struct Complaint {
    QString message;
    QString field;
};

/// `loc` names the alternatives of a union as well: "CronSchedule", "function-after[…]".
bool isTypeName(const QString &step)
{
    return step.isEmpty() || step.at(0).isUpper() || step.contains(QLatin1Char('[')) || step.contains(QLatin1Char('('));
}

QString fieldOf(const Json &location)
{
    static const QStringList kPlaces{
        QStringLiteral("body"), QStringLiteral("query"), QStringLiteral("path"), QStringLiteral("header")};
    QString field;
    bool isFirst = true;
    for (const Json &step : location) {
        if (step.is_number_integer() && !field.isEmpty())
            field += QStringLiteral("[%1]").arg(step.get<qint64>());
        const QString name = step.is_string() ? toQString(step.get<std::string>()) : QString();
        const bool isPlace = isFirst && kPlaces.contains(name);
        isFirst = false;
        if (isPlace || isTypeName(name))
            continue;
        if (!field.isEmpty())
            field += QLatin1Char('.');
        field += name;
    }
    return field;
}

/// An alternative of a union that was not meant complains about what it misses and what it does not know.
bool isAboutShape(const Json &entry)
{
    constexpr std::array kTypes{"missing", "extra_forbidden", "value_error.missing", "value_error.extra"};
    const std::string type = textOf(entry, "type");
    return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

Complaint complaintOf(const Json &entry)
{
    if (entry.is_string())
        return {toQString(entry.get<std::string>()), {}};
    QString message = toQString(textOf(entry, "msg"));
    const auto prefix = QStringLiteral("Value error, ");
    if (message.startsWith(prefix))
        message.remove(0, prefix.size());
    return {message, fieldOf(memberOf(entry, "loc"))};
}

Complaint firstOf(const Json &entries)
{
    if (!entries.is_array() || entries.empty())
        return complaintOf(entries);
    const auto real = std::find_if_not(entries.begin(), entries.end(), isAboutShape);
    return complaintOf(real == entries.end() ? entries.front() : *real);
}

/// A rule's sentence names a parameter (409) or a job variable (422) only in its words.
void findFieldInWords(int status, Complaint &complaint)
{
    const auto words = QStringLiteral("Validation failed for field '");
    const auto begin = complaint.message.indexOf(words);
    const auto end = complaint.message.indexOf(QLatin1String("'."), begin + words.size());
    if (!complaint.field.isEmpty() || begin < 0 || end < 0)
        return;
    const QString name = complaint.message.mid(begin + words.size(), end - begin - words.size());
    complaint.field = (status == 422 ? QStringLiteral("job_variables.") : QStringLiteral("parameters.")) + name;
}

Complaint complaintIn(const Json &body)
{
    if (const Json &entries = memberOf(body, "exception_detail"); entries.is_array() && !entries.empty())
        return firstOf(entries);
    if (const Json &detail = memberOf(body, "detail"); detail.is_string() || detail.is_array())
        return firstOf(detail);
    for (const char *key : {"exception_message", "message", "error"}) {
        if (memberOf(body, key).is_string())
            return complaintOf(memberOf(body, key));
    }
    return {};
}

} // namespace

Error Codec::error(int status, const QByteArray &body)
{
    Error error{.kind = kindOf(status), .detail = {}, .field = {}, .file = {}};
    const QByteArray trimmed = body.trimmed();
    if (!trimmed.isEmpty() && !trimmed.startsWith('{')) {
        error.detail = CodecText::tr("The server answered %1 with a page that is not from Prefect.").arg(status);
        return error;
    }
    const Result<Json> json = parseJson(trimmed);
    Complaint complaint = json ? complaintIn(*json) : Complaint();
    findFieldInWords(status, complaint);
    error.field = clipped(complaint.field);
    error.detail = clipped(complaint.message);
    if (error.detail.isEmpty())
        error.detail = CodecText::tr("The server answered %1 without saying why.").arg(status);
    else if (error.kind == ErrorKind::Server || error.kind == ErrorKind::Auth)
        error.detail = CodecText::tr("The server answered %1: %2").arg(status).arg(error.detail);
    return error;
}

} // namespace fd
