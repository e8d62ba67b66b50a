"""When Prefect's orchestration makes a run wait or try again."""

import datetime
from typing import Any, Dict, Optional

from .moments import parse_datetime

Json = Dict[str, Any]


def retry_delay(run: Json, proposed: Json) -> Optional[float]:
    """Seconds until the next try, None when there is none."""
    policy = run.get("empirical_policy") or {}
    retries = policy.get("retries") or policy.get("max_retries") or 0
    failed = proposed["type"] == "FAILED" and run["state_type"] == "RUNNING"
    if not failed or run["run_count"] > retries:
        return None
    delay = policy.get("retry_delay") or policy.get("retry_delay_seconds") or 0
    if isinstance(delay, list):
        delay = delay[min(run["run_count"], len(delay)) - 1] if delay else 0
    return float(delay)


def seconds_until(state: Optional[Json]) -> float:
    """How long a scheduled state still has to wait."""
    when = ((state or {}).get("state_details") or {}).get("scheduled_time")
    if not when or state["type"] != "SCHEDULED":
        return 0.0
    return max(0.0, microseconds(when) / 1e6 - datetime.datetime.now().timestamp())


def microseconds(text: str) -> int:
    """An ISO time as microseconds since the epoch."""
    moment = parse_datetime(text)
    return round(moment.timestamp() * 1_000_000)


def now() -> str:
    """The current time as the API writes it."""
    return datetime.datetime.now(datetime.timezone.utc).isoformat()
