"""Python values as JSON, as far as that makes sense."""

import dataclasses
import datetime
import decimal
import enum
import math
import pathlib
import re
import uuid
from typing import Any

MAX_DEPTH = 60


class NotJson(ValueError):
    """The value has no sensible JSON form."""


def to_json(value: Any, depth: int = 0) -> Any:
    """The value in JSON's types; raises NotJson when it has no sensible form there."""
    if isinstance(value, enum.Enum):
        return to_json(value.value, depth)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if depth > MAX_DEPTH:
        raise NotJson("nested too deeply")
    if isinstance(value, dict):
        return {json_key(key): to_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item, depth + 1) for item in value]
    if isinstance(value, (set, frozenset)):
        return [to_json(item, depth + 1) for item in sorted(value, key=repr)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_json(getattr(value, field.name), depth + 1) for field in dataclasses.fields(value)
        }
    return plain_object_to_json(value, depth)


def plain_object_to_json(value: Any, depth: int) -> Any:
    """The standard library's values, and pydantic's models by their own dump."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return iso_duration(value)
    if isinstance(value, (pathlib.PurePath, uuid.UUID, decimal.Decimal)):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, re.Pattern):
        return to_json(value.pattern, depth)
    for dump in ("model_dump", "dict"):
        method = getattr(value, dump, None)
        if callable(method) and not isinstance(value, type):
            return to_json(method(), depth + 1)
    raise NotJson(type(value).__name__)


def json_key(key: Any) -> str:
    """An object's key: text as it is, other keys as their JSON value would read."""
    if isinstance(key, str):
        return str(key)
    value = to_json(key)
    return value if isinstance(value, str) else str(value)


def iso_duration(span: datetime.timedelta) -> str:
    """ISO 8601, as pydantic writes a timedelta."""
    sign = ""
    if span < datetime.timedelta(0):
        sign, span = "-", -span
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{span.microseconds:06d}".rstrip("0") if span.microseconds else ""
    days = f"{span.days}D" if span.days else ""
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    if seconds or fraction:
        parts.append(f"{seconds}{fraction}S")
    clock = "".join(parts)
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}{'T' + clock if clock else ''}"


def to_json_or_text(value: Any) -> Any:
    """For showing only: what has no JSON form is shown as its repr."""
    try:
        return to_json(value)
    except Exception:  # a user's repr, sort order or dump may raise anything
        pass
    if isinstance(value, dict):
        return {str(key): to_json_or_text(item) for key, item in value.items()}
    return short_repr(value)


def short_repr(value: Any) -> str:
    """A repr of bounded length that cannot raise."""
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 1000 else text[:1000] + "…"
