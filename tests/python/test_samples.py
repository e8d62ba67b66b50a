"""The sample workspace: every spec names a flow that is there, and every flow does what it is for."""

import concurrent.futures
import re
import unittest

from support import SAMPLES, BridgeTest

FIELD = re.compile(r"^( *)(name|path): (.+)$", re.MULTILINE)


def deployments():
    """(deployment name, flow file, flow name, document text) of every sample spec."""
    for spec in sorted(SAMPLES.glob("*.yaml")):
        for document in spec.read_text(encoding="utf-8").split("\n---\n"):
            top = re.search(r"^name: (\S+)$", document, re.MULTILINE).group(1)
            path, name = re.search(r"^flow:\n  path: (\S+)\n  name: (\S+)$", document, re.MULTILINE).groups()
            yield top, spec.parent / path, name, document


class Specs(BridgeTest):
    def test_enough_and_all_different(self):
        found = list(deployments())
        self.assertGreaterEqual(len(found), 12)
        self.assertEqual(len({(flow, name) for name, _, flow, _ in found}), len(found))
        self.assertEqual({path for _, path, _, _ in found}, set(SAMPLES.glob("flows/*.py")))

    def test_flows_exist_and_parameters_are_known(self):
        reports = {}
        for name, path, flow, document in deployments():
            with self.subTest(deployment=name):
                if path not in reports:
                    reports[path] = self.inspect(
                        path, flow if path.stem != "monthly_report" else "monthly-report"
                    )
                report = reports[path]
                self.assertIsNone(report["error"])
                schema = next(each for each in report["flows"] if each["name"] == flow)["parameter_schema"]
                self.assertEqual(report["notes"], [])
                block = re.search(r"^parameters:\n((?:  .+\n?)+)", document, re.MULTILINE)
                given = re.findall(r"^  (\w+):", block.group(1), re.MULTILINE) if block else []
                self.assertLessEqual(set(given), set(schema["properties"]))

    def test_one_deployment_lacks_required_parameters(self):
        schema = self.inspect(SAMPLES / "flows" / "export_table.py")["flows"][0]["parameter_schema"]
        self.assertEqual(schema["required"], ["table", "since"])
        self.assertTrue(all(entry["description"] for entry in schema["properties"].values()))
        document = next(each for name, _, _, each in deployments() if name == "export-on-demand")
        self.assertNotIn("table:", document)


class Flows(BridgeTest):
    expected = {
        "hello": ("Completed", {}),
        "orders_etl": ("Completed", {}),
        "quality_gate": ("Failed", {}),
        "exchange_rates": ("Completed", {}),
        "monthly_report": ("Completed", {"regions": ["north", "south"]}),
        "warehouse_backfill": ("Completed", {"partitions": 2, "seconds_each": 0.01}),
        "clickstream_import": ("Completed", {"events": 50_000}),
        "export_table": ("Completed", {"table": "customers", "since": "2026-01-01", "compression": "gzip"}),
        "sensor_poll": ("Completed", {}),
        "invoice_reminders": ("Completed", {"dry_run": False}),
    }

    def test_all_run(self):
        outcomes = {}
        with concurrent.futures.ThreadPoolExecutor(len(self.expected)) as pool:
            for name, (_, parameters) in self.expected.items():
                outcomes[name] = pool.submit(self.run_sample, name, parameters)
        for name, (final, _) in self.expected.items():
            with self.subTest(flow=name):
                outcome = outcomes[name].result()
                self.assertEqual(outcome.code, 0)
                self.assertEqual(outcome.final()["name"], final, outcome.final()["message"])
        etl = outcomes["orders_etl"].result()
        self.assertGreaterEqual(len({run["run"] for run in etl.of("task_run")}), 12)
        self.assertIn(
            "AwaitingRetry", [state["name"] for state in outcomes["exchange_rates"].result().of("task_state")]
        )
        self.assertEqual(len({run["run"] for run in outcomes["monthly_report"].result().of("flow_run")}), 3)
        events = [log for log in outcomes["clickstream_import"].result().logs() if log.startswith("Event ")]
        self.assertEqual(len(events), 50_000)

    def run_sample(self, name, parameters):
        """Each in its own folder: the request file has one name."""
        import tempfile
        from pathlib import Path

        runner = BridgeTest()
        with tempfile.TemporaryDirectory() as folder:
            runner.folder = Path(folder)
            return runner.run_flow(SAMPLES / "flows" / f"{name}.py", name, parameters)


if __name__ == "__main__":
    unittest.main()
