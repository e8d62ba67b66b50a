"""``inspect``: which flows a file has, and what is wrong with a file that has none."""

import hashlib
import os
import subprocess
import unittest

from support import BRIDGE, PYTHON, BridgeTest


class Flows(BridgeTest):
    def test_describes_a_flow(self):
        path = self.write(
            '''
            from prefect import flow

            @flow
            def load_orders(day: str = "today"):
                """Loads orders."""
            '''
        )
        report = self.inspect(path)
        self.assertIsNone(report["error"])
        self.assertEqual(report["chosen"], 0)
        self.assertIsNone(report["prefect"])
        self.assertEqual(report["executable"], PYTHON)
        (flow,) = report["flows"]
        self.assertEqual(flow["name"], "load-orders")
        self.assertEqual(flow["function"], "load_orders")
        self.assertEqual(flow["line"], 4)
        self.assertEqual(flow["description"], "Loads orders.")
        self.assertEqual(flow["version"], hashlib.md5(path.read_bytes()).hexdigest())
        self.assertFalse(flow["is_async"])
        self.assertEqual(flow["parameter_schema"]["properties"]["day"]["default"], "today")

    def test_options_override_what_is_derived(self):
        report = self.inspect(
            """
            from prefect import flow

            @flow(name="Étape Nº 1", version="7", description="words")
            async def go(): pass
            """
        )
        (flow,) = report["flows"]
        self.assertEqual(
            [flow[key] for key in ("name", "version", "description", "is_async")],
            ["Étape Nº 1", "7", "words", True],
        )

    two_flows = """
        from prefect import flow

        @flow
        def second_flow(): pass

        @flow
        def first_flow(): pass
        """

    def test_flow_is_found_by_flow_name_or_function_name(self):
        for name in ("first-flow", "first_flow"):
            report = self.inspect(self.two_flows, name)
            self.assertEqual(report["flows"][report["chosen"]]["name"], "first-flow")

    def test_flow_name_wins_over_function_name(self):
        report = self.inspect(
            """
            from prefect import flow

            @flow(name="other")
            def mine(): pass

            @flow(name="mine")
            def other(): pass
            """,
            "mine",
        )
        self.assertEqual(report["flows"][report["chosen"]]["function"], "other")

    def test_several_flows_and_no_name(self):
        error = self.inspect(self.two_flows)["error"]
        self.assertEqual(error["kind"], "ambiguous")
        self.assertIn("(first-flow, second-flow)", error["message"])

    def test_unknown_name_lists_what_there_is(self):
        report = self.inspect(self.two_flows, "third")
        self.assertEqual(report["error"]["kind"], "not_found")
        self.assertIn("first-flow, second-flow", report["error"]["message"])
        self.assertIsNone(report["chosen"])
        self.assertEqual(len(report["flows"]), 2)

    def test_imported_flows_count(self):
        self.write("from prefect import flow\n@flow\ndef shared(): pass\n", "common.py")
        report = self.inspect("from common import shared\n")
        self.assertEqual([flow["name"] for flow in report["flows"]], ["shared"])
        self.assertIsNone(report["flows"][0]["line"])

    def test_two_flows_of_one_name_are_noted_and_the_last_wins(self):
        report = self.inspect(
            """
            from prefect import flow
            @flow(name="same")
            def a(): pass
            @flow(name="same")
            def b(): pass
            """
        )
        self.assertEqual([flow["function"] for flow in report["flows"]], ["b"])
        self.assertIn("Several flows are named 'same'", report["notes"][0])

    def test_calls_at_import_are_skipped_and_noted(self):
        report = self.inspect(
            """
            import asyncio
            from prefect import flow

            @flow
            def work(): raise SystemError("ran")

            @flow
            async def later(): raise SystemError("ran")

            assert work() is None
            assert asyncio.run(later()) is None
            """,
            "work",
        )
        self.assertIsNone(report["error"])
        self.assertIn("Flow 'work' is called in line 11", report["notes"][0])
        self.assertIn("Flow 'later' is called in line 12", report["notes"][1])

    def test_main_block_does_not_run(self):
        report = self.inspect(
            """
            from prefect import flow
            @flow
            def work(): pass
            if __name__ == "__main__":
                raise SystemExit(3)
            """
        )
        self.assertIsNone(report["error"])

    def test_file_may_use_its_neighbours_and_its_folder(self):
        self.write("LIMIT = 3\n", "schema.py")  # also the name of one of the bridge's modules
        (self.folder / "data.txt").write_text("7")
        report = self.inspect(
            """
            import schema
            from prefect import flow
            VALUE = int(open("data.txt").read())
            @flow
            def work(limit: int = schema.LIMIT + VALUE): pass
            """
        )
        self.assertEqual(report["flows"][0]["parameter_schema"]["properties"]["limit"]["default"], 10)

    def test_user_module_named_like_prefect_is_no_prefect(self):
        (self.folder / "prefect").mkdir()
        report = self.inspect("from prefect import flow\n@flow\ndef work(): pass\n")
        self.assertIsNone(report["error"])

    def test_printing_at_import_does_no_harm(self):
        report = self.inspect(
            """
            import sys
            print('{"flows": "broken"')
            print("noise", file=sys.stderr)
            from prefect import flow
            @flow
            def work(): pass
            """
        )
        self.assertEqual([flow["name"] for flow in report["flows"]], ["work"])
        self.assertIn("broken", self.inspect_stdout)

    def test_report_is_written_whole_or_not_at_all(self):
        self.inspect("from prefect import flow\n@flow\ndef work(): pass\n")
        self.assertEqual(
            sorted(entry.name for entry in self.folder.iterdir() if entry.name != "__pycache__"),
            ["flow_file.py", "report.json"],
        )


