"""Which import mends a name that a flow file uses without importing it."""

from typing import Dict, Optional, Tuple

MODULES: Dict[str, Tuple[str, ...]] = {
    "prefect": (
        "flow", "task", "get_run_logger", "unmapped", "allow_failure", "tags", "Flow", "Task", "State",
    ),
    "prefect.states": (
        "Completed", "Failed", "Cancelled", "Cancelling", "Crashed", "Pending", "Running",
        "Paused", "Scheduled", "AwaitingRetry", "Retrying",
    ),
    "prefect.task_runners": ("ThreadPoolTaskRunner", "ConcurrentTaskRunner", "SequentialTaskRunner"),
    "prefect.context": ("get_run_context",),
    "prefect.futures": ("as_completed", "wait"),
}  # fmt: skip


def import_line(name: str) -> Optional[str]:
    """The import statement for one of Prefect's names, None for any other name."""
    if name == "prefect":
        return "import prefect"
    for module, names in MODULES.items():
        if name in names:
            return f"from {module} import {name}"
    return None
