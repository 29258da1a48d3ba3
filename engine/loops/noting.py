"""What is noted between the boundaries of loops: which numbers, under which names, of which loop.

When an iteration ends that has them is not this room's business (`engine/loops/runtime.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from types import FrameType

from engine.loops.instrument import LoopSite, NoteSite
from engine.loops.loop_record import LoopRecord
from engine.loops.recording import MISSING

# What only passes a call on, such as an optimizer that calls a closure several times.
_PASSES_ON = re.compile(r"[/\\](torch|functools\.py|contextlib\.py)")


class Notes:
    """The places of one namespace that note something; `sites` are in the order of their numbers.

    `number_of` gives a value as the number that it is now, `MISSING` where it is none.
    """

    def __init__(self, number_of: Callable[[object], object]) -> None:
        self.sites: list[NoteSite] = []
        self._number_of = number_of
        self._tag: object = None

    def numbers_in(self, value: object, number: int) -> dict[str, object]:
        """What a place notes, each number by its name; {} where it is only a name, or no number."""
        site = self.sites[number]
        if site.is_tag:
            self._tag = value
            return {}
        series: object = site.series
        if series is None and type(value) is not dict:
            series, self._tag = self._tag, None
        named = value if series is None else {series: value}
        if type(named) is not dict:
            return {}
        numbers = ((name, self._number_of(one)) for name, one in named.items())
        return {name: one for name, one in numbers if type(name) is str and one is not MISSING}


def loop_around(
    records: Iterable[LoopRecord], frame: FrameType | None, skips: int
) -> tuple[LoopRecord | None, bool]:
    """The innermost of the loops that run which `frame` runs in, None where it is in none.

    So many of those in its own function it `skips`. And whether code that is neither the lesson's
    nor torch's has been called in the loop.
    """
    by_frame: dict[int, list[LoopRecord]] = {}
    for record in records:
        by_frame.setdefault(record.frame, []).insert(0, record)
    own = frame.f_code.co_filename if frame is not None else ""
    is_in_library = False
    while frame is not None and by_frame:
        inner = by_frame.get(id(frame), [])[skips:]
        if inner:
            return inner[0], is_in_library
        skips = 0
        file = frame.f_code.co_filename
        is_in_library = is_in_library or (file != own and not _PASSES_ON.search(file))
        frame = frame.f_back
    return None, is_in_library


def called_site(frame: FrameType) -> LoopSite:
    """What a function is shown as that is called again and again by a loop that is not hooked."""
    code, none = frame.f_code, frozenset[str]()
    is_in_lesson = frame.f_globals.get("__name__") == "__main__"
    line = code.co_firstlineno if is_in_lesson else 0
    return LoopSite(f"{code.co_name}()", line, none, none, none)
