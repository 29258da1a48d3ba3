"""The stack that torch shows where its anomaly mode finds a gradient that is not a number."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.errors.tracebacks import named_plainly


def own_lines_alone(lesson_path: str) -> Callable[[ModuleType], None]:
    """What makes `torch.fx.traceback`, which that mode asks, tell of the lesson's own calls alone.

    Where none of them is one of the lesson's, all are told.
    """

    def change(module: ModuleType) -> None:
        asked: Any = module
        whole = getattr(asked.format_stack, "of_torch", asked.format_stack)

        def format_stack() -> list[str]:
            frames = traceback.extract_stack()[:-1]
            own = [named_plainly(frame) for frame in frames if frame.filename == lesson_path]
            if not own or asked.has_preserved_node_meta():
                lines: list[str] = whole()
                return lines
            place, name = f'File "{lesson_path}"', f'File "{Path(lesson_path).name}"'
            return [line.replace(place, name, 1) for line in traceback.format_list(own)]

        format_stack.of_torch = whole  # type: ignore[attr-defined]
        asked.format_stack = format_stack

    return change
