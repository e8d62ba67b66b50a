"""Runs of tasks."""

import contextlib
import inspect
import json
import logging
from typing import Any, Dict, Iterator, List

from flowdeck_bridge.observing import Scope, report

from . import states
from .binding import call_arguments
from .context import FlowRunContext, TaskRunContext, current_tags, entered
from .engine import Run, run_name, state_fields
from .logging import RunLogger
from .states import State, state_from_return_value
from .upstream import to_result, to_state, transformed, upstream_ids


class TaskRun(Run):
    """One run of a task; made, and reported as pending, when the task is called or submitted."""

    words = "Task run"
    timeout_words = "Task run exceeded timeout of {} second(s)"
    retry_state = staticmethod(states.Retrying)

    def __init__(self, task: Any, parameters: Dict[str, Any], wait_for: Any = None) -> None:
        super().__init__(task, parameters)
        self.task = task
        self.wait_for = wait_for
        self.tags |= current_tags()
        self.flow_context = FlowRunContext.get()
        self.dynamic_key = "0"
        self.parents: List[str] = []
        outer = self.flow_context.flow_run.scope if self.flow_context else None
        if self.flow_context is not None:
            self.dynamic_key = self.flow_context.next_dynamic_key(task.name)
            self.parents = upstream_ids([parameters, wait_for], self.flow_context)
        self.name = f"{task.name}-{self.dynamic_key}"
        enclosing = TaskRunContext.get()
        log_prints = task.log_prints
        if log_prints is None:
            log_prints = enclosing.task_run.log_prints if enclosing else bool(outer and outer.log_prints)
        self.log_prints = bool(log_prints)
        self.scope = Scope(outer.run, json.dumps(str(self.id)), self.log_prints) if outer else None
        self.logger = self.make_logger()
        self.announce()
        self.mark(self.state)
        self.report_state(self.state)

    @property
    def flow_run_id(self) -> Any:
        """The flow run this task runs in; None outside of flows."""
        return self.flow_context.flow_run.id if self.flow_context else None

    def make_logger(self) -> RunLogger:
        """The logger of ``get_run_logger`` in the task."""
        facts: Dict[str, Any] = {
            "task_run_id": str(self.id),
            "task_run_name": self.name,
            "task_name": self.task.name,
        }
        if self.flow_context is not None:
            flow_run = self.flow_context.flow_run
            facts.update(
                flow_run_json=self.scope.run,
                task_run_json=self.scope.task,
                flow_run_id=str(flow_run.id),
                flow_run_name=flow_run.name,
                flow_name=flow_run.flow.name,
            )
        return RunLogger(logging.getLogger("prefect.task_runs"), facts)

    def announce(self) -> None:
        """Reports the run; again when it gets a name of its own. Tasks outside of flows have no place."""
        if self.flow_context is None:
            return
        report(
            "task_run",
            run=str(self.id),
            flow_run=str(self.flow_run_id),
            name=self.name,
            task=self.task.name,
            dynamic_key=self.dynamic_key,
            parents=self.parents,
        )

    @contextlib.contextmanager
    def surroundings(self) -> Iterator[None]:
        """The task's own context; unfinished lines are reported before the final state."""
        with entered(self.flow_context, TaskRunContext(self), self.scope):
            yield
            level = logging.INFO if self.state.is_completed() else logging.ERROR
            self.logger.log(level, "Finished in state %s", self.state)

    def prepare(self) -> None:
        """Waits for everything the task needs."""
        self.parameters = transformed(self.parameters, to_result)
        transformed(self.wait_for, to_result)
        name = run_name(self.task.task_run_name, self.name, self.parameters)
        if name != self.name:
            self.name = name
            self.logger = self.make_logger()
            self.announce()

    def call(self) -> Any:
        """Calls the task's function."""
        arguments, named = call_arguments(self.task.fn, self.parameters)
        return self.task.fn(*arguments, **named)

    def final_state(self, value: Any) -> State:
        """Decided by the return value; data is remembered to find downstream tasks."""
        self.value = transformed(value, to_state)
        if self.flow_context is not None:
            self.flow_context.remember_result(self.value, str(self.id))
        return state_from_return_value(self.value)

    def may_retry(self, state: State) -> bool:
        """Asks the task's own condition, as Prefect does, before every retry."""
        condition = self.task.retry_condition_fn
        if condition is None or not super().may_retry(state):
            return super().may_retry(state)
        try:
            answer = condition(self.task, self, state)
            if inspect.iscoroutine(answer):
                from .asynchronous import run_coroutine

                answer = run_coroutine(answer)
            return bool(answer)
        except Exception:
            self.logger.error("An error was encountered while running `retry_condition_fn`", exc_info=True)
            return False

    def mark(self, state: State) -> None:
        """States of runs carry their run's id; states that users make do not."""
        state.state_details.task_run_id = self.id
        state.state_details.flow_run_id = self.flow_run_id

    def report_state(self, state: State) -> None:
        """Reports one state with the number of the try it belongs to."""
        if self.flow_context is not None:
            report("task_state", run=str(self.id), **state_fields(state), **{"try": self.run_count})

    def problem_words(self, problem: Exception) -> str:
        """Prefect's log line."""
        end = " - Retries are exhausted" if self.task.retries else ""
        return f"Task run failed with exception: {problem!r}{end}"
