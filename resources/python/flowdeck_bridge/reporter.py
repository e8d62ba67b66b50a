"""Writes events as JSON lines to the bridge's own file descriptor.

All writing happens in one background thread. A signal handler can only raise in the main
thread, so it can never cut a line in half; and a slow reader holds up the flow only once
a few MiB are waiting.
"""

import json
import os
import threading
import time
from json.encoder import encode_basestring as quote
from typing import Any, Dict, List

from .signals import start_helper

LINE_LIMIT = 256 * 1024
TEXT_LIMIT = 200 * 1024
FLUSH_BYTES = 64 * 1024
FLUSH_SECONDS = 0.02
BACKLOG_BYTES = 4 * 1024 * 1024
CUT_MARK = " … [cut by Flowdeck: {} characters in all]"


def now() -> int:
    """Microseconds since the epoch."""
    return time.time_ns() // 1000


def cut(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text, shortened with a mark if its JSON form would be longer than the limit in bytes."""
    if len(text) * 6 <= limit:
        return text
    kept = text
    while True:
        size = len(quote(kept).encode("utf-8", "replace"))
        if size <= limit:
            break
        kept = kept[: max(1, int(len(kept) * limit / size * 0.99))]
    return text if len(kept) == len(text) else kept + CUT_MARK.format(len(text))


class Reporter:
    """The event pipe. Thread-safe; silent in forked children."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)
        self.enabled = True
        self._descriptor = descriptor
        # Re-entrant, because the garbage collector may run a __del__ that prints right here.
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._waiting: List[str] = []
        self._waiting_size = 0
        self._urgent = False
        self._writing = False
        start_helper(self._write_loop)
        os.register_at_fork(
            before=self._before_fork,
            after_in_parent=self._after_fork_in_parent,
            after_in_child=self._after_fork_in_child,
        )

    def log(self, run: str, task: str, ts: int, level: int, logger: str, text: str) -> None:
        """One log record; ``run`` and ``task`` are JSON already, since they repeat."""
        self._put(
            f'{{"t":"log","ts":{ts},"run":{run},"task":{task},"level":{level},'
            f'"logger":{quote(logger)},"msg":{quote(cut(text))}}}\n'
        )

    def print_line(self, run: str, task: str, stream: str, text: str) -> None:
        """One line written through sys.stdout or sys.stderr."""
        self._put(
            f'{{"t":"print","ts":{now()},"run":{run},"task":{task},'
            f'"stream":"{stream}","msg":{quote(cut(text))}}}\n'
        )

    def event(self, kind: str, **fields: Any) -> None:
        """Any other event; these are few, and seen at once. A flow's states survive a sudden death."""
        line = encode({"t": kind, "ts": now(), **fields})
        if len(line) * 3 > LINE_LIMIT and len(line.encode("utf-8", "replace")) > LINE_LIMIT:
            line = encode({"t": kind, "ts": now(), **shortened(fields)})
        self._put(line + "\n", urgent=True)
        if kind == "flow_state":
            self.flush()

    def flush(self) -> None:
        """Returns once everything reported so far has been written."""
        with self._lock:
            self._urgent = True
            self._changed.notify_all()
            while self.enabled and (self._waiting or self._writing):
                self._changed.wait()

    def close(self) -> None:
        """Writes what is left and closes the pipe; later events are dropped."""
        self.flush()
        with self._lock:
            if self.enabled:
                self.enabled = False
                os.close(self._descriptor)

    def _put(self, line: str, urgent: bool = False) -> None:
        with self._lock:
            if not self.enabled:
                return
            while self._waiting_size > BACKLOG_BYTES and self.enabled:
                self._changed.wait()
            first = not self._waiting
            self._waiting.append(line)
            self._waiting_size += len(line)
            if urgent:
                self._urgent = True
            if first or urgent or self._waiting_size >= FLUSH_BYTES:
                self._changed.notify_all()

    def _write_loop(self) -> None:
        while True:
            with self._lock:
                while not self._waiting:
                    self._changed.wait()
                if not self._urgent and self._waiting_size < FLUSH_BYTES:
                    self._changed.wait(FLUSH_SECONDS)
                lines, self._waiting = self._waiting, []
                self._waiting_size = 0
                self._urgent = False
                self._writing = True
            alive = self._write("".join(lines).encode("utf-8", "replace"))
            with self._lock:
                self._writing = False
                self.enabled = self.enabled and alive
                self._changed.notify_all()

    def _write(self, data: bytes) -> bool:
        """False once nobody can read any more: the flow then goes on unobserved."""
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError:
            return False
        return True

    def _before_fork(self) -> None:
        self.flush()
        self._lock.acquire()

    def _after_fork_in_parent(self) -> None:
        self._lock.release()

    def _after_fork_in_child(self) -> None:
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        if self.enabled:
            self.enabled = False
            os.close(self._descriptor)


class SilentReporter:
    """Stands in where nobody listens: while a file is inspected."""

    enabled = False

    def log(self, *arguments: Any) -> None:
        """Drops it."""

    def print_line(self, *arguments: Any) -> None:
        """Drops it."""

    def event(self, kind: str, **fields: Any) -> None:
        """Drops it."""


def encode(fields: Dict[str, Any]) -> str:
    """One line of JSON; NaN and infinities are not JSON and have been replaced before."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def shortened(fields: Dict[str, Any]) -> Dict[str, Any]:
    """The same event within the line limit: long texts, lists and parameters are cut."""
    budget = TEXT_LIMIT // max(1, len(fields))
    short: Dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, str):
            short[name] = cut(value, budget)
        elif isinstance(value, list):
            short[name] = value[: budget // 64]
        elif isinstance(value, dict):
            each = max(64, budget // max(1, len(value)))
            short[name] = {cut(key, each): short_value(item, each) for key, item in list(value.items())[:200]}
        else:
            short[name] = value
    return short


def short_value(value: Any, limit: int) -> Any:
    """The value, or the beginning of its JSON text when it is too long."""
    text = encode({"": value})[4:-1]
    return value if len(text) * 3 < limit else cut(text, limit)
