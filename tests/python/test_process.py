"""The bridge as a process: children, signals, exit codes, broken requests and pipes."""

import json
import os
import signal
import subprocess
import time
import unittest

from support import BRIDGE, PYTHON, RUN_ID, BridgeTest, read_until

HEADER = "import os, signal, sys, time, threading\nfrom prefect import flow, task, get_run_logger\n"


class Children(BridgeTest):
    def test_forked_child_is_silent(self):
        outcome = self.run_flow(
            f"""{HEADER}
@flow
def go():
    get_run_logger().info("before")
    child = os.fork()
    if child == 0:
        get_run_logger().info("child logs")
        print("child prints", flush=True)
        work()
        return
    assert os.waitpid(child, 0)[1] == 0
    get_run_logger().info("after")

@task
def work(): print("child works")
"""
        )
        self.assertEqual(outcome.code, 0)
        self.assertEqual(
            [log for log in outcome.logs() if log in ("before", "child logs", "after")], ["before", "after"]
        )
        self.assertEqual(outcome.prints(), [])
        self.assertEqual(outcome.of("task_run"), [])
        self.assertEqual(outcome.states(), ["Running", "Completed"])
        self.assertEqual(len(outcome.of("done")), 1)
        self.assertEqual(outcome.stdout, "child prints\nchild works\n")

    def test_no_child_holds_the_pipe(self):
        started = time.monotonic()
        outcome = self.run_flow(
            f"""{HEADER}
import subprocess
@flow
def go():
    subprocess.Popen(["sleep", "25"], close_fds=False)
    if os.fork() == 0:
        time.sleep(25)
        os._exit(0)
"""
        )
        self.assertEqual(outcome.final()["name"], "Completed")
        self.assertLess(time.monotonic() - started, 10)

    def test_multiprocessing(self):
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method=method):
                outcome = self.run_flow(
                    f"""{HEADER}
import multiprocessing
def double(n):
    print("doubling")
    return 2 * n
@task
def work(n): return n
@flow
def go():
    with multiprocessing.get_context("{method}").Pool(2) as pool:
        print(sum(pool.map(double, range(10))))
"""
                )
                self.assertEqual(outcome.final()["name"], "Completed", outcome.final()["message"])
                self.assertEqual(outcome.prints(), ["90"])
                self.assertEqual(outcome.stdout.count("doubling"), 10)

    def test_threads_that_outlive_the_flow_do_not_report(self):
        outcome = self.run_flow(
            f"""{HEADER}
@flow
def go():
    threading.Thread(target=lambda: (time.sleep(0.3), print("late"))).start()
"""
        )
        self.assertEqual(outcome.events[-1]["t"], "done")
        self.assertEqual(outcome.stdout, "late\n")


