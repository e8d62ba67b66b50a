#!/usr/bin/env python3
"""Holds the sources to the rules of ARCHITECTURE.md and CONTRIBUTING.md that no compiler checks.

Usage: check_sources.py [--self-test]
Prints one line per finding (file:line: what) and exits with 1 when there is any.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# folder: what it may include from, beside itself. The picture in ARCHITECTURE.md is drawn from this table.
MODELS = ["core", "domain", "schedule", "spec", "prefect", "store", "engine", "workspace", "items"]
VIEW_MODELS = ["models/" + name for name in ("workspace", "items", "schedule", "spec", "domain", "core")]
ALLOWED = {
    "models/core": [],
    "models/domain": ["models/core"],
    "models/schedule": ["models/core", "models/domain"],
    "models/spec": ["models/core", "models/domain"],
    "models/prefect": ["models/core", "models/domain"],
    "models/store": ["models/core", "models/domain"],
    "models/engine": ["models/" + name for name in ("core", "domain", "schedule", "spec", "store")],
    "models/workspace": ["models/" + name for name in MODELS if name not in ("workspace", "items")],
    "models/items": ["models/" + name for name in ("core", "domain", "schedule", "store")],
    "views/common": VIEW_MODELS,
}
SCREEN = VIEW_MODELS + ["views/common"]
# Qt modules that only views may use.
VIEW_QT = re.compile(r"#include <(?:Qt(?:Gui|Widgets|Charts)/|QWidget|QApplication|QPainter|QIcon|QPixmap|QColor|QFont)")

CODE_RULES = [
    (re.compile(r"\b(?:SIGNAL|SLOT)\("), "connect to members, not to strings"),
    (re.compile(r"processEvents\("), "processEvents makes any code run anywhere; return to the event loop instead"),
    (re.compile(r"\bQEventLoop\b"), "no nested event loops: use a coroutine"),
    (re.compile(r"connect\([^;]*\[(?:=|&)\]"), "name what a connected lambda captures"),
    (re.compile(r"co_await [^;]*[({,]\s*\{"), "g++ 12 destroys an aggregate made inside co_await twice: name it first"),
    (re.compile(r"\b(?:TODO|FIXME|XXX)\b"), "finish it or leave it out"),
    (re.compile(r"setTextFormat\(Qt::RichText\)|setHtml\("), "text of others is shown as plain text"),
    (re.compile(r"QSortFilterProxyModel|QSqlTableModel"), "too slow for the big tables: see ARCHITECTURE.md"),
]
MAX_LINES = {".cpp": 500, ".h": 200}


def folder_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("models", "views") and len(parts) > 2 else parts[0]


def allowed_from(folder):
    if folder in ALLOWED:
        return ALLOWED[folder] + [folder]
    if folder.startswith("views/"):
        return SCREEN + [folder]
    return None


def check(path, text):
    findings = []
    folder = folder_of(path)
    allowed = allowed_from(folder)
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        def found(what, number=number):
            findings.append(f"{path}:{number}: {what}")

        include = re.match(r'\s*#include "([^"]+)"', line)
        if include and allowed is not None and "/" in include[1]:
            target = folder_of(include[1])
            if target not in allowed:
                found(f"{folder} may not include from {target}")
        if folder.startswith("models/") and VIEW_QT.match(line):
            found("models know no widgets and no painting")
        if not path.startswith("tests/"):
            for pattern, what in CODE_RULES:
                if pattern.search(line):
                    found(what)
    if not path.startswith("tests/") and len(lines) > MAX_LINES[pathlib.PurePath(path).suffix]:
        findings.append(f"{path}:1: {len(lines)} lines: more than a reader holds in mind, split it")
    if "SPDX-License-Identifier" not in "".join(lines[:2]):
        findings.append(f"{path}:1: no SPDX line")
    return findings


def self_test():
    spdx = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
    bad = {
        "models/domain/a.cpp": '#include "models/store/store.h"',
        "models/store/a.cpp": "#include <QtWidgets/QWidget>",
        "views/runs/a.cpp": '#include "models/store/store.h"',
        "views/runs/b.cpp": '#include "views/deployments/page.h"',
        "models/spec/a.cpp": '#include "app/application.h"',
        "app/a.cpp": "QCoreApplication::processEvents();",
        "app/c.cpp": "co_await run({.a = 1});",
        "app/b.cpp": "connect(a, &A::b, this, [=] { });",
    }
    missed = [path for path, line in bad.items() if not check(path, spdx + line)]
    good = check("views/runs/c.cpp", spdx + '#include "views/common/theme.h"\n#include "models/items/a.h"')
    for path in missed:
        print(f"self-test: nothing found in {path}")
    return 1 if missed or good else 0


def main():
    if "--self-test" in sys.argv:
        return self_test()
    names = sorted(str(path.relative_to(ROOT)) for folder in ("app", "models", "views", "tests")
                   for path in (ROOT / folder).rglob("*") if path.suffix in (".cpp", ".h"))
    findings = []
    for name in names:
        findings += check(name, (ROOT / name).read_text())
    print("\n".join(findings) if findings else f"{len(names)} sources keep the rules")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
