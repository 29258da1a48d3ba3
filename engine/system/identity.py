"""What a descriptor leads to, by which two of them are told to be the same."""

from __future__ import annotations

import os


def identity_of(descriptor: int) -> tuple[int, int] | None:
    """The device and the number of the file on it; None where the descriptor is closed."""
    try:
        found = os.fstat(descriptor)
    except OSError:
        return None
    return found.st_dev, found.st_ino
