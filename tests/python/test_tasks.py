"""Task runs: calls, futures, maps, parents, retries, time limits."""

import unittest

from support import RUN_ID, BridgeTest


class Tasks(BridgeTest):
    def go(self, body, tasks="", decorator="@flow", flow="def go():", imports="", completes=True):
        import textwrap

        source = (
            "import asyncio, sys, time, threading\nfrom typing import *\n"
            "from prefect import flow, task, unmapped, allow_failure, get_run_logger\n"
            + textwrap.dedent(imports)
            + textwrap.dedent(tasks)
            + f"\n{decorator}\n{flow}\n"
            + textwrap.indent(textwrap.dedent(body), "    ")
        )
        outcome = self.run_flow(source, "go")
        self.assertEqual(outcome.code, 0)
        if completes:
            self.assertEqual(outcome.final()["type"], "COMPLETED", outcome.final()["message"])
        return outcome

    basics = """
        @task
        def extract(n): return [n]
        @task
        def load(*parts): return parts
        @task
        def fail(): raise ValueError("broken source")
        """

    def test_call_returns_the_value(self):
        outcome = self.go("assert extract(3) == [3]", self.basics)
        run = outcome.task("extract-0")
        self.assertEqual((run["task"], run["dynamic_key"], run["flow_run"]), ("extract", "0", RUN_ID))
        states = outcome.of("task_state", run=run["run"])
        self.assertEqual([state["name"] for state in states], ["Pending", "Running", "Completed"])
        self.assertEqual([state["try"] for state in states], [0, 1, 1])

    def test_parents(self):
        outcome = self.go(
            """
            a = extract.submit(1)
            b = extract(2)
            c = load.submit({"deep": [a]}, b)
            d = extract.submit(4)
            e = load.submit(c, wait_for=[d])
            load(a.result()[0], "nothing")
            """,
            self.basics,
        )
        names = {event["run"]: event["name"] for event in outcome.of("task_run")}
        parents = {
            event["name"]: [names[each] for each in event["parents"]] for event in outcome.of("task_run")
        }
        self.assertEqual(
            parents,
            {
                "extract-0": [],
                "extract-1": [],
                "load-0": ["extract-0", "extract-1"],
                "extract-2": [],
                "load-1": ["load-0", "extract-2"],
                "load-2": [],
            },
        )

    def test_run_is_reported_before_its_states_and_after_its_parents(self):
        outcome = self.go("return load.submit(extract.submit(1))", self.basics)
        seen = set()
        for event in outcome.events:
            if event["t"] == "task_run":
                self.assertLessEqual(set(event["parents"]), seen)
                seen.add(event["run"])
            elif event["t"] == "task_state":
                self.assertIn(event["run"], seen)
        child, parent = outcome.task("load-0")["run"], outcome.task("extract-0")["run"]
        order = [(event["run"], event["name"]) for event in outcome.of("task_state")]
        self.assertLess(order.index((parent, "Completed")), order.index((child, "Running")))

    def test_failed_upstream(self):
        outcome = self.go("return load.submit(load.submit(fail.submit()))", self.basics, completes=False)
        failed = outcome.task("fail-0")["run"]
        state = outcome.of("task_state", run=outcome.task("load-0")["run"])[-1]
        self.assertEqual((state["type"], state["name"]), ("PENDING", "NotReady"))
        self.assertEqual(state["message"], f"Upstream task run '{failed}' did not reach a 'COMPLETED' state.")
        self.assertEqual(outcome.of("task_state", run=outcome.task("load-1")["run"])[-1]["name"], "NotReady")
        self.assertEqual(outcome.final()["type"], "FAILED")

    def test_failure(self):
        outcome = self.go(
            """
            future = fail.submit()
            future.wait()
            assert future.state.is_failed()
            assert isinstance(future.result(raise_on_failure=False), ValueError)
            assert load(allow_failure(future))[0].args == ("broken source",)
            fail()
            """,
            self.basics,
            completes=False,
        )
        state = outcome.of("task_state", run=outcome.task("fail-0")["run"])[-1]
        self.assertEqual(state["message"], "Task run encountered an exception ValueError: broken source")
        self.assertEqual(
            outcome.final()["message"], "Flow run encountered an exception: ValueError: broken source"
        )

    def test_retries(self):
        outcome = self.go(
            "assert flaky() == 3",
            """
            tries = []
            @task(retries=3, retry_delay_seconds=[0.05, 0.1])
            def flaky():
                tries.append(1)
                if len(tries) < 3: raise OSError("again")
                return len(tries)
            """,
        )
        states = [
            event
            for event in outcome.of("task_state", run=outcome.task("flaky-0")["run"])
            if event["name"] != "Pending"
        ]
        self.assertEqual(
            [(state["name"], state["try"]) for state in states],
            [
                ("Running", 1),
                ("AwaitingRetry", 1),
                ("Retrying", 2),
                ("AwaitingRetry", 2),
                ("Retrying", 3),
                ("Completed", 3),
            ],
        )
        self.assertEqual(states[1]["type"], "SCHEDULED")
        self.assertIn("Retry 1/3 will start 0.05 second(s) from now", " ".join(outcome.logs()))

    def test_retry_without_delay_condition_and_callable_delay(self):
        outcome = self.go(
            """
            once(return_state=True)
            picky(return_state=True)
            assert growing.retry_delays == [1, 2]
            """,
            """
            @task(retries=1)
            def once(): raise OSError()
            @task(retries=5, retry_condition_fn=lambda task, run, state: "retry" in str(state.result(raise_on_failure=False)))
            def picky(): raise OSError("never mind")
            @task(retries=2, retry_delay_seconds=lambda retries: list(range(1, retries + 1)))
            def growing(): pass
            """,
        )
        self.assertEqual(outcome.states(outcome.task("once-0")["run"]), ["Running", "Retrying", "Failed"])
        self.assertEqual(outcome.states(outcome.task("picky-0")["run"]), ["Running", "Failed"])

    def test_time_limits_in_both_kinds_of_thread(self):
        outcome = self.go(
            """
            future = slow.submit()
            assert slow(return_state=True).name == "TimedOut"
            assert future.result(raise_on_failure=False) is not None
            quick()
            time.sleep(0.2)
            """,
            """
            @task(timeout_seconds=0.2)
            def slow():
                for _ in range(500): time.sleep(0.01)
            @task(timeout_seconds=0.1)
            def quick(): pass
            """,
        )
        for name in ("slow-0", "slow-1"):
            state = outcome.of("task_state", run=outcome.task(name)["run"])[-1]
            self.assertEqual(
                (state["type"], state["name"], state["message"]),
                ("FAILED", "TimedOut", "Task run exceeded timeout of 0.2 second(s)"),
            )

    def test_map(self):
        outcome = self.go(
            """
            squares = square.map([1, 2, 3], unmapped(10))
            assert squares.result() == [10, 40, 90]
            assert square.map(squares, factor=1).result() == [100, 1600, 8100]
            for wrong in (lambda: square.map(1), lambda: square.map([1], [1, 2])):
                try: wrong()
                except Exception as problem: print(type(problem).__name__)
            """,
            """
            @task(task_run_name="square-of-{n}")
            def square(n, factor=1): return n * n * factor
            """,
        )
        self.assertEqual(outcome.prints(), ["MappingMissingIterable", "MappingLengthMismatch"])
        named = outcome.task("square-of-10")
        first = [event for event in outcome.of("task_run") if event["run"] == named["run"]][0]
        self.assertEqual((first["name"], first["dynamic_key"]), ("square-3", "3"))
        self.assertEqual(named["parents"], [outcome.task("square-of-1")["run"]])

    def test_tasks_run_at_the_same_time(self):
        self.go(
            "together.map(range(4)).result()",
            """
            barrier = threading.Barrier(4, timeout=5)
            @task
            def together(n): barrier.wait()
            """,
        )

    def test_task_runners(self):
        tasks = """
            from prefect.task_runners import *
            running = 0
            @task
            def count(n):
                global running
                running += 1
                most = running
                time.sleep(0.05)
                running -= 1
                return most
            """
        for runner, most in (
            ("SequentialTaskRunner()", 1),
            ("SequentialTaskRunner", 1),
            ("ThreadPoolTaskRunner(max_workers=2)", 2),
            ("ConcurrentTaskRunner()", 4),
        ):
            outcome = self.go(
                "print(max(count.map(range(4)).result()))", tasks, f"@flow(task_runner={runner})"
            )
            self.assertEqual(outcome.prints(), [str(most)], runner)

    def test_asynchronous_tasks(self):
        outcome = self.go(
            """
            values = await asyncio.gather(*[fetch(n) for n in range(5)])
            assert values == list(range(5))
            assert fetch.submit(7).result() == 7
            state = await fetch(8, return_state=True)
            assert await state.result() == 8
            assert (await endless(return_state=True)).name == "TimedOut"
            """,
            """
            @task(retries=1, log_prints=True)
            async def fetch(n):
                await asyncio.sleep(0.1)
                print("fetched", n)
                return n
            @task(timeout_seconds=0.1)
            async def endless(): await asyncio.sleep(60)
            """,
            flow="async def go():",
        )
        runs = {
            event["task"]
            for event in outcome.of("log", logger="prefect.task_runs")
            if "fetched" in event["msg"]
        }
        self.assertEqual(len(runs), 7)
        first = outcome.of("task_state", name="Running")[:5]
        self.assertLess(first[-1]["ts"] - first[0]["ts"], 100_000)

    def test_nested_tasks_and_tasks_in_user_threads(self):
        outcome = self.go(
            """
            assert outer() == 2
            thread = threading.Thread(target=lambda: print("from a thread"))
            thread.start(); thread.join()
            """,
            """
            @task
            def inner(n): return n + 1
            @task
            def outer(): return inner(inner.submit(0))
            """,
        )
        self.assertEqual(
            {event["name"] for event in outcome.of("task_run")}, {"outer-0", "inner-0", "inner-1"}
        )
        self.assertEqual(outcome.of("print", msg="from a thread")[0]["run"], RUN_ID)

    def test_futures_helpers(self):
        self.go(
            """
            done, not_done = wait([nap.submit(0.2), nap.submit(0)])
            assert len(done) == 2 and not not_done
            assert [future.result() for future in as_completed([nap.submit(0.3), nap.submit(0)])] == [0, 0.3]
            try: nap.submit(0.5).result(timeout=0.05)
            except TimeoutError: print("late")
            """,
            "from prefect.futures import as_completed, wait\n@task\ndef nap(n): time.sleep(n); return n\n",
        )

    def test_options_tags_and_methods(self):
        self.go(
            """
            renamed = plain.with_options(name="other", retries=2, tags=["x"])
            assert (renamed.name, renamed.retries, renamed.tags) == ("other", 2, {"x"})
            assert (plain.name, plain.retries) == ("plain", 0)
            assert renamed() == 1
            with tags("night"):
                assert plain() == 1
            assert Loader().load(3) == 3
            """,
            """
            from prefect import tags
            from prefect.runtime import task_run
            @task(cache_key_fn=lambda *_: "k", persist_result=False)
            def plain(): return 1 if task_run.name else 0
            class Loader:
                @task
                def load(self, n): return n
            """,
        )

    def test_runtime_facts(self):
        outcome = self.go(
            "print(flow_run.id, flow_run.name, flow_run.flow_name, flow_run.parameters, task_run.id)",
            "from prefect.runtime import flow_run, task_run\n",
            flow="def go(n=3):",
        )
        self.assertEqual(outcome.prints(), [f"{RUN_ID} calm-otter go {{'n': 3}} None"])

    def test_task_outside_of_a_flow(self):
        outcome = self.go(
            "print(EARLY)", "@task\ndef early(): return 5\nEARLY = early() + early.submit().result()\n"
        )
        self.assertEqual(outcome.prints(), ["10"])
        self.assertEqual(outcome.of("task_run"), [])

    def test_hooks(self):
        outcome = self.go(
            "work(); broken(return_state=True)",
            """
            def tell(task, task_run, state): print(task.name, task_run.name, state.name)
            @task(on_completion=[tell])
            def work(): pass
            @task
            def broken(): raise ValueError()
            broken.on_failure(tell)
            """,
        )
        self.assertEqual(outcome.prints(), ["work work-0 Completed", "broken broken-0 Failed"])

    def test_exit_inside_a_submitted_task(self):
        outcome = self.go(
            "future = leave.submit(); future.wait(); return future",
            "@task\ndef leave(): sys.exit(4)\n",
            completes=False,
        )
        self.assertEqual(outcome.states(outcome.task("leave-0")["run"]), ["Running", "Crashed"])
        self.assertEqual(outcome.final()["message"], "1/1 states failed.")


if __name__ == "__main__":
    unittest.main()
