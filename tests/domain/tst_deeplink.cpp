// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/deeplink.h"

#include <QTest>

using namespace fd;

namespace {

const QString kId = QStringLiteral("0e5b7c5e-1f7b-4a0c-9a62-0cbb5a3f5d11");

} // namespace

class TestDeepLink : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        using Kind = DeepLink::Kind;
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("api");
        const auto row = [](const char *name, const QString &text, Kind kind, const QString &api) {
            QTest::newRow(name) << text.arg(kId) << static_cast<int>(kind) << api;
        };
        row("id", QStringLiteral(" %1 "), Kind::Any, {});
        row("prefect 3 deployment", QStringLiteral("http://127.0.0.1:4200/deployments/deployment/%1"), Kind::Deployment,
            QStringLiteral("http://127.0.0.1:4200/api"));
        row("with a tab", QStringLiteral("http://h:4200/deployments/deployment/%1?tab=Runs#x"), Kind::Deployment,
            QStringLiteral("http://h:4200/api"));
        row("edit page", QStringLiteral("https://h/deployments/deployment/%1/edit"), Kind::Deployment,
            QStringLiteral("https://h/api"));
        row("v2 pages", QStringLiteral("https://h/v2/runs/flow-run/%1"), Kind::FlowRun,
            QStringLiteral("https://h/api"));
        row("behind a folder", QStringLiteral("https://h/prefect/runs/flow-run/%1"), Kind::FlowRun,
            QStringLiteral("https://h/prefect/api"));
        row("older run page", QStringLiteral("http://h:4200/flow-runs/flow-run/%1"), Kind::FlowRun,
            QStringLiteral("http://h:4200/api"));
        row("orion deployment", QStringLiteral("http://h:4200/deployment/%1"), Kind::Deployment,
            QStringLiteral("http://h:4200/api"));
        row("orion radar", QStringLiteral("http://h:4200/flow-run/%1/radar"), Kind::FlowRun,
            QStringLiteral("http://h:4200/api"));
        row("cloud", QStringLiteral("https://app.prefect.cloud/account/aa/workspace/ww/deployments/deployment/%1"),
            Kind::Deployment, QStringLiteral("https://api.prefect.cloud/api/accounts/aa/workspaces/ww"));
        row("own", QStringLiteral("flowdeck://flow-run/%1"), Kind::FlowRun, {});
        row("own with api", QStringLiteral("flowdeck://deployment/%1?api=https%3A%2F%2Fh%2Fapi"), Kind::Deployment,
            QStringLiteral("https://h/api"));
    }

    void reads()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QString, api);
        const auto link = deepLinkFromText(text);
        QVERIFY(link);
        QCOMPARE(static_cast<int>(link->kind), kind);
        QCOMPARE(link->id.toString(QUuid::WithoutBraces), kId);
        QCOMPARE(link->apiUrl.toString(), api);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "orders", "http://h/deployments", "http://h/deployments/deployment/nope",
                 "ftp://h/deployment/%1", "flowdeck://run/%1", "flowdeck://deployment/%1x", "javascript:alert(1)",
                 "http://h/blocks/block/%1", "{%1}"})
            QTest::newRow(text) << QString::fromLatin1(text).replace(QStringLiteral("%1"), kId);
        QTest::newRow("long") << QString(5000, u'a');
    }

    void refuses()
    {
        QFETCH(QString, text);
        QVERIFY(!deepLinkFromText(text));
    }

    void roundTrips()
    {
        const DeepLink link{.kind = DeepLink::Kind::FlowRun,
            .id = QUuid::fromString(kId),
            .apiUrl = QUrl(QStringLiteral("https://host:8443/a%20b/api"))};
        QCOMPARE(deepLinkFromText(toText(link)), link);
        DeepLink secret = link;
        secret.apiUrl.setUserInfo(QStringLiteral("me:pass"));
        QVERIFY(!toText(secret).contains(QStringLiteral("pass")));
    }

    void sameApi()
    {
        const auto same = [](const char *a, const char *b) {
            return isSameApi(QUrl(QString::fromLatin1(a)), QUrl(QString::fromLatin1(b)));
        };
        QVERIFY(same("http://h/api", "http://H:80/api/"));
        QVERIFY(same("https://h:443/api", "https://h/api"));
        QVERIFY(!same("https://h/api", "http://h/api"));
        QVERIFY(!same("http://h:4200/api", "http://h:4201/api"));
        QVERIFY(!same("http://h/api/accounts/a", "http://h/api/accounts/b"));
    }
};

QTEST_GUILESS_MAIN(TestDeepLink)
#include "tst_deeplink.moc"
