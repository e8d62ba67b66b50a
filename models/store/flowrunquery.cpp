// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/flowrunquery.h"

#include "models/store/codec.h"

namespace fd {
namespace {

QByteArray orderBy(FlowRunSort sort, bool descending)
{
    const QByteArray way = descending ? " DESC" : " ASC";
    switch (sort) {
    case FlowRunSort::Start:
        return "r.due" + way + ", r.id" + way;
    case FlowRunSort::State:
        return "r.state_type" + way + ", r.due DESC, r.id DESC";
    case FlowRunSort::Name:
        return "r.name" + way + ", r.id" + way;
    case FlowRunSort::Deployment:
        return "d.name" + way + ", d.id" + way + ", r.due DESC, r.id DESC";
    case FlowRunSort::Duration:
        return "(coalesce(r.ended, r.started) - r.started)" + way + ", r.due DESC, r.id DESC";
    }
    Q_UNREACHABLE();
}

QByteArray quoted(const QStringList &names)
{
    QByteArrayList list;
    for (const QString &name : names)
        list += "'" + name.toLatin1() + "'";
    return list.join(',');
}

/// Types first, for the index; then the names that are groups of their own. They are constants of `namesApart`.
QByteArray ofGroups(const QList<StateGroup> &groups)
{
    QByteArrayList types;
    QByteArrayList each;
    bool anyApart = false;
    for (const StateGroup &group : groups) {
        const QByteArray type = QByteArray::number(codec::toInt(group.type));
        const QStringList apart = namesApart(group.type);
        types += type;
        QByteArray condition = "r.state_type = " + type;
        if (apart.contains(group.name))
            condition += " AND r.state_name = " + quoted({group.name});
        else if (!apart.isEmpty())
            condition += " AND r.state_name NOT IN (" + quoted(apart) + ")";
        anyApart = anyApart || !apart.isEmpty();
        each += condition;
    }
    const QByteArray ofTypes = "r.state_type IN (" + types.join(',') + ")";
    return anyApart ? ofTypes + " AND (" + each.join(" OR ") + ")" : ofTypes;
}

/// Deployments and flows are found by name in their own small tables, and runs then by key.
constexpr const char *kOfText
    = "(r.name LIKE ?1 ESCAPE '\\'"
      " OR r.deployment_id IN (SELECT id FROM deployment"
      " WHERE name LIKE ?1 ESCAPE '\\' OR flow_name LIKE ?1 ESCAPE '\\')"
      " OR (r.deployment_id IS NULL AND r.flow_id IN (SELECT id FROM flow WHERE name LIKE ?1 ESCAPE '\\')))";

/// What restricts a list. Only fixed text and numbers are joined in; what a user typed is bound.
QByteArrayList conditionsOf(const FlowRunFilter &filter)
{
    QByteArrayList conditions;
    if (!filter.states.isEmpty())
        conditions += ofGroups(filter.states);
    if (filter.deployment != 0)
        conditions += "r.deployment_id = " + QByteArray::number(filter.deployment);
    if (filter.from)
        conditions += "r.due >= " + QByteArray::number(filter.from->us);
    if (filter.until)
        conditions += "r.due < " + QByteArray::number(filter.until->us);
    if (!filter.text.isEmpty())
        conditions += kOfText;
    if (!filter.among.empty()) {
        QByteArrayList ids;
        for (const RowId id : filter.among)
            ids += QByteArray::number(id);
        conditions += "r.id IN (" + ids.join(',') + ")";
    }
    return conditions;
}

/// Without statistics SQLite does not see that one walk through the covering index is cheapest.
QByteArray indexFor(const FlowRunFilter &filter, FlowRunSort sort)
{
    const bool isFew = filter.deployment != 0 || !filter.among.empty();
    const bool walks = !filter.text.isEmpty() || filter.from || filter.until
        || (sort == FlowRunSort::Name && filter.states.isEmpty());
    return walks && !isFew ? " INDEXED BY flow_run_by_due" : "";
}

std::vector<RowId> idsOf(Connection &connection, const QByteArray &tables, const QByteArrayList &conditions,
    const FlowRunFilter &filter, const QByteArray &order, int limit)
{
    const QByteArray where = conditions.isEmpty() ? QByteArray() : " WHERE " + conditions.join(" AND ");
    Statement statement
        = connection.prepareOnce("SELECT r.id FROM " + tables + where + " ORDER BY " + order + " LIMIT ?2");
    statement.bind(codec::likePattern(filter.text)).bind(limit);
    return codec::readRowIds(statement);
}

/// Deployments in their order, and each one's runs: no row is sorted. NULLs come first, as they do in ORDER BY.
std::vector<RowId> idsByDeployment(Connection &connection, const FlowRunFilter &filter, bool descending, int limit)
{
    const auto runs = [&](bool ofDeployments, int most) {
        QByteArrayList conditions = conditionsOf(filter);
        if (!ofDeployments)
            conditions += "r.deployment_id IS NULL";
        return ofDeployments ? idsOf(connection,
                   "deployment d CROSS JOIN flow_run r INDEXED BY flow_run_by_deployment ON r.deployment_id = d.id",
                   conditions, filter, orderBy(FlowRunSort::Deployment, descending), most)
                             : idsOf(connection, "flow_run r INDEXED BY flow_run_by_deployment", conditions, filter,
                                 "r.due DESC, r.id DESC", most);
    };
    std::vector<RowId> ids = runs(descending, limit);
    if (limit < 0 || static_cast<int>(ids.size()) < limit) {
        const std::vector<RowId> rest = runs(!descending, limit < 0 ? limit : limit - static_cast<int>(ids.size()));
        ids.insert(ids.end(), rest.begin(), rest.end());
    }
    return ids;
}

} // namespace

std::vector<RowId> listedRuns(
    Connection &connection, const FlowRunFilter &filter, FlowRunSort sort, bool descending, int limit)
{
    const bool isWide
        = filter.text.isEmpty() && filter.among.empty() && filter.deployment == 0 && !filter.from && !filter.until;
    if (sort == FlowRunSort::Deployment && isWide)
        return idsByDeployment(connection, filter, descending, limit);
    QByteArray tables = "flow_run r" + indexFor(filter, sort);
    if (sort == FlowRunSort::Deployment)
        tables += " LEFT JOIN deployment d ON d.id = r.deployment_id";
    return idsOf(connection, tables, conditionsOf(filter), filter, orderBy(sort, descending), limit);
}

} // namespace fd
