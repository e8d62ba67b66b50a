"""The virtual environments of the three servers: made once, found again by a hash of what is in them."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
GENERATIONS = ("orion-2.0b8", "prefect-2.20.25", "prefect-3.8.8")

# What pip says when there is no index to be had, as opposed to a package that does not install.
UNREACHABLE = re.compile(
    r"from versions: none|Max retries exceeded|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError"
    r"|Temporary failure in name resolution|Connection to \S+ timed out",
)


class Unreachable(Exception):
    """No package index can be reached, and the environment is not there yet."""


class Environment:
    """One generation's own Python with its server, its command line and its worker."""

    def __init__(self, generation: str):
        self.generation = generation
        self.pins = HERE / "pins" / f"{generation}.txt"
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "flowdeck" / "contract"
        digest = hashlib.sha256(self.pins.read_bytes()).hexdigest()[:12]
        self.path = cache / f"{generation}-{digest}"
        self.bin = self.path / "bin"
        # A database that this very server made and migrated, before anything was put into it.
        self.empty_database = self.path / "empty.db"
        self._complete = self.path / "complete"

    def ensure(self) -> float:
        """Makes the environment when it is not there; returns the seconds that took."""
        if self._complete.exists():
            return 0.0
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path.parent / f"{self.generation}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._complete.exists():
                return 0.0
            started = time.monotonic()
            self._install()
            return time.monotonic() - started

    def _install(self) -> None:
        print(f"Installing {self.generation} into {self.path}", file=sys.stderr, flush=True)
        # What an interrupted attempt left.
        shutil.rmtree(self.path, ignore_errors=True)
        self._run([sys.executable, "-m", "venv", str(self.path)])
        # The pins are complete, so nothing is resolved; bytecode is made for what is used, when it is used.
        self._run([str(self.bin / "pip"), "install", "--quiet", "--no-deps", "--no-compile", "--retries", "2",
                   "--disable-pip-version-check", "-r", str(self.pins)])
        self._complete.touch()

    def _run(self, command: list) -> None:
        done = subprocess.run(["nice", *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode == 0:
            return
        tail = done.stdout.strip()[-2000:]
        if UNREACHABLE.search(done.stdout):
            raise Unreachable(f"{self.generation} is not installed and no package index answers")
        raise RuntimeError(f"{' '.join(command)} failed:\n{tail}")
