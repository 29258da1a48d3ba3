"""Memory that ran out: what was asked for in vain, and how that of a failed step is given back."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
# What torch says on the CPU, on CUDA and on MPS, and NumPy; the first two groups of each.
_AMOUNT = re.compile(r"(?:tried|unable) to allocate ([\d.]+) ([KMGTPE]iB|[KMGTPE]B|bytes)", re.I)
_TORCH_RAN_OUT = re.compile(r"out of memory|not enough memory|can't allocate memory")


def asked_in_vain(error: BaseException, text: str) -> str | None:
    """How much memory there was not for what raised `error`: "3.6 PiB"; "" where it says nothing.

    `text` is what the error says. None where something else is wrong.
    """
    is_torch_out = isinstance(error, RuntimeError) and _TORCH_RAN_OUT.search(text)
    if not (isinstance(error, MemoryError) or is_torch_out):
        return None
    amount = _AMOUNT.search(text)
    if amount is None:
        return ""
    number, unit = amount[1], amount[2]
    return _in_large_units(int(number)) if unit == "bytes" else f"{number} {unit}"


def let_frames_go(error: BaseException) -> None:
    """Take the frames off an error and all that it came from: they keep what was local in them."""
    for part in _chain(error):
        part.__traceback__ = None


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        part = waiting.pop()
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        members = part.exceptions if isinstance(part, BaseExceptionGroup) else ()
        waiting += [part.__cause__, part.__context__, *members]


def _in_large_units(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < 1024:
            return f"{count:.3g} {unit}"
        count /= 1024
    return f"{count:.3g} {_UNITS[-1]}"
