"""The ``inspect`` command: which flows a file has, and what they can be called with."""

import inspect
import json
import os
import sys
import tempfile
from typing import Any, Dict, Optional

from .environment import provide_prefect, python_version
from .jsonable import to_json_or_text
from .loading import LoadedFile, LoadError, choose, load_file
from .schema import parameter_schema


def inspect_file(path: str, flow_name: Optional[str], out: str) -> int:
    """Writes the report; 0 whenever it was written, also when the file is no good."""
    out = os.path.abspath(out)
    path = os.path.abspath(path)
    report: Dict[str, Any] = {
        "python": python_version(),
        "executable": sys.executable,
        "prefect": None,
        "flows": [],
        "chosen": None,
        "notes": [],
        "error": None,
    }
    try:
        report["prefect"] = provide_prefect()
        loaded = load_file(path)
        report["notes"] = loaded.notes
        report["flows"] = [describe(flow, loaded, report["prefect"]) for flow in loaded.flows]
        report["chosen"], _ = choose(loaded, flow_name)
    except LoadError as problem:
        report["error"] = problem.record
    write_atomically(out, json.dumps(report, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


def describe(flow: Any, loaded: LoadedFile, prefect_version: Optional[str]) -> Dict[str, Any]:
    """One flow as the report has it."""
    function = flow.fn
    code = getattr(inspect.unwrap(function), "__code__", None)
    in_this_file = code is not None and os.path.abspath(code.co_filename) == loaded.path
    return {
        "name": flow.name,
        "function": getattr(function, "__name__", flow.name),
        "line": code.co_firstlineno if in_this_file else None,
        "description": flow.description,
        "version": flow.version or loaded.md5,
        "parameter_schema": schema_for(flow, prefect_version, loaded),
        "is_async": bool(inspect.iscoroutinefunction(function)),
    }


def schema_for(flow: Any, prefect_version: Optional[str], loaded: LoadedFile) -> Dict[str, Any]:
    """The installed Prefect's schema where there is one, else our own."""
    if prefect_version is not None:
        from prefect.utilities.callables import parameter_schema as prefect_schema

        try:
            schema = prefect_schema(flow.fn)
            dump = getattr(schema, "model_dump", None) or schema.dict
            cleaned = {name: part for name, part in dump().items() if part not in (None, [], {})}
            return to_json_or_text({"properties": {}, **cleaned})
        except Exception as problem:
            loaded.notes.append(
                f"Prefect cannot make a schema for '{flow.name}' ({problem}); Flowdeck made one."
            )
    return parameter_schema(flow.fn)


def write_atomically(path: str, data: bytes) -> None:
    """Whoever reads the file sees all of it or none of it."""
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".flowdeck-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
