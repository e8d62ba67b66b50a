"""The ``flow`` decorator."""

import copy
import functools
import inspect
from types import MethodType
from typing import Any, Callable, Dict, List, Optional

from .binding import bind
from .engine import drive
from .flow_engine import FlowRun
from .task_runners import TaskRunner, ThreadPoolTaskRunner

HOOKS = ("on_running", "on_completion", "on_failure", "on_crashed", "on_cancellation")
WITHOUT_EFFECT = {
    "persist_result",
    "result_storage",
    "result_serializer",
    "cache_result_in_memory",
    "retry_jitter_factor",
}
CALL_OPTIONS = ("return_state", "wait_for")


class Flow:
    """A function that runs as a flow."""

    def __init__(
        self,
        fn: Callable,
        name: Optional[str] = None,
        version: Optional[str] = None,
        description: Optional[str] = None,
        flow_run_name: Any = None,
        retries: Optional[int] = None,
        retry_delay_seconds: Optional[float] = None,
        timeout_seconds: Optional[float] = None,
        task_runner: Any = None,
        validate_parameters: bool = True,
        log_prints: Optional[bool] = None,
        **others: Any,
    ) -> None:
        if not callable(fn):
            raise TypeError("'fn' must be callable")
        functools.update_wrapper(self, fn)
        self.fn = fn
        self.name = name or fn.__name__.replace("_", "-")
        self.version = version
        self.description = description or inspect.getdoc(fn)
        self.flow_run_name = flow_run_name
        self.retries = retries or 0
        self.retry_delay_seconds = retry_delay_seconds or 0
        self.timeout_seconds = float(timeout_seconds) if timeout_seconds else None
        self.task_runner: TaskRunner = made_runner(task_runner)
        self.validate_parameters = validate_parameters
        self.log_prints = log_prints
        self.tags = frozenset()
        self.isasync = inspect.iscoroutinefunction(fn)
        self.hooks = take_hooks(others, HOOKS)
        refuse_unknown(others, WITHOUT_EFFECT, "flow")

    @property
    def retry_delays(self) -> List[float]:
        """The waiting time before each retry."""
        return [self.retry_delay_seconds] if self.retry_delay_seconds else []

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Runs the flow, as a subflow when called inside a flow."""
        options = {name: named.pop(name, None) for name in CALL_OPTIONS}
        parameters = bind(self.fn, arguments, named)
        if self.isasync:
            return self.run_async(parameters, **options)
        run = FlowRun(self, parameters, options["wait_for"])
        drive(run)
        return run.outcome(bool(options["return_state"]))

    async def run_async(self, parameters: Dict[str, Any], return_state: Any, wait_for: Any) -> Any:
        """The asynchronous half of a call."""
        from .asynchronous import drive_async

        run = FlowRun(self, parameters, wait_for)
        await drive_async(run)
        return run.outcome(bool(return_state))

    def with_options(self, **changes: Any) -> "Flow":
        """The same flow with other options."""
        return with_options(self, changes)

    def __get__(self, instance: Any, owner: Any) -> "Flow":
        return bound_to(self, instance)

    def on_running(self, hook: Callable) -> Callable:
        """Decorator: call this when the flow starts running."""
        return add_hook(self, "on_running", hook)

    def on_completion(self, hook: Callable) -> Callable:
        """Decorator: call this when the flow completes."""
        return add_hook(self, "on_completion", hook)

    def on_failure(self, hook: Callable) -> Callable:
        """Decorator: call this when the flow fails."""
        return add_hook(self, "on_failure", hook)

    def on_crashed(self, hook: Callable) -> Callable:
        """Decorator: call this when the flow crashes."""
        return add_hook(self, "on_crashed", hook)

    def on_cancellation(self, hook: Callable) -> Callable:
        """Decorator: call this when the flow is cancelled."""
        return add_hook(self, "on_cancellation", hook)


def flow(fn: Optional[Callable] = None, **options: Any) -> Any:
    """Decorator: ``@flow`` or ``@flow(name=…)``."""
    if fn is None:
        return functools.partial(flow, **options)
    return Flow(fn, **options)


def made_runner(runner: Any) -> TaskRunner:
    """Prefect takes task runners as classes and as instances."""
    if runner is None:
        return ThreadPoolTaskRunner()
    return runner() if isinstance(runner, type) else runner


def take_hooks(options: Dict[str, Any], kinds: Any) -> Dict[str, List[Callable]]:
    """Moves hooks out of the options."""
    return {kind: list(options.pop(kind, None) or []) for kind in kinds}


def add_hook(definition: Any, kind: str, hook: Callable) -> Callable:
    """One more hook."""
    definition.hooks[kind].append(hook)
    return hook


def refuse_unknown(options: Dict[str, Any], without_effect: Any, what: str) -> None:
    """A misspelt option is an error; one for what only a server does is accepted."""
    unknown = sorted(set(options) - set(without_effect))
    if unknown:
        raise TypeError(f"{what}() got an unexpected keyword argument '{unknown[0]}'")


def with_options(definition: Any, changes: Dict[str, Any]) -> Any:
    """A copy with other options; what is not named stays."""
    kept = {
        name: getattr(definition, name)
        for name in inspect.signature(type(definition).__init__).parameters
        if hasattr(definition, name) and name not in ("self", "others")
    }
    return type(definition)(**{**kept, **definition.hooks, **changes})


def bound_to(definition: Any, instance: Any) -> Any:
    """A flow or task that is a method."""
    if instance is None:
        return definition
    bound = copy.copy(definition)
    bound.fn = MethodType(definition.fn, instance)
    return bound
