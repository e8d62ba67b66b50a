#!/usr/bin/env python3
"""Runs ctest and ends with one line of counts, over test functions and not only programs.

Qt Test and unittest say how many functions passed, failed and were skipped; a program that died without saying so
counts as one failure. Every skip is listed with its reason.
"""
import argparse
import os
import re
import subprocess
import sys

QT_TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.M)
QT_SKIP = re.compile(r"^SKIP\s*: (.+)$", re.M)
PY_RAN = re.compile(r"^Ran (\d+) tests? in", re.M)
PY_END = re.compile(r"^(?:OK|FAILED)(?: \((.*)\))?$", re.M)
PY_SKIP = re.compile(r"^.* \.\.\. (skipped .+)$", re.M)
SECTION = re.compile(r"^\d+/\d+ Testing: (.+)$", re.M)


def python_counts(text):
    ran = sum(int(n) for n in PY_RAN.findall(text))
    words = dict(re.findall(r"(\w+)=(\d+)", " ".join(end or "" for end in PY_END.findall(text))))
    failed = int(words.get("failures", 0)) + int(words.get("errors", 0))
    skipped = int(words.get("skipped", 0))
    return ran - failed - skipped, failed, skipped


def program_counts(text):
    totals = QT_TOTALS.findall(text)
    if totals:
        passed, failed, skipped = (sum(int(row[i]) for row in totals) for i in range(3))
    elif PY_RAN.search(text):
        passed, failed, skipped = python_counts(text)
    else:
        passed, failed, skipped = 1, 0, 0
    if "\nTest Failed.\n" in text and failed == 0:
        failed = 1
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--group")
    arguments = parser.parse_args()
    # One more than there are cores: the contract tests mostly wait for their servers.
    jobs = (os.cpu_count() or 1) + 1
    command = ["ctest", "--test-dir", arguments.build, "--output-on-failure", "--parallel", str(jobs)]
    if arguments.group:
        command += ["--label-regex", f"^{arguments.group}$"]
    status = subprocess.call(command)
    with open(os.path.join(arguments.build, "Testing", "Temporary", "LastTest.log"), errors="replace") as log:
        parts = SECTION.split(log.read())
    counts = [0, 0, 0]
    skips = []
    for name, text in zip(parts[1::2], parts[2::2]):
        for i, count in enumerate(program_counts(text)):
            counts[i] += count
        skips += [f"{name}: {reason}" for reason in QT_SKIP.findall(text) + PY_SKIP.findall(text)]
    for skip in skips:
        print("Skipped:", skip)
    if not parts[1::2]:
        print(f"There are no tests in the group {arguments.group}.")
    passed, failed, skipped = counts
    if status != 0 and failed == 0:
        failed = 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
