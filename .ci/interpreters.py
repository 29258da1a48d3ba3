"""Finds a Python to make .venv with; what Python 3.5 cannot parse stays out."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import List, NamedTuple, Optional

OLDEST_PYTHON = (3, 11)
NAMES = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python")

# It must also run on Python 2, whose version is then told.
PROBE = """
import json, sys, sysconfig
try:
    from importlib.util import find_spec
except ImportError:
    find_spec = lambda name: None
print(json.dumps({
    "version": list(sys.version_info[:2]),
    "prefix": sys.prefix,
    "is_environment": sys.prefix != getattr(sys, "base_prefix", sys.prefix),
    "packages": sysconfig.get_path("platlib"),
    "has_venv": bool(find_spec("venv") and find_spec("ensurepip")),
    "has_torch": bool(find_spec("torch") and find_spec("torchvision")),
}))
"""

Python = NamedTuple(
    "Python",
    [
        ("command", str),
        ("version", List[int]),
        ("prefix", str),
        ("is_environment", bool),
        ("packages", str),
        ("has_venv", bool),
        ("has_torch", bool),
    ],
)


class SetupError(Exception):
    """What keeps the environment from being made, in words for the person at the terminal."""


def choose_python(environment: Path, named: Optional[str], torch: str) -> Python:
    """The Python to make `environment` with: `named`, else python3, else the newest that will do.

    With `torch` "system" it is the first of them that has torch. SetupError when none will do.
    """
    found = [require_usable(named)] if named else usable_pythons(environment)
    if torch == "download":
        return found[0]
    for python in found:
        if python.has_torch:
            return python
    raise SetupError(
        "TORCH=system, but torch and torchvision are not both in Python {}.\n"
        "Name a Python that has both: make play TORCH=system PYTHON=/path/to/python\n"
        "or have torch installed in .venv: make play TORCH=download".format(
            ", nor in ".join(sorted({identity(python) for python in found}))
        )
    )


def usable_pythons(environment: Path) -> List[Python]:
    """The Pythons on PATH that can make `environment`, best first; SetupError when there are none.

    A Python inside `environment` (an activated one) does not count: it goes when that is remade.
    """
    commands = [shutil.which(name) for name in NAMES]
    probed = [probe(command) for command in commands if command]
    inside = os.path.realpath(str(environment))
    found = [python for python in probed if python and os.path.realpath(python.prefix) != inside]
    usable = [python for python in found if complaint(python) is None]
    if usable:
        return usable
    if not found:
        raise SetupError("No Python was found. " + HOW_TO_GET_PYTHON)
    raise SetupError(complaint(max(found, key=lambda python: python.version)))


def require_usable(command: str) -> Python:
    """The Python that PYTHON names; SetupError when it does not run or will not do."""
    python = probe(shutil.which(command) or command)
    if python is None:
        raise SetupError("PYTHON={} is not a Python that runs.".format(command))
    problem = complaint(python)
    if problem:
        raise SetupError(problem)
    return python


def probe(command: str) -> Optional[Python]:
    """What the Python at `command` says of itself, or None where it does not run."""
    nothing = subprocess.DEVNULL
    try:
        told = subprocess.check_output([command, "-c", PROBE], stdin=nothing, stderr=nothing)
        return Python(command=command, **json.loads(told.decode()))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def complaint(python: Python) -> Optional[str]:
    """Why `python` cannot make the environment and what to do, or None where it can."""
    version = "{}.{}".format(*python.version)
    if tuple(python.version) < OLDEST_PYTHON:
        return "tutorch needs Python 3.11 or newer, and {} is {}.\n{}".format(
            python.command, version, HOW_TO_GET_PYTHON
        )
    if not python.has_venv:
        return (
            "{} has no venv module (or no ensurepip), so it cannot make environments.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv python{}-venv".format(
                python.command, version
            )
        )
    return None


HOW_TO_GET_PYTHON = (
    "Install one with your system's packages, or name one: PYTHON=/path/to/python3.12 make play"
)


def identity(python: Python) -> str:
    """A name for `python` that stays when its patch release changes."""
    return "{}.{} of {}".format(python.version[0], python.version[1], python.prefix)