class BadFiles(BridgeTest):
    def error_of(self, source, flow=None):
        return self.inspect(source, flow)["error"]

    def test_missing_file(self):
        error = self.error_of(self.folder / "nowhere.py")
        self.assertEqual(error["kind"], "missing_file")
        self.assertIn("nowhere.py does not exist", error["message"])

    def test_folder_instead_of_a_file(self):
        self.assertEqual(self.error_of(self.folder)["kind"], "missing_file")

    def test_syntax_error_has_its_place(self):
        error = self.error_of("x = 1\ndef broken(:\n    pass\n")
        self.assertEqual((error["kind"], error["line"], error["column"]), ("syntax", 2, 12))
        self.assertIn("is not valid Python in line 2", error["message"])

    def test_not_python_at_all(self):
        for data in (b"\x00\x01", b"caf\xe9 = 1\n", b"\xff\xfe\x00"):
            path = self.folder / "binary.py"
            path.write_bytes(data)
            self.assertEqual(self.error_of(path)["kind"], "syntax", data)

    def test_empty_file_has_no_flow(self):
        self.assertEqual(self.error_of("")["kind"], "no_flow")

    def test_missing_module(self):
        error = self.error_of("import sys\nimport no_such_module_here\n")
        self.assertEqual((error["kind"], error["line"]), ("import", 2))
        self.assertIn("no_such_module_here", error["message"])

    def test_broken_neighbour_is_an_import_problem(self):
        self.write("def broken(:\n", "neighbour.py")
        error = self.error_of("import neighbour\n")
        self.assertEqual((error["kind"], error["line"]), ("import", 1))

    def test_exit_at_import(self):
        error = self.error_of("import sys\n\nsys.exit('enough')\n")
        self.assertEqual((error["kind"], error["line"]), ("exit", 3))
        self.assertIn("sys.exit('enough')", error["message"])
        self.assertIn('if __name__ == "__main__":', error["hint"])

    def test_exception_has_the_users_line_and_traceback(self):
        error = self.error_of("import json\ndef f():\n    json.loads('{')\n\nf()\n")
        self.assertEqual((error["kind"], error["line"]), ("exception", 3))
        self.assertIn("JSONDecodeError", error["message"])
        self.assertTrue(error["traceback"].startswith("Traceback"))
        self.assertNotIn("flowdeck_bridge", error["traceback"])

    def test_missing_prefect_import_is_mended(self):
        for name, line in (
            ("flow", "from prefect import flow"),
            ("task", "from prefect import task"),
            ("get_run_logger", "from prefect import get_run_logger"),
            ("Completed", "from prefect.states import Completed"),
            ("prefect", "import prefect"),
        ):
            error = self.error_of(f"\n{name}()\n")
            self.assertEqual((error["kind"], error["line"]), ("name_error", 2))
            self.assertEqual(error["hint"], f"add `{line}`")

    def test_other_undefined_name_is_a_plain_exception(self):
        error = self.error_of("undefined_thing\n")
        self.assertEqual((error["kind"], error["hint"]), ("exception", None))

    def test_what_the_stand_in_lacks_is_said_plainly(self):
        for statement, name in (
            ("from prefect.blocks.system import Secret", "prefect.blocks"),
            ("from prefect import serve", "prefect.serve"),
            ("from prefect.deployments import Deployment", "prefect.deployments"),
        ):
            error = self.error_of(statement + "\n")
            self.assertEqual(error["kind"], "import")
            self.assertIn(f"stand-in for Prefect does not provide {name}", error["message"])
            self.assertIn(f"installing prefect in this interpreter ({PYTHON})", error["message"])

    def test_misspelt_option(self):
        error = self.error_of("from prefect import flow\n@flow(retires=3)\ndef f(): pass\n")
        self.assertIn("unexpected keyword argument 'retires'", error["message"])


class CommandLine(unittest.TestCase):
    def test_usage_error(self):
        done = subprocess.run(
            [PYTHON, str(BRIDGE), "inspect"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--out", done.stderr)

    @unittest.skipUnless(
        os.environ.get("FLOWDECK_TEST_OLD_PYTHON"), "FLOWDECK_TEST_OLD_PYTHON names no Python < 3.8"
    )
    def test_old_interpreter_gets_a_sentence(self):
        done = subprocess.run(
            [os.environ["FLOWDECK_TEST_OLD_PYTHON"], str(BRIDGE), "inspect"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"Flowdeck needs Python 3.8 or newer", done.stderr)


if __name__ == "__main__":
    unittest.main()
