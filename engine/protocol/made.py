"""What the lines of a cell have made, for the right end of each: data, and nothing drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """One name's value, as much of it as a line has room for.

    ``number`` is the value of a number or a one-element tensor. ``shape`` is that of other tensors
    and arrays; ``bars`` counts their finite values in 8 bins of equal width from the lowest to the
    highest, () where they were not read. ``length`` is how many items a list or the like has.
    """

    name: str
    number: float | None = None
    shape: tuple[int, ...] | None = None
    bars: tuple[int, ...] = ()
    length: int | None = None


@dataclass(frozen=True, slots=True)
class LineMade:
    """What the statement that begins at the file's line `line` made when it last ran.

    ``changed`` are names whose tensors, lists or gradients it changed in place. ``is_new`` says
    that something of this is not as it was a frame ago.
    """

    line: int
    values: tuple[Made, ...]
    changed: tuple[str, ...] = ()
    is_new: bool = False
