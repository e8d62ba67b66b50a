// SPDX-License-Identifier: GPL-3.0-or-later
// The deployments table over 100,000 rows against the usual way (a vector model under QSortFilterProxyModel), and one
// frame of it against a grid painted by hand and against Qt's own delegate.
#include "tests/bench/benchtools.h"
#include "tests/bench/benchviews.h"
#include "tests/bench/handgrid.h"
#include "views/common/style.h"

#include <QApplication>
#include <QHeaderView>
#include <QThread>

using namespace fd;
using namespace fd::bench;

namespace {

constexpr int kWidth = 1600;
constexpr int kHeight = 1000;
/// How much of each word is typed.
constexpr int kTypedLetters = 4;

class TableBench
{
public:
    explicit TableBench(Store &store);

    void sort();
    void filter();
    void frame();

private:
    void warmUp();
    [[nodiscard]] double sortOurs(DeploymentColumn column, Qt::SortOrder order);
    [[nodiscard]] double sortTheirs(DeploymentColumn column, Qt::SortOrder order);
    [[nodiscard]] double filterOurs(const QString &text);
    [[nodiscard]] double filterTheirs(const QString &text);

    DeploymentListModel m_model;
    DeploymentTable m_table;
    Watched m_ours;
    VectorModel m_vector;
    QSortFilterProxyModel m_proxy;
    QTableView m_plain;
    Watched m_theirs;
    Instant m_now = systemClock()();
};

TableBench::TableBench(Store &store)
    : m_model(store), m_table(m_model, systemClock(), [](RowId) { return RunButton::Idle; }), m_ours(&m_table),
      m_vector(store), m_theirs(&m_plain)
{
    m_proxy.setSourceModel(&m_vector);
    m_proxy.setFilterRole(VectorModel::SearchRole);
    m_proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_plain.setModel(&m_proxy);
    m_plain.verticalHeader()->setDefaultSectionSize(m_table.verticalHeader()->defaultSectionSize());
    m_plain.verticalHeader()->hide();
    for (QTableView *view : {static_cast<QTableView *>(&m_table), &m_plain}) {
        view->resize(kWidth, kHeight);
        view->show();
    }
    for (int column = 0; column < kDeploymentColumnCount; ++column) {
        m_plain.setColumnHidden(column, m_table.isColumnHidden(column));
        m_plain.setColumnWidth(column, m_table.columnWidth(column));
    }
    warmUp();
}

/// Waits until the model has read ahead what it wants to have at hand, as it has a few seconds after the start.
void TableBench::warmUp()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 6000) {
        QCoreApplication::processEvents();
        QThread::msleep(1);
    }
}

double TableBench::sortOurs(DeploymentColumn column, Qt::SortOrder order)
{
    return m_ours.untilPainted([this, column, order] { m_table.setSort(static_cast<int>(column), order); },
        [this] { return m_model.isSettled(); });
}

double TableBench::sortTheirs(DeploymentColumn column, Qt::SortOrder order)
{
    return m_theirs.untilPainted(
        [this, column, order] { m_proxy.sort(static_cast<int>(column), order); }, [] { return true; });
}

double TableBench::filterOurs(const QString &text)
{
    return m_ours.untilPainted([this, &text] { m_model.setFilter({.text = text, .tags = {}, .states = {}}); },
        [this] { return m_model.isSettled(); });
}

double TableBench::filterTheirs(const QString &text)
{
    return m_theirs.untilPainted([this, &text] { m_proxy.setFilterFixedString(text); }, [] { return true; });
}

void TableBench::sort()
{
    int click = 0;
    int other = 0;
    const auto order = [](int clicks) { return clicks % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder; };
    const double ratio = medianRatio(
        9, [this, &click, &order] { return sortTheirs(DeploymentColumn::Name, order(click++)); },
        [this, &other, &order] { return sortOurs(DeploymentColumn::Name, order(other++)); });
    report({.id = QStringLiteral("sort"),
        .what = QStringLiteral("sort click to repaint, 100k rows, times faster"),
        .against = QStringLiteral("QSortFilterProxyModel::sort"),
        .ratio = ratio,
        .bar = 50,
        .atLeast = true});
}

