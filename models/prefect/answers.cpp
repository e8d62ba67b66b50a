// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/answers.h"

#include "models/prefect/addresses.h"
#include "models/prefect/codec.h"

#include <QRegularExpression>

namespace fd {

bool isWebPage(const Reply &reply)
{
    return reply.contentType.startsWith("text/html") || reply.body.trimmed().startsWith('<');
}

Result<Reply> toResult(const Answer &answer, const QUrl &url)
{
    if (!answer)
        return fail(answer.error().error);
    const bool isGood = answer->status >= 200 && answer->status < 300;
    if (!isWebPage(*answer)) {
        if (isGood)
            return *answer;
        return fail(Codec::error(answer->status, answer->body));
    }
    if (isGood) {
        return fail(ErrorKind::Parse,
            Exchange::tr("%1 answered with a web page instead of data: this is not a Prefect API, or something in "
                         "between wants you to sign in.")
                .arg(hostAndPort(url)));
    }
    // The page of a proxy says nothing that fits here; its status does.
    return fail(Codec::error(answer->status, {}));
}

int lowerLimit(const Reply &reply, int limit)
{
    static const QRegularExpression named(QStringLiteral("limit.*?less than or equal to (\\d+)"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    if (reply.status != 422 || limit <= 1)
        return 0;
    const QString text = QString::fromUtf8(reply.body.left(4096));
    if (const QRegularExpressionMatch match = named.match(text); match.hasMatch()) {
        const int most = match.captured(1).toInt();
        return most > 0 && most < limit ? most : 0;
    }
    return text.contains(QLatin1String("\"limit\"]")) ? limit / 2 : 0;
}

} // namespace fd
