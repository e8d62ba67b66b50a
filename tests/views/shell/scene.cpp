// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the window with realistic rows into pictures: scene <folder>. To be looked at, not compared.
#include "tests/views/deployments/fakeworkspace.h"

#include "views/common/style.h"
#include "views/deployments/deploymentspage.h"
#include "views/deployments/deploymenttable.h"
#include "views/deployments/parametersdialog.h"
#include "views/shell/appearance.h"
#include "views/shell/mainwindow.h"
#include "views/specs/specpreviewdialog.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace fd;

namespace {

SpecPlan scenePlan(const QString &path)
{
    SpecPlan plan{.path = path, .items = {}, .problems = {}};
    Deployment made = FakeWorkspace::deployment(
        QStringLiteral("warehouse-load"), QStringLiteral("backfill"), {QStringLiteral("etl")});
    made.parameters = R"({"full_refresh":true,"region":"eu"})";
    plan.items += {.action = SpecPlanItem::Action::Create, .planned = made, .current = {}, .changedFields = {}};
    Deployment before = FakeWorkspace::deployment(QStringLiteral("orders-ingest"), QStringLiteral("hourly"),
        {QStringLiteral("orders"), QStringLiteral("eu")}, R"({"cron":"5 * * * *"})");
    Deployment after = before;
    before.parameters = R"({"batch_size":500,"notify":"#orders"})";
    after.parameters = R"({"batch_size":250})";
    after.tags += QStringLiteral("tier-1");
    after.schedules = {{.json = R"({"cron":"10 * * * *"})"}};
    plan.items += {.action = SpecPlanItem::Action::Update,
        .planned = after,
        .current = before,
        .changedFields = {QStringLiteral("tags"), QStringLiteral("parameters.batch_size"),
            QStringLiteral("parameters.notify"), QStringLiteral("schedule")}};
    plan.items
        += {.action = SpecPlanItem::Action::Unchanged, .planned = before, .current = before, .changedFields = {}};
    plan.problems += {.severity = SpecProblem::Severity::Warning,
        .error = {.kind = ErrorKind::Validation,
            .detail = QStringLiteral("work_queue_nme is not a known key."),
            .field = QStringLiteral("work_queue_nme"),
            .file = path,
            .line = 26,
            .column = 3}};
    return plan;
}

void save(QWidget &widget, const QString &file)
{
    QTest::qWait(400);
    widget.grab().save(file);
}

void renderDialogs(FakeWorkspace &workspace, MainWindow &window, const QString &folder, const QString &suffix)
{
    workspace.plan = scenePlan(QStringLiteral("/srv/specs/etl.yaml"));
    auto *preview = new SpecPreviewDialog(workspace, QStringLiteral("/srv/specs/etl.yaml"), &window);
    preview->open();
    save(*preview, folder + QStringLiteral("/spec") + suffix);
    preview->close();
    Deployment needs = FakeWorkspace::deployment(QStringLiteral("ledger-export"), QStringLiteral("finance-close"));
    needs.parameterSchema = R"({"type":"object","properties":{"month":{"type":"integer","position":0},
        "region":{"enum":["eu","us"],"position":1},"tables":{"type":"array","position":2}},
        "required":["month","region","tables"]})";
    auto *dialog = new ParametersDialog(needs, &window);
    dialog->open();
    save(*dialog, folder + QStringLiteral("/parameters") + suffix);
    dialog->close();
}

void render(const QString &folder, QSize size, Scheme scheme, const QString &suffix)
{
    FakeWorkspace workspace;
    workspace.fillScene(systemClock()());
    workspace.setEngine({.kind = EngineStatus::Kind::Here, .detail = {}, .activeRuns = 1});
    MemoryInMemory memory;
    Appearance appearance(*qApp, memory);
    appearance.setScheme(scheme);
    MainWindow window(workspace, memory, appearance, systemClock());
    DeploymentsPage *page = nullptr;
    window.addPage({.id = QStringLiteral("deployments"),
        .title = QStringLiteral("Deployments"),
        .iconName = QStringLiteral("view-list-details"),
        .kinds = {Destination::Kind::Deployments, Destination::Kind::Deployment},
        .make = [&] { return page = new DeploymentsPage(workspace, memory); }});
    window.addPage({.id = QStringLiteral("runs"),
        .title = QStringLiteral("Runs"),
        .iconName = QStringLiteral("view-history"),
        .kinds = {Destination::Kind::Runs},
        .make = [] { return nullptr; }});
    window.setRailCount(QStringLiteral("deployments"), QStringLiteral("12"));
    window.resize(size);
    window.go({});
    window.show();
    QTest::qWait(300);
    page->table()->selectId(4);
    save(window, folder + QStringLiteral("/window") + suffix);
    for (int tab = 1; tab < InspectorPanel::TabCount && size.width() > 1200; ++tab) {
        qobject_cast<InspectorPanel *>(page->inspector())->setTab(tab);
        save(*page->inspector(), folder + QStringLiteral("/tab%1").arg(tab) + suffix);
    }
    window.post({.notice = Notice::Done,
        .title = QStringLiteral("mellow-ibis was started"),
        .detail = QStringLiteral("orders-ingest / hourly · sent once at 14:32:06"),
        .actions = {{QStringLiteral("Open"), [] {}}},
        .shownAt = {}});
    if (size.width() < 1200)
        emit page->inspectorRequested(true);
    save(window, folder + QStringLiteral("/message") + suffix);
    renderDialogs(workspace, window, folder, suffix);
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
    render(folder, {1024, 640}, Scheme::Dark, QStringLiteral("-small-dark.png"));
    return 0;
}
