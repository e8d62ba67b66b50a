"""Logs and printed lines: complete, in order, attributed, and within the limits of a line."""

import unittest

from support import LINE_LIMIT, RUN_ID, BridgeTest

HEADER = "import logging, os, sys, time, threading\nfrom prefect import flow, task, get_run_logger\n"


class OutputTest(BridgeTest):
    def go(self, body, decorator="@flow", before="", **request):
        lines = "\n".join("    " + line for line in body.splitlines())
        return self.run_flow(f"{HEADER}{before}\n{decorator}\ndef go():\n{lines}\n", "go", **request)


class Logs(OutputTest):
    def test_run_loggers(self):
        outcome = self.go(
            "get_run_logger().warning('in %s', 'flow')\nwork()",
            before="@task\ndef work(): get_run_logger().error('in task')\n",
        )
        flow, task = outcome.of("log", msg="in flow")[0], outcome.of("log", msg="in task")[0]
        self.assertEqual(
            (flow["run"], flow["task"], flow["level"], flow["logger"]),
            (RUN_ID, None, 30, "prefect.flow_runs"),
        )
        run = outcome.task("work-0")["run"]
        self.assertEqual((task["run"], task["task"], task["logger"]), (RUN_ID, run, "prefect.task_runs"))

    def test_standard_logging_and_levels(self):
        outcome = self.go(
            "log = logging.getLogger('my.module')\nlog.debug('fine')\nlog.info('plain')\nlog.warning('%d left', 3)"
        )
        self.assertEqual(
            [(log["msg"], log["level"]) for log in outcome.of("log", logger="my.module")],
            [("plain", 20), ("3 left", 30)],
        )
        for level, count in (("DEBUG", 1), ("ERROR", 0), ("nonsense", 0)):
            outcome = self.go("logging.getLogger('my').debug('fine')", log_level=level)
            self.assertEqual(len(outcome.of("log", msg="fine")), count, level)

    def test_traceback_in_a_record(self):
        outcome = self.go("try: 1 / 0\nexcept ZeroDivisionError: logging.exception('caught')")
        (log,) = outcome.of("log", level=40)
        self.assertTrue(log["msg"].startswith("caught\nTraceback"))
        self.assertIn("ZeroDivisionError", log["msg"])

    def test_broken_record_does_no_harm(self):
        outcome = self.go("logging.warning('%d', 'x')\nlogging.warning('after')")
        self.assertIn("after", outcome.logs())
        self.assertEqual(outcome.final()["name"], "Completed")

    def test_logger_outside_of_a_run(self):
        outcome = self.go("pass", before="get_run_logger()\n")
        self.assertEqual(outcome.code, 1)
        self.assertIn("There is no active flow or task run context.", outcome.final()["message"])

    def test_logging_set_up_by_the_flow(self):
        outcome = self.go("logging.basicConfig(level='DEBUG')\nget_run_logger().info('still here')")
        self.assertEqual(outcome.logs().count("still here"), 1)

    def test_fifty_thousand_lines(self):
        outcome = self.go("log = get_run_logger()\nfor n in range(50_000): log.info('line %d', n)")
        found = [message for message in outcome.logs() if message.startswith("line ")]
        self.assertEqual(found, [f"line {n}" for n in range(50_000)])

    def test_many_threads(self):
        outcome = self.go(
            "work.map(range(8))",
            before="@task\ndef work(n):\n    for i in range(500): get_run_logger().info('%d:%d', n, i); print('p', n, i)\n",
        )
        tasks = {run["run"]: int(run["dynamic_key"]) for run in outcome.of("task_run")}
        logs = [log for log in outcome.of("log", logger="prefect.task_runs") if ":" in log["msg"]]
        self.assertEqual(len(logs), 4000)
        self.assertTrue(all(log["msg"].startswith(f"{tasks[log['task']]}:") for log in logs))
        prints = outcome.of("print")
        self.assertEqual(len(prints), 4000)
        self.assertTrue(all(line["msg"].startswith(f"p {tasks[line['task']]} ") for line in prints))

    def test_line_arrives_while_the_flow_sleeps(self):
        import time

        def watch(process, pipe):
            started = time.monotonic()
            seen = b""
            while b"before the nap" not in seen:
                seen += pipe.readline()
            self.waited = time.monotonic() - started
            process.terminate()
            return seen

        source = (
            f"{HEADER}\n@flow\ndef go():\n    get_run_logger().info('before the nap')\n    time.sleep(20)\n"
        )
        self.run_flow(source, meanwhile=watch)
        self.assertLess(self.waited, 5)


