// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QAbstractListModel>
#include <QList>

namespace fd {

/// A task run that the log can be narrowed to.
struct LogTask {
    RowId id = 0;
    QString name;

    friend bool operator==(const LogTask &, const LogTask &) = default;
};

/// "All tasks" and the task runs of a run, for a combo box. Ten thousand cost no more than their list.
class LogTaskModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    /// Shows these; as a rule a run only gains tasks, and then only the new ones are told.
    void setTasks(const QList<LogTask> &tasks);
    /// The row of a task run; that of "All tasks" when it is not there.
    [[nodiscard]] int rowOf(RowId task) const;
    /// The task run of a row; 0 for "All tasks".
    [[nodiscard]] RowId taskAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<LogTask> m_tasks;
};

} // namespace fd
