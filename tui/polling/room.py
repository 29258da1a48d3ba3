"""How many processor cores the machine has left for the interface, by the kernel's own count."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

# Over how many seconds at least it is measured: the kernel counts in hundredths of one.
_MEASURED_OVER = 0.5
# Where the times without work stand in a line of the kernel's: idle, and waiting for a disk.
_IDLE = slice(4, 6)


class Room:
    """Measures again and again what all other programs leave; times are of one clock."""

    def __init__(self) -> None:
        self._cores: float | None = None
        self._since: tuple[float, float, float] | None = None

    def cores(self, now: float) -> float | None:
        """How many cores are idle or busy with this very program, as last measured.

        None before that, and where the kernel does not say.
        """
        if self._since is not None and now - self._since[0] < _MEASURED_OVER:
            return self._cores
        idle, own = _idle_seconds_here(), time.process_time()
        if idle is None:
            return None
        if self._since is not None:
            then, idle_then, own_then = self._since
            self._cores = (idle - idle_then + own - own_then) / (now - then)
        self._since = now, idle, own
        return self._cores


def _idle_seconds_here() -> float | None:
    if not hasattr(os, "sched_getaffinity"):
        return None
    with suppress(OSError):
        ticks = idle_ticks(Path("/proc/stat").read_text(), os.sched_getaffinity(0))
        return None if ticks is None else ticks / os.sysconf("SC_CLK_TCK")
    return None


def idle_ticks(stat: str, cores: Collection[int]) -> int | None:
    """For how long these cores have had no work, in all, by the text of `/proc/stat`.

    None where it does not tell of each of them.
    """
    named = {f"cpu{core}" for core in cores}
    lines = [words for line in stat.splitlines() if (words := line.split()) and words[0] in named]
    if len(lines) < len(named):
        return None
    return sum(sum(map(int, words[_IDLE])) for words in lines)
