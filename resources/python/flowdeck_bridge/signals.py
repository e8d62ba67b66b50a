"""SIGTERM as an exception, so that a flow's ``finally`` blocks run."""

import os
import signal
from types import FrameType
from typing import NoReturn, Optional


class Terminated(BaseException):
    """Somebody asked this process to end. Not an Exception: flows must not swallow it by habit."""


def raise_terminated(number: int, frame: Optional[FrameType]) -> NoReturn:
    """The signal handler; runs in the main thread."""
    raise Terminated("Execution was aborted by a termination signal.")


def install_signal_handlers() -> None:
    """A parent may have left SIGINT ignored; forked children end by SIGTERM as usual."""
    signal.signal(signal.SIGTERM, raise_terminated)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.register_at_fork(after_in_child=restore_in_child)


def restore_in_child() -> None:
    """Unless the flow has its own handler, which is its own business."""
    if signal.getsignal(signal.SIGTERM) is raise_terminated:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
