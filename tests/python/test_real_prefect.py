"""The bridge on an interpreter that has Prefect; FLOWDECK_PREFECT_PYTHON names one.

Without it these tests are skipped, and say so: the stand-in is what a bare machine has.
"""

import os
import subprocess
import sys
import unittest

from support import BRIDGE, RUN_ID, SAMPLES, BridgeTest, read_until

REAL = os.environ.get("FLOWDECK_PREFECT_PYTHON", "")
WHY_SKIPPED = "NOT TESTED on a real Prefect: set FLOWDECK_PREFECT_PYTHON to an interpreter that has it"

if not REAL:
    print(WHY_SKIPPED, file=sys.stderr)


@unittest.skipUnless(REAL, WHY_SKIPPED)
class RealPrefect(BridgeTest):
    def sample(self, name, parameters=None, **options):
        outcome = self.run_flow(SAMPLES / "flows" / f"{name}.py", name, parameters, python=REAL, **options)
        self.assertIsNotNone(outcome.events[0]["prefect"])
        return outcome

    def test_inspect_uses_its_schema(self):
        out = self.folder / "report.json"
        path = SAMPLES / "flows" / "export_table.py"
        subprocess.run([REAL, str(BRIDGE), "inspect", "--out", str(out), str(path)], check=True)
        import json

        report = json.loads(out.read_bytes())
        self.assertIsNone(report["error"])
        self.assertTrue(report["prefect"])
        schema = report["flows"][0]["parameter_schema"]
        self.assertEqual(schema["required"], ["table", "since"])
        self.assertEqual(schema["properties"]["limit"]["type"], "integer")

    def test_its_schema_is_ours(self):
        import json

        path = SAMPLES / "flows" / "export_table.py"
        out = self.folder / "real.json"
        subprocess.run([REAL, str(BRIDGE), "inspect", "--out", str(out), str(path)], check=True)
        real = json.loads(out.read_bytes())
        if not real["prefect"].startswith("3."):
            self.skipTest("the shape is that of Prefect 3")
        ours = self.inspect(path)
        self.assertEqual(ours["flows"][0]["parameter_schema"], real["flows"][0]["parameter_schema"])

    def test_states_tasks_and_logs(self):
        outcome = self.sample("orders_etl")
        self.assertEqual(outcome.code, 0)
        self.assertEqual(outcome.states(), ["Running", "Completed"])
        self.assertEqual(outcome.final()["message"], "All states completed.")
        runs = {run["task"]: run for run in outcome.of("task_run")}
        self.assertEqual(len(runs), 14)
        self.assertEqual(
            set(runs["convert_currency"]["parents"]),
            {runs["join_orders"]["run"], runs["extract_exchange_rates"]["run"]},
        )
        self.assertEqual(outcome.states(runs["load_facts"]["run"]), ["Running", "Completed"])
        log = next(log for log in outcome.of("log") if "rows stored in" in log["msg"])
        self.assertEqual((log["run"], log["task"]), (RUN_ID, runs["load_facts"]["run"]))
        self.assertEqual(outcome.prints(), [])
        self.assertEqual(outcome.of("flow_run")[0]["name"], "calm-otter")
        self.assertEqual(outcome.events[-1]["t"], "done")

    def test_failure_and_retries(self):
        outcome = self.sample("quality_gate")
        self.assertEqual((outcome.code, outcome.final()["type"]), (0, "FAILED"))
        self.assertIn("of the values are missing", outcome.final()["message"])
        outcome = self.sample("exchange_rates")
        run = next(run for run in outcome.of("task_run") if run["task"] == "fetch_rates")
        self.assertEqual(
            outcome.states(run["run"]),
            ["Running", "AwaitingRetry", "Retrying", "AwaitingRetry", "Retrying", "Completed"],
        )
        self.assertEqual(outcome.of("task_state", run=run["run"])[-1]["try"], 3)

    def test_subflows(self):
        outcome = self.sample("monthly_report", {"regions": ["north"]})
        tracking = next(run for run in outcome.of("task_run") if run.get("child_flow_run"))
        child = next(run for run in outcome.of("flow_run") if run["run"] == tracking["child_flow_run"])
        self.assertEqual((child["parent_flow_run"], child["parent_task_run"]), (RUN_ID, tracking["run"]))
        self.assertEqual(child["flow_name"], "region-chapter")
        self.assertEqual(outcome.states(child["run"]), ["Running", "Completed"])
        self.assertEqual(outcome.states(tracking["run"]), ["Running", "Completed"])

    def test_asynchronous_mapped_and_printed(self):
        self.assertEqual(self.sample("sensor_poll").final()["name"], "Completed")
        outcome = self.sample("invoice_reminders")
        self.assertEqual(len([log for log in outcome.logs() if log.startswith("Would remind")]), 8)

    def test_bad_parameters(self):
        outcome = self.sample("hello", {"times": "often"})
        self.assertEqual(outcome.final()["type"], "FAILED")
        self.assertIn("times", outcome.final()["message"])
        outcome = self.sample("hello", {"nobody": 1})
        self.assertEqual((outcome.code, outcome.final()["type"]), (1, "FAILED"))
        self.assertIn("nobody", outcome.final()["message"])

    def test_terminate(self):
        def act(process, pipe):
            seen = read_until(pipe, b"Partition 1")
            process.terminate()
            return seen

        outcome = self.sample("warehouse_backfill", {"seconds_each": 0.5}, meanwhile=act)
        self.assertNotEqual(outcome.code, 0)
        self.assertIn("Temporary files removed", outcome.logs())
        self.assertEqual(outcome.states(), ["Running"])


if __name__ == "__main__":
    unittest.main()
