"""Fits parameter values to annotations, as leniently as Prefect (that is, pydantic 2) does."""

import collections.abc
import dataclasses
import datetime
import decimal
import pathlib
import re
import typing
import uuid
from typing import Any, Callable, Dict, List, NoReturn

from .annotations import (
    LISTS,
    MAPPINGS,
    SETS,
    UNKNOWN,
    class_hints,
    is_enum,
    is_named_tuple,
    is_pydantic_model,
    is_typed_dict,
    is_union,
    origin_and_arguments,
    without_metadata,
)
from .moments import parse_date, parse_datetime, parse_duration, parse_time

TRUE_WORDS = ("1", "true", "t", "yes", "y", "on")
FALSE_WORDS = ("0", "false", "f", "no", "n", "off")


class Misfit(ValueError):
    """A value that does not fit; ``path`` says where inside the parameter."""

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = path

    def inside(self, step: Any) -> "Misfit":
        """The same problem, seen from one level further out."""
        return Misfit(self.problem, f"{step}.{self.path}" if self.path else str(step))


def misfit(problem: str, cause: Any = None) -> NoReturn:
    """Reports a value that does not fit."""
    raise Misfit(problem) from cause


def coerce(value: Any, annotation: Any) -> Any:
    """The value as the annotation wants it; raises Misfit when that cannot be."""
    annotation = without_metadata(annotation)
    if annotation is UNKNOWN or annotation is Any or annotation is object:
        return value
    if annotation is None or annotation is type(None):
        return value if value is None else misfit("Input should be None")
    if is_union(annotation):
        return coerce_union(value, typing.get_args(annotation))
    origin, arguments = origin_and_arguments(annotation)
    if origin is typing.Literal:
        for choice in arguments:
            if value == choice and type(value) is type(choice):
                return value
        misfit("Input should be " + " or ".join(repr(choice) for choice in arguments))
    convert = SIMPLE.get(origin) if isinstance(origin, collections.abc.Hashable) else None
    if convert is not None:
        return convert(value)
    if origin in LISTS or origin in SETS or origin is tuple:
        return coerce_items(value, origin, arguments)
    if origin in MAPPINGS:
        return coerce_mapping(value, arguments)
    if isinstance(origin, type):
        return coerce_class(value, origin)
    return value


def coerce_union(value: Any, choices: Any) -> Any:
    """An exact type wins over a conversion; conversions are tried from left to right."""
    for choice in choices:
        origin, _ = origin_and_arguments(without_metadata(choice))
        if isinstance(origin, type) and type(value) is origin:
            try:
                return coerce(value, choice)
            except Misfit:
                continue
    problems = []
    for choice in choices:
        try:
            return coerce(value, choice)
        except Misfit as problem:
            problems.append(problem.problem)
    misfit("; or ".join(dict.fromkeys(problems)))


def coerce_int(value: Any) -> int:
    """Whole numbers, also as text."""
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        misfit("Input should be a valid integer, got a number with a fractional part")
    if isinstance(value, str):
        try:
            return int(value.strip())
        except ValueError as problem:
            misfit("Input should be a valid integer, unable to parse string as an integer", problem)
    misfit("Input should be a valid integer")


def coerce_float(value: Any) -> float:
    """Numbers, also as text."""
    if isinstance(value, (int, float, decimal.Decimal)):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError as problem:
            misfit("Input should be a valid number, unable to parse string as a number", problem)
    misfit("Input should be a valid number")


def coerce_bool(value: Any) -> bool:
    """Truth values, 0 and 1, and the usual words for them."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = value.strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        misfit("Input should be a valid boolean, unable to interpret input")
    misfit("Input should be a valid boolean")


def coerce_str(value: Any) -> str:
    """Text only: a number is not silently turned into text."""
    return value if isinstance(value, str) else misfit("Input should be a valid string")


def coerce_bytes(value: Any) -> bytes:
    """Bytes, or text as UTF-8."""
    if isinstance(value, str):
        return value.encode()
    return value if isinstance(value, bytes) else misfit("Input should be valid bytes")


def from_text(kind: type, words: str, parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A converter for values that JSON can only carry as text or number."""

    def convert(value: Any) -> Any:
        if type(value) is kind:
            return value
        try:
            return parse(value)
        except (ValueError, TypeError, OverflowError, ArithmeticError, re.error) as problem:
            misfit(f"Input should be {words}", problem)

    return convert


