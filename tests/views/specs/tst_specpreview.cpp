// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/deployments/fakeworkspace.h"

#include "views/specs/planmodel.h"
#include "views/specs/plantext.h"
#include "views/specs/specpreviewdialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace fd;

namespace {

SpecPlanItem created(const QString &name)
{
    Deployment value = FakeWorkspace::deployment(QStringLiteral("flow"), name, {QStringLiteral("etl")});
    value.parameters = R"({"region":"eu"})";
    return {.action = SpecPlanItem::Action::Create, .planned = value, .current = {}, .changedFields = {}};
}

SpecPlanItem updated(const QString &name)
{
    SpecPlanItem item = created(name);
    item.action = SpecPlanItem::Action::Update;
    item.current = item.planned;
    item.planned.parameters = R"({"region":"us"})";
    item.changedFields = {QStringLiteral("parameters.region")};
    return item;
}

SpecProblem problem(SpecProblem::Severity severity, int line, const QString &text)
{
    return {.severity = severity,
        .error = {.kind = ErrorKind::Validation,
            .detail = text,
            .field = QStringLiteral("version"),
            .file = QStringLiteral("a.yaml"),
            .line = line,
            .column = 3}};
}

struct Preview {
    explicit Preview(FakeWorkspace &workspace)
        : dialog(new SpecPreviewDialog(workspace, QStringLiteral("/srv/a.yaml"), nullptr))
    {
        dialog->open();
        QTest::qWait(20);
    }
    ~Preview() { delete dialog; }
    [[nodiscard]] QPushButton *apply() const { return dialog->findChild<QPushButton *>(QStringLiteral("apply")); }
    [[nodiscard]] QString note() const { return dialog->findChild<QLabel *>(QStringLiteral("note"))->text(); }
    [[nodiscard]] QTableView *table() const { return dialog->findChild<QTableView *>(QStringLiteral("plan")); }
    QPointer<SpecPreviewDialog> dialog;
};

} // namespace

class TestSpecPreview : public QObject
{
    Q_OBJECT

private slots:
    void goodFileIsAppliedOnce()
    {
        FakeWorkspace workspace;
        workspace.plan = SpecPlan{.path = QStringLiteral("/srv/a.yaml"),
            .items = {created(QStringLiteral("a")), updated(QStringLiteral("b"))},
            .problems = {}};
        Preview preview(workspace);
        QCOMPARE(preview.apply()->text(), QStringLiteral("Apply 2 changes"));
        QVERIFY(preview.apply()->isEnabled());
        QCOMPARE(workspace.applies, 0);
        QSignalSpy applied(preview.dialog, &SpecPreviewDialog::applied);
        QTest::mouseClick(preview.apply(), Qt::LeftButton);
        QTRY_COMPARE(applied.size(), 1);
        QCOMPARE(workspace.applies, 1);
        QTRY_VERIFY(preview.dialog.isNull());
    }

    void brokenFileBlocksEverything()
    {
        FakeWorkspace workspace;
        workspace.plan = SpecPlan{.path = QStringLiteral("/srv/a.yaml"),
            .items = {created(QStringLiteral("a"))},
            .problems = {problem(SpecProblem::Severity::Warning, 20, QStringLiteral("later")),
                problem(SpecProblem::Severity::Error, 4, QStringLiteral("must be text"))}};
        Preview preview(workspace);
        QVERIFY(!preview.apply()->isEnabled());
        QVERIFY(preview.note().contains(QStringLiteral("blocks the whole file")));
        QAbstractItemModel *model = preview.table()->model();
        QCOMPARE(model->index(0, PlanModel::NameColumn).data().toString(), QStringLiteral("Blocked"));
        QCOMPARE(
            model->index(1, PlanModel::WhatColumn).data().toString(), QStringLiteral("line 4, column 3: must be text"));
        QTest::keyClick(preview.dialog, Qt::Key_Return);
        QCOMPARE(workspace.applies, 0);
        QTest::mouseClick(preview.dialog->findChild<QPushButton *>(QStringLiteral("copy")), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("a.yaml:4:3: must be text")));
    }

    void unchangedFileHasNothingToDo()
    {
        FakeWorkspace workspace;
        SpecPlanItem item = created(QStringLiteral("a"));
        item.action = SpecPlanItem::Action::Unchanged;
        workspace.plan = SpecPlan{.path = {}, .items = {item}, .problems = {}};
        Preview preview(workspace);
        QVERIFY(!preview.apply()->isEnabled());
        QCOMPARE(preview.note(), QStringLiteral("Everything is deployed like this already."));
    }

    void failureKeepsTheDialogOpen()
    {
        FakeWorkspace workspace;
        workspace.plan = SpecPlan{.path = {}, .items = {created(QStringLiteral("a"))}, .problems = {}};
        workspace.applied = fail(ErrorKind::Storage, QStringLiteral("The disk is full."));
        Preview preview(workspace);
        QCOMPARE(preview.apply()->text(), QStringLiteral("Create 1 deployment"));
        QTest::mouseClick(preview.apply(), Qt::LeftButton);
        QTRY_COMPARE(preview.note(), QStringLiteral("Nothing was written. The disk is full."));
        QVERIFY(preview.dialog->isVisible());
        QVERIFY(preview.apply()->isEnabled());
    }

    void unreadableFileSaysSo()
    {
        FakeWorkspace workspace;
        workspace.plan = fail(ErrorKind::Storage, QStringLiteral("No such file."));
        Preview preview(workspace);
        QVERIFY(!preview.apply()->isEnabled());
        QVERIFY(!preview.table()->isVisible());
    }

    void changesFieldByField()
    {
        const QList<FieldChange> changes = fieldChanges(updated(QStringLiteral("b")));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.constFirst().before, QStringLiteral("\"eu\""));
        QCOMPARE(changes.constFirst().after, QStringLiteral("\"us\""));
        QVERIFY(!fieldChanges(created(QStringLiteral("a"))).isEmpty());
    }

    void hostileTextStaysText()
    {
        FakeWorkspace workspace;
        SpecPlanItem item = created(QStringLiteral("<b>x</b>\n\x1b[31m") + QString(1'000'000, u'y'));
        item.planned.description = QStringLiteral("<img src=x>");
        workspace.plan = SpecPlan{.path = {},
            .items = {item},
            .problems = {problem(SpecProblem::Severity::Warning, 1, QStringLiteral("<a href=x>click</a>"))}};
        Preview preview(workspace);
        QVERIFY(!preview.dialog->grab().isNull());
        for (const QLabel *label : preview.dialog->findChildren<QLabel *>())
            QVERIFY(label->textFormat() == Qt::PlainText || label->text().isEmpty());
    }
};

QTEST_MAIN(TestSpecPreview)
#include "tst_specpreview.moc"
