// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/httpvalues.h"

#include <QLocale>

#include <cmath>

namespace fd {

std::optional<Instant> instantFromHttpDate(const QByteArray &text)
{
    QDateTime time = QLocale::c().toDateTime(
        QString::fromLatin1(text.trimmed()), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!time.isValid())
        return std::nullopt;
    time.setTimeSpec(Qt::UTC);
    return Instant::fromMs(time.toMSecsSinceEpoch());
}

std::optional<std::chrono::milliseconds> waitOfRetryAfter(
    const QByteArray &header, Instant now, std::chrono::milliseconds longest)
{
    bool isNumber = false;
    double ms = header.trimmed().toDouble(&isNumber) * 1000;
    if (!isNumber || std::isnan(ms)) {
        const std::optional<Instant> at = instantFromHttpDate(header);
        if (!at)
            return std::nullopt;
        ms = static_cast<double>(*at - now) / 1000;
    }
    ms = std::clamp(std::ceil(ms), 0.0, static_cast<double>(longest.count()));
    return std::chrono::milliseconds(static_cast<qint64>(ms));
}

bool isWorthRetrying(int status) { return status == 408 || status == 429 || status == 502 || status == 503; }

std::chrono::milliseconds growingPause(
    int number, std::chrono::milliseconds first, std::chrono::milliseconds longest, double chance)
{
    const double grown = static_cast<double>(first.count()) * std::exp2(number);
    const double ms = std::min(grown, static_cast<double>(longest.count())) * (0.8 + 0.4 * chance);
    return std::chrono::milliseconds(static_cast<qint64>(ms));
}

} // namespace fd
