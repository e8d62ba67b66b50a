"""Prefect's exceptions, as far as a run without a server can raise them."""


class PrefectException(Exception):
    """The base of all."""


class MissingContextError(PrefectException, RuntimeError):
    """Something that needs a run was used outside of one."""


class UpstreamTaskError(PrefectException):
    """A task or flow was given the future or state of a run that did not complete."""


class UnfinishedRun(PrefectException):
    """The result of a run that has not ended."""


class FailedRun(PrefectException):
    """A run that failed without an exception of its own."""


class CrashedRun(PrefectException):
    """A run that crashed without an exception of its own."""


class CancelledRun(PrefectException):
    """A run that was cancelled."""


class ParameterTypeError(PrefectException):
    """Flow parameters that do not fit the signature."""


class ParameterBindError(TypeError, PrefectException):
    """Arguments that do not fit the signature of a flow or task."""


class MappingLengthMismatch(PrefectException):
    """``map`` was given iterables of different lengths."""


class MappingMissingIterable(PrefectException):
    """``map`` was given nothing to iterate over."""
