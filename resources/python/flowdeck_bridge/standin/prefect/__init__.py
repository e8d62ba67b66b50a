"""Flowdeck's stand-in for Prefect: the names that flows need, run in one process, no server.

Used only where the interpreter has no Prefect. Semantics follow Prefect 3.
"""

from typing import Any

from flowdeck_bridge.environment import missing_name_sentence

from . import context, exceptions, futures, logging, runtime, states, task_runners
from .context import tags
from .flows import Flow, flow
from .logging import get_run_logger
from .states import State
from .tasks import Task, task
from .utilities.annotations import allow_failure, quote, unmapped

__version__ = "0+flowdeck"

__all__ = [
    "Flow",
    "State",
    "Task",
    "allow_failure",
    "context",
    "exceptions",
    "flow",
    "futures",
    "get_run_logger",
    "logging",
    "quote",
    "runtime",
    "states",
    "tags",
    "task",
    "task_runners",
    "unmapped",
]


def __getattr__(name: str) -> Any:
    """Says plainly what is missing; tools that probe for dunder names get the usual answer."""
    if name.startswith("__"):
        raise AttributeError(name)
    raise ImportError(missing_name_sentence(f"prefect.{name}"))
