"""Loggers that know their run."""

import logging
from typing import Any, MutableMapping, Optional, Tuple

from .context import FlowRunContext, TaskRunContext
from .exceptions import MissingContextError


class RunLogger(logging.LoggerAdapter):
    """Marks records with their run, wherever they are written from."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> Tuple[Any, MutableMapping[str, Any]]:
        """Keeps an ``extra`` that the caller gives."""
        given = kwargs.get("extra")
        kwargs["extra"] = {**self.extra, **given} if given else self.extra
        return msg, kwargs


def get_logger(name: Optional[str] = None) -> logging.Logger:
    """A logger below ``prefect``."""
    if name is None or name == "prefect":
        return logging.getLogger("prefect")
    return logging.getLogger(name if name.startswith("prefect.") else f"prefect.{name}")


def get_run_logger(context: Any = None, **extra: Any) -> RunLogger:
    """The logger of the innermost task run or flow run."""
    if context is None:
        context = TaskRunContext.get() or FlowRunContext.get()
    if context is None:
        raise MissingContextError("There is no active flow or task run context.")
    run = context.task_run if isinstance(context, TaskRunContext) else context.flow_run
    return RunLogger(run.logger.logger, {**run.logger.extra, **extra}) if extra else run.logger
