"""What the kernel says of memory: a process's own, and how much the machine has left."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_PRIVATE = re.compile(rb"^(?:Private_Clean|Private_Dirty|Swap):\s+(\d+) kB", re.MULTILINE)
_TOTAL = re.compile(rb"^MemTotal:\s+(\d+) kB", re.MULTILINE)
_AVAILABLE = re.compile(rb"^MemAvailable:\s+(\d+) kB", re.MULTILINE)
_INACTIVE = re.compile(rb"^inactive_file (\d+)", re.MULTILINE)
_GROUP = Path("/sys/fs/cgroup")

# Memory is low where so little of it is left: this share of all of it, or so many bytes.
_LOW_SHARE = 1 / 16
_LOW = 1 << 30


def private_memory(process: int) -> int:
    """How many bytes no other process shares with this one; 0 where the kernel does not say."""
    with suppress(OSError):
        found = Path(f"/proc/{process}/smaps_rollup").read_bytes()
        return 1024 * sum(map(int, _PRIVATE.findall(found)))
    return 0


def is_memory_low() -> bool:
    """Whether the machine, or the group of processes that this one is in, has little left."""
    return any(left < min(_LOW_SHARE * total, _LOW) for total, left in (*_machine(), *_group()))


def _machine() -> list[tuple[int, int]]:
    with suppress(OSError):
        text = Path("/proc/meminfo").read_bytes()
        total, available = _TOTAL.search(text), _AVAILABLE.search(text)
        if total and available:
            return [(1024 * int(total[1]), 1024 * int(available[1]))]
    return []


def _group() -> list[tuple[int, int]]:
    with suppress(OSError, ValueError):
        most = int((_GROUP / "memory.max").read_text())
        used = int((_GROUP / "memory.current").read_text())
        reclaimable = _INACTIVE.search((_GROUP / "memory.stat").read_bytes())
        return [(most, most - used + (int(reclaimable[1]) if reclaimable else 0))]
    return []
