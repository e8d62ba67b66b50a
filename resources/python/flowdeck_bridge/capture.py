"""Turns printed lines and log records into events, attributed to the run they come from."""

import codecs
import io
import logging
import os
import sys
import threading
from typing import Any, Dict, Optional, Tuple

from .observing import Observation, Scope, current_scope

PARTIAL_LIMIT = 64 * 1024
"""An unfinished line longer than this is reported in pieces, so that it cannot fill the memory."""


class CapturedStream(io.TextIOBase):
    """Replaces sys.stdout or sys.stderr; every whole line becomes an event."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, descriptor: int) -> None:
        self._name = name
        self._descriptor = descriptor
        self._partial: Dict[Tuple[int, Optional[Scope]], str] = {}
        self._lock = threading.RLock()
        self.buffer = ByteSide(self)

    def write(self, text: str) -> int:
        """Reports whole lines and keeps the rest for later."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not Observation.reporter.enabled:
            self._write_through(text)
            return len(text)
        scope = current_scope()
        key = (threading.get_ident(), scope)
        with self._lock:
            lines = (self._partial.pop(key, "") + text).split("\n")
            rest = after_carriage_return(lines.pop())
            if len(rest) > PARTIAL_LIMIT:
                lines.append(rest)
            elif rest:
                self._partial[key] = rest
        for line in lines:
            self._report(scope, after_carriage_return(line.rstrip("\r")))
        return len(text)

    def finish(self, scope: Optional[Scope] = None) -> None:
        """Reports unfinished lines: those of one run, or all."""
        with self._lock:
            keys = [key for key in self._partial if scope is None or key[1] == scope]
            unfinished = [(key[1], self._partial.pop(key)) for key in keys]
        for owner, text in unfinished:
            self._report(owner, text)

    def fileno(self) -> int:
        """The real descriptor, for children that are given this stream."""
        return self._descriptor

    def writable(self) -> bool:
        """Text streams of the standard library ask."""
        return True

    def isatty(self) -> bool:
        """Never a terminal, so that nobody draws colours or progress bars."""
        return False

    @property
    def name(self) -> str:
        """As the real streams are called."""
        return f"<{self._name}>"

    def _report(self, scope: Optional[Scope], line: str) -> None:
        if scope is None:
            return
        if scope.log_prints:
            logging.getLogger(scope.logger).info("%s", line)
        else:
            Observation.reporter.print_line(scope.run, scope.task, self._name, line)

    def _write_through(self, text: str) -> None:
        """Forked children write where they would have written without Flowdeck."""
        try:
            os.write(self._descriptor, text.encode("utf-8", "replace"))
        except OSError:
            pass


class ByteSide(io.RawIOBase):
    """``sys.stdout.buffer``: bytes join the same lines as text."""

    def __init__(self, stream: CapturedStream) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        """RawIOBase says no by default."""
        return True

    def write(self, data: Any) -> int:
        """Decodes across write borders."""
        self._stream.write(self._decoder.decode(bytes(data)))
        return len(data)


def after_carriage_return(line: str) -> str:
    """What a terminal would show of a line that was overwritten, as progress bars do."""
    return line[line.rfind("\r", 0, -1) + 1 :] if "\r" in line[:-1] else line


class EventHandler(logging.Handler):
    """Reports log records."""

    def handle(self, record: logging.LogRecord) -> bool:
        """Skips the base class's lock: the reporter has its own."""
        if self.filter(record):
            self.emit(record)
        return True

    def emit(self, record: logging.LogRecord) -> None:
        """Sends one record, with its traceback, to the run it belongs to."""
        reporter = Observation.reporter
        scope = current_scope()
        if scope is None or not reporter.enabled:
            return
        try:
            text = record.getMessage()
            if record.exc_info or record.exc_text or record.stack_info:
                text = self.format(record)
        except Exception:
            self.handleError(record)
            return
        run, task = scope.run, scope.task
        if hasattr(record, "flow_run_json"):
            run, task = record.flow_run_json, record.task_run_json
        reporter.log(run, task, int(record.created * 1e6), record.levelno, record.name, text)


class Capture:
    """Puts streams and log handler in place."""

    def __init__(self, level: int) -> None:
        self.out = CapturedStream("stdout", 1)
        self.err = CapturedStream("stderr", 2)
        sys.stdout, sys.stderr = self.out, self.err
        self.handler = EventHandler()
        self.level = level
        self.take_logs()

    def take_logs(self) -> None:
        """The only handler of the root logger; again after something has configured logging."""
        logging.root.handlers[:] = [self.handler]
        logging.root.setLevel(self.level)

    def finish(self, scope: Optional[Scope] = None) -> None:
        """Reports unfinished lines of a run that ends, or of all."""
        self.out.finish(scope)
        self.err.finish(scope)
