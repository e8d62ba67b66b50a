#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the bench programs of a release build and prints one table of ratios with their bars.

Usage: run_bench.py --build FOLDER [--only id,…] [--json FILE]
An id stands for itself and for everything behind a dot: `start` runs start.offscreen and start.xvfb.
Both sides of every ratio are measured in the same run. Exits with 1 when a bar is missed or a program fails.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEYS = ("id", "what", "against", "ratio", "bar", "holds")
TIMEOUT_S = 180


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--only", default="", help="ids, separated by commas")
    parser.add_argument("--json", type=pathlib.Path, help="also write the table as a list here")
    return parser.parse_args()


class Bench:
    def __init__(self, build):
        self.bin = build.resolve() / "bin"
        self.folder = build.resolve() / "bench"
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="flowdeck-bench-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.failed = []
        self.xvfb = None

    def environment(self, **extra):
        """What could change a start from machine to machine is fixed."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        runtime = self.scratch / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        config = self.scratch / "config"
        config.mkdir(exist_ok=True)
        return {**kept, "LANG": "C.UTF-8", "TZ": "UTC", "XDG_RUNTIME_DIR": str(runtime),
                "XDG_CONFIG_HOME": str(config), "XDG_DATA_HOME": str(config), "XDG_CACHE_HOME": str(self.folder),
                "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "flowdeck.*.debug=false", **extra}

    def seeded(self, deployments, runs):
        """A workspace of that size; made once for each version of the schema and of the seeder."""
        stamp = hashlib.sha256()
        sources = sorted((ROOT / "resources/sql").rglob("*.sql")) + sorted((ROOT / "tests/support").glob("seed*.cpp"))
        for source in sources:
            stamp.update(source.read_bytes())
        path = self.folder / f"seed-{deployments}-{runs}-{stamp.hexdigest()[:12]}.flowdeck"
        if not path.exists():
            print(f"making a workspace of {deployments:,} deployments and {runs:,} runs …", file=sys.stderr)
            for old in self.folder.glob(f"seed-{deployments}-{runs}-*"):
                old.unlink()
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            subprocess.run([self.bin / "flowdeck_seed", unfinished, str(deployments), str(runs)], check=True,
                           env=self.environment(), timeout=TIMEOUT_S)
            unfinished.rename(path)
        return path

    def copied(self, deployments, runs):
        """The same as a file of its own, for programs that write to it."""
        copy = self.scratch / f"copy-{deployments}.flowdeck"
        if not copy.exists():
            shutil.copyfile(self.seeded(deployments, runs), copy)
            copy.chmod(0o600)
        return copy

    def display(self):
        """Starts Xvfb once; answers its display."""
        if self.xvfb is None:
            read, write = os.pipe()
            process = subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
                pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            os.close(write)
            with os.fdopen(read) as answer:
                self.xvfb = process, ":" + answer.readline().strip()
        return self.xvfb[1]

    def run(self, program, *arguments, **extra):
        """Runs one program; answers the figures that it prints."""
        path = self.bin / program
        if not path.exists():
            self.failed.append(f"{program} is not built")
            return []
        print(f"{program} …", file=sys.stderr)
        try:
            done = subprocess.run([path, *map(str, arguments)], env=self.environment(**extra), timeout=TIMEOUT_S,
                                  stdout=subprocess.PIPE, check=False)
            output = done.stdout
            if done.returncode != 0:
                self.failed.append(f"{program} ended with {done.returncode}")
        except subprocess.TimeoutExpired as late:
            self.failed.append(f"{program} took more than {TIMEOUT_S} s")
            output = late.stdout or b""
        lines = output.decode("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def close(self):
        if self.xvfb is not None:
            self.xvfb[0].terminate()
            self.xvfb[0].wait()
        shutil.rmtree(self.scratch, ignore_errors=True)


def start_arguments(bench):
    return ["--window", bench.bin / "bench_emptywindow", "--flowdeck", bench.bin / "flowdeck",
            "--full", bench.copied(100_000, 1_000_000), "--empty", bench.scratch / "empty.flowdeck"]


def start_xvfb(bench):
    if shutil.which("Xvfb") is None:
        bench.failed.append("start.xvfb needs Xvfb")
        return []
    return bench.run("bench_start", *start_arguments(bench), "--xvfb", QT_QPA_PLATFORM="xcb", DISPLAY=bench.display())


# The ids that a program prints, and how it is run.
PROGRAMS = [
    (["start.offscreen", "start-full-store", "memory.first-paint", "memory.scrolled"],
     lambda bench: bench.run("bench_start", *start_arguments(bench))),
    (["start.xvfb"], start_xvfb),
    (["sort", "filter.type", "filter.clear", "table-frame.floor", "table-frame.delegate"],
     lambda bench: bench.run("bench_table", bench.copied(100_000, 1_000_000))),
    (["timeline-frame"], lambda bench: bench.run("bench_timeline")),
    (["mirror", "resync", "read-under-sync.p95", "read-under-sync.worst"], lambda bench: bench.run("bench_mirror")),
    (["launch", "log-ingest"], lambda bench: bench.run("bench_engine")),
    (["gui-gap"], lambda bench: bench.run("bench_gap", bench.copied(100_000, 1_000_000))),
]


def is_wanted(figure, wanted):
    return not wanted or any(figure == each or figure.startswith(each + ".") for each in wanted)


def print_table(figures):
    rows = [("id", "measured", "against", "ratio", "bar", "holds")]
    for figure in figures:
        bar = ("≥ " if figure.get("at_least") else "≤ ") + f"{figure['bar']:g}"
        rows.append((figure["id"], figure["what"], figure["against"], f"{figure['ratio']:.2f}", bar,
                     "yes" if figure["holds"] else "NO"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main():
    arguments = parse_arguments()
    wanted = [each.strip() for each in arguments.only.split(",") if each.strip()]
    bench = Bench(arguments.build)
    figures = []
    try:
        for ids, run in PROGRAMS:
            if any(is_wanted(each, wanted) for each in ids):
                figures += [figure for figure in run(bench) if is_wanted(figure["id"], wanted)]
    finally:
        bench.close()
    print_table(figures)
    for failure in bench.failed:
        print(failure, file=sys.stderr)
    if arguments.json:
        plain = [{key: figure[key] for key in KEYS} for figure in figures]
        arguments.json.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if bench.failed or not figures or not all(figure["holds"] for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
