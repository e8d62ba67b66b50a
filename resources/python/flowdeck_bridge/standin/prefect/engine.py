"""What flow runs and task runs have in common: tries, states, hooks, and the loop around them."""

import datetime
import inspect
import os
import time
import uuid
from typing import Any, Callable, Dict, Optional

from flowdeck_bridge.observing import Observation, Scope
from flowdeck_bridge.signals import Termination

from . import states
from .exceptions import UpstreamTaskError
from .logging import RunLogger
from .states import State
from .timeouts import RunTimeout, deadline

ENGINE_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep


class Run:
    """One run of a flow or task."""

    words = ""
    timeout_words = ""
    exception_mark = ""
    retry_state: Callable[[], State]

    def __init__(self, definition: Any, parameters: Dict[str, Any], run_id: Optional[str] = None) -> None:
        self.id = uuid.UUID(run_id) if run_id else uuid.uuid4()
        self.definition = definition
        self.parameters = parameters
        self.name = definition.name
        self.tags = frozenset(definition.tags)
        self.created = datetime.datetime.now(datetime.timezone.utc)
        self.run_count = 0
        self.state: State = states.Pending()
        self.value: Any = None
        self.error: Optional[BaseException] = None
        self.scope: Optional[Scope] = None
        self.logger: RunLogger

    # What flows and tasks do differently.

    def prepare(self) -> None:
        """Resolves and checks the parameters; raises what makes the run impossible."""
        raise NotImplementedError

    def surroundings(self) -> Any:
        """The context manager inside which the function runs."""
        raise NotImplementedError

    def call(self) -> Any:
        """Calls the function; a coroutine for ``async def``."""
        raise NotImplementedError

    def final_state(self, value: Any) -> State:
        """The state that a return value leads to."""
        raise NotImplementedError

    def report_state(self, state: State) -> None:
        """Sends the state to whoever watches."""
        raise NotImplementedError

    def preparation_failed(self, problem: Exception) -> State:
        """The final state when the parameters are no good."""
        return self.failure(problem)

    def may_retry(self, state: State) -> bool:
        """Not when the time limit of an enclosing run ended this one."""
        return not isinstance(state.data, RunTimeout) or state.data.owner is self

    # What they share.

    @property
    def state_name(self) -> str:
        """For hooks."""
        return self.state.name

    @property
    def state_type(self) -> states.StateType:
        """For hooks."""
        return self.state.type

    def set_state(self, state: State) -> None:
        """Enters a state, tells the watcher, and calls the hooks."""
        if state.type is states.StateType.RUNNING:
            self.run_count += 1
        self.mark(state)
        self.state = state
        if state.is_final() and self.scope is not None:
            Observation.finish_lines(self.scope)
        self.report_state(state)
        self.call_hooks(state)

    def mark(self, state: State) -> None:
        """Notes in the state whose it is."""
        raise NotImplementedError

    def call_hooks(self, state: State) -> None:
        """A hook that fails is logged; it never changes the run."""
        for hook in self.definition.hooks.get(hook_kind(state), ()):
            name = getattr(hook, "__name__", repr(hook))
            self.logger.info("Running hook %r in response to entering state %r", name, state.name)
            try:
                outcome = hook(self.definition, self, state)
                if inspect.iscoroutine(outcome):
                    from .asynchronous import run_coroutine

                    run_coroutine(outcome)
            except Exception:
                self.logger.error("An error was encountered while running hook %r", name, exc_info=True)
            else:
                self.logger.info("Hook %r finished running successfully", name)

    def failure(self, problem: BaseException) -> State:
        """The state that an exception leads to."""
        if isinstance(problem, RunTimeout) and problem.owner is self:
            message = self.timeout_words.format(self.definition.timeout_seconds)
            return states.Failed(name="TimedOut", message=message, data=problem)
        if isinstance(problem, TimeoutError):
            message = f"{self.words} failed due to timeout: {problem!r}"
            return states.Failed(name="TimedOut", message=message, data=problem)
        message = f"{self.words} encountered an exception{self.exception_mark} {describe(problem)}"
        return states.Failed(message=message, data=problem)

    def crash(self, problem: BaseException) -> None:
        """The run was ended by force; being asked to end is reported by whoever asked."""
        self.error = problem
        if Termination.requested or isinstance(problem, Exception) or self.state.is_final():
            return
        state = states.Crashed(message=crash_words(problem), data=problem)
        self.logger.error("Crash detected! %s", state.message)
        self.set_state(state)

    def begin(self) -> bool:
        """Prepares the run and enters Running; False when it cannot run."""
        try:
            self.prepare()
        except UpstreamTaskError as problem:
            self.error = problem
            self.set_state(states.Pending(name="NotReady", message=str(problem)))
            return False
        except Exception as problem:
            self.error = problem
            self.set_state(self.preparation_failed(problem))
            return False
        self.set_state(states.Running())
        return True

    def retry_delay(self, state: State) -> Optional[float]:
        """Seconds until the next try, None when this state is the last."""
        tries_left = self.definition.retries - (self.run_count - 1)
        if not state.is_failed() or tries_left <= 0 or not self.may_retry(state):
            return None
        delays = self.definition.retry_delays
        return float(delays[min(self.run_count - 1, len(delays) - 1)]) if delays else 0.0

    def await_retry(self, state: State, delay: float) -> None:
        """Announces the next try."""
        problem = state.data if isinstance(state.data, BaseException) else state
        self.logger.info(
            "%s failed with %s: %r - Retry %s/%s will start %s",
            self.words,
            "exception" if problem is state.data else "state",
            problem,
            self.run_count,
            self.definition.retries,
            f"{delay:g} second(s) from now" if delay else "immediately",
        )
        if delay:
            soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=delay)
            self.set_state(states.AwaitingRetry(soon))

    def conclude(self, state: State) -> None:
        """Enters the final state."""
        if isinstance(state.data, BaseException):
            self.error = state.data
        self.set_state(state)

    def after_value(self, value: Any) -> State:
        """The state of a try that returned; waiting for what it left behind may still fail."""
        try:
            self.value = value
            self.error = None
            return self.final_state(value)
        except Exception as problem:
            return self.after_problem(problem)

    def after_problem(self, problem: Exception) -> State:
        """The state of a try that raised."""
        state = self.failure(problem)
        retrying = self.retry_delay(state) is not None
        if not retrying:
            self.logger.error("%s", self.problem_words(problem), exc_info=user_traceback(problem))
        return state

    def problem_words(self, problem: Exception) -> str:
        """The log line for an exception that ends the run."""
        raise NotImplementedError

    def outcome(self, return_state: bool) -> Any:
        """What the caller of the flow or task gets."""
        if return_state:
            return self.state
        if self.error is not None:
            raise self.error
        if isinstance(self.value, State):
            return self.state.value()
        return self.value


