"""States of runs."""

import datetime
import enum
import uuid
from collections import Counter
from typing import Any, Iterable, List, Optional

from .exceptions import CancelledRun, CrashedRun, FailedRun, UnfinishedRun


class StateType(str, enum.Enum):
    """Prefect's nine state types."""

    SCHEDULED = "SCHEDULED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    CRASHED = "CRASHED"
    PAUSED = "PAUSED"
    CANCELLING = "CANCELLING"


FINAL = {StateType.COMPLETED, StateType.FAILED, StateType.CANCELLED, StateType.CRASHED}
BAD = {StateType.FAILED, StateType.CRASHED, StateType.CANCELLED}


class StateDetails:
    """What a state knows about its run."""

    def __init__(self, scheduled_time: Optional[datetime.datetime] = None) -> None:
        self.scheduled_time = scheduled_time
        self.flow_run_id: Optional[uuid.UUID] = None
        self.task_run_id: Optional[uuid.UUID] = None


class State:
    """A run's state; also what a flow may return to decide its own final state."""

    def __init__(
        self,
        type: StateType,
        name: Optional[str] = None,
        message: Optional[str] = None,
        data: Any = None,
        state_details: Optional[StateDetails] = None,
    ) -> None:
        self.id = uuid.uuid4()
        self.type = StateType(type)
        self.name = name or self.type.value.capitalize()
        self.message = message
        self.data = data
        self.timestamp = datetime.datetime.now(datetime.timezone.utc)
        self.state_details = state_details or StateDetails()

    def result(self, raise_on_failure: bool = True, fetch: bool = True) -> Any:
        """The run's value; awaitable inside asynchronous flows and tasks, as in Prefect."""
        from .context import running_asynchronously

        if running_asynchronously():
            return self.aresult(raise_on_failure)
        return self.value(raise_on_failure)

    async def aresult(self, raise_on_failure: bool = True) -> Any:
        """The run's value, for asynchronous code."""
        return self.value(raise_on_failure)

    def value(self, raise_on_failure: bool = True) -> Any:
        """The run's value, or its exception, raised or returned."""
        if self.type in BAD:
            problem = exception_of(self)
            if raise_on_failure:
                raise problem
            return problem
        if not self.is_final():
            raise UnfinishedRun(f"Run is in {self.type.name} state, its results are not available.")
        return self.data

    def is_scheduled(self) -> bool:
        """Waits for a time."""
        return self.type is StateType.SCHEDULED

    def is_pending(self) -> bool:
        """Waits for something else."""
        return self.type is StateType.PENDING

    def is_running(self) -> bool:
        """Runs."""
        return self.type is StateType.RUNNING

    def is_completed(self) -> bool:
        """Ended well."""
        return self.type is StateType.COMPLETED

    def is_failed(self) -> bool:
        """Ended badly by its own doing."""
        return self.type is StateType.FAILED

    def is_crashed(self) -> bool:
        """Ended badly by force."""
        return self.type is StateType.CRASHED

    def is_cancelled(self) -> bool:
        """Somebody ended it."""
        return self.type is StateType.CANCELLED

    def is_cancelling(self) -> bool:
        """Somebody is ending it."""
        return self.type is StateType.CANCELLING

    def is_paused(self) -> bool:
        """Waits for somebody."""
        return self.type is StateType.PAUSED

    def is_final(self) -> bool:
        """Ended."""
        return self.type in FINAL

    def __str__(self) -> str:
        shown = [repr(self.message)] if self.message else []
        if self.type.value.lower() != self.name.lower():
            shown.append(f"type={self.type.value}")
        return f"{self.name}({', '.join(shown)})"

    __repr__ = __str__


def exception_of(state: State) -> BaseException:
    """The exception behind a failed, crashed or cancelled state."""
    data = state.data
    if isinstance(data, BaseException):
        return data
    if isinstance(data, State) and data.type in BAD:
        return exception_of(data)
    if is_state_iterable(data):
        for each in data:
            if each.type in BAD:
                return exception_of(each)
    wrapper, words = {
        StateType.FAILED: (FailedRun, "Run failed."),
        StateType.CRASHED: (CrashedRun, "Run crashed."),
        StateType.CANCELLED: (CancelledRun, "Run cancelled."),
    }[state.type]
    return wrapper(data if isinstance(data, str) else state.message or words)


def is_state_iterable(value: Any) -> bool:
    """A non-empty collection of nothing but states."""
    return (
        isinstance(value, (list, tuple, set))
        and bool(value)
        and all(isinstance(each, State) for each in value)
    )


def state_from_return_value(value: Any) -> State:
    """The final state of a run whose function returned this, by Prefect's rules."""
    if isinstance(value, State):
        made_by_engine = value.state_details.flow_run_id or value.state_details.task_run_id
        return aggregate_state([value], value) if made_by_engine else value
    if is_state_iterable(value):
        return aggregate_state(value, value)
    return Completed(data=value)


def aggregate_state(states: Iterable[State], data: Any) -> State:
    """One state for several."""
    members: List[State] = list(states)
    total = len(members)
    counts = Counter(state.type for state in members)
    failed = counts[StateType.FAILED] + counts[StateType.CRASHED]
    if counts[StateType.COMPLETED] == total:
        return Completed(message="All states completed.", data=data)
    if counts[StateType.CANCELLED]:
        words = f"{counts[StateType.CANCELLED]}/{total} states cancelled."
        return Cancelled(message=words, data=data)
    if counts[StateType.PAUSED]:
        return Paused(message=f"{counts[StateType.PAUSED]}/{total} states paused.", data=data)
    if failed:
        return Failed(message=f"{failed}/{total} states failed.", data=data)
    unfinished = sum(not state.is_final() for state in members)
    return Failed(message=f"{unfinished}/{total} states are not final.", data=data)


def Scheduled(scheduled_time: Optional[datetime.datetime] = None, **fields: Any) -> State:
    """Waits for a time; now, unless one is given."""
    when = scheduled_time or datetime.datetime.now(datetime.timezone.utc)
    return State(StateType.SCHEDULED, state_details=StateDetails(when), **fields)


def AwaitingRetry(scheduled_time: Optional[datetime.datetime] = None, **fields: Any) -> State:
    """Waits for its next try."""
    return Scheduled(scheduled_time, **{"name": "AwaitingRetry", **fields})


def Pending(**fields: Any) -> State:
    """Waits to run."""
    return State(StateType.PENDING, **fields)


def Running(**fields: Any) -> State:
    """Runs."""
    return State(StateType.RUNNING, **fields)


def Retrying(**fields: Any) -> State:
    """Runs once more."""
    return State(StateType.RUNNING, **{"name": "Retrying", **fields})


def Completed(**fields: Any) -> State:
    """Ended well."""
    return State(StateType.COMPLETED, **fields)


def Failed(**fields: Any) -> State:
    """Ended badly."""
    return State(StateType.FAILED, **fields)


def Crashed(**fields: Any) -> State:
    """Ended by force."""
    return State(StateType.CRASHED, **fields)


def Cancelled(**fields: Any) -> State:
    """Ended by somebody."""
    return State(StateType.CANCELLED, **fields)


def Cancelling(**fields: Any) -> State:
    """About to be ended by somebody."""
    return State(StateType.CANCELLING, **fields)


def Paused(**fields: Any) -> State:
    """Waits for somebody."""
    return State(StateType.PAUSED, **fields)
