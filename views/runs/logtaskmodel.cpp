// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logtaskmodel.h"

#include "views/runs/logtext.h"

namespace fd {

namespace {

constexpr qsizetype kNameMost = 200;

} // namespace

void LogTaskModel::setTasks(const QList<LogTask> &tasks)
{
    qsizetype same = 0;
    while (same < std::min(tasks.size(), m_tasks.size()) && tasks[same] == m_tasks[same])
        ++same;
    if (same < m_tasks.size()) {
        beginRemoveRows({}, static_cast<int>(same) + 1, static_cast<int>(m_tasks.size()));
        m_tasks.resize(same);
        endRemoveRows();
    }
    if (same < tasks.size()) {
        beginInsertRows({}, static_cast<int>(same) + 1, static_cast<int>(tasks.size()));
        m_tasks = tasks;
        endInsertRows();
    }
}

int LogTaskModel::rowOf(RowId task) const
{
    for (qsizetype i = 0; task != 0 && i < m_tasks.size(); ++i) {
        if (m_tasks[i].id == task)
            return static_cast<int>(i) + 1;
    }
    return 0;
}

RowId LogTaskModel::taskAt(int row) const { return row > 0 && row <= m_tasks.size() ? m_tasks[row - 1].id : 0; }

int LogTaskModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tasks.size()) + 1;
}

QVariant LogTaskModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return index.row() == 0 ? tr("All tasks") : logtext::oneLine(m_tasks[index.row() - 1].name, kNameMost);
}

} // namespace fd
