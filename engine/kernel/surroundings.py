"""What a lesson may change of the process it runs in, put back for whoever comes after it.

Random numbers are in `engine/values/randomness.py`.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The working folder (None: it is gone), limits and hooks of Python, and settings of torch.

    Whether torch records gradients is a setting of the thread that asks.
    """

    folder: str | None
    recursion_limit: int
    set_recursion_limit: Callable[[int], None]
    collects_garbage: bool
    trace: Any
    profile: Any
    dtype: Any
    threads: int
    records_gradients: bool

    @classmethod
    def now(cls) -> Surroundings:
        """How things stand; torch is imported."""
        torch = sys.modules["torch"]
        return cls(
            folder=_working_folder(),
            recursion_limit=sys.getrecursionlimit(),
            set_recursion_limit=sys.setrecursionlimit,
            collects_garbage=gc.isenabled(),
            trace=threading.gettrace(),
            profile=threading.getprofile(),
            dtype=torch.get_default_dtype(),
            threads=torch.get_num_threads(),
            records_gradients=torch.is_grad_enabled(),
        )

    def protect(self) -> None:
        """Let the recursion limit be raised and not lowered: the interface's calls count in it."""
        lowest, set_limit = self.recursion_limit, self.set_recursion_limit
        sys.setrecursionlimit = lambda limit: set_limit(max(limit, lowest))

    def restore(self) -> None:
        """Put everything back."""
        if self.folder is not None and self.folder != _working_folder():
            os.chdir(self.folder)
        sys.setrecursionlimit = self.set_recursion_limit
        sys.setrecursionlimit(self.recursion_limit)
        (gc.enable if self.collects_garbage else gc.disable)()
        threading.settrace(self.trace)
        threading.setprofile(self.profile)
        torch = sys.modules["torch"]
        torch.set_default_dtype(self.dtype)
        torch.set_grad_enabled(self.records_gradients)
        if torch.get_num_threads() != self.threads:
            torch.set_num_threads(self.threads)


def _working_folder() -> str | None:
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return None
