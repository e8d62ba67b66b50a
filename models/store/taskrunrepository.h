// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/store/connection.h"

namespace fd {

/// Task runs in the store. Errors stick to the connection; see Connection::error.
class TaskRunRepository
{
public:
    explicit TaskRunRepository(Connection &connection) : m_db(connection) { }

    /// Stores a task run with its first state. When its id is known, what describes it (name, parents, subflow) is
    /// replaced and its state stays: a bridge says it again once it knows more. Returns its row.
    RowId upsert(const TaskRun &run);
    /// Sets the state with start, end and run count; ignored for an unknown row.
    void setState(RowId row, const State &state);
    /// The row of an id; 0 when unknown.
    [[nodiscard]] RowId rowOf(const TaskRunId &id);
    /// All of a flow run, in the order they were made, with the tries of those that were retried.
    [[nodiscard]] QList<TaskRun> ofFlowRun(RowId flowRun);

private:
    void describe(RowId row, const TaskRun &run);
    void insertState(RowId row, const State &state);
    void readTries(RowId flowRun, QList<TaskRun> &runs);

    Connection &m_db;
};

} // namespace fd
