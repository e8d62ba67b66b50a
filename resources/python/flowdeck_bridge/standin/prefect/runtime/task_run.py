"""Facts about the current task run; None or empty outside of one."""

from typing import Any

from flowdeck_bridge.environment import missing_name_sentence

from ..context import TaskRunContext

FACTS = {
    "id": lambda run: str(run.id),
    "name": lambda run: run.name,
    "task_name": lambda run: run.task.name,
    "parameters": lambda run: run.parameters,
    "tags": lambda run: sorted(run.tags),
    "run_count": lambda run: run.run_count,
}
OUTSIDE = {"parameters": {}, "tags": [], "run_count": 0}


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name not in FACTS:
        raise ImportError(missing_name_sentence(f"prefect.runtime.task_run.{name}"))
    context = TaskRunContext.get()
    return OUTSIDE.get(name) if context is None else FACTS[name](context.task_run)
