"""What a server says about its objects, in words of its own answers: the text of JSON values is kept byte for byte
and times become microseconds, without any of Flowdeck's code."""

import json
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
DECODER = json.JSONDecoder()
PAGE = 200


def members(text: str) -> dict:
    """The members of a JSON object with the very text of their values."""
    found = {}
    at = _after_space(text, 1)
    while text[at] != "}":
        if text[at] == ",":
            at = _after_space(text, at + 1)
        name, at = DECODER.raw_decode(text, at)
        at = _after_space(text, _after_space(text, at) + 1)
        _, end = DECODER.raw_decode(text, at)
        found[name] = text[at:end]
        at = _after_space(text, end)
    return found


def elements(text: str) -> list:
    """The very text of each element of a JSON array."""
    found = []
    at = _after_space(text, 1)
    while text[at] != "]":
        if text[at] == ",":
            at = _after_space(text, at + 1)
        _, end = DECODER.raw_decode(text, at)
        found.append(text[at:end])
        at = _after_space(text, end)
    return found


def _after_space(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


def microseconds(text):
    """Of an ISO time; None stays None."""
    return None if text is None else (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


class Facts:
    """Reads everything of a kind; the same shape for all generations."""

    def __init__(self, server):
        self._server = server

    def _ask(self, method: str, path: str, body: dict = None) -> str:
        status, text = self._server.request(method, path, json.dumps(body) if body is not None else "")
        if status != 200:
            raise RuntimeError(f"{method} {path}: {status} {text[:500]}")
        return text

    def _all(self, path: str, **body) -> list:
        """(values, texts) of each row, page by page."""
        rows = []
        while True:
            texts = elements(self._ask("POST", path, {**body, "limit": PAGE, "offset": len(rows)}))
            rows += [(json.loads(text), members(text)) for text in texts]
            if len(texts) < PAGE:
                return rows

    def _flow_names(self) -> dict:
        return {row["id"]: row["name"] for row, _ in self._all("/flows/filter", sort="NAME_ASC")}

    def deployments(self) -> list:
        flows = self._flow_names()
        return [self._deployment(row, texts, flows) for row, texts in self._all("/deployments/filter")]

    def _deployment(self, row: dict, texts: dict, flows: dict) -> dict:
        if "schedules" in row:
            schedules = [{"json": parts["schedule"], "active": json.loads(parts["active"])}
                         for parts in map(members, elements(texts["schedules"]))]
        else:
            schedules = [{"json": texts["schedule"], "active": row["is_schedule_active"]}] if row["schedule"] else []
        return {
            "id": row["id"], "name": row["name"], "flow": flows[row["flow_id"]], "tags": row["tags"],
            "parameters": texts["parameters"], "schedules": schedules, "paused": row.get("paused", False),
            "description": row.get("description") or "", "version": row.get("version") or "",
            "pool": row.get("work_pool_name") or "", "queue": row.get("work_queue_name") or "",
            "status": row.get("status") or "", "entrypoint": row.get("entrypoint") or "",
            "created": microseconds(row["created"]), "updated": microseconds(row["updated"]),
        }

    def flow_runs(self) -> list:
        flows = self._flow_names()
        deployments = {row["id"] for row, _ in self._all("/deployments/filter")}
        # The only sort without ties, which would let rows move between pages.
        return [self._flow_run(row, texts, flows, deployments)
                for row, texts in self._all("/flow_runs/filter", sort="ID_DESC")]

    def _flow_run(self, row: dict, texts: dict, flows: dict, deployments: set) -> dict:
        maker = "schedule" if row["auto_scheduled"] else "flow" if row["parent_task_run_id"] else "manual"
        return {
            "id": row["id"], "name": row["name"], "flow": flows[row["flow_id"]],
            # A deployment that is gone may still be named.
            "deployment": row["deployment_id"] if row["deployment_id"] in deployments else "", "tags": row["tags"], "parameters": texts["parameters"],
            "state": self._state(row["state"]), "expected": microseconds(row["expected_start_time"]),
            "start": microseconds(row["start_time"]), "end": microseconds(row["end_time"]),
            "ran": round(row["total_run_time"] * 1e6), "count": row["run_count"],
            "key": row["idempotency_key"] or "", "maker": maker, "created": microseconds(row["created"]),
        }

    @staticmethod
    def _state(state: dict) -> dict:
        return {"type": state["type"], "name": state["name"], "message": state["message"] or "",
                "at": microseconds(state["timestamp"]),
                "due": microseconds((state.get("state_details") or {}).get("scheduled_time"))}

    def states(self, run: str) -> list:
        text = self._ask("GET", f"/flow_run_states/?flow_run_id={run}")
        return [self._state(state) for state in json.loads(text)]

    def task_runs(self, run: str) -> list:
        rows = self._all("/task_runs/filter", flow_runs={"id": {"any_": [run]}}, sort="EXPECTED_START_TIME_ASC")
        return [{
            "id": row["id"], "name": row["name"], "task": row["task_key"], "key": row["dynamic_key"],
            "state": self._state(row["state"]), "start": microseconds(row["start_time"]),
            "end": microseconds(row["end_time"]), "count": row["run_count"],
            "parents": sorted({source["id"] for sources in row["task_inputs"].values() for source in sources
                               if source["input_type"] == "task_run"}),
        } for row, _ in rows]

    def logs(self, run: str) -> list:
        rows = self._all("/logs/filter", logs={"flow_run_id": {"any_": [run]}}, sort="TIMESTAMP_ASC")
        lines = [{"at": microseconds(row["timestamp"]), "level": row["level"], "logger": row["name"],
                  "message": row["message"], "task": row["task_run_id"] or ""} for row, _ in rows]
        # The order of lines of the same moment is nobody's word.
        return sorted(lines, key=lambda line: (line["at"], line["message"]))
