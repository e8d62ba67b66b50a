"""Entry point; kept readable for Python 2 and 3.5 so that an old interpreter gets a sentence.

The package is registered by hand instead of through ``sys.path``: a path entry would let the
bridge's module names (``schema``, ``running`` …) shadow the user's own modules.
"""

import os
import sys

EXIT_TOO_OLD = 3


def register_package():
    """Makes ``flowdeck_bridge`` importable without a path entry."""
    import importlib.util

    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    spec = importlib.util.spec_from_file_location(
        "flowdeck_bridge",
        os.path.join(here, "__init__.py"),
        submodule_search_locations=[here],
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["flowdeck_bridge"] = package
    spec.loader.exec_module(package)


def main():
    """Runs the command line and returns the exit code."""
    if sys.version_info < (3, 8):
        sys.stderr.write(
            "Flowdeck needs Python 3.8 or newer, but %s is Python %s.\n"
            % (sys.executable, sys.version.split()[0])
        )
        return EXIT_TOO_OLD
    register_package()
    # With a spec, multiprocessing would take this file for one that its children need not load.
    sys.modules["__main__"].__spec__ = None
    from flowdeck_bridge.cli import main as run_command_line

    return run_command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
elif __name__ == "__mp_main__":
    # A multiprocessing child that was spawned, not forked: it imports the flow file again
    # and needs the same ``prefect`` as its parent.
    register_package()
    from flowdeck_bridge.environment import provide_prefect

    provide_prefect()
