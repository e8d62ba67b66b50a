-- What lists of runs ask is answered from this index alone: in its order, without a look at the rows.
DROP INDEX flow_run_by_due;
CREATE INDEX flow_run_by_due ON flow_run (due, id, state_type, deployment_id, flow_id, name);

-- Every state of a task run, so that its tries can be told apart.
CREATE TABLE task_run_state (
    task_run_id INTEGER NOT NULL REFERENCES task_run (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    type INTEGER NOT NULL,
    type_text TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (task_run_id, seq)
) WITHOUT ROWID;
