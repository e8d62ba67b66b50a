"""States of flow runs: their order, names and messages."""

import unittest

from support import RUN_ID, BridgeTest


class FinalStates(BridgeTest):
    def final(self, body, imports="", decorator="@flow"):
        source = f"from prefect import flow, task\n{imports}\n{decorator}\ndef go():\n    {body}\n"
        self.outcome = self.run_flow(source)
        self.assertEqual(self.outcome.code, 0)
        final = self.outcome.final()
        return final["type"], final["name"], final["message"]

    def test_events_come_in_order(self):
        outcome = self.run_flow("from prefect import flow\n@flow\ndef go_home(n: int = 2): pass\n")
        self.assertEqual(outcome.code, 0)
        self.assertEqual(outcome.events[0]["t"], "hello")
        self.assertIsNone(outcome.events[0]["prefect"])
        self.assertEqual(outcome.events[-1], {"t": "done", "ts": outcome.events[-1]["ts"]})
        (reported,) = outcome.of("flow_run")
        run = {name: value for name, value in reported.items() if name != "ts"}
        self.assertEqual(
            run,
            {
                "t": "flow_run",
                "run": RUN_ID,
                "parent_task_run": None,
                "parent_flow_run": None,
                "name": "calm-otter",
                "flow_name": "go-home",
                "parameters": {"n": 2},
            },
        )
        kinds = [event["t"] for event in outcome.events if event["t"] != "log"]
        self.assertEqual(kinds, ["hello", "flow_run", "flow_state", "flow_state", "done"])
        self.assertEqual(outcome.states(), ["Running", "Completed"])
        times = [event["ts"] for event in outcome.events if event["t"] != "log"]
        self.assertEqual(times, sorted(times))
        self.assertGreater(times[0], 1_600_000_000_000_000)

    def test_value_completes(self):
        self.assertEqual(self.final("return 42"), ("COMPLETED", "Completed", None))

    def test_exception_fails(self):
        self.assertEqual(
            self.final("raise ValueError('no rows')"),
            ("FAILED", "Failed", "Flow run encountered an exception: ValueError: no rows"),
        )
        (log,) = self.outcome.of("log", level=40)
        self.assertIn("Encountered exception during execution: ValueError('no rows')", log["msg"])
        self.assertIn("flow_file.py", log["msg"])
        self.assertNotIn("last_try", log["msg"])

    def test_returned_state_is_taken(self):
        imports = "from prefect.states import *"
        self.assertEqual(
            self.final("return Failed(message='because', name='Odd')", imports), ("FAILED", "Odd", "because")
        )
        self.assertEqual(
            self.final("return Cancelled(message='stop')", imports), ("CANCELLED", "Cancelled", "stop")
        )
        self.assertEqual(self.final("return Completed()", imports), ("COMPLETED", "Completed", None))

    tasks = "@task\ndef good(): return 1\n@task\ndef bad(): raise ValueError('x')\n"

    def test_returned_futures_are_counted(self):
        self.assertEqual(
            self.final("return [good.submit(), good.submit()]", self.tasks),
            ("COMPLETED", "Completed", "All states completed."),
        )
        self.assertEqual(
            self.final("return [good.submit(), bad.submit(), bad.submit()]", self.tasks),
            ("FAILED", "Failed", "2/3 states failed."),
        )
        self.assertEqual(
            self.final("return good(return_state=True), bad(return_state=True)", self.tasks),
            ("FAILED", "Failed", "1/2 states failed."),
        )
        self.assertEqual(
            self.final("return bad.submit()", self.tasks), ("FAILED", "Failed", "1/1 states failed.")
        )

    def test_unwaited_failure_does_not_fail_the_flow(self):
        self.assertEqual(self.final("bad.submit()", self.tasks), ("COMPLETED", "Completed", None))
        self.assertEqual(self.outcome.states(self.outcome.task("bad-0")["run"]), ["Running", "Failed"])

    def test_timeout(self):
        self.assertEqual(
            self.final("import time; time.sleep(20)", decorator="@flow(timeout_seconds=0.2)"),
            ("FAILED", "TimedOut", "Flow run exceeded timeout of 0.2 second(s)"),
        )

    def test_timeout_of_the_flow_is_not_retried_by_its_task(self):
        tasks = "import time\n@task(retries=5)\ndef slow(): time.sleep(20)\n"
        self.assertEqual(self.final("slow()", tasks, "@flow(timeout_seconds=0.2)")[1], "TimedOut")
        self.assertEqual(self.outcome.states(self.outcome.task("slow-0")["run"]), ["Running", "TimedOut"])

    def test_own_timeout_error(self):
        self.assertEqual(
            self.final("raise TimeoutError('no answer')"),
            ("FAILED", "TimedOut", "Flow run failed due to timeout: TimeoutError('no answer')"),
        )

    def test_crashes(self):
        for body, message in (
            ("import sys; sys.exit(3)", "Execution was aborted by Python system exit call."),
            ("raise KeyboardInterrupt", "Execution was aborted by an interrupt signal."),
            (
                "raise BaseException('odd')",
                "Execution was interrupted by an unexpected exception: BaseException: odd",
            ),
        ):
            self.assertEqual(self.final(body), ("CRASHED", "Crashed", message))
            self.assertEqual(self.outcome.events[-1]["t"], "done")

    def test_deep_recursion(self):
        state = self.final("def f(n): return f(n + 1)\n    f(0)")
        self.assertEqual(state[:2], ("FAILED", "Failed"))
        self.assertIn("RecursionError", state[2])

    def test_retries(self):
        outcome = self.run_flow(
            """
            from prefect import flow
            tries = []
            @flow(retries=2, retry_delay_seconds=0.1)
            def go():
                tries.append(1)
                if len(tries) < 3: raise ValueError(len(tries))
            """
        )
        self.assertEqual(
            outcome.states(),
            ["Running", "AwaitingRetry", "Running", "AwaitingRetry", "Running", "Completed"],
        )
        waiting = outcome.of("flow_state", name="AwaitingRetry")[0]
        self.assertEqual(waiting["type"], "SCHEDULED")
        self.assertAlmostEqual(waiting["scheduled_time"] - waiting["ts"], 100_000, delta=50_000)

    def test_names(self):
        outcome = self.run_flow(
            "from prefect import flow\n@flow(flow_run_name='of-{day}')\ndef go(day='monday'): pass\n"
        )
        self.assertEqual(outcome.of("flow_run")[-1]["name"], "of-monday")

    def test_hooks(self):
        outcome = self.run_flow(
            """
            from prefect import flow
            def tell(flow, flow_run, state): print(flow.name, flow_run.name, state.name)
            def broken(flow, flow_run, state): raise ValueError("hook")
            @flow(on_running=[tell], on_failure=[broken, tell], on_completion=[tell])
            def go(): raise ValueError("x")
            """
        )
        self.assertEqual(outcome.prints(), ["go calm-otter Running", "go calm-otter Failed"])
        self.assertEqual(outcome.final()["name"], "Failed")