SIMPLE: Dict[Any, Callable[[Any], Any]] = {
    int: coerce_int,
    float: coerce_float,
    bool: coerce_bool,
    str: coerce_str,
    bytes: coerce_bytes,
    datetime.datetime: from_text(datetime.datetime, "a valid datetime", parse_datetime),
    datetime.date: from_text(datetime.date, "a valid date", parse_date),
    datetime.time: from_text(datetime.time, "a valid time", parse_time),
    datetime.timedelta: from_text(datetime.timedelta, "a valid timedelta", parse_duration),
    uuid.UUID: from_text(uuid.UUID, "a valid UUID", uuid.UUID),
    decimal.Decimal: from_text(decimal.Decimal, "a valid decimal", lambda value: decimal.Decimal(str(value))),
    re.Pattern: from_text(re.Pattern, "a valid pattern", re.compile),
}


def coerce_items(value: Any, origin: Any, arguments: Any) -> Any:
    """Lists, sets and tuples; text is not taken for a list of letters."""
    if not isinstance(value, (list, tuple, set, frozenset, collections.deque)):
        words = {tuple: "tuple", set: "set", frozenset: "frozenset"}.get(origin, "list")
        misfit(f"Input should be a valid {words}")
    fixed = origin is tuple and arguments and arguments[-1] is not Ellipsis
    kinds: List[Any] = list(arguments) if fixed else [arguments[0] if arguments else UNKNOWN] * len(value)
    if len(kinds) != len(value):
        misfit(f"Tuple should have {len(kinds)} items, not {len(value)}")
    items = []
    for at, (item, kind) in enumerate(zip(value, kinds)):
        items.append(coerce_at(at, item, kind))
    if origin is tuple:
        return tuple(items)
    if origin in SETS:
        return frozenset(items) if origin is frozenset else set(items)
    return items


def coerce_at(step: Any, item: Any, kind: Any) -> Any:
    """One part of a larger value."""
    if isinstance(kind, typing.TypeVar):
        return item
    try:
        return coerce(item, kind)
    except Misfit as problem:
        raise problem.inside(step) from None


def coerce_mapping(value: Any, arguments: Any) -> Dict[Any, Any]:
    """Dictionaries."""
    if not isinstance(value, collections.abc.Mapping):
        misfit("Input should be a valid dictionary")
    key_kind, item_kind = arguments if len(arguments) == 2 else (UNKNOWN, UNKNOWN)
    return {coerce_at(key, key, key_kind): coerce_at(key, item, item_kind) for key, item in value.items()}


def coerce_class(value: Any, kind: Any) -> Any:
    """Enumerations, classes with fields, paths, models; any other class wants an instance."""
    if is_pydantic_model(kind):
        return coerce_model(value, kind)
    if not is_typed_dict(kind) and isinstance(value, kind):
        return value
    if is_enum(kind):
        try:
            return kind(value)
        except ValueError as problem:
            misfit("Input should be " + " or ".join(repr(each.value) for each in kind), problem)
    if issubclass(kind, pathlib.PurePath) and isinstance(value, str):
        return kind(value)
    if is_named_tuple(kind) and isinstance(value, (list, tuple)):
        value = dict(zip(kind._fields, value))
    if dataclasses.is_dataclass(kind) or is_named_tuple(kind) or is_typed_dict(kind):
        return coerce_fields(value, kind)
    misfit(f"Input should be an instance of {kind.__name__}")


def coerce_fields(value: Any, kind: Any) -> Any:
    """A dataclass, TypedDict or NamedTuple from a dictionary."""
    if not isinstance(value, collections.abc.Mapping):
        misfit(f"Input should be a dictionary or an instance of {kind.__name__}")
    hints = class_hints(kind)
    fields = {str(name): coerce_at(name, item, hints.get(name, UNKNOWN)) for name, item in value.items()}
    if is_typed_dict(kind):
        missing = set(getattr(kind, "__required_keys__", hints)) - set(fields)
        if missing:
            raise Misfit("Field required", sorted(missing)[0])
        return fields
    try:
        return kind(**fields)
    except TypeError as problem:
        misfit(str(problem), problem)


def coerce_model(value: Any, kind: Any) -> Any:
    """Pydantic checks its own models."""
    if isinstance(value, kind):
        return value
    validate = getattr(kind, "model_validate", None) or kind.parse_obj
    try:
        return validate(value)
    except ValueError as problem:
        errors = getattr(problem, "errors", lambda: [])()
        if not errors:
            misfit(str(problem), problem)
        first = errors[0]
        raise Misfit(first["msg"], ".".join(str(step) for step in first["loc"])) from problem
