"""torch, imported on the thread that runs the lesson, with the device that was asked for."""

from __future__ import annotations

import gc
import importlib
import re
import sys
from contextlib import suppress
from functools import cache
from typing import Any

# What torch imports by itself with the first optimizer, or to compile, and takes seconds for: the
# last of these, which imports the others. In pieces, so that a command that comes is soon heard.
_LATE = ("sympy", "triton", "torch.distributed.tensor", "torch._dynamo")
_NEEDS_LATE = re.compile(r"\boptim\b|\btorch\.compile\b")


class DeviceMissing(Exception):
    """The device that was asked for is not on this machine; the message says which are."""


def import_torch(device: str | None) -> str:
    """Import torch, and make `device` its default on this thread; return torch's default then.

    Raises ImportError or OSError where torch is not installed or broken, DeviceMissing where it
    cannot use the device.
    """
    torch = importlib.import_module("torch")
    if device is not None:
        _check_device(torch, device)
        torch.set_default_device(device)
    _leave_modules_uncollected()
    return str(torch.get_default_device())


def why_unable(error: ImportError | OSError | DeviceMissing) -> str:
    """What `import_torch` raised, as a sentence for the learner."""
    if isinstance(error, DeviceMissing):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and error.name == "torch":
        return "torch is not installed in this environment; install it with: pip install torch"
    return f"torch cannot be imported: {error}"


def needs_late_imports(source: str) -> bool:
    """Whether code names what makes torch import more, for seconds."""
    return _NEEDS_LATE.search(source) is not None


class LateImports:
    """Imports ahead of the code what torch would import in the middle of it.

    So it is done once, and not again in each run that goes on from a moment before.
    ``is_under_way`` can be read on any thread.
    """

    def __init__(self) -> None:
        self._left = list(_LATE)
        self.is_under_way = False

    def import_piece(self) -> bool:
        """Import one piece of it; False where all of it is imported."""
        if not self._left or _LATE[-1] in sys.modules:
            return False
        self.is_under_way = True
        # What is not installed, torch does without, or says so where it is needed.
        with suppress(ImportError, OSError):
            importlib.import_module(self._left.pop(0))
        self.is_under_way = False
        return True

    def import_all(self) -> None:
        """Import what is left of it."""
        while self.import_piece():
            pass


@cache
def _leave_modules_uncollected() -> None:
    """Leave what is imported out of every collection of garbage; before the first lesson runs.

    Only once: what is left of a lesson that has ended is garbage, and must be found.
    """
    gc.freeze()


def _check_device(torch: Any, device: str) -> None:
    found = ["cpu"]
    if torch.cuda.is_available():
        found += ["cuda", *(f"cuda:{index}" for index in range(torch.cuda.device_count()))]
    if torch.backends.mps.is_available():
        found += ["mps", "mps:0"]
    if device not in (*found, "cpu:0"):
        raise DeviceMissing(f"torch finds no device {device!r} here; it finds: {', '.join(found)}")