class Signals(BridgeTest):
    def run_and(self, act, body, before="", decorator="@flow", flow="def go():"):
        """Runs a flow that says "ready", and acts on its process then."""

        def watch(process, pipe):
            seen = read_until(pipe, b'"print"', b"ready")
            act(process)
            return seen

        lines = "\n".join("    " + line for line in body.splitlines())
        return self.run_flow(f"{HEADER}{before}\n{decorator}\n{flow}\n{lines}\n", meanwhile=watch)

    nap = "print('ready')\ntry: time.sleep(20)\nfinally: print('cleaned up')"

    def test_terminate_runs_finally_blocks(self):
        outcome = self.run_and(lambda process: process.terminate(), self.nap)
        self.assertEqual(outcome.code, 143)
        self.assertEqual(outcome.prints(), ["ready", "cleaned up"])
        self.assertEqual(outcome.states(), ["Running"])
        self.assertEqual(outcome.of("done"), [])

    def test_terminate_does_not_wait_for_threads(self):
        started = time.monotonic()
        outcome = self.run_and(
            lambda process: process.terminate(),
            "slow.map(range(3))\nprint('ready')\ntime.sleep(20)",
            "@task\ndef slow(n): time.sleep(20)\n",
        )
        self.assertEqual(outcome.code, 143)
        self.assertLess(time.monotonic() - started, 10)

    def test_terminate_in_a_task_and_in_asynchronous_code(self):
        outcome = self.run_and(
            lambda process: process.terminate(),
            "work()",
            "@task\ndef work():\n    print('ready')\n    try: time.sleep(20)\n    finally: print('cleaned up')\n",
        )
        self.assertEqual((outcome.code, outcome.prints()), (143, ["ready", "cleaned up"]))
        self.assertEqual(outcome.states(outcome.task("work-0")["run"]), ["Running"])
        outcome = self.run_and(
            lambda process: process.terminate(),
            "import asyncio\nprint('ready')\ntry: await asyncio.sleep(20)\nfinally: print('cleaned up')",
            flow="async def go():",
        )
        self.assertEqual((outcome.code, outcome.prints()), (143, ["ready", "cleaned up"]))
        self.assertEqual(outcome.states(), ["Running"])

    def test_terminate_while_the_file_is_loaded(self):
        outcome = self.run_and(
            lambda process: process.terminate(),
            "pass",
            "print('ready')\ntry: time.sleep(20)\nfinally: print('cleaned up')",
        )
        self.assertEqual(
            (outcome.code, outcome.prints(), outcome.states()), (143, ["ready", "cleaned up"], [])
        )

    def test_flow_may_ignore_it(self):
        outcome = self.run_and(
            lambda process: process.terminate(),
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('ready')\ntime.sleep(0.6)",
        )
        self.assertEqual((outcome.code, outcome.final()["name"]), (0, "Completed"))

    def test_interrupt(self):
        def act(process):
            time.sleep(0.3)  # until the flow sleeps
            process.send_signal(signal.SIGINT)

        outcome = self.run_and(act, self.nap)
        self.assertEqual(outcome.code, 0)
        self.assertEqual(outcome.final()["message"], "Execution was aborted by an interrupt signal.")

    def test_killed_by_signals(self):
        for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGHUP):
            outcome = self.run_and(
                lambda process: None, f"print('ready')\nos.kill(os.getpid(), {int(number)})"
            )
            self.assertEqual(outcome.code, -number)
            self.assertEqual(outcome.states(), ["Running"])

    def test_leaving_without_a_word(self):
        outcome = self.run_and(lambda process: None, "print('ready')\ntime.sleep(0.2)\nos._exit(5)")
        self.assertEqual((outcome.code, outcome.states()), (5, ["Running"]))

    def test_reader_that_goes_away_does_not_stop_the_flow(self):
        marker = self.folder / "finished"

        def leave(process, pipe):
            pipe.readline()
            os.dup2(os.open(os.devnull, os.O_RDONLY), pipe.fileno())

        outcome = self.run_flow(
            f"""{HEADER}
@flow
def go():
    for n in range(20000): print(n, "x" * 500)
    open({str(marker)!r}, "w").close()
""",
            meanwhile=leave,
        )
        self.assertEqual(outcome.code, 0)
        self.assertTrue(marker.exists())

    def test_slow_reader_holds_the_flow_up_instead_of_filling_the_memory(self):
        def watch(process, pipe):
            seen = read_until(pipe, b'"print"', b"ready")
            time.sleep(1)
            with open(f"/proc/{process.pid}/status") as status:
                self.memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
            return seen

        outcome = self.run_flow(
            f"""{HEADER}
@flow
def go():
    print("ready")
    for n in range(30_000): print("x" * 1000)
""",
            meanwhile=watch,
        )
        self.assertEqual(len(outcome.prints()), 30_001)
        self.assertLess(self.memory, 60 * 1024)