class Subflows(BridgeTest):
    source = """
        from prefect import flow, task, get_run_logger
        @task
        def number(): return [7]
        @task
        def show(n): return n
        @flow
        def child(n):
            get_run_logger().info("in child")
            print("child prints")
            return show(n)
        @flow
        def parent():
            n = number()
            show(child(n))
            state = child(n, return_state=True)
            assert state.is_completed() and state.result() == [7]
        """

    def test_subflow_is_a_run_and_a_task_run_of_its_parent(self):
        outcome = self.run_flow(self.source, "parent")
        self.assertEqual(outcome.final()["name"], "Completed", outcome.final())
        tracking = outcome.task("child-0")
        run = [event for event in outcome.of("flow_run") if event["run"] == tracking["child_flow_run"]][-1]
        self.assertEqual(run["parent_task_run"], tracking["run"])
        self.assertEqual(run["parent_flow_run"], RUN_ID)
        self.assertEqual(run["flow_name"], "child")
        self.assertEqual(run["parameters"], {"n": [7]})
        self.assertEqual(tracking["flow_run"], RUN_ID)
        self.assertEqual(tracking["parents"], [outcome.task("number-0")["run"]])
        self.assertEqual(outcome.states(run["run"]), ["Running", "Completed"])
        self.assertEqual(outcome.states(tracking["run"]), ["Running", "Completed"])
        self.assertEqual(len({event["run"] for event in outcome.of("flow_run")}), 3)

    def test_output_belongs_to_the_subflow(self):
        outcome = self.run_flow(self.source, "parent")
        child = outcome.task("child-0")["child_flow_run"]
        self.assertEqual(outcome.of("log", msg="in child")[0]["run"], child)
        self.assertEqual(outcome.of("print", msg="child prints")[0]["run"], child)
        inner = [event for event in outcome.of("task_run") if event["flow_run"] == child]
        self.assertEqual([event["name"] for event in inner], ["show-0"])

    def test_failing_subflow_raises_in_its_parent(self):
        outcome = self.run_flow(
            """
            from prefect import flow
            @flow
            def child(n: int): raise KeyError("gone")
            @flow
            def parent():
                try: child(1)
                except KeyError: print("caught")
                child("x")
            """,
            "parent",
        )
        self.assertEqual(outcome.prints(), ["caught"])
        self.assertIn("ParameterTypeError", outcome.final()["message"])

    def test_asynchronous_subflows(self):
        outcome = self.run_flow(
            """
            import asyncio
            from prefect import flow
            @flow
            async def child(n):
                await asyncio.sleep(0.1)
                return n
            @flow
            async def parent():
                print(await asyncio.gather(*[child(n) for n in range(3)]))
            """,
            "parent",
        )
        self.assertEqual(outcome.prints(), ["[0, 1, 2]"])
        self.assertEqual(outcome.task("child-2")["flow_run"], RUN_ID)


if __name__ == "__main__":
    unittest.main()
