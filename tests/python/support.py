"""Drives the bridge as the engine does: through its command line, a request file and a pipe."""

import json
import os
import subprocess
import tempfile
import textwrap
import threading
import unittest
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional

ROOT = Path(__file__).resolve().parents[2]
BRIDGE = ROOT / "resources" / "python" / "flowdeck_bridge"
SAMPLES = ROOT / "resources" / "samples"
PYTHON = os.environ.get("FLOWDECK_TEST_PYTHON", "/usr/bin/python3")
RUN_ID = "0b8f3c8e-5d52-4f2e-9d0a-3a1b2c3d4e5f"
LINE_LIMIT = 256 * 1024
TIMEOUT = 30


class Outcome(NamedTuple):
    """What a run of the bridge left behind."""

    code: int
    events: List[Dict[str, Any]]
    lines: List[bytes]
    stdout: str
    stderr: str

    def of(self, kind: str, **wanted: Any) -> List[Dict[str, Any]]:
        """The events of one kind, with these values."""
        return [
            event
            for event in self.events
            if event["t"] == kind and all(event.get(name) == value for name, value in wanted.items())
        ]

    def states(self, run: str = RUN_ID) -> List[str]:
        """The names of a run's states, in order; "Pending" is left out."""
        return [
            event["name"]
            for event in self.events
            if event["t"] in ("flow_state", "task_state")
            and event["run"] == run
            and event["name"] != "Pending"
        ]

    def final(self) -> Dict[str, Any]:
        """The last state of the main run."""
        return self.of("flow_state", run=RUN_ID)[-1]

    def task(self, name: str) -> Dict[str, Any]:
        """The task run of that name, as last reported."""
        return self.of("task_run", name=name)[-1]

    def logs(self) -> List[str]:
        """All log messages."""
        return [event["msg"] for event in self.of("log")]

    def prints(self) -> List[str]:
        """All printed lines."""
        return [event["msg"] for event in self.of("print")]


class BridgeTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def write(self, source: str, name: str = "flow_file.py") -> Path:
        """Writes a flow file."""
        path = self.folder / name
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        return path

    def inspect(self, source: Any, flow: Optional[str] = None) -> Dict[str, Any]:
        """What ``inspect`` reports of a source text or an existing file."""
        path = source if isinstance(source, Path) else self.write(source)
        out = self.folder / "report.json"
        command = [PYTHON, str(BRIDGE), "inspect", "--out", str(out), str(path)]
        if flow is not None:
            command += ["--flow", flow]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.inspect_stdout = done.stdout.decode()
        return json.loads(out.read_bytes())

    def run_flow(
        self,
        source: Any,
        flow: Optional[str] = None,
        parameters: Optional[Dict[str, Any]] = None,
        python: str = PYTHON,
        meanwhile: Optional[Callable[[subprocess.Popen, Any], None]] = None,
        **request: Any,
    ) -> Outcome:
        """Runs a flow; ``meanwhile`` gets the process and the open pipe."""
        path = source if isinstance(source, Path) else self.write(source)
        request = {
            "path": str(path),
            "flow_name": flow,
            "parameters": parameters or {},
            "flow_run_id": RUN_ID,
            "flow_run_name": "calm-otter",
            "log_level": "INFO",
            **request,
        }
        request_path = self.folder / "request.json"
        request_path.write_text(json.dumps(request), encoding="utf-8")
        return self.run_bridge(request_path, python, meanwhile)

    def run_bridge(self, request_path: Path, python: str = PYTHON, meanwhile: Any = None) -> Outcome:
        """Runs the bridge with a request file."""
        reader, writer = os.pipe()
        command = [python, str(BRIDGE), "run", "--fd", str(writer), str(request_path)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(command, pass_fds=(writer,), stdout=out, stderr=err)
            os.close(writer)
            watchdog = threading.Timer(TIMEOUT, process.kill)
            watchdog.start()
            try:
                with os.fdopen(reader, "rb") as pipe:
                    beginning = meanwhile(process, pipe) if meanwhile else b""
                    data = (beginning or b"") + pipe.read()
                code = process.wait(TIMEOUT)
            finally:
                watchdog.cancel()
                process.kill()
                process.wait()
            out.seek(0)
            err.seek(0)
            lines = data.splitlines(keepends=True)
            return Outcome(
                code, [json.loads(line) for line in lines], lines, out.read().decode(), err.read().decode()
            )


def read_until(pipe: Any, *markers: bytes) -> bytes:
    """Reads lines up to one that has all the markers."""
    seen = b""
    while True:
        line = pipe.readline()
        seen += line
        if not line or all(marker in line for marker in markers):
            return seen
