"""Runs of flows."""

import contextlib
import json
import logging
import uuid
from typing import Any, Dict, Iterator, Optional

from flowdeck_bridge.jsonable import to_json_or_text
from flowdeck_bridge.naming import random_name
from flowdeck_bridge.observing import Scope, report

from . import states
from .binding import bind_request, call_arguments, validated
from .context import FlowRunContext, entered
from .engine import Run, describe, run_name, state_fields
from .logging import RunLogger
from .states import State, state_from_return_value
from .upstream import to_result, to_state, transformed, upstream_ids


class FlowRun(Run):
    """One run of a flow: the main one, or a subflow's."""

    words = "Flow run"
    timeout_words = "Flow run exceeded timeout of {} second(s)"
    exception_mark = ":"
    retry_state = staticmethod(states.Running)

    def __init__(
        self,
        flow: Any,
        parameters: Dict[str, Any],
        wait_for: Any = None,
        run_id: Optional[str] = None,
        name: Optional[str] = None,
        from_request: bool = False,
    ) -> None:
        super().__init__(flow, parameters, run_id)
        self.flow = flow
        self.name = name or random_name()
        self.wait_for = wait_for
        self.from_request = from_request
        self.parent = FlowRunContext.get()
        self.tracking_task: Optional[Dict[str, Any]] = None
        log_prints = flow.log_prints
        if log_prints is None and self.parent is not None:
            log_prints = self.parent.flow_run.scope.log_prints
        self.scope = Scope(json.dumps(str(self.id)), log_prints=bool(log_prints))
        self.logger = self.make_logger()
        self.announced: Dict[str, Any] = {}

    @property
    def parent_flow_run_id(self) -> Optional[uuid.UUID]:
        """The flow run that called this one."""
        return self.parent.flow_run.id if self.parent is not None else None

    def make_logger(self) -> RunLogger:
        """The logger of ``get_run_logger`` in the flow itself."""
        facts = {
            "flow_run_json": self.scope.run,
            "task_run_json": "null",
            "flow_run_id": str(self.id),
            "flow_run_name": self.name,
            "flow_name": self.flow.name,
        }
        return RunLogger(logging.getLogger("prefect.flow_runs"), facts)

    @contextlib.contextmanager
    def surroundings(self) -> Iterator[None]:
        """The flow's own context and task runner."""
        context = FlowRunContext(self)
        with entered(context, None, self.scope):
            self.add_to_parent()
            with self.flow.task_runner.started() as runner:
                context.task_runner = runner
                self.context = context
                yield
            self.logger.info("Finished in state %s", self.state)

    def add_to_parent(self) -> None:
        """In its parent flow a subflow appears as a task run."""
        if self.parent is None:
            return
        name, key = self.flow.name, self.parent.next_dynamic_key(self.flow.name)
        self.tracking_task = {"run": str(uuid.uuid4()), "flow_run": str(self.parent_flow_run_id)}
        report(
            "task_run",
            **self.tracking_task,
            name=f"{name}-{key}",
            task=name,
            dynamic_key=key,
            parents=upstream_ids([self.parameters, self.wait_for], self.parent),
            child_flow_run=str(self.id),
        )
        self.mark(self.state)
        self.report_state(self.state)

    def announce(self) -> None:
        """Reports the run itself before its first state, and again when it is known better."""
        facts = {
            "run": str(self.id),
            "parent_task_run": self.tracking_task["run"] if self.tracking_task else None,
            "parent_flow_run": str(self.parent_flow_run_id) if self.parent else None,
            "name": self.name,
            "flow_name": self.flow.name,
            "parameters": to_json_or_text(self.parameters),
        }
        if facts != self.announced:
            self.announced = facts
            report("flow_run", **facts)

    def prepare(self) -> None:
        """Parameters first, then the name that may be made from them."""
        transformed(self.wait_for, to_result)
        self.parameters = transformed(self.parameters, to_result)
        if self.from_request:
            self.parameters = bind_request(self.flow.fn, self.parameters)
        if self.flow.validate_parameters:
            self.parameters = validated(self.flow.fn, self.parameters)
        self.name = run_name(self.flow.flow_run_name, self.name, self.parameters)
        self.logger = self.make_logger()
        self.announce()
        kind = "subflow" if self.parent else "flow"
        self.logger.info("Beginning %s run %r for flow %r", kind, self.name, self.flow.name)

    def preparation_failed(self, problem: Exception) -> State:
        """Prefect's words for bad parameters."""
        self.announce()
        words = "Validation of flow parameters failed with error:"
        self.logger.error("%s %s", words, problem)
        return states.Failed(message=f"{words} {describe(problem)}", data=problem)

    def call(self) -> Any:
        """Calls the flow's function."""
        arguments, named = call_arguments(self.flow.fn, self.parameters)
        return self.flow.fn(*arguments, **named)

    def final_state(self, value: Any) -> State:
        """Waits for every submitted task, then decides by the return value."""
        for future in list(self.context.futures):
            future.wait()
        self.value = transformed(value, to_state)
        return state_from_return_value(self.value)

    def mark(self, state: State) -> None:
        """States of runs carry their run's id; states that users make do not."""
        state.state_details.flow_run_id = self.id

    def report_state(self, state: State) -> None:
        """A subflow's states are also those of its task run in the parent."""
        if not self.announced:
            self.announce()
        report("flow_state", run=str(self.id), **state_fields(state))
        if self.tracking_task:
            tracking = self.tracking_task["run"]
            report("task_state", run=tracking, **state_fields(state), **{"try": self.run_count})
            state.state_details.task_run_id = uuid.UUID(tracking)

    def problem_words(self, problem: Exception) -> str:
        """Prefect's log line."""
        return f"Encountered exception during execution: {problem!r}"
