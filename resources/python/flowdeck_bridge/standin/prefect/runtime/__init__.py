"""``prefect.runtime``: facts about the current run."""

from . import flow_run, task_run

__all__ = ["flow_run", "task_run"]
