"""Dates, times and durations from JSON text, on every Python from 3.8.

``fromisoformat`` learned most of ISO 8601 only in 3.11, so the usual forms are read here.
"""

import datetime
import re
from typing import Any, Optional

DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?$")
CLOCK_DURATION = re.compile(r"^(-)?(?:(\d+) days?,? )?(\d+):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$")
ISO_DURATION = re.compile(
    r"^([+-])?P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$"
)
MILLISECONDS_FROM = 2e10
"""Numbers beyond this are milliseconds since the epoch, as pydantic reads them."""


def parse_date(value: Any) -> datetime.date:
    """A day."""
    if isinstance(value, datetime.datetime):
        return value.date()
    match = DATE.match(value.strip())
    if match is None:
        moment = parse_datetime(value)
        if moment.time() != datetime.time():
            raise ValueError("a date has no time")
        return moment.date()
    return datetime.date(*(int(part) for part in match.groups()))


def parse_datetime(value: Any) -> datetime.datetime:
    """A day with a time; numbers are seconds since the epoch."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return datetime.datetime.combine(value, datetime.time())
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > MILLISECONDS_FROM else value
        return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    text = value.strip()
    day = parse_date(text[:10])
    if len(text) == 10:
        return datetime.datetime.combine(day, datetime.time())
    if text[10] not in "Tt _":
        raise ValueError("no time")
    return datetime.datetime.combine(day, parse_time(text[11:]))


def parse_time(value: Any) -> datetime.time:
    """A time of day, with or without an offset."""
    match = TIME.match(value.strip())
    if match is None:
        raise ValueError("not a time")
    hour, minute, second, fraction, offset = match.groups()
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    return datetime.time(int(hour), int(minute), int(second or 0), microsecond, parse_offset(offset))


def parse_offset(text: Optional[str]) -> Optional[datetime.timezone]:
    """Z, +02, +0200, +02:00."""
    if text is None:
        return None
    if text in "Zz":
        return datetime.timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return datetime.timezone(-span if text[0] == "-" else span)


def parse_duration(value: Any) -> datetime.timedelta:
    """Seconds, [D days,] HH:MM[:SS], or ISO 8601."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.timedelta(seconds=value)
    text = value.strip()
    match = CLOCK_DURATION.match(text)
    if match is not None:
        sign, days, hours, minutes, seconds, fraction = match.groups()
        span = datetime.timedelta(
            days=int(days or 0),
            hours=int(hours),
            minutes=int(minutes),
            seconds=int(seconds or 0),
            microseconds=int((fraction or "0").ljust(6, "0")),
        )
        return -span if sign else span
    match = ISO_DURATION.match(text)
    if match is None or not any(match.groups()[1:]):
        raise ValueError("not a duration")
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    span = datetime.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if match.group(1) == "-" else span
