"""The two commands: ``inspect`` and ``run``."""

import argparse
from typing import List


def main(arguments: List[str]) -> int:
    """Dispatches; each command imports only what it needs, since start-up time is run time."""
    parser = argparse.ArgumentParser(prog="flowdeck_bridge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    inspect_parser = commands.add_parser("inspect", help="report the flows of a file as JSON")
    inspect_parser.add_argument("--out", required=True, metavar="FILE")
    inspect_parser.add_argument("--flow", metavar="NAME")
    inspect_parser.add_argument("path", metavar="PATH.py")

    run_parser = commands.add_parser("run", help="run one flow and report its events")
    run_parser.add_argument("--fd", required=True, type=int, metavar="N")
    run_parser.add_argument("request", metavar="REQUEST.json")

    options = parser.parse_args(arguments)
    if options.command == "inspect":
        from .inspection import inspect_file

        return inspect_file(options.path, options.flow, options.out)

    from .running import run_request

    return run_request(options.request, options.fd)
