"""Task runs that were submitted and may still be running."""

import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, List, NamedTuple, Optional, Set

from .states import State

if TYPE_CHECKING:
    from .task_engine import TaskRun


class PrefectFuture:
    """A submitted task run."""

    def __init__(self, task_run: "TaskRun") -> None:
        self.task_run = task_run
        self.task_run_id = task_run.id
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: List[Callable[["PrefectFuture"], None]] = []

    @property
    def state(self) -> State:
        """The task run's state now."""
        return self.task_run.state

    def done(self) -> bool:
        """Whether the task run will not go on."""
        return self._done.is_set()

    def wait(self, timeout: Optional[float] = None) -> None:
        """Returns when the task run has ended, or after the timeout."""
        self._done.wait(timeout)

    def result(self, timeout: Optional[float] = None, raise_on_failure: bool = True) -> Any:
        """The task's value; its exception is raised or returned."""
        if not self._done.wait(timeout):
            raise TimeoutError(f"Task run {self.task_run_id} did not complete within {timeout} seconds")
        if not self.state.is_final() and self.task_run.error is not None:
            if raise_on_failure:
                raise self.task_run.error
            return self.task_run.error
        return self.state.value(raise_on_failure)

    def add_done_callback(self, function: Callable[["PrefectFuture"], None]) -> None:
        """Calls the function once the task run has ended; at once if it has."""
        with self._lock:
            if not self._done.is_set():
                self._callbacks.append(function)
                return
        function(self)

    def set_done(self) -> None:
        """For the task runner."""
        with self._lock:
            self._done.set()
            callbacks, self._callbacks = self._callbacks, []
        for function in callbacks:
            function(self)

    def __repr__(self) -> str:
        return f"PrefectFuture({self.task_run.name!r})"


class PrefectFutureList(List[PrefectFuture]):
    """What ``map`` returns."""

    def wait(self, timeout: Optional[float] = None) -> None:
        """Waits for all."""
        wait(self, timeout)

    def result(self, timeout: Optional[float] = None, raise_on_failure: bool = True) -> List[Any]:
        """All values, in order."""
        end = None if timeout is None else time.monotonic() + timeout
        return [
            future.result(None if end is None else max(0.0, end - time.monotonic()), raise_on_failure)
            for future in self
        ]


class DoneAndNotDoneFutures(NamedTuple):
    """What ``wait`` returns."""

    done: Set[PrefectFuture]
    not_done: Set[PrefectFuture]


def wait(futures: Iterable[PrefectFuture], timeout: Optional[float] = None) -> DoneAndNotDoneFutures:
    """Waits until all have ended, or until the timeout."""
    everything = set(futures)
    end = None if timeout is None else time.monotonic() + timeout
    for future in everything:
        future.wait(None if end is None else max(0.0, end - time.monotonic()))
    done = {future for future in everything if future.done()}
    return DoneAndNotDoneFutures(done, everything - done)


def as_completed(
    futures: Iterable[PrefectFuture], timeout: Optional[float] = None
) -> Iterator[PrefectFuture]:
    """Yields futures in the order in which they end."""
    import queue

    ended: "queue.SimpleQueue[PrefectFuture]" = queue.SimpleQueue()
    everything = list(futures)
    end = None if timeout is None else time.monotonic() + timeout
    for future in everything:
        future.add_done_callback(ended.put)
    for left in range(len(everything), 0, -1):
        try:
            yield ended.get(timeout=None if end is None else max(0.0, end - time.monotonic()))
        except queue.Empty:
            raise TimeoutError(f"{left} (of {len(everything)}) futures unfinished") from None


def resolve_futures_to_results(value: Any) -> Any:
    """The value with futures replaced by their results."""
    from .upstream import to_result, transformed

    return transformed(value, to_result)


def resolve_futures_to_states(value: Any) -> Any:
    """The value with futures replaced by their states."""
    from .upstream import to_state, transformed

    return transformed(value, to_state)
