"""Futures and states inside arguments and return values."""

import dataclasses
from typing import Any, Callable, List, Set

from .context import FlowRunContext
from .exceptions import UpstreamTaskError
from .futures import PrefectFuture
from .states import State
from .utilities.annotations import BaseAnnotation, allow_failure, quote

SCALARS = (str, bytes, int, float, complex, bool, type(None))


def transformed(value: Any, change: Callable[[Any, bool], Any], lenient: bool = False) -> Any:
    """The value with every future and state in it replaced; collections are copied only then."""
    if isinstance(value, SCALARS):
        return value
    if isinstance(value, (PrefectFuture, State)):
        return change(value, lenient)
    if isinstance(value, quote):
        return value.unwrap()
    if isinstance(value, BaseAnnotation):
        return transformed(value.unwrap(), change, lenient or isinstance(value, allow_failure))
    if not holds_runs(value, set()):
        return value
    if isinstance(value, dict):
        return {key: transformed(item, change, lenient) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(transformed(item, change, lenient) for item in value))
    if isinstance(value, (list, tuple, set)):
        kind = type(value) if type(value) in (list, tuple, set) else list
        return kind(transformed(item, change, lenient) for item in value)
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return dataclasses.replace(
        value, **{name: transformed(item, change, lenient) for name, item in fields.items()}
    )


def members(value: Any) -> Any:
    """What a collection holds; nothing for other values."""
    if isinstance(value, BaseAnnotation) and not isinstance(value, quote):
        return (value.unwrap(),)
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, (list, tuple, set)):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name, None) for field in dataclasses.fields(value)]
    return ()


def holds_runs(value: Any, seen: Set[int]) -> bool:
    """Whether a future, state or mark is anywhere inside; safe for collections in a circle."""
    if id(value) in seen:
        return False
    seen.add(id(value))
    for item in members(value):
        if isinstance(item, SCALARS):
            continue
        if isinstance(item, (PrefectFuture, State, BaseAnnotation)) or holds_runs(item, seen):
            return True
    return False


def to_result(run: Any, lenient: bool) -> Any:
    """A completed upstream's result; anything else stops the downstream run."""
    if isinstance(run, PrefectFuture):
        run.wait()
        state, run_id = run.state, run.task_run_id
    else:
        state, run_id = run, run.state_details.task_run_id
    if not state.is_completed():
        if not (lenient and (state.is_failed() or state.name == "NotReady")):
            raise UpstreamTaskError(f"Upstream task run '{run_id}' did not reach a 'COMPLETED' state.")
        if not state.is_final():
            return state.data
    return state.value(raise_on_failure=False)


def to_state(run: Any, lenient: bool) -> State:
    """A future's final state."""
    if isinstance(run, PrefectFuture):
        run.wait()
        return run.state
    return run


def upstream_ids(value: Any, flow: FlowRunContext) -> List[str]:
    """The task runs that a value comes from, in order, each once."""
    found: List[str] = []
    collect_upstream(value, flow, found, set())
    return list(dict.fromkeys(found))


def collect_upstream(value: Any, flow: FlowRunContext, found: List[str], seen: Set[int]) -> None:
    """Looks at a value and everything inside it."""
    if isinstance(value, PrefectFuture):
        found.append(str(value.task_run_id))
        return
    if isinstance(value, State):
        if value.state_details.task_run_id:
            found.append(str(value.state_details.task_run_id))
        return
    producer = flow.producer_of(value)
    if producer is not None:
        found.append(producer)
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    for item in members(value):
        collect_upstream(item, flow, found, seen)
