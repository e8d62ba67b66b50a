-- Workspaces made before the engine's questions had indexes of their own get them here.
CREATE INDEX IF NOT EXISTS flow_run_active ON flow_run (id) WHERE parent_flow_run_id IS NULL
    AND (state_type IN (1, 2, 7, 8) OR (state_type = 0 AND state_name = 'AwaitingRetry'));
CREATE INDEX IF NOT EXISTS flow_run_scheduled_of ON flow_run (deployment_id, next_scheduled) WHERE state_type = 0;
CREATE INDEX IF NOT EXISTS deployment_by_created ON deployment (created, id);
CREATE INDEX IF NOT EXISTS deployment_by_version ON deployment (version, name, id);