class Prints(OutputTest):
    def test_whole_lines(self):
        outcome = self.go(
            "print('one')\nprint('two', 'words')\nsys.stdout.write('thr')\nsys.stdout.write('ee\\nfo')\n"
            "print('ur')\nprint()\nprint('a\\nb')\nprint('unfinished', end='')\nsys.stderr.write('err')"
        )
        self.assertEqual(
            [(line["stream"], line["msg"]) for line in outcome.of("print")],
            [
                ("stdout", "one"),
                ("stdout", "two words"),
                ("stdout", "three"),
                ("stdout", "four"),
                ("stdout", ""),
                ("stdout", "a"),
                ("stdout", "b"),
                ("stdout", "unfinished"),
                ("stderr", "err"),
            ],
        )
        self.assertEqual((outcome.stdout, outcome.stderr), ("", ""))
        self.assertLess(outcome.events.index(outcome.of("print")[-1]), outcome.events.index(outcome.final()))

    def test_progress_bars_leave_their_last_state(self):
        outcome = self.go(
            "for n in range(3): sys.stderr.write(f'\\r{n} of 2')\nprint(file=sys.stderr)\nprint('dos\\r')"
        )
        self.assertEqual(outcome.prints(), ["2 of 2", "dos"])

    def test_bytes_and_unicode(self):
        outcome = self.go(
            "sys.stdout.buffer.write('käse\\n'.encode()[:2]); sys.stdout.buffer.write('käse\\n'.encode()[2:])\n"
            "print('日本語 🚀 \\u2028 \\x00 \\x1b[31m \"q\" \\\\ \\ud800 |')\nget_run_logger().info('naïve \\udcff')"
        )
        self.assertEqual(outcome.prints(), ["käse", '日本語 🚀 \u2028 \x00 \x1b[31m "q" \\ ? |'])
        self.assertIn("naïve ?", outcome.logs())

    def test_attributed_to_tasks(self):
        outcome = self.go(
            "print('flow')\nwork()\nprint('flow again')",
            before="@task\ndef work(): print('task', end='')\n",
        )
        run = outcome.task("work-0")["run"]
        self.assertEqual(
            [(line["msg"], line["task"]) for line in outcome.of("print")],
            [("flow", None), ("task", run), ("flow again", None)],
        )

    def test_log_prints(self):
        outcome = self.go(
            "print('x', 1)\nwork()\nquiet()",
            "@flow(log_prints=True)",
            "@task\ndef work(): print('inherited')\n@task(log_prints=False)\ndef quiet(): print('not me')\n",
        )
        self.assertEqual(outcome.of("log", msg="x 1")[0]["logger"], "prefect.flow_runs")
        self.assertEqual(outcome.of("log", msg="inherited")[0]["logger"], "prefect.task_runs")
        self.assertEqual(outcome.prints(), ["not me"])

    def test_descriptors_are_left_alone(self):
        outcome = self.go(
            "import subprocess\nos.write(1, b'raw\\n')\nsubprocess.run(['echo', 'child'], check=True)\n"
            "subprocess.run(['echo', 'given'], stdout=sys.stdout, check=True)"
        )
        self.assertEqual(outcome.stdout, "raw\nchild\ngiven\n")
        self.assertEqual(outcome.prints(), [])

    def test_closed_streams(self):
        outcome = self.go(
            "sys.stdout.close()\nos.close(1)\nos.close(2)\nget_run_logger().info('still logging')"
        )
        self.assertEqual(outcome.final()["name"], "Completed")
        self.assertIn("still logging", outcome.logs())
        outcome = self.go("sys.stdout.close()\nprint('x')")
        self.assertIn("ValueError: I/O operation on closed file", outcome.final()["message"])

    def test_thread_that_fails_is_seen(self):
        outcome = self.go("t = threading.Thread(target=lambda: 1 / 0)\nt.start(); t.join()")
        self.assertIn("ZeroDivisionError: division by zero", outcome.prints())

    def test_printing_while_collecting_garbage(self):
        outcome = self.go(
            "import gc\ngc.set_threshold(10)\nfor n in range(2000):\n    Noisy(); print('line', [n] * 3)",
            before="class Noisy:\n    def __init__(self): self.me = self\n    def __del__(self): print('gone')\n",
        )
        self.assertEqual(len([line for line in outcome.prints() if line.startswith("line")]), 2000)


class Limits(OutputTest):
    def assertShortLines(self, outcome):
        self.assertEqual(outcome.code, 0)
        self.assertLessEqual(max(len(line) for line in outcome.lines), LINE_LIMIT)

    def test_megabyte_messages_are_cut_with_a_mark(self):
        for letter in ("x", "日", "\\x01", "🚀"):
            with self.subTest(letter=letter):
                outcome = self.go(
                    f"get_run_logger().info('{letter}' * 1_000_000)\nprint('{letter}' * 1_000_000)"
                )
                self.assertShortLines(outcome)
                log = max(outcome.logs(), key=len)
                self.assertTrue(log.endswith("[cut by Flowdeck: 1000000 characters in all]"), log[-80:])
                self.assertGreater(len(log), 25_000)
                self.assertIn("cut by Flowdeck", outcome.prints()[0])

    def test_just_below_the_limit_is_kept(self):
        outcome = self.go("get_run_logger().info('x' * 200_000)")
        self.assertEqual(max(map(len, outcome.logs())), 200_000)

    def test_unfinished_megabyte(self):
        outcome = self.go("for _ in range(1000): sys.stdout.write('y' * 1000)")
        self.assertShortLines(outcome)
        self.assertEqual(sum(map(len, outcome.prints())), 1_000_000)

    def test_large_everything_else(self):
        outcome = self.run_flow(
            f"{HEADER}\n@task\ndef work(n): return n\n@task\ndef join(all): pass\n"
            "@flow\ndef go(text, items):\n    join.submit([work.submit(n) for n in range(10)])\n"
            "    raise ValueError('z' * 1_000_000)\n",
            parameters={"text": "t" * 500_000, "items": list(range(200_000))},
        )
        self.assertShortLines(outcome)
        self.assertIn("cut by Flowdeck", outcome.final()["message"])
        parameters = outcome.of("flow_run")[-1]["parameters"]
        self.assertEqual(sorted(parameters), ["items", "text"])
        self.assertIn("cut by Flowdeck", parameters["text"])

    def test_parameters_without_a_json_form(self):
        outcome = self.run_flow(
            f"{HEADER}\nclass Odd:\n    def __repr__(self): raise ValueError\n"
            "@flow\ndef go(a=Odd(), b=float('nan'), c={1: {2}}, d=b'x'): pass\n"
        )
        self.assertEqual(
            outcome.of("flow_run")[-1]["parameters"], {"a": "<Odd>", "b": "nan", "c": {"1": [2]}, "d": "x"}
        )


if __name__ == "__main__":
    unittest.main()
