// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/addresses.h"

#include <QHostAddress>
#include <QRegularExpression>

namespace fd {

namespace {

constexpr QLatin1String kCloudApiHost("api.prefect.cloud");
constexpr QLatin1String kCloudUiHost("app.prefect.cloud");

int portOf(const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); }

QUrl withPath(const QUrl &url, const QString &path)
{
    QUrl changed = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    changed.setPath(path);
    return changed;
}

/// Finds "…/account(s)/<id>/workspace(s)/<id>…" in a path.
QRegularExpressionMatch cloudPath(const QString &path)
{
    static const QRegularExpression pattern(
        QStringLiteral("/accounts?/([0-9a-fA-F-]{36})/workspaces?/([0-9a-fA-F-]{36})"));
    return pattern.match(path);
}

} // namespace

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost"))
        || QHostAddress(host).isLoopback();
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

QString hostAndPort(const QUrl &url)
{
    const QString host = url.host().contains(u':') ? QStringLiteral("[%1]").arg(url.host()) : url.host();
    return QStringLiteral("%1:%2").arg(host).arg(portOf(url));
}

QString toSentence(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment).toDisplayString();
}

bool isCloudWorkspace(const QUrl &apiUrl)
{
    return apiUrl.path().contains(QLatin1String("/accounts/")) && cloudPath(apiUrl.path()).hasMatch();
}

QUrl uiUrlOf(const QUrl &apiUrl)
{
    QUrl url = apiUrl;
    if (url.host() == kCloudApiHost)
        url.setHost(kCloudUiHost);
    QString path = url.path();
    if (path.endsWith(QLatin1String("/api")))
        path.chop(4);
    path.replace(QLatin1String("/api/"), QLatin1String("/"));
    path.replace(QLatin1String("/accounts/"), QLatin1String("/account/"));
    path.replace(QLatin1String("/workspaces/"), QLatin1String("/workspace/"));
    return withPath(url, path);
}

QList<QUrl> likelyApiUrls(const QUrl &given)
{
    const QString path = given.path();
    if (given.host() == kCloudUiHost || given.host() == kCloudApiHost || cloudPath(path).hasMatch()) {
        const QRegularExpressionMatch ids = cloudPath(path);
        if (!ids.hasMatch())
            return {};
        QUrl meant
            = withPath(given, QStringLiteral("/api/accounts/%1/workspaces/%2").arg(ids.captured(1), ids.captured(2)));
        if (given.host() == kCloudUiHost)
            meant.setHost(kCloudApiHost);
        return meant == given ? QList<QUrl>() : QList<QUrl>{meant};
    }
    QList<QUrl> found;
    const auto add = [&found, &given](const QString &candidate) {
        const QUrl url = withPath(given, candidate);
        if (url != given && !found.contains(url))
            found.append(url);
    };
    // "/api/deployments" and "/prefect/api/docs" have too much behind it.
    if (const qsizetype at = path.indexOf(QLatin1String("/api/")); at >= 0)
        add(path.left(at + 4));
    if (!path.endsWith(QLatin1String("/api"))) {
        QString own = path;
        while (own.endsWith(u'/'))
            own.chop(1);
        add(own + QLatin1String("/api"));
    }
    add(QStringLiteral("/api"));
    return found;
}

} // namespace fd
