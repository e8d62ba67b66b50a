"""The part of Prefect's API that a run needs, answered inside the process that runs the flow.

A real Prefect reports every state to a server and asks it about retries. Answering here means
that no server is needed, and that what Prefect itself says is what gets reported.
"""

import datetime
import json
import secrets
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, Optional, Tuple

from .jsonable import to_json_or_text
from .naming import random_name
from .observing import Observation, Scope, report
from .retry_rules import microseconds, now, retry_delay, seconds_until
from .signals import Termination

TERMINATION_MESSAGE = "Execution was aborted by a termination signal."
FINAL = ("COMPLETED", "FAILED", "CANCELLED", "CRASHED")
Json = Dict[str, Any]


class LocalApi:
    """Remembers flow runs and task runs, applies Prefect's retry rules, and reports."""

    def __init__(self, run_id: str, run_name: Optional[str], prefect_version: str) -> None:
        self.prefect_version = prefect_version
        self.secret = secrets.token_hex(16)
        self._main_run: Optional[Tuple[str, Optional[str]]] = (run_id, run_name)
        self._flow_names: Dict[str, str] = {}
        self._runs: Dict[str, Json] = {}
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="flowdeck-api", daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens; the secret keeps other local programs out."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/{self.secret}"

    def is_final(self, run_id: str) -> bool:
        """Whether the run's final state was reported."""
        run = self._runs.get(run_id)
        return run is not None and run["state_type"] in FINAL

    def answer(self, method: str, parts: List[str], body: Json) -> Tuple[int, Any]:
        """One request; 404 for all that only a server has."""
        with self._lock:
            if parts == ["health"]:
                return 200, True
            if parts == ["admin", "version"]:
                return 200, self.prefect_version
            if parts == ["flows"] and method == "POST":
                return 201, self._flow(body)
            if parts and parts[0] in ("flow_runs", "task_runs"):
                return self._run_request(method, parts, body)
            if parts[:2] == ["v2", "concurrency_limits"] or parts[:1] == ["concurrency_limits"]:
                return 200, {"lease_id": str(uuid.uuid4()), "limits": []} if "with-lease" in parts[-1] else []
            if parts[-1:] == ["filter"]:
                return 200, []
        path = "/" + "/".join(parts)
        return 404, {"detail": f"Flowdeck runs this flow without a Prefect server, so {path} is not there."}

    def _flow(self, body: Json) -> Json:
        flow_id = str(uuid.uuid5(uuid.NAMESPACE_URL, body["name"]))
        self._flow_names[flow_id] = body["name"]
        return {"id": flow_id, "name": body["name"], "created": now(), "updated": now()}

    def _run_request(self, method: str, parts: List[str], body: Json) -> Tuple[int, Any]:
        if len(parts) == 1 and method == "POST":
            return 201, self._create(parts[0], body)
        if parts[-1] == "filter":
            return 200, []
        run = self._runs.get(parts[1]) if len(parts) > 1 else None
        if run is None:
            return 404, {"detail": "Run not found"}
        if len(parts) == 3 and parts[2] == "set_state":
            return 201, self._set_state(run, body["state"], bool(body.get("force")))
        if method == "PATCH":
            run.update({name: value for name, value in body.items() if value is not None})
            self._announce(run)
            return 204, None
        return 200, public(run)

    def _create(self, collection: str, body: Json) -> Json:
        run = {
            **body,
            "id": body.get("id") or str(uuid.uuid4()),
            "kind": "flow" if collection == "flow_runs" else "task",
            "created": now(),
            "updated": now(),
            "run_count": 0,
            "state": None,
            "state_type": None,
        }
        if run["kind"] == "flow":
            if self._main_run is not None and not body.get("parent_task_run_id"):
                run["id"], name = self._main_run
                run["name"] = name or body.get("name")
                self._main_run = None
            run["name"] = run.get("name") or random_name()
        else:
            run["name"] = run.get("name") or f"{run['task_key'].rpartition('.')[2]}-{run['dynamic_key']}"
            run["task"] = task_name(run)
        self._runs[run["id"]] = run
        parent = self._runs.get(body.get("parent_task_run_id") or "")
        if parent is not None:
            flow_name = self._flow_names[run["flow_id"]]
            parent.update(
                child_flow_run=run["id"], task=flow_name, name=f"{flow_name}-{parent['dynamic_key']}"
            )
            self._announce(parent)
        self._announce(run)
        if body.get("state"):
            self._enter(run, body["state"])
        return public(run)

    def _announce(self, run: Json) -> None:
        if run["kind"] == "task":
            child = {"child_flow_run": run["child_flow_run"]} if "child_flow_run" in run else {}
            report(
                "task_run",
                run=run["id"],
                flow_run=run["flow_run_id"],
                name=run["name"],
                task=run["task"],
                dynamic_key=run["dynamic_key"],
                parents=parents_of(run.get("task_inputs") or {}),
                **child,
            )
            return
        parent = self._runs.get(run.get("parent_task_run_id") or "")
        report(
            "flow_run",
            run=run["id"],
            parent_task_run=run.get("parent_task_run_id"),
            parent_flow_run=parent["flow_run_id"] if parent else None,
            name=run["name"],
            flow_name=self._flow_names.get(run["flow_id"]),
            parameters=to_json_or_text(run.get("parameters") or {}),
        )

    def _set_state(self, run: Json, proposed: Json, force: bool) -> Json:
        """Prefect's orchestration, reduced to waiting and retrying."""
        if not force:
            seconds = seconds_until(run["state"]) if proposed["type"] == "RUNNING" else 0
            if seconds > 0:
                details = {
                    "type": "wait_details",
                    "delay_seconds": seconds,
                    "reason": "Scheduled time is in the future",
                }
                return {"status": "WAIT", "details": details, "state": None}
            delay = retry_delay(run, proposed)
            if delay is not None:
                when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=delay)
                details = {"scheduled_time": when.isoformat()}
                state = self._enter(
                    run, {"type": "SCHEDULED", "name": "AwaitingRetry", "state_details": details}
                )
                return {
                    "status": "REJECT",
                    "details": {"type": "reject_details", "reason": "Retrying"},
                    "state": state,
                }
        if run["kind"] == "task" and proposed["type"] == "RUNNING" and run["run_count"]:
            proposed = {**proposed, "name": "Retrying"}
        state = self._enter(run, proposed)
        return {"status": "ACCEPT", "details": {"type": "accept_details"}, "state": state}

    def _enter(self, run: Json, proposed: Json) -> Json:
        state = {
            "id": str(uuid.uuid4()),
            "type": proposed["type"],
            "name": proposed.get("name") or proposed["type"].capitalize(),
            "timestamp": now(),
            "message": proposed.get("message"),
            "data": None,
            "state_details": {
                **(proposed.get("state_details") or {}),
                f"{run['kind']}_run_id": run["id"],
            },
        }
        if state["type"] == "RUNNING":
            run["run_count"] += 1
        run.update(state=state, state_type=state["type"], state_name=state["name"], updated=now())
        self._report_state(run, state)
        return state

    def _report_state(self, run: Json, state: Json) -> None:
        fields = {name: state[name] for name in ("type", "name", "message")}
        when = state["state_details"].get("scheduled_time")
        if when and state["type"] == "SCHEDULED":
            fields["scheduled_time"] = microseconds(when)
        if run["kind"] == "task":
            report_task_state(run["flow_run_id"], run["id"], fields, run["run_count"])
            return
        if state["type"] in FINAL:
            Observation.finish_lines(Scope(json.dumps(run["id"])))
        if not caused_by_termination(fields):
            report("flow_state", run=run["id"], **fields)
        if run.get("parent_task_run_id"):
            report_task_state(run["id"], run["parent_task_run_id"], fields, run["run_count"])


