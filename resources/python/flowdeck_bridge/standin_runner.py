"""Runs a flow on the stand-in."""

from typing import Any, Dict

from .observing import Observation
from .signals import Terminated


def run_flow(flow: Any, request: Dict[str, Any]) -> int:
    """Runs the flow to its final state; always 0, since that state has been reported."""
    from prefect.engine import drive
    from prefect.flow_engine import FlowRun

    run = FlowRun(
        flow,
        request["parameters"],
        run_id=request["flow_run_id"],
        name=request.get("flow_run_name"),
        from_request=True,
    )
    Observation.outermost = run.scope
    try:
        if flow.isasync:
            import asyncio

            from prefect.asynchronous import drive_async

            asyncio.run(drive_async(run))
        else:
            drive(run)
    except Terminated:
        raise
    except BaseException:
        if not run.state.is_final():
            raise  # a mistake of ours, not the flow's
    return 0
