"""Where submitted tasks run: in threads, or one after the other."""

import contextlib
import contextvars
import threading
from typing import TYPE_CHECKING, Callable, Iterator, Optional

from flowdeck_bridge.signals import Terminated

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

DEFAULT_MAX_WORKERS = 1000


class TaskRunner:
    """The base: runs every task at once, in the submitting thread."""

    @contextlib.contextmanager
    def started(self) -> Iterator["TaskRunner"]:
        """A runner of its own for one flow run."""
        yield self

    def start(self, work: Callable[[], None]) -> None:
        """Runs the work, now or soon."""
        work()

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class SequentialTaskRunner(TaskRunner):
    """One task after the other."""


class ThreadPoolTaskRunner(TaskRunner):
    """Tasks in threads."""

    def __init__(self, max_workers: Optional[int] = None) -> None:
        self.max_workers = max_workers or DEFAULT_MAX_WORKERS
        self._pool: Optional["ThreadPoolExecutor"] = None
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def started(self) -> Iterator["TaskRunner"]:
        """Waits for running tasks at the end, unless the process was asked to end."""
        runner = type(self)(self.max_workers)
        try:
            yield runner
        except Terminated:
            raise
        except BaseException:
            runner.finish()
            raise
        runner.finish()

    def start(self, work: Callable[[], None]) -> None:
        """Hands the work to a thread, which sees the submitter's context."""
        from concurrent.futures import ThreadPoolExecutor

        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self.max_workers, thread_name_prefix="task")
        self._pool.submit(contextvars.copy_context().run, work)

    def finish(self) -> None:
        """Waits for what is running."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)


class ConcurrentTaskRunner(ThreadPoolTaskRunner):
    """Prefect 2's name for tasks in threads."""
