"""The ``run`` command: runs one flow in this process and reports what happens."""

import atexit
import json
import logging
import os
import signal
import sys
import traceback
from typing import Any, Callable, Dict, NoReturn, Optional

from .capture import Capture
from .environment import provide_prefect, python_version
from .loading import LoadError, choose, load_file, one_line
from .observing import Observation, Scope, report
from .reporter import Reporter
from .signals import Terminated, install_signal_handlers, restore_signal_handlers

EXIT_TERMINATED = 128 + signal.SIGTERM


def run_request(request_path: str, descriptor: int) -> int:
    """0 once a flow's final state was reported, 1 when the flow could not be run at all."""
    try:
        request = read_request(request_path)
    except (OSError, ValueError, RecursionError) as problem:
        sys.stderr.write(f"flowdeck_bridge: cannot read the request {request_path}: {problem}\n")
        return 1
    try:
        reporter = Reporter(descriptor)
    except OSError as problem:
        sys.stderr.write(f"flowdeck_bridge: cannot report on descriptor {descriptor}: {problem}\n")
        return 1
    Observation.reporter = reporter
    Observation.outermost = Scope(json.dumps(request["flow_run_id"]))
    capture = Capture(level_number(request.get("log_level")))
    Observation.finish_lines = capture.finish
    Observation.take_logs = capture.take_logs
    install_signal_handlers()
    try:
        code = run_observed(request)
        capture.finish()
    except Terminated:
        leave_terminated(capture, reporter)
    except BaseException:
        logging.getLogger("flowdeck").critical("%s", traceback.format_exc())
        message = "Flowdeck's bridge to Python failed; the log has the details."
        report("flow_state", run=request["flow_run_id"], type="CRASHED", name="Crashed", message=message)
        code = 1
    report("done")
    reporter.close()
    restore_signal_handlers()
    return code


def read_request(path: str) -> Dict[str, Any]:
    """The request file, checked as far as this command depends on it."""
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    if not isinstance(request, dict):
        raise ValueError("it is not an object")
    for name in ("path", "flow_run_id"):
        if not isinstance(request.get(name), str):
            raise ValueError(f"'{name}' is missing or no text")
    if not isinstance(request.setdefault("parameters", {}), dict):
        raise ValueError("'parameters' is not an object")
    return request


def level_number(name: Optional[str]) -> int:
    """A logging level by name; INFO for one that does not exist."""
    level = logging.getLevelName(str(name or "INFO").upper())
    return level if isinstance(level, int) else logging.INFO


def run_observed(request: Dict[str, Any]) -> int:
    """Everything between the first event and the last one."""
    version = provide_prefect()
    report(
        "hello",
        pid=os.getpid(),
        python=python_version(),
        executable=sys.executable,
        prefect=version,
    )
    run_id = request["flow_run_id"]
    try:
        run_flow = runner_for(version, request)
        loaded = load_file(request["path"])
        for note in loaded.notes:
            logging.getLogger("flowdeck").warning("%s", note)
        _, flow = choose(loaded, request.get("flow_name"))
    except LoadError as problem:
        report_unloadable(run_id, problem.record)
        return 1
    except Exception as problem:
        logging.getLogger("flowdeck").error("%s", traceback.format_exc())
        report_failure(run_id, f"Flow could not be loaded: {one_line(str(problem))}")
        return 1
    return run_flow(flow, request)


def runner_for(version: Optional[str], request: Dict[str, Any]) -> Callable[[Any, Dict[str, Any]], int]:
    """Runs flows on the installed Prefect, or on the stand-in."""
    if version is None:
        from .standin_runner import run_flow

        return run_flow
    from . import real_prefect

    api = real_prefect.prepare(request, version)
    return lambda flow, request: real_prefect.run_flow(flow, request, api)


def report_unloadable(run_id: str, error: Dict[str, Any]) -> None:
    """A flow that cannot be loaded has failed; the log has the details."""
    details = "\n".join(part for part in (error["traceback"].rstrip(), error["hint"]) if part)
    if details:
        logging.getLogger("flowdeck").error("%s", details)
    report_failure(run_id, f"Flow could not be loaded: {error['message']}")


def report_failure(run_id: str, message: str) -> None:
    """The final state of a flow run that never began."""
    report("flow_state", run=run_id, type="FAILED", name="Failed", message=message)


def leave_terminated(capture: Capture, reporter: Reporter) -> NoReturn:
    """Ends without waiting for the flow's threads: they may sleep for hours."""
    capture.finish()
    reporter.close()
    pools = sys.modules.get("concurrent.futures.thread")
    if pools is not None:
        pools._threads_queues.clear()  # Python 3.8 joins these threads in an exit function
    atexit._run_exitfuncs()
    os._exit(EXIT_TERMINATED)
