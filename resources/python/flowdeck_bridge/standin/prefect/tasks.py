"""The ``task`` decorator."""

import functools
import inspect
from typing import Any, Callable, Dict, Iterable, List, Optional

from .binding import bind
from .context import FlowRunContext
from .engine import drive
from .exceptions import MappingLengthMismatch, MappingMissingIterable
from .flows import add_hook, bound_to, refuse_unknown, take_hooks, with_options
from .futures import PrefectFuture, PrefectFutureList
from .task_engine import TaskRun
from .task_runners import SequentialTaskRunner
from .utilities.annotations import BaseAnnotation, unmapped

HOOKS = ("on_running", "on_completion", "on_failure")
WITHOUT_EFFECT = {
    "cache_key_fn", "cache_expiration", "cache_policy", "cache_result_in_memory", "refresh_cache",
    "persist_result", "result_storage", "result_storage_key", "result_serializer",
    "retry_jitter_factor", "version", "viz_return_value", "on_rollback", "on_commit", "asset_deps",
}  # fmt: skip


class Task:
    """A function that runs as a task."""

    def __init__(
        self,
        fn: Callable,
        name: Optional[str] = None,
        description: Optional[str] = None,
        tags: Iterable[str] = (),
        task_run_name: Any = None,
        retries: Optional[int] = None,
        retry_delay_seconds: Any = None,
        retry_condition_fn: Optional[Callable] = None,
        timeout_seconds: Optional[float] = None,
        log_prints: Optional[bool] = None,
        **others: Any,
    ) -> None:
        if not callable(fn):
            raise TypeError("'fn' must be callable")
        functools.update_wrapper(self, fn)
        self.fn = fn
        self.name = name or fn.__name__
        self.description = description or inspect.getdoc(fn)
        self.tags = frozenset(tags or ())
        self.task_run_name = task_run_name
        self.retries = retries or 0
        self.retry_delay_seconds = retry_delay_seconds
        self.retry_condition_fn = retry_condition_fn
        self.timeout_seconds = float(timeout_seconds) if timeout_seconds else None
        self.log_prints = log_prints
        self.isasync = inspect.iscoroutinefunction(fn)
        self.hooks = take_hooks(others, HOOKS)
        refuse_unknown(others, WITHOUT_EFFECT, "task")

    @property
    def retry_delays(self) -> List[float]:
        """The waiting time before each retry; the last one repeats."""
        delay = self.retry_delay_seconds
        if callable(delay):
            delay = delay(self.retries)
        if not delay:
            return []
        return list(delay) if isinstance(delay, (list, tuple)) else [delay]

    def __call__(
        self, *arguments: Any, return_state: bool = False, wait_for: Any = None, **named: Any
    ) -> Any:
        """Runs the task here and now; a coroutine for ``async def``."""
        parameters = bind(self.fn, arguments, named)
        if self.isasync:
            return self.run_async(parameters, return_state, wait_for)
        run = TaskRun(self, parameters, wait_for)
        drive(run)
        return run.outcome(return_state)

    async def run_async(self, parameters: Dict[str, Any], return_state: bool, wait_for: Any) -> Any:
        """The asynchronous half of a call."""
        from .asynchronous import drive_async

        run = TaskRun(self, parameters, wait_for)
        await drive_async(run)
        return run.outcome(return_state)

    def submit(self, *arguments: Any, return_state: bool = False, wait_for: Any = None, **named: Any) -> Any:
        """Starts the task in the flow's task runner and returns its future."""
        future = self.start(bind(self.fn, arguments, named), wait_for)
        if return_state:
            future.wait()
            return future.state
        return future

    def start(self, parameters: Dict[str, Any], wait_for: Any) -> PrefectFuture:
        """Makes the task run, and hands it to the task runner."""
        run = TaskRun(self, parameters, wait_for)
        future = PrefectFuture(run)

        def work() -> None:
            try:
                if self.isasync:
                    from .asynchronous import drive_async, run_coroutine

                    run_coroutine(drive_async(run))
                else:
                    drive(run)
            except BaseException as problem:  # the future tells; nobody else waits for this thread
                run.error = problem
            finally:
                future.set_done()

        context = FlowRunContext.get()
        if context is None:
            SequentialTaskRunner().start(work)
        else:
            context.futures.append(future)
            context.task_runner.start(work)
        return future

    def map(self, *arguments: Any, return_state: bool = False, wait_for: Any = None, **named: Any) -> Any:
        """One task run for each element of the iterable arguments."""
        parameters = bind(self.fn, arguments, named)
        defaults = inspect.signature(self.fn).parameters
        mapped = {
            name: list(value)
            for name, value in parameters.items()
            if is_mapped(value) and value is not defaults[name].default
        }
        if not mapped:
            raise MappingMissingIterable("No iterable parameters were received.")
        lengths = {len(values) for values in mapped.values()}
        if len(lengths) > 1:
            raise MappingLengthMismatch(
                "Expected iterable parameters to have the same length, got "
                + ", ".join(f"{name}: {len(values)}" for name, values in mapped.items())
            )
        fixed = {
            name: value.unwrap() if isinstance(value, unmapped) else value
            for name, value in parameters.items()
        }
        futures = PrefectFutureList(
            self.start({**fixed, **{name: values[at] for name, values in mapped.items()}}, wait_for)
            for at in range(lengths.pop())
        )
        if return_state:
            futures.wait()
            return [future.state for future in futures]
        return futures

    def with_options(self, **changes: Any) -> "Task":
        """The same task with other options."""
        return with_options(self, changes)

    def __get__(self, instance: Any, owner: Any) -> "Task":
        return bound_to(self, instance)

    def on_running(self, hook: Callable) -> Callable:
        """Decorator: call this when the task starts running."""
        return add_hook(self, "on_running", hook)

    def on_completion(self, hook: Callable) -> Callable:
        """Decorator: call this when the task completes."""
        return add_hook(self, "on_completion", hook)

    def on_failure(self, hook: Callable) -> Callable:
        """Decorator: call this when the task fails."""
        return add_hook(self, "on_failure", hook)


def is_mapped(value: Any) -> bool:
    """Text and bytes are iterable, but nobody maps over their letters."""
    if isinstance(value, (str, bytes, bytearray, BaseAnnotation)):
        return False
    return hasattr(value, "__iter__")


def task(fn: Optional[Callable] = None, **options: Any) -> Any:
    """Decorator: ``@task`` or ``@task(name=…)``."""
    if fn is None:
        return functools.partial(task, **options)
    return Task(fn, **options)
