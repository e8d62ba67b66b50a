"""Interrupts a function that runs too long."""

import contextlib
import signal
import threading
from types import FrameType
from typing import Any, Iterator, Optional, Type


class RunTimeout(TimeoutError):
    """A run's own time limit, as opposed to a TimeoutError of the user's code."""

    owner: Any = None


def timeout_of(owner: Any) -> Type[RunTimeout]:
    """An exception class of one run: other threads can only be sent a class, not an instance."""
    return type("RunTimeout", (RunTimeout,), {"owner": owner})


def deadline(seconds: Optional[float], owner: Any) -> Any:
    """A ``with`` block that raises RunTimeout when it takes too long."""
    if seconds is None:
        return contextlib.nullcontext()
    if threading.current_thread() is threading.main_thread():
        return alarm(seconds, timeout_of(owner))
    return watched(seconds, timeout_of(owner))


@contextlib.contextmanager
def alarm(seconds: float, exception: Type[RunTimeout]) -> Iterator[None]:
    """In the main thread a timer signal interrupts even a sleeping call."""
    outer_left, _ = signal.getitimer(signal.ITIMER_REAL)
    if outer_left and outer_left <= seconds:
        yield  # the enclosing limit ends first
        return

    def on_alarm(number: int, frame: Optional[FrameType]) -> None:
        raise exception()

    previous = signal.signal(signal.SIGALRM, on_alarm)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if outer_left:
            signal.setitimer(signal.ITIMER_REAL, max(outer_left - (seconds - left), 0.001))


@contextlib.contextmanager
def watched(seconds: float, exception: Type[RunTimeout]) -> Iterator[None]:
    """In other threads the exception arrives once the thread is back in Python code."""
    import ctypes

    target = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    fired = ended = False

    def fire() -> None:
        nonlocal fired
        with lock:
            if not ended:
                fired = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(exception))

    timer = threading.Timer(seconds, fire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            ended = True
        timer.cancel()
        if fired:  # it may not have arrived yet, and must not arrive later
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, None)
