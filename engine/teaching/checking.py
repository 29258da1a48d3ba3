"""Which operation is the first to make a number that is not finite: each one is looked at.

It makes a training several times slower, and is for a process that nobody waits for.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.teaching.graphs import kind_of
from engine.teaching.scene import lesson_frame

if TYPE_CHECKING:
    from torch import Tensor

CHECK_HOOK = "__tutorch_check__"
"""The name in a lesson's namespace of what begins to check, for the rest of the run."""

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class FirstNotFinite:
    """An operation, the lesson's line that called it, and between what its numbers lay before.

    ``is_backward`` where it is not the operation itself that made it, but its gradient.
    """

    operation: str
    line: int | None
    is_backward: bool
    lowest: float | None
    highest: float | None


def begin_to_check(path: str, tell: Callable[[FirstNotFinite], None]) -> None:
    """Look at all that torch does on this thread from here on, until the first is found."""
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode

    class Checking(TorchDispatchMode):  # type: ignore[no-untyped-call]
        is_over = False

        def __torch_dispatch__(
            self, operation: Any, types: Any, given: Any = (), options: Any = None
        ) -> Any:
            del types
            options = options or {}
            # An operation in place writes over what it was given.
            before = None if self.is_over else _state_of((given, options))
            made = operation(*given, **options)
            if before is not None and _breaks(before, _state_of((made, given))):
                self.is_over = True
                tell(_told(operation, before, path))
            return made

    # With it torch keeps for each gradient where its operation was called.
    torch.autograd.set_detect_anomaly(True, check_nan=False)
    make_checking: Any = Checking
    make_checking().__enter__()


@dataclass(frozen=True, slots=True)
class _State:
    """Whether nan and infinite numbers are among some tensors, and the extremes of them all."""

    has_nan: bool
    has_infinity: bool
    lowest: float | None
    highest: float | None


def _state_of(values: object) -> _State:
    has_nan = has_infinity = False
    lowest: float | None = None
    highest: float | None = None
    for value in _flat(values):
        if isinstance(value, float):
            has_nan |= math.isnan(value)
            has_infinity |= math.isinf(value)
            continue
        low, high = (float(one) for one in value.detach().aminmax())
        has_nan |= math.isnan(low)
        has_infinity |= math.isinf(low) or math.isinf(high)
        lowest = low if lowest is None else min(lowest, low)
        highest = high if highest is None else max(highest, high)
    return _State(has_nan, has_infinity, lowest, highest)


def _flat(values: object) -> Iterator[float | Tensor]:
    """The floats in nested tuples, lists and dicts, and the tensors of floats."""
    import torch

    if isinstance(values, torch.Tensor):
        is_read = values.is_floating_point() and values.layout is torch.strided
        if is_read and values.numel() and not values.is_meta:
            yield values
    elif isinstance(values, float):
        yield values
    elif isinstance(values, tuple | list):
        for one in values:
            yield from _flat(one)
    elif isinstance(values, dict):
        yield from _flat(list(values.values()))


def _breaks(before: _State, after: _State) -> bool:
    """Whether what came out is worse than all that went in."""
    if after.has_nan:
        return not before.has_nan
    return after.has_infinity and not (before.has_infinity or before.has_nan)


def _told(operation: Any, before: _State, path: str) -> FirstNotFinite:
    import torch

    node = torch._C._current_autograd_node()
    if node is not None:
        name = _WORDS.sub("_", kind_of(node)).lower()
        kept: Any = node.metadata
        line = _line_in(kept.get("traceback_", ()), path)
        return FirstNotFinite(name, line, True, None, None)
    frame = lesson_frame(path, sys._getframe(2))
    name = operation.overloadpacket.__name__.strip("_")
    line = None if frame is None else frame.f_lineno
    return FirstNotFinite(name, line, False, before.lowest, before.highest)


def _line_in(told: Any, path: str) -> int | None:
    """The innermost line of the lesson's in a traceback that torch has kept as text.

    There it may have its name alone, as errors tell of it.
    """
    named = "|".join(map(re.escape, (path, Path(path).name)))
    lines = re.findall(rf'File "(?:{named})", line (\d+)', "".join(told))
    return int(lines[-1]) if lines else None
