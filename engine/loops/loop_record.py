"""One activation of a loop: how far it is, and what it has to tell where an iteration ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from itertools import repeat
from operator import length_hint

from engine.loops.instrument import LoopSite
from engine.loops.tape import Tape

_MOST = sys.maxsize


class LoopRecord:
    """One activation of a loop: how far it is, and what it writes down at each boundary.

    ``frame`` is the identity of the frame that it runs in, ``instruction`` where that frame's code
    begins it, in bytes, and ``names`` that frame's names, where they are a dictionary that stays
    the same. ``may_count`` says that its iterations can be the step's iterations: it records
    something, or nothing is recorded at all. Such an iteration counts unless one that counts ended
    within it since ``began_at``, so that of nested loops the innermost ones count. ``is_told`` says
    that the end of each is looked at.
    Where one ``has_ticks``, they count its items as these are taken: that is done by C, and costs
    next to nothing. So it ``may_go_unseen`` after its first iterations; then it ``is_behind``, and
    how many items it has ``taken`` says how far it is. One that ``may_be_taped`` has a ``tape``
    while it is behind, with what it has computed meanwhile.
    ``newest`` is what was last written of each watched name, or what that was before the loop: of
    a tensor a reference that keeps nothing alive, of what a tape took its number. ``noted`` is what
    has been noted in the iteration that runs, ``noted_at`` where, and ``has_unhooked`` whether
    loops that are not hooked have iterated within it.
    """

    __slots__ = (
        "began_at",
        "done",
        "frame",
        "has_ticks",
        "has_unhooked",
        "instruction",
        "is_behind",
        "is_in_generator",
        "is_told",
        "may_be_taped",
        "may_count",
        "may_go_unseen",
        "names",
        "newest",
        "noted",
        "noted_at",
        "paused_before",
        "site",
        "started",
        "tape",
        "ticks",
        "total",
        "watched",
    )

    def __init__(
        self,
        site: LoopSite,
        total: int | None,
        frame: int,
        names: Mapping[str, object] | None = None,
    ) -> None:
        self.site = site
        self.frame = frame
        self.instruction = 0
        self.names = names
        self.total = total
        self.done = 0
        self.started = time.perf_counter()
        self.paused_before = 0.0
        self.may_count = False
        self.began_at = 0
        self.watched: tuple[str, ...] = ()
        self.newest: dict[str, object] = {}
        self.noted: dict[str, object] = {}
        self.noted_at: set[tuple[int, str]] = set()
        self.is_told = self.has_unhooked = False
        self.is_in_generator = self.has_ticks = self.may_go_unseen = self.is_behind = False
        self.may_be_taped = False
        self.tape: Tape | None = None
        self.ticks = repeat(True, _MOST)

    @property
    def taken(self) -> int:
        """How many items have been taken, where `ticks` counts them."""
        return _MOST - length_hint(self.ticks)
