"""What a function's signature says about its parameters, on every Python from 3.8."""

import collections.abc
import enum
import inspect
import sys
import typing
from typing import Any, Callable, Dict, List, NamedTuple, Tuple

UNKNOWN = object()
"""The annotation of a parameter that has none, or one that cannot be evaluated."""

LISTS = (list, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)
SETS = (set, frozenset, collections.abc.Set, collections.abc.MutableSet)
MAPPINGS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)

NO_DEFAULT = inspect.Parameter.empty


class Parameter(NamedTuple):
    """One parameter of a flow."""

    name: str
    annotation: Any
    default: Any
    variadic: bool

    @property
    def required(self) -> bool:
        """Whether a run must be given a value."""
        return self.default is NO_DEFAULT and not self.variadic


def parameters_of(function: Callable) -> List[Parameter]:
    """The parameters in order, with annotations resolved from text where they were text."""
    hints = resolved_hints(function)
    found = []
    for parameter in inspect.signature(function).parameters.values():
        default = parameter.default
        found.append(
            Parameter(
                parameter.name,
                hints.get(parameter.name, UNKNOWN),
                default,
                parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD),
            )
        )
    return found


def resolved_hints(function: Callable) -> Dict[str, Any]:
    """Annotations as types; one that cannot be evaluated must not spoil the others."""
    raw = dict(getattr(function, "__annotations__", {}))
    raw.pop("return", None)
    namespace = getattr(inspect.unwrap(function), "__globals__", {})
    return {name: evaluate_or_unknown(hint, namespace) for name, hint in raw.items()}


def evaluate(annotation: Any, namespace: Dict[str, Any]) -> Any:
    """One annotation with every forward reference in it resolved."""
    carrier = type("Carrier", (), {"__annotations__": {"it": annotation}})
    if sys.version_info >= (3, 9):
        return typing.get_type_hints(carrier, namespace, {}, include_extras=True)["it"]
    return typing.get_type_hints(carrier, namespace, {})["it"]


def is_union(annotation: Any) -> bool:
    """Union[…], Optional[…] and X | Y."""
    origin = typing.get_origin(annotation)
    if origin is typing.Union:
        return True
    pipe = getattr(sys.modules.get("types"), "UnionType", None)
    return pipe is not None and isinstance(annotation, pipe)


def without_metadata(annotation: Any) -> Any:
    """Annotated[X, …] is X."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    return annotation


def is_enum(annotation: Any) -> bool:
    """Whether it is a class of enumerated values."""
    return isinstance(annotation, type) and issubclass(annotation, enum.Enum)


def is_typed_dict(annotation: Any) -> bool:
    """TypedDict classes, from typing or typing_extensions."""
    return isinstance(annotation, type) and hasattr(annotation, "__total__") and issubclass(annotation, dict)


def is_named_tuple(annotation: Any) -> bool:
    """NamedTuple classes."""
    return isinstance(annotation, type) and issubclass(annotation, tuple) and hasattr(annotation, "_fields")


def is_pydantic_model(annotation: Any) -> bool:
    """Models of pydantic 1 and 2."""
    return isinstance(annotation, type) and (
        hasattr(annotation, "model_validate") or hasattr(annotation, "parse_obj")
    )


def class_hints(annotation: type) -> Dict[str, Any]:
    """The fields of a dataclass, TypedDict or NamedTuple with their types."""
    namespace = vars(sys.modules.get(annotation.__module__, typing))
    return {
        name: evaluate_or_unknown(hint, namespace)
        for name, hint in getattr(annotation, "__annotations__", {}).items()
    }


def evaluate_or_unknown(annotation: Any, namespace: Dict[str, Any]) -> Any:
    """Like evaluate, but never raises: the text of an annotation is arbitrary code."""
    try:
        return evaluate(annotation, namespace)
    except Exception:
        return UNKNOWN


def origin_and_arguments(annotation: Any) -> Tuple[Any, Tuple[Any, ...]]:
    """list[int] is (list, (int,)), a plain list is (list, ())."""
    origin = typing.get_origin(annotation)
    if origin is None:
        return annotation, ()
    return origin, typing.get_args(annotation)
