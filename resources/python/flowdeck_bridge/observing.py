"""Where reports go, and which run the running code belongs to."""

import contextvars
from typing import Any, Callable, NamedTuple, Optional

from .reporter import SilentReporter


class Scope(NamedTuple):
    """The flow run and task run that code, logs and printed lines belong to."""

    run: str
    """The flow run's id as JSON."""
    task: str = "null"
    """The task run's id as JSON."""
    log_prints: bool = False
    """Whether printed lines become log records."""

    @property
    def logger(self) -> str:
        """The logger that Prefect would use here."""
        return "prefect.flow_runs" if self.task == "null" else "prefect.task_runs"


class Observation:
    """The process-wide reporter, and the scope of code that no run claims."""

    reporter: Any = SilentReporter()
    outermost: Optional[Scope] = None
    find_scope: Callable[[], Optional[Scope]] = staticmethod(lambda: None)
    """Asks an installed Prefect whose code is running."""
    finish_lines: Callable[[Scope], None] = staticmethod(lambda scope: None)
    """Reports what a run printed without a line break; called before its final state."""
    take_logs: Callable[[], None] = staticmethod(lambda: None)
    """Puts the log handler back in place."""


CURRENT: contextvars.ContextVar = contextvars.ContextVar("flowdeck_scope", default=None)


def current_scope() -> Optional[Scope]:
    """The running task's or flow's scope; threads that users start belong to the main run."""
    return CURRENT.get() or Observation.find_scope() or Observation.outermost


def report(kind: str, **fields: Any) -> None:
    """Reports one event."""
    Observation.reporter.event(kind, **fields)
