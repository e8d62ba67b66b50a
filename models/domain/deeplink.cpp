// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/deeplink.h"

#include <QStringList>
#include <QUrlQuery>

namespace fd {
namespace {

constexpr qsizetype kLongest = 2000;
const QString kScheme = QStringLiteral("flowdeck");

struct Route {
    /// The segment before the id, and the one before that when it must be there.
    const char *segment;
    const char *parent;
    DeepLink::Kind kind;
};

constexpr Route kRoutes[] = {
    {"deployment", "deployments", DeepLink::Kind::Deployment},
    {"flow-run", "runs", DeepLink::Kind::FlowRun},
    {"flow-run", "flow-runs", DeepLink::Kind::FlowRun},
    // Orion's pages have one segment.
    {"deployment", "", DeepLink::Kind::Deployment},
    {"flow-run", "", DeepLink::Kind::FlowRun},
};

QUuid uuidOf(QStringView text)
{
    // QUuid also reads braces and stops early at foreign text; Prefect writes 36 characters.
    constexpr qsizetype kLength = 36;
    return text.size() == kLength ? QUuid::fromString(text) : QUuid();
}

/// The API behind a page's address without its route (prefect-3: Cloud's pages live on another host).
QUrl apiOf(const QUrl &page, const QStringList &before)
{
    QUrl api;
    api.setScheme(page.scheme());
    api.setHost(page.host());
    api.setPort(page.port());
    if (page.host() == QLatin1String("app.prefect.cloud")) {
        if (before.size() < 4 || before[0] != QLatin1String("account") || before[2] != QLatin1String("workspace"))
            return {};
        api.setHost(QStringLiteral("api.prefect.cloud"));
        api.setPath(QStringLiteral("/api/accounts/%1/workspaces/%2").arg(before[1], before[3]));
        return api;
    }
    QString path;
    for (const QString &segment : before)
        path += u'/' + segment;
    // The UI's newer version may stand under a folder of its own.
    if (path.endsWith(QLatin1String("/v2")))
        path.chop(3);
    api.setPath(path + QStringLiteral("/api"));
    return api;
}

std::optional<DeepLink> fromPage(const QUrl &url)
{
    const QStringList segments = url.path().split(u'/', Qt::SkipEmptyParts);
    for (qsizetype i = 1; i < segments.size(); ++i) {
        const QUuid id = uuidOf(segments[i]);
        if (id.isNull())
            continue;
        for (const Route &route : kRoutes) {
            const bool hasParent = route.parent[0] != '\0';
            if (segments[i - 1] != QLatin1String(route.segment))
                continue;
            if (hasParent && (i < 2 || segments[i - 2] != QLatin1String(route.parent)))
                continue;
            return DeepLink{
                .kind = route.kind, .id = id, .apiUrl = apiOf(url, segments.first(i - (hasParent ? 2 : 1)))};
        }
    }
    return std::nullopt;
}

std::optional<DeepLink> fromOwn(const QUrl &url)
{
    const QUuid id = uuidOf(QStringView(url.path()).mid(1));
    if (id.isNull())
        return std::nullopt;
    DeepLink link{.id = id, .apiUrl = QUrl(QUrlQuery(url).queryItemValue(QStringLiteral("api"), QUrl::FullyDecoded))};
    if (url.host() == QLatin1String("deployment"))
        link.kind = DeepLink::Kind::Deployment;
    else if (url.host() == QLatin1String("flow-run"))
        link.kind = DeepLink::Kind::FlowRun;
    else
        return std::nullopt;
    return link;
}

} // namespace

std::optional<DeepLink> deepLinkFromText(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kLongest)
        return std::nullopt;
    if (const QUuid id = uuidOf(trimmed); !id.isNull())
        return DeepLink{.kind = DeepLink::Kind::Any, .id = id, .apiUrl = {}};
    const QUrl url(trimmed.toString(), QUrl::StrictMode);
    if (url.scheme() == kScheme)
        return fromOwn(url);
    if (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"))
        return fromPage(url);
    return std::nullopt;
}

QString toText(const DeepLink &link)
{
    QUrl url;
    url.setScheme(kScheme);
    url.setHost(link.kind == DeepLink::Kind::FlowRun ? QStringLiteral("flow-run") : QStringLiteral("deployment"));
    url.setPath(u'/' + link.id.toString(QUuid::WithoutBraces));
    if (!link.apiUrl.isEmpty()) {
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("api"),
            QString::fromLatin1(QUrl::toPercentEncoding(link.apiUrl.toString(QUrl::RemoveUserInfo))));
        url.setQuery(query);
    }
    return url.toString(QUrl::FullyEncoded);
}

bool isSameApi(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); };
    const auto path = [](const QUrl &url) { return url.adjusted(QUrl::StripTrailingSlash).path(); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b) && path(a) == path(b);
}

} // namespace fd
