// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchviews.h"

#include "models/store/deploymentrepository.h"
#include "tests/bench/benchtools.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

namespace fd::bench {

VectorModel::VectorModel(Store &store)
{
    DeploymentRepository repository(store.reader());
    const std::vector<RowId> ids = repository.ids(DeploymentSort::NextRun, false);
    m_rows = repository.rows(ids);
    QHash<RowId, QString> search;
    repository.visitFacts(
        [&search](const DeploymentRepository::Facts &facts) { search[facts.row] = QString::fromUtf8(facts.text); });
    const auto timeText = [](const std::optional<Instant> &at) {
        return at ? at->toLocal().toString(QStringLiteral("ddd d MMM hh:mm")) : QString();
    };
    for (const DeploymentRow &row : m_rows) {
        m_search.push_back(search.value(row.row));
        m_times.push_back({timeText(row.nextRun), timeText(row.lastStart)});
    }
}

int VectorModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VectorModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : kDeploymentColumnCount; }

QVariant VectorModel::data(const QModelIndex &index, int role) const
{
    const auto row = static_cast<size_t>(index.row());
    if (role == SearchRole)
        return m_search[row];
    if (role != Qt::DisplayRole)
        return {};
    const auto column = static_cast<DeploymentColumn>(index.column());
    if (column == DeploymentColumn::NextRun)
        return m_times[row][0];
    if (column == DeploymentColumn::LastRun)
        return m_times[row][1];
    return text(m_rows[row], column);
}

QVariant VectorModel::text(const DeploymentRow &row, DeploymentColumn column) const
{
    switch (column) {
    case DeploymentColumn::State:
        return row.lastState.name;
    case DeploymentColumn::Name:
        return row.name;
    case DeploymentColumn::Tags:
        return row.tags.join(u' ');
    case DeploymentColumn::Schedule:
        return QString::fromUtf8(row.schedule.json);
    case DeploymentColumn::Activity:
        return row.activeRuns;
    default:
        return row.version;
    }
}

Watched::Watched(QTableView *view) : m_view(view) { view->viewport()->installEventFilter(this); }

double Watched::untilPainted(const std::function<void()> &act, const std::function<bool()> &isDone)
{
    // What an earlier step left to do does not count.
    QCoreApplication::processEvents();
    return millisecondsOf([this, &act, &isDone] {
        act();
        m_view->viewport()->update();
        m_paints = 0;
        while (!isDone() || m_paints == 0)
            QCoreApplication::processEvents();
    });
}

bool Watched::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint)
        ++m_paints;
    return QObject::eventFilter(watched, event);
}

} // namespace fd::bench
