-- Times are microseconds since the epoch in UTC; ids are 16 bytes beside an integer key.

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE flow (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
);

-- What the list shows, with the summaries that the writer keeps.
CREATE TABLE deployment (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    flow_id INTEGER NOT NULL REFERENCES flow (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    flow_name TEXT NOT NULL COLLATE NOCASE,
    version TEXT NOT NULL,
    tags TEXT NOT NULL,
    schedule TEXT NOT NULL,
    schedule_active INTEGER NOT NULL,
    schedule_count INTEGER NOT NULL,
    parameter_count INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    next_run INTEGER,
    last_run_id INTEGER NOT NULL DEFAULT 0,
    last_state_type INTEGER,
    last_state_name TEXT,
    last_due INTEGER,
    last_start INTEGER,
    last_end INTEGER,
    active_runs INTEGER NOT NULL DEFAULT 0,
    strip BLOB,
    -- Failed and crashed runs in the strip's days.
    failures INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX deployment_by_flow_and_name ON deployment (flow_id, name COLLATE BINARY);
CREATE INDEX deployment_by_name ON deployment (name, id);
CREATE INDEX deployment_by_flow_name ON deployment (flow_name, name, id);
CREATE INDEX deployment_by_next_run ON deployment (next_run, id);
CREATE INDEX deployment_by_last_run ON deployment (last_due, id);
CREATE INDEX deployment_by_state ON deployment (last_state_type, last_due, id);
CREATE INDEX deployment_by_failures ON deployment (failures, id);
CREATE INDEX deployment_by_created ON deployment (created, id);
CREATE INDEX deployment_by_updated ON deployment (updated, id);

-- What only the inspector and the engine read.
CREATE TABLE deployment_detail (
    deployment_id INTEGER PRIMARY KEY REFERENCES deployment (id) ON DELETE CASCADE,
    description TEXT NOT NULL,
    parameters TEXT NOT NULL,
    parameter_schema TEXT NOT NULL,
    schedules TEXT NOT NULL,
    runner_type TEXT NOT NULL,
    runner_config TEXT NOT NULL,
    path TEXT NOT NULL,
    entrypoint TEXT NOT NULL,
    spec_path TEXT NOT NULL,
    spec_text TEXT NOT NULL
);

CREATE TABLE deployment_tag (
    tag TEXT NOT NULL,
    deployment_id INTEGER NOT NULL REFERENCES deployment (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, deployment_id)
) WITHOUT ROWID;
CREATE INDEX deployment_tag_by_deployment ON deployment_tag (deployment_id);

CREATE TABLE flow_run (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    flow_id INTEGER NOT NULL REFERENCES flow (id) ON DELETE CASCADE,
    deployment_id INTEGER REFERENCES deployment (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    state_type INTEGER NOT NULL,
    state_name TEXT NOT NULL,
    -- Prefect's expected_start_time and next_scheduled_start_time.
    due INTEGER NOT NULL,
    next_scheduled INTEGER,
    started INTEGER,
    ended INTEGER,
    run_time INTEGER NOT NULL DEFAULT 0,
    run_count INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    tags TEXT NOT NULL,
    idempotency_key TEXT,
    parent_task_run_id INTEGER,
    parent_flow_run_id INTEGER
);
-- Prefect's own rule: one run per flow and key.
CREATE UNIQUE INDEX flow_run_by_key ON flow_run (flow_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX flow_run_by_due ON flow_run (due, id);
CREATE INDEX flow_run_by_deployment ON flow_run (deployment_id, due);
CREATE INDEX flow_run_by_state ON flow_run (state_type, due);
CREATE INDEX flow_run_scheduled ON flow_run (next_scheduled) WHERE state_type = 0;
-- The engine's questions: their cost must not grow with the runs that merely wait. The conditions are those of the
-- queries in FlowRunRepository, word for word.
CREATE INDEX flow_run_active ON flow_run (id) WHERE parent_flow_run_id IS NULL
    AND (state_type IN (1, 2, 7, 8) OR (state_type = 0 AND state_name = 'AwaitingRetry'));
CREATE INDEX flow_run_scheduled_of ON flow_run (deployment_id, next_scheduled) WHERE state_type = 0;
CREATE INDEX flow_run_by_parent ON flow_run (parent_flow_run_id) WHERE parent_flow_run_id IS NOT NULL;

CREATE TABLE flow_run_detail (
    flow_run_id INTEGER PRIMARY KEY REFERENCES flow_run (id) ON DELETE CASCADE,
    parameters TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '{}',
    -- How far the engine has read this run's spool, and under which attempt.
    spool_offset INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE flow_run_state (
    flow_run_id INTEGER NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    type INTEGER NOT NULL,
    type_text TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    scheduled INTEGER,
    PRIMARY KEY (flow_run_id, seq)
) WITHOUT ROWID;

CREATE TABLE task_run (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    flow_run_id INTEGER NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    task_name TEXT NOT NULL,
    dynamic_key TEXT NOT NULL,
    state_type INTEGER NOT NULL,
    state_type_text TEXT NOT NULL,
    state_name TEXT NOT NULL,
    state_message TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    run_count INTEGER NOT NULL DEFAULT 0,
    parents BLOB NOT NULL,
    child_flow_run BLOB
);
CREATE INDEX task_run_by_flow_run ON task_run (flow_run_id, id);

CREATE TABLE log (
    flow_run_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    task_run_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    level INTEGER NOT NULL,
    logger TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (flow_run_id, seq)
) WITHOUT ROWID;

-- Summaries kept by the writer, so that no dashboard query ever scans the runs.
CREATE TABLE run_count (
    state_type INTEGER NOT NULL,
    state_name TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (state_type, state_name)
) WITHOUT ROWID;
CREATE TABLE run_hour (
    hour INTEGER NOT NULL,
    state_type INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (hour, state_type)
) WITHOUT ROWID;

-- What changed, for the other Flowdecks that have this file open.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    origin INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    row_id INTEGER NOT NULL
);

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    heartbeat INTEGER NOT NULL
) WITHOUT ROWID;
