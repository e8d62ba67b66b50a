"""Which ``prefect`` this interpreter has, and the stand-in when it has none."""

import importlib.machinery
import importlib.util
import os
import sys
from typing import Any, Optional, Sequence

STANDIN_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "standin")


class StandinFinder:
    """Finds ``prefect`` in the stand-in's folder, and explains names it does not have."""

    @staticmethod
    def find_spec(
        name: str, path: Optional[Sequence[str]] = None, target: Any = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        """The stand-in's module, None for what is not Prefect's."""
        if name != "prefect" and not name.startswith("prefect."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path or [STANDIN_FOLDER])
        if spec is None:
            raise ModuleNotFoundError(missing_name_sentence(name), name=name)
        return spec


def missing_name_sentence(name: str) -> str:
    """What to tell somebody whose flow uses more of Prefect than the stand-in has."""
    return (
        f"Flowdeck's built-in stand-in for Prefect does not provide {name}; "
        f"installing prefect in this interpreter ({sys.executable}) does."
    )


def real_prefect_version() -> Optional[str]:
    """The version of an installed Prefect; None when there is none.

    Asked before the flow's folder is on the path, so that a user's ``prefect.py`` or a folder
    of that name is not taken for Prefect.
    """
    spec = importlib.util.find_spec("prefect")
    if spec is None or spec.origin is None:
        return None
    # Imported only here: it takes longer than the rest of the bridge.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("prefect")
    except PackageNotFoundError:
        import prefect

        return getattr(prefect, "__version__", None)


def provide_prefect() -> Optional[str]:
    """Makes ``import prefect`` work; returns the real one's version, None for the stand-in."""
    version = real_prefect_version()
    if version is None:
        sys.meta_path.insert(0, StandinFinder)
    return version


def python_version() -> str:
    """As ``python --version`` says it."""
    return sys.version.split()[0]
