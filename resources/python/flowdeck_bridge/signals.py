"""SIGTERM as an exception, so that a flow's ``finally`` blocks run."""

import os
import signal
import threading
import time
from types import FrameType
from typing import Callable, Optional

RETRY_SECONDS = 0.02


class Terminated(BaseException):
    """Somebody asked this process to end. Not an Exception: flows must not swallow it by habit."""


class Termination:
    """Whether somebody has asked."""

    requested = False


def raise_terminated(number: int, frame: Optional[FrameType]) -> None:
    """The signal handler. Raises once: a second exception would cut ``finally`` blocks short."""
    if not Termination.requested:
        Termination.requested = True
        raise Terminated("Execution was aborted by a termination signal.")


def install_signal_handlers() -> None:
    """A parent may have left SIGINT ignored; forked children end by SIGTERM as usual."""
    signal.signal(signal.SIGTERM, raise_terminated)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    start_helper(lambda: wake_main_thread(reader))
    os.register_at_fork(after_in_child=restore_signal_handlers)


def wake_main_thread(reader: int) -> None:
    """Repeats a SIGTERM until the main thread has noticed.

    Another thread may have taken the signal, or it came just before the main thread went to
    sleep: then Python would raise nothing until that sleep is over.
    """
    while True:
        for number in os.read(reader, 64):
            while number == signal.SIGTERM and is_unnoticed():
                signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
                time.sleep(RETRY_SECONDS)


def is_unnoticed() -> bool:
    """Whether our handler is there and has not run."""
    return not Termination.requested and signal.getsignal(signal.SIGTERM) is raise_terminated


def start_helper(work: Callable[[], None]) -> None:
    """A thread of ours blocks all signals, so that they reach the flow's threads."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        threading.Thread(target=work, name="flowdeck", daemon=True).start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def restore_signal_handlers() -> None:
    """Unless the flow has its own handler, which is its own business."""
    signal.set_wakeup_fd(-1)
    if signal.getsignal(signal.SIGTERM) is raise_terminated:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
