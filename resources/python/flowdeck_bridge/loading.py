"""Loads a flow file the way Prefect does, and says in one sentence what is wrong with it."""

import contextlib
import hashlib
import importlib.util
import inspect
import os
import re
import sys
import traceback
from types import ModuleType
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import prefect_names
from .signals import Terminated

FALLBACK_MODULE_NAME = "__flowdeck_flow__"
NEVER_AT_IMPORT = ("__call__", "serve", "deploy")


class LoadError(Exception):
    """A flow file that cannot be used, as a plain record for the user."""

    def __init__(self, kind: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.record: Dict[str, Any] = {
            "kind": kind,
            "message": message,
            "line": None,
            "column": None,
            "traceback": "",
            "hint": None,
            **details,
        }


class LoadedFile(NamedTuple):
    """What a flow file offers."""

    path: str
    md5: str
    flows: List[Any]
    notes: List[str]


def load_file(path: str) -> LoadedFile:
    """Runs the file without running its flows; raises LoadError."""
    path = os.path.abspath(path)
    source = read_source(path)
    folder = os.path.dirname(path)
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv[:] = [path]
    import prefect

    notes: List[str] = []
    with suppressed_calls(prefect.Flow, notes, path):
        module = run_module(path, source)
    flows = flows_of(module, prefect.Flow, notes)
    return LoadedFile(path, hashlib.md5(source).hexdigest(), flows, notes)


def read_source(path: str) -> bytes:
    """The file's bytes, or why there are none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise LoadError("missing_file", f"The flow file {path} does not exist.") from None
    except OSError as problem:
        raise LoadError("missing_file", f"The flow file {path} cannot be read: {problem.strerror}.") from None


def run_module(path: str, source: bytes) -> ModuleType:
    """Executes the source as a module that pickle and multiprocessing can find again."""
    name = module_name(path)
    spec = importlib.util.spec_from_loader(name, loader=None, origin=path)
    module = importlib.util.module_from_spec(spec)
    module.__file__ = path
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as problem:
        raise syntax_error(path, problem) from None
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
    except SystemExit as problem:
        raise LoadError(
            "exit",
            f"The file called sys.exit({problem.code!r}) while it was loaded.",
            hint='move that call below `if __name__ == "__main__":`',
            **where(path, problem),
        ) from None
    except Terminated:
        raise
    except BaseException as problem:
        raise execution_error(path, problem) from None
    return module


def module_name(path: str) -> str:
    """The file's own name when importing that name would give this very file."""
    stem = os.path.splitext(os.path.basename(path))[0]
    if not stem.isidentifier() or stem in sys.modules:
        return FALLBACK_MODULE_NAME
    spec = importlib.util.find_spec(stem)
    same = spec is not None and spec.origin is not None and os.path.exists(spec.origin)
    return stem if same and os.path.samefile(spec.origin, path) else FALLBACK_MODULE_NAME


def syntax_error(path: str, problem: Exception) -> LoadError:
    """A file that is no Python."""
    line, column = getattr(problem, "lineno", None), getattr(problem, "offset", None)
    place = f" in line {line}" if line else ""
    words = getattr(problem, "msg", None) or str(problem)
    return LoadError(
        "syntax",
        f"{os.path.basename(path)} is not valid Python{place}: {words}.",
        line=line,
        column=column,
        traceback="".join(traceback.format_exception_only(type(problem), problem)),
    )


def execution_error(path: str, problem: BaseException) -> LoadError:
    """A file that raises when it is loaded."""
    name = os.path.basename(path)
    details = where(path, problem)
    place = f" in line {details['line']}" if details["line"] else ""
    words = one_line(f"{type(problem).__name__}: {problem}")
    if isinstance(problem, SyntaxError):  # in a module that the file imports
        return LoadError("import", f"{name} imports a file that is not valid Python: {words}", **details)
    if isinstance(problem, ImportError):
        return LoadError("import", f"{name} could not import what it needs{place}: {words}", **details)
    if isinstance(problem, NameError):
        missing = undefined_name(problem)
        hint = prefect_names.import_line(missing)
        if hint is not None:
            message = f"{name} uses {missing}{place} without importing it."
            return LoadError("name_error", message, **{**details, "hint": f"add `{hint}`"})
    return LoadError("exception", f"{name} raised an error{place} while it was loaded: {words}", **details)


def undefined_name(problem: NameError) -> str:
    """The name that was not defined; 3.8 and 3.9 have it only in the message."""
    found = re.match(r"name '(\w+)' is not defined", str(problem))
    return found.group(1) if found else ""


def where(path: str, problem: BaseException) -> Dict[str, Any]:
    """The user's own line, and the traceback without the bridge's frames."""
    entries = traceback.extract_tb(problem.__traceback__)
    own = [at for at, entry in enumerate(entries) if entry.filename == path]
    shown = entries[own[0] :] if own else entries
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(shown)]
    lines += traceback.format_exception_only(type(problem), problem)
    return {"line": entries[own[-1]].lineno if own else None, "traceback": "".join(lines)}


def one_line(text: str) -> str:
    """A message for a sentence: no line breaks, bounded length."""
    text = " ".join(text.split())
    return text if len(text) <= 500 else text[:500] + "…"


@contextlib.contextmanager
def suppressed_calls(flow_class: type, notes: List[str], path: str) -> Iterator[None]:
    """Flows that are called while the file is loaded do nothing, and a note says so."""
    originals = {name: vars(flow_class)[name] for name in NEVER_AT_IMPORT if name in vars(flow_class)}

    def replacement(name: str) -> Any:
        def skip(self: Any, *arguments: Any, **named: Any) -> Any:
            line = next((f.lineno for f in inspect.stack(0)[1:] if f.filename == path), None)
            what = "called" if name == "__call__" else f"asked to {name}"
            place = f" in line {line}" if line else ""
            notes.append(f"Flow '{self.name}' is {what}{place} while the file is loaded; that was skipped.")
            return nothing() if getattr(self, "isasync", False) else None

        return skip

    for name in originals:
        setattr(flow_class, name, replacement(name))
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(flow_class, name, original)


async def nothing() -> None:
    """What an asynchronous flow that was skipped gives to ``asyncio.run`` or ``await``."""


def flows_of(module: ModuleType, flow_class: type, notes: List[str]) -> List[Any]:
    """The flows among the module's attributes; of two with one name the later wins."""
    by_name: Dict[str, Any] = {}
    for value in list(vars(module).values()):
        if not isinstance(value, flow_class):
            continue
        known = by_name.get(value.name)
        if known is not None and known is not value:
            notes.append(f"Several flows are named '{value.name}'; the last one is used.")
        by_name[value.name] = value
    return list(by_name.values())


def choose(loaded: LoadedFile, wanted: Optional[str]) -> Tuple[int, Any]:
    """The flow with that flow name or function name, or the only one; raises LoadError."""
    name = os.path.basename(loaded.path)
    names = sorted(flow.name for flow in loaded.flows)
    if not names:
        raise LoadError("no_flow", f"{name} defines no flow.")
    if wanted is None:
        if len(names) > 1:
            raise LoadError(
                "ambiguous",
                f"{name} has several flows ({', '.join(names)}); name the one that is meant.",
            )
        return 0, loaded.flows[0]
    for matches in (lambda flow: flow.name, lambda flow: getattr(flow.fn, "__name__", "")):
        for index, flow in enumerate(loaded.flows):
            if matches(flow) == wanted:
                return index, flow
    raise LoadError("not_found", f"{name} has no flow '{wanted}'; it has {', '.join(names)}.")