def report_task_state(flow_run_id: str, run_id: str, fields: Json, tries: int) -> None:
    """One state of a task run, after what it printed without a line break."""
    if fields["type"] in FINAL:
        Observation.finish_lines(Scope(json.dumps(flow_run_id), json.dumps(run_id)))
    if not caused_by_termination(fields):
        report("task_state", run=run_id, **fields, **{"try": tries})


def caused_by_termination(fields: Json) -> bool:
    """Prefect calls this a crash; whoever asked the process to end knows better what it is."""
    return fields["type"] == "CRASHED" and (Termination.requested or fields["message"] == TERMINATION_MESSAGE)


def handler_for(api: LocalApi) -> type:
    """An HTTP handler that asks the API."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def respond(self) -> None:
            """Any method: reads the body, answers in JSON."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = [part for part in self.path.split("?")[0].split("/") if part]
            if parts[:2] == ["api", api.secret]:
                status, content = api.answer(self.command, parts[2:], json.loads(body) if body else {})
            else:
                status, content = 404, {"detail": "Not Found"}
            data = b"" if status == 204 else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = respond

        def log_message(self, *arguments: Any) -> None:
            """Not into the flow's output."""

    return Handler


def public(run: Json) -> Json:
    """A run as the API gives it."""
    return {name: value for name, value in run.items() if name not in ("kind", "task", "child_flow_run")}


def task_name(run: Json) -> str:
    """The task's name: a new run's name without its number, which Prefect may have shortened."""
    name, _, number = run["name"].rpartition("-")
    return name if name and run["dynamic_key"].startswith(number) else run["name"]


def parents_of(inputs: Json) -> List[str]:
    """The task runs a task waits for or takes data from; not the task that calls it."""
    found = [
        str(each["id"])
        for name, each_inputs in inputs.items()
        if name != "__parents__"
        for each in each_inputs
        if each.get("input_type") == "task_run"
    ]
    return list(dict.fromkeys(found))