class Requests(BridgeTest):
    good = "from prefect import flow\n@flow\ndef go(): pass\n@flow\ndef stop(): pass\n"

    def test_flow_is_found_by_either_name(self):
        source = "from prefect import flow\n@flow\ndef go_there(): pass\n@flow\ndef other(): pass\n"
        for name in ("go-there", "go_there"):
            self.assertEqual(self.run_flow(source, name).of("flow_run")[0]["flow_name"], "go-there")

    def test_only_the_needed_fields(self):
        path = self.write("from prefect import flow\n@flow\ndef go(): pass\n")
        request = self.folder / "request.json"
        request.write_text(json.dumps({"path": str(path), "flow_run_id": RUN_ID}))
        outcome = self.run_bridge(request)
        self.assertEqual((outcome.code, outcome.final()["name"]), (0, "Completed"))
        self.assertRegex(outcome.of("flow_run")[0]["name"], r"^[a-z]+-[a-z]+$")

    def test_flow_that_cannot_be_loaded(self):
        for source, words in (
            (self.folder / "nowhere.py", "does not exist"),
            ("def broken(:\n", "is not valid Python in line 1"),
            ("import sys\nsys.exit(2)\n", "called sys.exit(2)"),
            ("raise SystemError('odd')\n", "SystemError: odd"),
            ("x = 1\n", "defines no flow"),
            (self.good, "has several flows (go, stop)"),
            ("@flow\ndef go(): pass\n", "uses flow in line 1 without importing it"),
        ):
            with self.subTest(words=words):
                outcome = self.run_flow(source)
                self.assertEqual(outcome.code, 1)
                self.assertEqual([event["t"] for event in outcome.events[-2:]], ["flow_state", "done"])
                self.assertEqual((outcome.final()["type"], outcome.final()["run"]), ("FAILED", RUN_ID))
                self.assertIn(words, outcome.final()["message"])

    def test_unknown_flow_name(self):
        outcome = self.run_flow(self.good, "third")
        self.assertEqual(outcome.code, 1)
        self.assertIn("has no flow 'third'; it has go, stop.", outcome.final()["message"])

    def test_traceback_of_a_file_that_fails_is_logged(self):
        outcome = self.run_flow("def f():\n    return 1 / 0\n\nf()\n")
        self.assertIn("line 2, in f", outcome.of("log", level=40)[0]["msg"])

    def test_output_while_loading_is_reported(self):
        outcome = self.run_flow("print('loading')\nfrom prefect import flow\n@flow\ndef go(): pass\ngo()\n")
        self.assertEqual(outcome.prints(), ["loading"])
        self.assertTrue(any("is called in line 5" in message for message in outcome.logs()))

    def test_broken_requests(self):
        request = self.folder / "request.json"
        for text in (
            "",
            "{",
            "[]",
            '{"path": 1}',
            '{"path": "x.py"}',
            '{"path": "x", "flow_run_id": "y", "parameters": []}',
        ):
            request.write_text(text)
            outcome = self.run_bridge(request)
            self.assertEqual((outcome.code, outcome.events), (1, []), text)
            self.assertIn("cannot read the request", outcome.stderr)
        self.assertEqual(self.run_bridge(self.folder / "missing.json").code, 1)
        request.write_text('{"parameters": ' + "[" * 100_000)
        self.assertEqual(self.run_bridge(request).code, 1)

    def test_deeply_nested_parameters(self):
        nested = {}
        for _ in range(400):
            nested = {"deeper": nested}
        outcome = self.run_flow(
            "from prefect import flow\n@flow\ndef go(a: dict): pass\n", parameters={"a": nested}
        )
        self.assertEqual(outcome.final()["name"], "Completed")

    def test_descriptor_that_is_not_open(self):
        request = self.folder / "request.json"
        request.write_text(json.dumps({"path": "x.py", "flow_run_id": RUN_ID}))
        done = subprocess.run(
            [PYTHON, str(BRIDGE), "run", "--fd", "77", str(request)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"cannot report on descriptor 77", done.stderr)

    def test_relative_paths_and_the_working_folder(self):
        self.write("from prefect import flow\nimport os\n@flow\ndef go(): print(os.getcwd())\n", "here.py")
        outcome = self.run_flow(self.folder / "here.py")
        self.assertEqual(outcome.prints(), [os.path.realpath(self.folder)])

    def test_run_id_that_is_none(self):
        outcome = self.run_flow("from prefect import flow\n@flow\ndef go(): pass\n", flow_run_id="not-a-uuid")
        self.assertEqual(outcome.code, 1)
        self.assertEqual(outcome.of("flow_state")[-1]["type"], "CRASHED")


if __name__ == "__main__":
    unittest.main()
