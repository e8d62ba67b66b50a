"""Which flow run and task run the current code belongs to."""

import contextlib
import contextvars
import itertools
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Dict, FrozenSet, Iterator, List, Optional, Tuple, Union

from flowdeck_bridge.observing import CURRENT, Scope

from .exceptions import MissingContextError

if TYPE_CHECKING:
    from .flow_engine import FlowRun
    from .futures import PrefectFuture
    from .task_engine import TaskRun

TRACKED_RESULTS = 1000
"""How many results a flow run remembers to tell where an argument came from."""

UNTRACKED_TYPES = (bool, int, float, type(None), type(Ellipsis))

_FLOW_CONTEXT: contextvars.ContextVar = contextvars.ContextVar("flow_run_context", default=None)
_TASK_CONTEXT: contextvars.ContextVar = contextvars.ContextVar("task_run_context", default=None)
_TAGS: contextvars.ContextVar = contextvars.ContextVar("tags", default=frozenset())


class FlowRunContext:
    """A flow run in progress."""

    def __init__(self, flow_run: "FlowRun") -> None:
        self.flow_run = flow_run
        self.flow = flow_run.flow
        self.task_runner = flow_run.flow.task_runner
        self.futures: List["PrefectFuture"] = []
        self._lock = threading.Lock()
        self._counters: Dict[str, Iterator[int]] = {}
        self._results: "OrderedDict[int, Tuple[Any, str]]" = OrderedDict()

    @property
    def parameters(self) -> Dict[str, Any]:
        """The flow's parameters."""
        return self.flow_run.parameters

    def next_dynamic_key(self, task_name: str) -> str:
        """Numbers the runs of one task within this flow run."""
        with self._lock:
            return str(next(self._counters.setdefault(task_name, itertools.count())))

    def remember_result(self, value: Any, task_run_id: str) -> None:
        """A later task that is given this very object then counts as downstream."""
        if isinstance(value, UNTRACKED_TYPES):
            return
        with self._lock:
            self._results[id(value)] = (value, task_run_id)
            if len(self._results) > TRACKED_RESULTS:
                self._results.popitem(last=False)

    def producer_of(self, value: Any) -> Optional[str]:
        """The task run that returned this very object."""
        known = self._results.get(id(value))
        return known[1] if known is not None and known[0] is value else None

    @staticmethod
    def get() -> Optional["FlowRunContext"]:
        """The innermost flow run, None outside of flows."""
        return _FLOW_CONTEXT.get()


class TaskRunContext:
    """A task run in progress."""

    def __init__(self, task_run: "TaskRun") -> None:
        self.task_run = task_run
        self.task = task_run.task

    @property
    def parameters(self) -> Dict[str, Any]:
        """The task's arguments by name."""
        return self.task_run.parameters

    @staticmethod
    def get() -> Optional["TaskRunContext"]:
        """The innermost task run, None outside of tasks."""
        return _TASK_CONTEXT.get()


def get_run_context() -> Union[FlowRunContext, TaskRunContext]:
    """The innermost run."""
    context = TaskRunContext.get() or FlowRunContext.get()
    if context is None:
        raise MissingContextError("No run context available. You are not in a flow or task run context.")
    return context


def running_asynchronously() -> bool:
    """Whether the innermost run is that of an ``async def``."""
    task, flow = TaskRunContext.get(), FlowRunContext.get()
    if task is not None:
        return bool(task.task.isasync)
    return flow is not None and bool(flow.flow.isasync)


@contextlib.contextmanager
def entered(
    flow: Optional[FlowRunContext], task: Optional[TaskRunContext], scope: Optional[Scope]
) -> Iterator[None]:
    """Code inside belongs to these runs."""
    tokens: List[Tuple[Any, Any]] = [
        (variable, variable.set(value))
        for variable, value in ((_FLOW_CONTEXT, flow), (_TASK_CONTEXT, task), (CURRENT, scope))
    ]
    try:
        yield
    finally:
        for variable, token in reversed(tokens):
            variable.reset(token)


@contextlib.contextmanager
def tags(*names: str) -> Iterator[FrozenSet[str]]:
    """Task runs made inside carry these tags as well."""
    token = _TAGS.set(_TAGS.get() | set(names))
    try:
        yield _TAGS.get()
    finally:
        _TAGS.reset(token)


def current_tags() -> FrozenSet[str]:
    """The tags of the enclosing ``with tags(…)``."""
    return _TAGS.get()
