"""Marks that change how a task takes an argument."""

from typing import Any, Generic, TypeVar

T = TypeVar("T")


class BaseAnnotation(Generic[T]):
    """A value with a mark."""

    def __init__(self, value: T) -> None:
        self.value = value

    def unwrap(self) -> T:
        """The value without its mark."""
        return self.value

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and bool(self.value == other.value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


class unmapped(BaseAnnotation[T]):
    """``map`` gives the same value to every task run."""


class allow_failure(BaseAnnotation[T]):
    """The task runs even if this upstream run failed."""


class quote(BaseAnnotation[T]):
    """The value is passed as it is, without looking for futures inside."""
