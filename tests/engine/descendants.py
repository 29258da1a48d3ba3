"""The processes that stand behind a session, as the system knows them."""

from __future__ import annotations

from pathlib import Path

from going import Traveller


def host_of(traveller: Traveller) -> int:
    host = traveller.engine._host
    assert host is not None
    return host.pid


def process_of(traveller: Traveller) -> int:
    """The process that plays: of those that the host has it is the one that has its own thread."""
    return max(children_of(host_of(traveller)), key=threads_of)


def threads_of(process: int) -> int:
    try:
        return len([*Path(f"/proc/{process}/task").iterdir()])
    except FileNotFoundError:
        return 0


def children_of(process: int) -> set[int]:
    return {
        child
        for child, (parent, state) in living_with_parents().items()
        if parent == process and state != "Z"
    }


def living() -> set[int]:
    return {one for one, (_, state) in living_with_parents().items() if state != "Z"}


def living_with_parents() -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        found[int(entry.name)] = int(fields[1]), fields[0]
    return found


def open_descriptors(process: int) -> int:
    return len([*Path(f"/proc/{process}/fd").iterdir()])
