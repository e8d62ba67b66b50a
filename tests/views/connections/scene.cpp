// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the connection screens into pictures: scene <folder>. To be looked at, not compared.
#include "tests/views/connections/samples.h"

#include "views/common/style.h"
#include "views/connections/connectdialog.h"
#include "views/connections/firststartpage.h"
#include "views/connections/importprofilesdialog.h"
#include "views/connections/workspacespage.h"
#include "views/connections/workspacetable.h"
#include "views/shell/appearance.h"
#include "views/shell/mainwindow.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace fd;

namespace {

constexpr qint64 kSecondUs = 1'000'000;

void save(QWidget &widget, const QString &file)
{
    QTest::qWait(400);
    widget.grab().save(file);
}

struct Fleet {
    Fleet()
    {
        const Instant now = systemClock()();
        const QString prod = add("warehouse-prod", "https://prefect.example.org/api", 0, Protection::Production);
        const QString dev = add("analytics-dev", "http://dev.example.org:4200/api", 1, Protection::None);
        legacyId = add("legacy-orion", "http://10.20.0.8:4200/api", 2, Protection::ReadOnly);
        WorkspaceEntry sample;
        sample.name = QStringLiteral("sample workspace");
        sample.colour = 3;
        const QString sampleId = known.book.add(sample);
        first.fillScene(now);
        first.setSync({.kind = SyncStatus::Kind::Live,
            .asOf = now,
            .error = {},
            .nextTry = {},
            .serverTitle = QStringLiteral("Prefect 3.8.3")});
        second.setSync({.kind = SyncStatus::Kind::Mirroring,
            .asOf = {},
            .done = 1200,
            .total = 9304,
            .error = {},
            .nextTry = {},
            .serverTitle = QStringLiteral("Prefect 2.20.25")});
        second.can.reason = QStringLiteral("no schedule parameters");
        legacy.can.reason = QStringLiteral("one schedule each, no pools");
        legacy.setSync({.kind = SyncStatus::Kind::Offline,
            .asOf = now.plusUs(-3 * 3600 * kSecondUs),
            .error = {},
            .nextTry = now.plusUs(122 * kSecondUs),
            .serverTitle = QStringLiteral("Orion 2.0b8")});
        known.open.open(prod, &first);
        known.open.open(dev, &second);
        known.open.open(legacyId, &legacy);
        known.open.open(sampleId, &local);
        known.answer = failedAt(DiagnosisStep::Kind::Connection, ErrorKind::Network,
            QStringLiteral("Nothing listens on port 4200 of 10.20.0.8: the server is not running, or a firewall closed "
                           "the port. Ask who runs it, or try “prefect orion start” there."));
        known.answer.steps[0].detail = QStringLiteral("http://10.20.0.8:4200/api is well formed");
        known.answer.steps[1].detail = QStringLiteral("an IP address, nothing to look up");
    }
    QString add(const char *name, const char *url, int colour, Protection protection)
    {
        const QString id = known.addServer(QString::fromLatin1(name), QString::fromLatin1(url), colour);
        WorkspaceEntry entry = known.book.find(id).value();
        entry.protection = protection;
        known.book.update(entry);
        return id;
    }

    Connections known;
    ServerWorkspace first;
    ServerWorkspace second;
    ServerWorkspace legacy;
    FakeWorkspace local;
    QString legacyId;
};

PrefectProfiles profiles()
{
    PrefectProfiles found;
    found.path = QStringLiteral("/home/me/.prefect/profiles.toml");
    const auto add = [&found](const char *name, const char *url) -> PrefectProfile & {
        PrefectProfile profile;
        profile.name = QString::fromLatin1(name);
        profile.entry.name = profile.name;
        profile.entry.connection.apiUrl = QUrl(QString::fromLatin1(url));
        found.profiles += profile;
        return found.profiles.last();
    };
    PrefectProfile &cloud = add("cloud-prod", "https://api.prefect.cloud/api/accounts/0a1b/workspaces/2c3d");
    cloud.active = true;
    cloud.entry.connection.auth = ConnectionSettings::Auth::ApiKey;
    cloud.warnings
        = {QStringLiteral("Other users of this computer can read its key in /home/me/.prefect/profiles.toml.")};
    add("ephemeral", "").problem
        = QStringLiteral("It has no API address: Prefect starts a private server for it, which nobody can join.");
    add("legacy", "http://10.20.0.8:4200/api");
    add("local", "http://127.0.0.1:4200/api");
    return found;
}

void renderDialogs(Fleet &fleet, QWidget *parent, const QString &folder, const QString &suffix)
{
    auto *connect = new ConnectDialog(fleet.known.book, fleet.known.test(), systemClock(), parent);
    connect->open();
    QTest::keyClicks(
        connect->findChild<QLineEdit *>(QStringLiteral("address")), QStringLiteral("http://10.20.0.8:4200/api"));
    QTest::keyClick(connect->findChild<QComboBox *>(QStringLiteral("sign-in")), Qt::Key_Down);
    save(*connect, folder + QStringLiteral("/connect") + suffix);
    connect->findChild<QPushButton *>(QStringLiteral("connect-now"))->click();
    save(*connect, folder + QStringLiteral("/connect-failed") + suffix);
    connect->close();
    auto *import = new ImportProfilesDialog(fleet.known.book, profiles(), parent);
    import->open();
    save(*import, folder + QStringLiteral("/import") + suffix);
    import->close();
}

void render(const QString &folder, QSize size, Scheme scheme, const QString &suffix)
{
    Fleet fleet;
    Connections &known = fleet.known;
    Appearance appearance(*qApp, known.memory);
    appearance.setScheme(scheme);
    MainWindow window(fleet.first, known.memory, appearance, systemClock());
    WorkspacesPage *page = nullptr;
    window.addPage({.id = QStringLiteral("workspaces"),
        .title = QStringLiteral("Workspaces"),
        .iconName = QStringLiteral("network-server"),
        .kinds = {Destination::Kind::Workspaces},
        .make = [&] { return page = new WorkspacesPage(known.book, known.open, known.test(), known.memory); }});
    window.resize(size);
    window.go({.kind = Destination::Kind::Workspaces});
    window.show();
    QTest::qWait(300);
    page->select(fleet.legacyId);
    page->table()->setFocus();
    QTest::keyClick(page->table(), Qt::Key_Return, Qt::ControlModifier);
    save(window, folder + QStringLiteral("/workspaces") + suffix);
    renderDialogs(fleet, &window, folder, suffix);
    FirstStartPage start;
    start.setProfiles({QStringLiteral("local"), QStringLiteral("staging")});
    start.resize(size);
    start.show();
    save(start, folder + QStringLiteral("/first-start") + suffix);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new FlowdeckStyle);
    const QString folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(folder);
    render(folder, {1440, 900}, Scheme::Light, QStringLiteral("-light.png"));
    render(folder, {1440, 900}, Scheme::Dark, QStringLiteral("-dark.png"));
    render(folder, {1024, 640}, Scheme::Light, QStringLiteral("-small-light.png"));
    return 0;
}
