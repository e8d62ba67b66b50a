#!/usr/bin/env python3
"""Real Prefect servers for the contract tests.

    servers.py install [GENERATION…]   makes the environments that are missing
    servers.py serve GENERATION        one server, told what to do by lines of JSON on stdin: {"do": NAME, …};
                                       each is answered by one line: {"ok": …} or {"error": …}

What `serve` started ends when its stdin does, and when it is killed as well.
"""

import hashlib
import json
import os
import sys
import tempfile
import time
import traceback
from datetime import date
from pathlib import Path

from environments import GENERATIONS, HERE, Environment, Unreachable
from facts import Facts
from prefectserver import PrefectServer
from processes import guard
from seeding import Seeding


class Told:
    """What a line can ask for: each public method by its name, with the line's other members."""

    def __init__(self, generation: str, folder: Path):
        self._folder = folder
        self._generation = generation
        self._server = None

    def install(self) -> dict:
        try:
            return {"seconds": round(Environment(self._generation).ensure(), 1)}
        except Unreachable as reason:
            return {"unreachable": str(reason)}

    def start(self, deployments: int = 0, runs: int = 0) -> dict:
        """As it was left; the first time with this many deployments and this many runs made by hand in them."""
        started = time.monotonic()
        if self._server is None:
            self._server = PrefectServer(self._generation, self._folder.name, self._folder)
            if deployments > 0:
                self._start_seeded(deployments, runs)
        if not self._server.is_running():
            self._server.start()
        return {"url": self._server.url, "seconds": round(time.monotonic() - started, 1)}

    def _start_seeded(self, deployments: int, runs: int) -> None:
        """What was seeded today is taken again: the schedules' runs are then still to come."""
        made_by = b"".join((HERE / name).read_bytes() for name in ("seeding.py", "prefectserver.py"))
        key = hashlib.sha256(made_by + f"{deployments} {runs} {date.today()}".encode()).hexdigest()[:12]
        data = self._server.environment.path / f"seeded-{key}.db"
        if not data.exists():
            self._server.start()
            seeding = Seeding(self._server)
            seeding.many(deployments, runs)
            seeding.await_scheduler()
            for older in data.parent.glob("seeded-*.db*"):
                older.unlink()
            self._server.copy_data(data)
        else:
            self._server.start(data)

    def stop(self) -> None:
        self._server.stop()

    def kill(self) -> None:
        self._server.kill()

    def start_worker(self) -> None:
        self._server.start_worker()

    def stop_worker(self) -> None:
        self._server.stop_worker()

    def worker_log(self) -> str:
        return self._server.worker_log()

    def command(self, words: list) -> str:
        return self._server.command(*words)

    def http(self, method: str, path: str, body: str = "", headers: dict = None) -> dict:
        status, text = self._server.request(method, path, body, headers)
        return {"status": status, "text": text}

    def real_deployments(self) -> None:
        Seeding(self._server).real_deployments()

    def deployment(self, flow: str, name: str, **members) -> str:
        seeding = Seeding(self._server)
        return seeding.deployment(seeding.flow(flow), name, **members)

    def run(self, deployment: str, **members) -> dict:
        return Seeding(self._server).run(deployment, **members)

    def set_state(self, run: str, state: dict) -> None:
        Seeding(self._server).set_state(run, state)

    def facts(self, kind: str, run: str = "") -> list:
        """All "deployments" or "flow_runs"; "states", "task_runs" or "logs" of a run."""
        read = getattr(Facts(self._server), kind)
        return read(run) if run else read()

    def end(self) -> None:
        if self._server is not None:
            self._server.end()
            self._server = None


def serve(generation: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="flowdeck-contract-"))
    guard(folder.name, folder)
    told = Told(generation, folder)
    # Nothing that is started may write between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        started = time.monotonic()
        try:
            answer = {"ok": getattr(told, request.pop("do"))(**request)}
        except Exception as error:
            answer = {"error": "".join(traceback.format_exception(error))}
        answer["took"] = round(time.monotonic() - started, 2)
        print(json.dumps(answer), file=answers, flush=True)
    told.end()


def install(generations: list) -> int:
    for generation in generations or GENERATIONS:
        try:
            print(f"{generation}: {Environment(generation).ensure():.0f} s")
        except Unreachable as reason:
            print(reason)
            return 1
    return 0


def main() -> int:
    if len(sys.argv) == 3 and sys.argv[1] == "serve" and sys.argv[2] in GENERATIONS:
        serve(sys.argv[2])
        return 0
    if len(sys.argv) >= 2 and sys.argv[1] == "install" and set(sys.argv[2:]) <= set(GENERATIONS):
        return install(sys.argv[2:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
