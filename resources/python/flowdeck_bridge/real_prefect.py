"""Runs a flow on the interpreter's own Prefect (2 or 3), and reports what that does."""

import contextlib
import inspect
import json
import logging
import os
from typing import Any, Dict, Optional

from .jsonable import to_json_or_text
from .loading import one_line
from .local_api import LocalApi, parents_of, report_task_state, task_name
from .observing import Observation, Scope, report
from .signals import Terminated

SETTINGS = {
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}


def prepare(request: Dict[str, Any], version: str) -> LocalApi:
    """Imports Prefect so that it talks to this process and to nothing else."""
    api = LocalApi(request["flow_run_id"], request.get("flow_run_name"), version)
    os.environ.update(SETTINGS, PREFECT_API_URL=api.url)
    os.environ.pop("PREFECT_API_KEY", None)
    import prefect  # noqa: F401

    Observation.find_scope = find_scope
    keep_events_here()
    skip_heartbeats()
    redirect_logs()
    return api


def run_flow(flow: Any, request: Dict[str, Any], api: LocalApi) -> int:
    """0 once the final state was reported."""
    problem: Optional[BaseException] = None
    try:
        outcome = flow(**request["parameters"], return_state=True)
        if inspect.iscoroutine(outcome):
            import asyncio

            asyncio.run(outcome)
    except Terminated:
        raise
    except BaseException as raised:
        problem = raised
    if api.is_final(request["flow_run_id"]):
        return 0
    words = one_line(f"{type(problem).__name__}: {problem}") if problem else "It ended without a state."
    if problem is not None:
        logging.getLogger("flowdeck").error("Prefect could not run the flow.", exc_info=problem)
    message = f"Flow run could not be started: {words}"
    report("flow_state", run=request["flow_run_id"], type="FAILED", name="Failed", message=message)
    return 1


def find_scope() -> Optional[Scope]:
    """The run that Prefect says the current code belongs to."""
    from prefect.context import FlowRunContext, TaskRunContext

    task, flow = TaskRunContext.get(), FlowRunContext.get()
    flow_run_id = getattr(getattr(flow, "flow_run", None), "id", None)
    if task is not None:
        flow_run_id = task.task_run.flow_run_id or flow_run_id
    if flow_run_id is None:
        return None
    return Scope(json.dumps(str(flow_run_id)), json.dumps(str(task.task_run.id)) if task else "null")


def redirect_logs() -> None:
    """Prefect's own handlers write to the console, and its loggers do not reach the root."""
    import prefect.engine

    if hasattr(prefect.engine, "setup_logging"):  # Prefect 2 would set all up again at every run
        prefect.engine.setup_logging = lambda *arguments, **options: None
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if name == "prefect" or name.startswith("prefect."):
            logger.handlers.clear()
            logger.propagate = True
    Observation.take_logs()
    logging.getLogger("prefect").setLevel(logging.root.level)
    for handler in logging.root.handlers:
        handler.addFilter(of_interest)


def of_interest(record: logging.LogRecord) -> bool:
    """Adds the run that Prefect's loggers know; drops talk about the server that is none."""
    if not getattr(record, "send_to_api", True) or record.name.startswith(("httpx", "httpcore")):
        return False
    flow_run_id = getattr(record, "flow_run_id", None)
    if isinstance(flow_run_id, str) and len(flow_run_id) == 36:
        record.flow_run_json = json.dumps(flow_run_id)
        task_run_id = getattr(record, "task_run_id", None)
        record.task_run_json = json.dumps(str(task_run_id)) if task_run_id else "null"
    return True


def keep_events_here() -> None:
    """Prefect 3 tells task states only as events, which would need a server's websocket."""
    try:
        import prefect.events.utilities as event_utilities
        import prefect.events.worker as event_worker
        import prefect.task_engine as task_engine
    except ImportError:
        return
    for module in (event_utilities, event_worker):
        if hasattr(module, "should_emit_events"):
            module.should_emit_events = lambda: False
    if hasattr(task_engine, "emit_task_run_state_change_event"):
        task_engine.emit_task_run_state_change_event = on_task_state


def skip_heartbeats() -> None:
    """They tell a server that the run is alive, and delay the end of every flow by up to a second."""
    try:
        import prefect.flow_engine as flow_engine
    except ImportError:
        return
    if hasattr(flow_engine, "_send_heartbeats"):
        flow_engine._send_heartbeats = lambda *arguments, **options: contextlib.nullcontext()


def on_task_state(task_run: Any, initial_state: Any, validated_state: Any, follows: Any = None) -> None:
    """Takes the place of Prefect's event."""
    if task_run.flow_run_id is None:
        return
    run_id = str(task_run.id)
    if Seen.names.get(run_id) != task_run.name:
        Seen.names[run_id] = task_run.name
        announce_task_run(task_run)
    if validated_state.type.value == "RUNNING":
        Seen.tries[run_id] = Seen.tries.get(run_id, 0) + 1
    fields = {
        "type": validated_state.type.value,
        "name": validated_state.name,
        "message": validated_state.message,
    }
    when = validated_state.state_details.scheduled_time
    if when is not None and fields["type"] == "SCHEDULED":
        fields["scheduled_time"] = int(when.timestamp() * 1_000_000)
    report_task_state(str(task_run.flow_run_id), run_id, fields, Seen.tries.get(run_id, 0))


class Seen:
    """What was reported of task runs, by their ids."""

    names: Dict[str, str] = {}
    tries: Dict[str, int] = {}
    tasks: Dict[str, str] = {}


def announce_task_run(task_run: Any) -> None:
    """A task run's place among the others; its first name is the task's, with a number."""
    run_id = str(task_run.id)
    first = {"name": task_run.name, "dynamic_key": task_run.dynamic_key}
    task = Seen.tasks.setdefault(run_id, task_name(first))
    inputs = {
        name: [to_json_or_text(each) for each in inputs] for name, inputs in task_run.task_inputs.items()
    }
    report(
        "task_run",
        run=run_id,
        flow_run=str(task_run.flow_run_id),
        name=task_run.name,
        task=task,
        dynamic_key=task_run.dynamic_key,
        parents=parents_of(inputs),
    )