def drive(run: Run) -> None:
    """Runs a plain function to its final state."""
    with run.surroundings():
        try:
            if run.begin():
                run.conclude(last_try(run))
        except BaseException as problem:
            run.crash(problem)
            raise


def last_try(run: Run) -> State:
    """Calls the function until it succeeds or may not be tried again."""
    while True:
        try:
            with deadline(run.definition.timeout_seconds, run):
                value = run.call()
        except Exception as problem:
            state = run.after_problem(problem)
        else:
            state = run.after_value(value)
        delay = run.retry_delay(state)
        if delay is None:
            return state
        run.await_retry(state, delay)
        time.sleep(delay)
        run.set_state(run.retry_state())


def hook_kind(state: State) -> str:
    """Which of a definition's hooks a state calls."""
    return {
        states.StateType.RUNNING: "on_running",
        states.StateType.COMPLETED: "on_completion",
        states.StateType.FAILED: "on_failure",
        states.StateType.CRASHED: "on_crashed",
        states.StateType.CANCELLED: "on_cancellation",
    }.get(state.type, "")


def user_traceback(problem: BaseException) -> Any:
    """The exception for a log record, without the engine's own frames before the user's first."""
    frames = problem.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename.startswith(ENGINE_FOLDER):
        frames = frames.tb_next
    return type(problem), problem, frames or problem.__traceback__


def describe(problem: BaseException) -> str:
    """An exception in one line, as Prefect's messages have it."""
    return f"{type(problem).__name__}: {problem}"


def crash_words(problem: BaseException) -> str:
    """Prefect's messages for runs that are ended by force."""
    if type(problem).__name__ == "CancelledError":
        return "Execution was cancelled by the runtime environment."
    if isinstance(problem, KeyboardInterrupt):
        return "Execution was aborted by an interrupt signal."
    if isinstance(problem, SystemExit):
        return "Execution was aborted by Python system exit call."
    return f"Execution was interrupted by an unexpected exception: {describe(problem)}"


def state_fields(state: State) -> Dict[str, Any]:
    """A state as events have it."""
    fields: Dict[str, Any] = {"type": state.type.value, "name": state.name, "message": state.message}
    when = state.state_details.scheduled_time
    if when is not None:
        fields["scheduled_time"] = int(when.timestamp() * 1_000_000)
    return fields


def run_name(template: Any, default: str, parameters: Dict[str, Any]) -> str:
    """A custom run name: a function, or a template over the parameters."""
    if callable(template):
        takes = inspect.signature(template).parameters
        return str(template(**{"parameters": parameters} if "parameters" in takes else {}))
    return template.format(**parameters) if template else default
