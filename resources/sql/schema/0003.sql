-- Workspaces that mirror a server: what servers say beyond a local workspace, and what the mirror remembers of each row.

ALTER TABLE deployment ADD COLUMN work_pool_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE;
ALTER TABLE deployment ADD COLUMN work_queue_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE;
ALTER TABLE deployment ADD COLUMN status TEXT NOT NULL DEFAULT '';
CREATE INDEX deployment_by_work_pool ON deployment (work_pool_name, work_queue_name, name, id);

ALTER TABLE deployment_detail ADD COLUMN concurrency_limit INTEGER;
ALTER TABLE deployment_detail ADD COLUMN job_variables TEXT NOT NULL DEFAULT '{}';
ALTER TABLE deployment_detail ADD COLUMN enforce_parameter_schema INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deployment_detail ADD COLUMN other_fields TEXT NOT NULL DEFAULT '{}';

-- Beside the rows that people read, in narrow tables: a full pass that finds nothing new rewrites only these.
-- `asked` is when the question left whose answer was stored; no fingerprint means that the next answer is stored anew.
-- A flow without a row here has only been named by others.
CREATE TABLE mirrored_flow (
    flow_id INTEGER PRIMARY KEY REFERENCES flow (id) ON DELETE CASCADE,
    fingerprint INTEGER,
    asked INTEGER NOT NULL
);
CREATE TABLE mirrored_deployment (
    deployment_id INTEGER PRIMARY KEY REFERENCES deployment (id) ON DELETE CASCADE,
    fingerprint INTEGER,
    asked INTEGER NOT NULL,
    -- The last full pass that saw it.
    pass INTEGER NOT NULL
);
CREATE TABLE mirrored_run (
    flow_run_id INTEGER PRIMARY KEY REFERENCES flow_run (id) ON DELETE CASCADE,
    fingerprint INTEGER,
    asked INTEGER NOT NULL,
    -- The ids of its deployment and of the task run that called it while those are not here.
    missing_deployment BLOB,
    missing_parent BLOB
);
CREATE INDEX mirrored_run_by_deployment ON mirrored_run (missing_deployment) WHERE missing_deployment IS NOT NULL;
CREATE INDEX mirrored_run_by_parent ON mirrored_run (missing_parent) WHERE missing_parent IS NOT NULL;
-- Which of a server's lines are in `log` already; local runs number their lines themselves and have none here.
CREATE TABLE mirrored_log (
    flow_run_id INTEGER NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    uuid BLOB NOT NULL,
    seq INTEGER NOT NULL,
    missing_task BLOB,
    PRIMARY KEY (flow_run_id, uuid)
) WITHOUT ROWID;

CREATE TABLE work_pool (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    type TEXT NOT NULL,
    paused INTEGER NOT NULL,
    concurrency_limit INTEGER,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
);
CREATE TABLE work_queue (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    pool_name TEXT NOT NULL,
    paused INTEGER NOT NULL,
    concurrency_limit INTEGER,
    priority INTEGER,
    last_polled INTEGER,
    status TEXT NOT NULL,
    filter TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
);
CREATE TABLE worker (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    pool_name TEXT NOT NULL,
    last_heartbeat INTEGER,
    status TEXT NOT NULL
);

-- Indexes that a first mirror has put aside, in their own words, to be made again at its end or at the next start.
CREATE TABLE dropped_index (
    name TEXT PRIMARY KEY,
    sql TEXT NOT NULL
) WITHOUT ROWID;
