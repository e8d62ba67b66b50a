"""Puts objects on a server through its own API, quickly."""

import json
import time
from datetime import datetime, timedelta, timezone

from prefectserver import FLOWS, POOL

# Texts that come back as they are only when nobody reads them into a double or a map.
PARAMETERS = (
    "{}",
    '{"big":9223372036854775807,"small":-9223372036854775808,"unsigned":18446744073709551615}',
    '{"three":3.0,"huge":1e+300,"zero":-0.0,"tenth":0.1,"tiny":5e-324,"sum":0.30000000000000004}',
    '{"text":"Grüße 北京 🚚","escaped":"\\"\\\\/ \\n","html":"<b>bold</b>"}',
    '{"deep":{"list":[{"inner":[[],{}]},null,true]},"z":1,"a":2}',
    '{"null":null,"empty":"","date":"2026-01-31"}',
)
TAGS = ([], ["etl"], ["etl", "prod"], ["Äpfel", "two words", "a,b"])
SCHEDULES = (
    {"cron": "0 9 * * 1-5", "timezone": "Europe/Berlin"},
    {"interval": 86400, "anchor_date": "2026-01-01T07:30:00+00:00"},
    {"rrule": "DTSTART:20260101T183000\nRRULE:FREQ=DAILY", "timezone": "America/New_York"},
)
# How the runs made by hand end up, in turn.
ENDS = ("COMPLETED", "COMPLETED", "FAILED", "COMPLETED", "CANCELLED", "RUNNING", "COMPLETED", "PENDING", "SCHEDULED",
        "COMPLETED")


def now() -> datetime:
    return datetime.now(timezone.utc)


class Seeding:
    def __init__(self, server):
        self._server = server
        self._is_orion = server.is_orion

    def post(self, path: str, body) -> dict:
        text = body if isinstance(body, str) else json.dumps(body)
        for _ in range(20):
            status, answer = self._server.request("POST", path, text)
            # A server on SQLite that does two things at once.
            if status != 503:
                break
            time.sleep(0.2)
        if status not in (200, 201, 204):
            raise RuntimeError(f"POST {path}: {status} {answer[:500]} to {text[:500]}")
        return json.loads(answer) if answer else None

    def flow(self, name: str) -> str:
        return self.post("/flows/", {"name": name})["id"]

    def deployment(self, flow: str, name: str, schedules=(), parameters: str = "{}", **members) -> str:
        """`schedules`: pairs of a schedule and whether it is active."""
        body = {"flow_id": flow, "name": name, "parameters": "@parameters", **members}
        if self._is_orion:
            body["flow_data"] = {"encoding": "text", "blob": "nothing to run"}
            schedule, active = schedules[0] if schedules else (None, True)
            body.update(schedule=schedule, is_schedule_active=active)
            for unknown in ("description", "version", "work_pool_name", "entrypoint", "path", "paused"):
                body.pop(unknown, None)
        else:
            body["schedules"] = [{"schedule": schedule, "active": active} for schedule, active in schedules]
            body["enforce_parameter_schema"] = False
        return self.post("/deployments/", json.dumps(body).replace('"@parameters"', parameters))["id"]

    def run(self, deployment: str, state: dict = None, parameters: str = "{}", **members) -> dict:
        body = {"parameters": "@parameters", "state": state or {"type": "SCHEDULED"}, **members}
        if not self._is_orion:
            body["enforce_parameter_schema"] = False
        return self.post(f"/deployments/{deployment}/create_flow_run",
                         json.dumps(body).replace('"@parameters"', parameters))

    def set_state(self, run: str, state: dict) -> None:
        self.post(f"/flow_runs/{run}/set_state", {"state": state, "force": True})

    def pool(self, name: str) -> None:
        if self._is_orion:
            # Its agents poll a queue, which takes the runs with this tag.
            self.post("/work_queues/", {"name": name, "filter": {"tags": ["contract"]}})
        else:
            self.post("/work_pools/", {"name": name, "type": "process"})

    def real_deployments(self) -> None:
        """Those that the worker or agent runs: of contract_flows.py, each under the name "real"."""
        self.pool(POOL)
        if self._is_orion:
            self._server.command("deployment", "create", "orion.yaml")
            return
        for name in ("etl", "always-fails", "retrying", "parent", "chatty"):
            self.deployment(
                self.flow(name), "real", tags=["contract"], work_pool_name=POOL, path=str(FLOWS),
                # Their command line counts on it.
                parameter_openapi_schema={"title": "Parameters", "type": "object", "properties": {"rows": {}}},
                parameters='{"rows":4}' if name == "etl" else "{}",
                entrypoint=f"contract_flows.py:{name.replace('-', '_')}",
                pull_steps=[{"prefect.deployments.steps.set_working_directory": {"directory": str(FLOWS)}}])

    def many(self, deployments: int, runs: int) -> None:
        """Deployments with every kind of schedule, parameters and tags, and runs of them in every state; the
        scheduler adds those of the active schedules."""
        if not self._is_orion:
            self.pool("elsewhere")
        flows = [self.flow(f"flow-{number:02}") for number in range(max(1, deployments // 10))]
        ids = []
        for number in range(deployments):
            # Half of them are scheduled, an eighth of those not active; every 50th has two schedules.
            schedules = [(SCHEDULES[number // 2 % 3], number % 16 != 0)] if number % 2 == 0 else []
            if number % 50 == 0 and not self._is_orion:
                schedules.append(({"interval": 604800.5, "anchor_date": "2026-02-03T04:05:06.789012+01:00"}, False))
            members = {"tags": TAGS[number % len(TAGS)]}
            if not self._is_orion:
                members.update(work_pool_name="elsewhere", version=f"v{number % 7}", paused=number % 20 == 10,
                               description=f"The {number}th <i>deployment</i>\n" * (number % 3),
                               entrypoint="jobs.py:run")
            ids.append(self.deployment(flows[number % len(flows)], f"deployment {number:03} – ä", schedules,
                                       PARAMETERS[number % len(PARAMETERS)], **members))
        for number in range(runs):
            self._seeded_run(ids[number * 7 % len(ids)], number)

    def await_scheduler(self) -> None:
        """Until it makes no more runs: its loops take some seconds."""
        counts = [-2, -1]
        while len(set(counts[-4:])) > 1:
            counts.append(self.post("/flow_runs/count", {}))
            time.sleep(2)

    def _seeded_run(self, deployment: str, number: int) -> None:
        parameters = PARAMETERS[number % len(PARAMETERS)]
        end = ENDS[number % len(ENDS)]
        state = {"type": end, "message": f"made as {end.lower()} <b>{number}</b>"}
        if end == "SCHEDULED":
            state["state_details"] = {"scheduled_time": (now() + timedelta(days=1, seconds=number)).isoformat()}
        members = {"idempotency_key": f"seed {number}"} if number % 4 == 0 else {}
        if number % 16 != 0:
            self.run(deployment, state, parameters, tags=TAGS[number % 3], **members)
            return
        # Some were due in the past and took their way: these have a start and an end.
        due = (now() - timedelta(hours=number % 200)).isoformat()
        run = self.run(deployment, {"type": "SCHEDULED", "state_details": {"scheduled_time": due}}, parameters,
                       **members)
        for kind in ("RUNNING", "FAILED" if number % 32 else "COMPLETED"):
            self.set_state(run["id"], {"type": kind, "message": f"{kind} {number}"})
