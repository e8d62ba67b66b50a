// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window cannot react while a full workspace is opened, scrolled, sorted and filtered and another thread
// keeps writing to it.
#include "models/items/flowrunlistmodel.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"
#include "tests/bench/benchtools.h"
#include "views/common/style.h"
#include "views/deployments/deploymenttable.h"

#include <QApplication>
#include <QLabel>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTimer>

#include <ctime>

using namespace fd;
using namespace fd::bench;

namespace {

constexpr double kBudgetMs = 50;
constexpr int kStepMs = 25;
constexpr int kWritePauseMs = 20;

double threadCpuMs()
{
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

/// Measures how late a timer of 1 ms comes, and how much of that time its thread was at work rather than waiting for
/// a processor.
class GapWatch : public QObject
{
public:
    struct Gap {
        double ms = 0;
        double cpuMs = 0;
    };

    GapWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, &GapWatch::tick);
    }
    /// From now on gaps belong to this part of the session.
    void begin(const QString &step)
    {
        if (!m_timer.isActive()) {
            m_timer.start();
            m_since.start();
            m_cpu = threadCpuMs();
        }
        m_step = step;
    }
    [[nodiscard]] const QMap<QString, Gap> &longest() const { return m_longest; }

private:
    void tick()
    {
        const Gap gap{.ms = static_cast<double>(m_since.nsecsElapsed()) / 1e6 - 1, .cpuMs = threadCpuMs() - m_cpu};
        m_since.start();
        m_cpu = threadCpuMs();
        if (gap.ms > m_longest[m_step].ms)
            m_longest[m_step] = gap;
    }

    QTimer m_timer;
    QElapsedTimer m_since;
    double m_cpu = 0;
    QString m_step;
    QMap<QString, Gap> m_longest;
};

/// A workspace in use: both big tables, and a user who does not wait.
class Session : public QObject
{
public:
    Session(GapWatch &watch, const QString &path)
        : m_watch(watch), m_store(std::move(*Store::open(path, Store::OpenMode::Existing))), m_deployments(*m_store),
          m_runs(*m_store), m_deploymentTable(m_deployments, systemClock(), [](RowId) { return RunButton::Idle; })
    {
        m_runTable.setModel(&m_runs);
        for (TableView *view : {static_cast<TableView *>(&m_deploymentTable), &m_runTable}) {
            view->resize(1200, 800);
            view->show();
        }
        m_stepTimer.setInterval(kStepMs);
        connect(&m_stepTimer, &QTimer::timeout, this, &Session::step);
        m_writeTimer.setInterval(kWritePauseMs);
        connect(&m_writeTimer, &QTimer::timeout, this, &Session::writeSome);
        m_stepTimer.start();
        m_writeTimer.start();
    }

private:
    void step();
    void scroll();
    void sort();
    void filter();
    void writeSome();

    GapWatch &m_watch;
    std::unique_ptr<Store> m_store;
    DeploymentListModel m_deployments;
    FlowRunListModel m_runs;
    DeploymentTable m_deploymentTable;
    TableView m_runTable;
    QTimer m_stepTimer;
    QTimer m_writeTimer;
    QRandomGenerator m_random{1};
    int m_step = 0;
};

void Session::step()
{
    ++m_step;
    // Two seconds for opening, five for each kind of work.
    const int part = m_step * kStepMs / 1000;
    if (part < 2)
        return;
    if (part < 7)
        return scroll();
    if (part < 12)
        return sort();
    if (part < 18)
        return filter();
    QCoreApplication::quit();
}

void Session::scroll()
{
    m_watch.begin(QStringLiteral("scroll"));
    for (TableView *view : {static_cast<TableView *>(&m_deploymentTable), &m_runTable}) {
        QScrollBar *bar = view->verticalScrollBar();
        bar->setValue(
            m_step % 3 == 0 ? m_random.bounded(std::max(1, bar->maximum())) : bar->value() + 3 * bar->singleStep());
    }
}

void Session::sort()
{
    m_watch.begin(QStringLiteral("sort"));
    const auto order = m_random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
    if (m_step % 8 == 0)
        m_deploymentTable.setSort(m_random.bounded(kDeploymentColumnCount), order);
    if (m_step % 40 == 4)
        m_runs.sort(m_random.bounded(static_cast<int>(FlowRunColumn::Lateness)), order);
}

void Session::filter()
{
    m_watch.begin(QStringLiteral("filter"));
    const QString word = QStringLiteral("orders daily");
    if (m_step % 4 == 0) {
        const int letters = m_step / 4 % (static_cast<int>(word.size()) + 1);
        m_deployments.setFilter({.text = word.left(letters), .tags = {}, .states = {}});
    }
    if (m_step % 40 == 0)
        m_runs.setFilter(
            {.states = {}, .deployment = 0, .text = m_step % 80 == 0 ? QString() : QStringLiteral("otter")});
    if (m_step % 40 == 20) {
        FlowRunListFilter broken;
        broken.states = {{StateType::Failed}, {StateType::Crashed}};
        m_runs.setFilter(broken);
    }
}

void Session::writeSome()
{
    std::vector<RowId> rows(10);
    std::generate(rows.begin(), rows.end(), [this] { return 1 + m_random.bounded(900'000); });
    std::ignore = m_store->write([rows](Connection &connection) {
        FlowRunRepository runs(connection);
        for (const RowId row : rows)
            runs.setState(row, State::of(row % 3 == 0 ? StateType::Failed : StateType::Completed, systemClock()()));
    });
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    QApplication app(argc, argv);
    QApplication::setStyle(new FlowdeckStyle);
    applyScheme(app, Scheme::Light);
    // A window is there already, as the shell is when a workspace is opened.
    QLabel shell(QStringLiteral("Flowdeck"));
    shell.show();
    GapWatch watch;
    std::unique_ptr<Session> session;
    QTimer::singleShot(300, &shell, [&watch, &session, argv] {
        watch.begin(QStringLiteral("open"));
        session = std::make_unique<Session>(watch, QFile::decodeName(argv[1]));
    });
    QApplication::exec();
    GapWatch::Gap longest;
    for (auto each = watch.longest().cbegin(); each != watch.longest().cend(); ++each) {
        note(QStringLiteral("%1: longest gap %2 ms, at work for %3 ms of it")
                 .arg(each.key())
                 .arg(each->ms, 0, 'f', 1)
                 .arg(each->cpuMs, 0, 'f', 1));
        longest = each->ms > longest.ms ? *each : longest;
    }
    report({.id = QStringLiteral("gui-gap"),
        .what = QStringLiteral("longest gap in the GUI event loop, 100k/1M store that is being written to (%1 ms)")
                    .arg(longest.ms, 0, 'f', 1),
        .against = QStringLiteral("50 ms"),
        .ratio = longest.ms / kBudgetMs,
        .bar = 1});
    return 0;
}
