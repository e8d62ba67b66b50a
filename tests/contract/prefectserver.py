"""A real Prefect server of one generation, with its worker or agent and its command line."""

import http.client
import os
import shutil
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

from environments import Environment
from processes import MARK, Part

FLOWS = Path(__file__).resolve().parent / "flows"
START_SECONDS = 180
# On SQLite two writers may wait a minute for each other.
ANSWER_SECONDS = 150
POOL = "local"
# Of each active schedule, made by the server's own scheduler.
RUNS_AHEAD = "16"

# Loops that are minutes in real life are seconds here; nobody is called home.
SETTINGS = {
    "orion-2.0b8": {
        "PREFECT_ORION_ANALYTICS_ENABLED": "false",
        "PREFECT_ORION_UI_ENABLED": "false",
        "PREFECT_ORION_SERVICES_SCHEDULER_LOOP_SECONDS": "10",
        "PREFECT_ORION_SERVICES_SCHEDULER_MAX_RUNS": RUNS_AHEAD,
        "PREFECT_AGENT_QUERY_INTERVAL": "1",
        "PREFECT_LOGGING_ORION_BATCH_INTERVAL": "0.5",
    },
    "prefect-2.20.25": {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_UI_ENABLED": "false",
        "PREFECT_API_SERVICES_SCHEDULER_LOOP_SECONDS": "3",
        "PREFECT_API_SERVICES_SCHEDULER_MIN_RUNS": RUNS_AHEAD,
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_LOGGING_TO_API_BATCH_INTERVAL": "0.5",
    },
    "prefect-3.8.8": {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "3",
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "2",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": RUNS_AHEAD,
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_LOGGING_TO_API_BATCH_INTERVAL": "0.5",
    },
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PrefectServer:
    """Started on a port and with data of its own, which survive a restart."""

    def __init__(self, generation: str, mark: str, folder: Path):
        self.generation = generation
        self.is_orion = generation.startswith("orion")
        self.environment = Environment(generation)
        self.port = free_port()
        self.home = folder / "home"
        self.home.mkdir()
        self._database = self.home / ("orion.db" if self.is_orion else "prefect.db")
        self._mark = mark
        self._server = Part(f"{mark}/server", folder / "server.log")
        self._worker = Part(f"{mark}/worker", folder / "worker.log")
        self._connection = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def variables(self) -> dict:
        """What the server, its worker and its command line are started with."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "PYTHON"))}
        kept.update(SETTINGS[self.generation])
        kept.update(
            PATH=f"{self.environment.bin}:{kept.get('PATH', '/usr/bin:/bin')}", PREFECT_HOME=str(self.home),
            PREFECT_API_URL=self.url, PREFECT_CLI_COLORS="0", PREFECT_CLI_WRAP_LINES="0",
            NO_PROXY="127.0.0.1,localhost", no_proxy="127.0.0.1,localhost", TZ="UTC", LANG="C.UTF-8")
        return kept

    # The server

    def start(self, data: Path = None) -> None:
        """With a copy of `data`, or as it was left. Returns when it is ready."""
        is_migrated = self._database.exists()
        if not is_migrated:
            data = data or self.environment.empty_database
            if data.exists():
                shutil.copyfile(data, self._database)
                is_migrated = True
        self._server.start(self._start_command(), self.variables(), self.home)
        self._await_ready(time.monotonic() + START_SECONDS)
        if not is_migrated:
            # The next start with new data then needs no migrations, half a minute of them in 2.20.
            self.copy_data(self.environment.empty_database)

    def _start_command(self) -> list:
        address = ["--host", "127.0.0.1", "--port", str(self.port)]
        if self.generation == "prefect-3.8.8":
            return [str(self.environment.bin / "prefect"), "server", "start", *address]
        # What `prefect orion start` and `prefect server start` run in turn: the one leaves it behind when it is ended,
        # the other refuses a port on which a connection was open a minute ago.
        package = "orion" if self.is_orion else "server"
        return [str(self.environment.bin / "python"), "-m", "uvicorn", "--factory",
                f"prefect.{package}.api.server:create_app", *address, "--timeout-keep-alive", "5"]

    def _await_ready(self, deadline: float) -> None:
        path = "/health" if self.is_orion else "/ready"
        while time.monotonic() < deadline:
            if not self._server.is_running():
                raise RuntimeError(f"{self.generation} ended while it started:\n{self._server.tail()}")
            try:
                if self.request("GET", path)[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"{self.generation} is not ready after {START_SECONDS} s:\n{self._server.tail()}")

    def copy_data(self, to: Path) -> None:
        """A copy of all that the running server has, whole or not at all."""
        partial = to.with_name(f"{to.name}.{os.getpid()}")
        source, copy = sqlite3.connect(self._database, timeout=60), sqlite3.connect(partial)
        with copy:
            source.backup(copy)
        source.close()
        copy.close()
        partial.rename(to)

    def is_running(self) -> bool:
        return self._server.is_running()

    def stop(self) -> None:
        """As an administrator does: politely, then not."""
        self._disconnect()
        self._server.end(5)

    def kill(self) -> None:
        self._disconnect()
        self._server.end(0)

    # Requests

    def request(self, method: str, path: str, body: str = "", headers: dict = None) -> tuple:
        """Status and text of an answer; sent once more when the kept connection had been closed meanwhile."""
        is_new = self._connection is None
        try:
            return self._exchange(method, path, body, headers)
        except (http.client.HTTPException, OSError):
            if is_new:
                raise
            return self._exchange(method, path, body, headers)

    def _exchange(self, method: str, path: str, body: str, headers: dict) -> tuple:
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
            self._connection.request(method, f"/api{path}", body.encode() or None,
                                     {"Content-Type": "application/json", **(headers or {})})
            answer = self._connection.getresponse()
            text = answer.read().decode()
            if answer.status >= 500:
                # These servers then close without saying so.
                self._disconnect()
            return answer.status, text
        except BaseException:
            self._disconnect()
            raise

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    # Its own tools

    def start_worker(self) -> None:
        if self.is_orion:
            command = ["prefect", "agent", "start", POOL, "--hide-welcome"]
        else:
            command = ["prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", "contract"]
        self._worker.start([str(self.environment.bin / command[0]), *command[1:]], self.variables(), self.home)

    def stop_worker(self) -> None:
        # It may wait for its flows far longer than a test does.
        self._worker.end(2)

    def worker_log(self) -> str:
        return self._worker.tail()

    def command(self, *words: str) -> str:
        """What the generation's own `prefect …` prints; an error when it fails."""
        done = subprocess.run(
            ["nice", str(self.environment.bin / "prefect"), *words], stdin=subprocess.DEVNULL, cwd=FLOWS,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
            env={**self.variables(), MARK: f"{self._mark}/command", "PYTHONDONTWRITEBYTECODE": "1"})
        if done.returncode != 0:
            raise RuntimeError(f"prefect {' '.join(words)} failed:\n{done.stdout[-2000:]}")
        return done.stdout

    def end(self) -> None:
        self._disconnect()
        self._worker.end(1)
        self._server.end(5)