void TableBench::filter()
{
    std::ignore = sortOurs(DeploymentColumn::Name, Qt::AscendingOrder);
    std::ignore = sortTheirs(DeploymentColumn::Name, Qt::AscendingOrder);
    std::vector<double> typing;
    std::vector<double> clearing;
    std::vector<double> typed;
    std::vector<double> cleared;
    for (const char *word : {"orders", "load", "prod", "eu-west", "finance", "hourly", "stock", "train", "ledger"}) {
        const QString text = QString::fromLatin1(word);
        for (qsizetype length = 1; length <= std::min<qsizetype>(kTypedLetters, text.size()); ++length) {
            const double theirs = filterTheirs(text.left(length));
            typed.push_back(filterOurs(text.left(length)));
            typing.push_back(theirs / typed.back());
        }
        if (m_model.rowCount() != m_proxy.rowCount())
            note(
                QStringLiteral("\"%1\": %2 rows against %3").arg(text).arg(m_model.rowCount()).arg(m_proxy.rowCount()));
        const double theirs = filterTheirs({});
        cleared.push_back(filterOurs({}));
        clearing.push_back(theirs / cleared.back());
    }
    note(QStringLiteral("typing %1 ms, clearing %2 ms").arg(median(typed)).arg(median(cleared)));
    report({.id = QStringLiteral("filter.type"),
        .what = QStringLiteral("filter keystroke to repaint, 100k rows, times faster"),
        .against = QStringLiteral("QSortFilterProxyModel"),
        .ratio = median(typing),
        .bar = 8,
        .atLeast = true});
    report({.id = QStringLiteral("filter.clear"),
        .what = QStringLiteral("clearing the filter to repaint, 100k rows, times faster"),
        .against = QStringLiteral("QSortFilterProxyModel"),
        .ratio = median(clearing),
        .bar = 50,
        .atLeast = true});
}

void TableBench::frame()
{
    std::vector<DeploymentRow> rows;
    for (int row = 0; row < std::min(60, m_model.rowCount()); ++row)
        rows.push_back(*m_model.rowAt(row));
    QList<int> widths;
    for (const DeploymentColumn column :
        {DeploymentColumn::State, DeploymentColumn::Name, DeploymentColumn::Tags, DeploymentColumn::Schedule,
            DeploymentColumn::NextRun, DeploymentColumn::LastRun, DeploymentColumn::Activity, DeploymentColumn::Run})
        widths += m_table.columnWidth(static_cast<int>(column));
    HandGrid grid(rows, m_now, widths, m_table.verticalHeader()->defaultSectionSize());
    grid.resize(m_table.viewport()->size());
    grid.show();
    QCoreApplication::processEvents();
    const auto frameOf = [](QWidget *widget) { return millisecondsOf([widget] { widget->repaint(); }); };
    constexpr int kPairs = 101;
    report({.id = QStringLiteral("table-frame.floor"),
        .what = QStringLiteral("one frame of the deployments table"),
        .against = QStringLiteral("the same cells painted by hand"),
        .ratio = medianRatio(
            kPairs, [this, &frameOf] { return frameOf(m_table.viewport()); },
            [&grid, &frameOf] { return frameOf(&grid); }),
        .bar = 1.5});
    report({.id = QStringLiteral("table-frame.delegate"),
        .what = QStringLiteral("one frame of the deployments table"),
        .against = QStringLiteral("QTableView with its own delegate, text only"),
        .ratio = medianRatio(
            kPairs, [this, &frameOf] { return frameOf(m_table.viewport()); },
            [this, &frameOf] { return frameOf(m_plain.viewport()); }),
        .bar = 0.5});
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new FlowdeckStyle);
    applyScheme(app, Scheme::Light);
    auto store = Store::open(QFile::decodeName(argc > 1 ? argv[1] : ""), Store::OpenMode::Existing);
    if (!store) {
        note(toText(store.error()));
        return 1;
    }
    TableBench bench(**store);
    bench.frame();
    bench.sort();
    bench.filter();
    return 0;
}
