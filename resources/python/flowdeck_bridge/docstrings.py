"""Descriptions of parameters, from a Google-style "Args:" section."""

import inspect
import re
from typing import Dict, Optional

SECTION = re.compile(r"^(Args|Arguments|Parameters|Params):\s*$")
ENTRY = re.compile(r"^(\*{0,2}\w+)(?:\s*\([^)]*\))?:\s*(.*)$")


def parameter_descriptions(docstring: Optional[str]) -> Dict[str, str]:
    """Maps parameter names to what the docstring says about them."""
    lines = inspect.cleandoc(docstring).splitlines() if docstring else []
    start = next((at for at, line in enumerate(lines) if SECTION.match(line)), None)
    if start is None:
        return {}
    descriptions: Dict[str, str] = {}
    name, entry_indent = None, None
    for line in lines[start + 1 :]:
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        if indent == 0:
            break
        entry = ENTRY.match(line.strip())
        if entry and (entry_indent is None or indent <= entry_indent):
            entry_indent = indent
            name = entry.group(1).lstrip("*")
            descriptions[name] = entry.group(2)
        elif name is not None:
            descriptions[name] = (descriptions[name] + "\n" + line.strip()).strip()
    return {name: text for name, text in descriptions.items() if text}
