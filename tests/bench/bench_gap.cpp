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
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTimer>

using namespace fd;
using namespace fd::bench;

namespace {

constexpr double kBudgetMs = 50;
constexpr int kStepMs = 25;
constexpr int kWritePauseMs = 20;

/// Measures how late a timer of 1 ms comes.
class GapWatch : public QObject
{
public:
    GapWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, &GapWatch::tick);
        m_since.start();
        m_timer.start();
    }
    void setStep(const QString &step) { m_step = step; }
    void tick()
    {
        const double gap = static_cast<double>(m_since.nsecsElapsed()) / 1e6 - 1;
        m_since.start();
        double &longest = m_longestOf[m_step];
        longest = std::max(longest, gap);
    }
    [[nodiscard]] double longest() const { return *std::max_element(m_longestOf.begin(), m_longestOf.end()); }
    [[nodiscard]] const QMap<QString, double> &longestOf() const { return m_longestOf; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    QString m_step = QStringLiteral("open");
    QMap<QString, double> m_longestOf;
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
        for (QTableView *view : {static_cast<QTableView *>(&m_deploymentTable), &m_runTable}) {
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
    QTableView m_runTable;
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
    m_watch.setStep(QStringLiteral("scroll"));
    for (QTableView *view : {static_cast<QTableView *>(&m_deploymentTable), &m_runTable}) {
        QScrollBar *bar = view->verticalScrollBar();
        bar->setValue(
            m_step % 3 == 0 ? m_random.bounded(std::max(1, bar->maximum())) : bar->value() + 3 * bar->singleStep());
    }
}

void Session::sort()
{
    m_watch.setStep(QStringLiteral("sort"));
    const auto order = m_random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
    if (m_step % 8 == 0)
        m_deploymentTable.setSort(m_random.bounded(kDeploymentColumnCount), order);
    if (m_step % 40 == 4)
        m_runs.sort(m_random.bounded(static_cast<int>(FlowRunColumn::Lateness)), order);
}

void Session::filter()
{
    m_watch.setStep(QStringLiteral("filter"));
    const QString word = QStringLiteral("orders daily");
    if (m_step % 4 == 0) {
        const int letters = m_step / 4 % (static_cast<int>(word.size()) + 1);
        m_deployments.setFilter({.text = word.left(letters), .tags = {}, .states = {}});
    }
    if (m_step % 40 == 0)
        m_runs.setFilter(
            {.states = {}, .deployment = 0, .text = m_step % 80 == 0 ? QString() : QStringLiteral("otter")});
    if (m_step % 40 == 20)
        m_runs.setFilter({.states = {StateType::Failed, StateType::Crashed}, .deployment = 0, .text = {}});
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
    QApplication app(argc, argv);
    QApplication::setStyle(new FlowdeckStyle);
    applyScheme(app, Scheme::Light);
    GapWatch watch;
    Session session(watch, QFile::decodeName(argc > 1 ? argv[1] : ""));
    QApplication::exec();
    for (auto each = watch.longestOf().cbegin(); each != watch.longestOf().cend(); ++each)
        note(QStringLiteral("%1: longest gap %2 ms").arg(each.key()).arg(each.value(), 0, 'f', 1));
    report({.id = QStringLiteral("gui-gap"),
        .what
        = QStringLiteral("longest gap in the GUI event loop over a 100k/1M store that is being written to (%1 ms)")
              .arg(watch.longest(), 0, 'f', 1),
        .against = QStringLiteral("50 ms"),
        .ratio = watch.longest() / kBudgetMs,
        .bar = 1});
    return 0;
}
