// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"
#include "views/common/stateplaceholder.h"
#include "views/common/style.h"
#include "views/common/timeline.h"
#include "views/runs/runpage.h"
#include "views/runs/taskpanel.h"

#include <QtTest>
#include <QtWidgets>

namespace fd {
namespace {

/// The panel that says what failed; null while none does.
FailedPanel *shownFailure(QWidget &in)
{
    for (auto *panel : in.findChildren<FailedPanel *>()) {
        if (panel->isVisible())
            return panel;
    }
    return nullptr;
}

} // namespace

/// The run page over a store that cannot be read for a while.
class TestRunPageFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setStyle(new FlowdeckStyle); }

    void tasksFailAloneWithTryAgain()
    {
        const sample::SampleRun run = sample::addFinishedRun(m_workspace);
        rename("task_run", "away");
        RunPage page(m_workspace, m_memory, [] { return sample::kNow; });
        open(page, run.run);
        QTRY_VERIFY(shownFailure(page));
        QVERIFY(page.tasks()->isAncestorOf(shownFailure(page)));
        QCOMPARE(page.title(), QStringLiteral("brave-otter"));
        for (const auto *label : page.tasks()->findChildren<QLabel *>())
            QVERIFY(!label->isVisible() || label->text() != QStringLiteral("This run had no tasks."));
        rename("away", "task_run");
        emit shownFailure(page)->retryRequested();
        QTRY_COMPARE(page.tasks()->timeline()->rows().isEmpty(), false);
        QVERIFY(!shownFailure(page));
    }

    void aRunThatCannotBeReadIsNotGone()
    {
        const sample::SampleRun run = sample::addFinishedRun(m_workspace);
        rename("flow_run_state", "away");
        RunPage page(m_workspace, m_memory, [] { return sample::kNow; });
        open(page, run.run);
        QTRY_VERIFY(shownFailure(page));
        for (const auto *gone : page.findChildren<Placeholder *>())
            QVERIFY(!gone->isVisible());
        rename("away", "flow_run_state");
        emit shownFailure(page)->retryRequested();
        QTRY_COMPARE(page.title(), QStringLiteral("brave-otter"));
        QVERIFY(!shownFailure(page));
    }

private:
    void open(RunPage &page, RowId run)
    {
        page.resize(1100, 800);
        page.show();
        page.activate({.kind = Destination::Kind::Run, .id = run});
    }
    void rename(const QByteArray &from, const QByteArray &to)
    {
        m_workspace.write(
            [from, to](Connection &connection) { connection.execute("ALTER TABLE " + from + " RENAME TO " + to); });
    }

    sample::SampleWorkspace m_workspace;
    sample::Memory m_memory;
};

} // namespace fd

QTEST_MAIN(fd::TestRunPageFaults)
#include "tst_runpagefaults.moc"
