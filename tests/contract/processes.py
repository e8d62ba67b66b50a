"""Processes that are found again by a mark in their environment, whatever they start and wherever that goes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

MARK = "FLOWDECK_CONTRACT"


def marked(mark: str) -> list:
    """Ids of this user's living processes whose mark begins so."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        # A zombie has no environment any more.
        if any(variable.startswith(wanted) for variable in environment.split(b"\0")):
            found.append(int(entry.name))
    return found


def send(mark: str, number: int) -> None:
    for process in marked(mark):
        try:
            os.kill(process, number)
        except ProcessLookupError:
            pass


def end(mark: str, patience: float) -> None:
    """Asks all of them to end; those that have not after `patience` seconds are killed."""
    deadline = time.monotonic() + patience
    if patience > 0:
        send(mark, signal.SIGTERM)
    while marked(mark):
        if time.monotonic() >= deadline:
            send(mark, signal.SIGKILL)
        time.sleep(0.05)


class Part:
    """One thing that was started (a server, a worker, a command) with all that it started itself."""

    def __init__(self, mark: str, log: Path):
        self.mark = mark
        self.log = log
        self.process = None

    def start(self, command: list, environment: dict, folder: Path) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                ["nice", *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
                env={**environment, MARK: self.mark}, start_new_session=True)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self, patience: float) -> None:
        end(self.mark, patience)
        if self.process is not None:
            self.process.wait()
            self.process = None

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""


def guard(mark: str, folder: Path) -> None:
    """However this process ends, what carries the mark is killed and the folder removed: by a child that waits."""
    here, there = os.pipe()
    if os.fork():
        os.close(here)
        return
    os.setsid()
    os.close(there)
    for stream in (sys.stdin, sys.stdout):
        stream.close()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    # The other end closes when the parent does, by whatever signal.
    os.read(here, 1)
    end(mark, 0)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)
