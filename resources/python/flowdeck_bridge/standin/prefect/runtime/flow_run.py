"""Facts about the current flow run; None or empty outside of one."""

from typing import Any

from flowdeck_bridge.environment import missing_name_sentence

from ..context import FlowRunContext

FACTS = {
    "id": lambda run: str(run.id),
    "name": lambda run: run.name,
    "flow_name": lambda run: run.flow.name,
    "flow_version": lambda run: run.flow.version,
    "parameters": lambda run: run.parameters,
    "tags": lambda run: sorted(run.tags),
    "run_count": lambda run: run.run_count,
    "parent_flow_run_id": lambda run: str(run.parent_flow_run_id) if run.parent_flow_run_id else None,
    "scheduled_start_time": lambda run: run.created,
}
OUTSIDE = {"parameters": {}, "tags": [], "run_count": 0}


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name not in FACTS:
        raise ImportError(missing_name_sentence(f"prefect.runtime.flow_run.{name}"))
    context = FlowRunContext.get()
    return OUTSIDE.get(name) if context is None else FACTS[name](context.flow_run)
