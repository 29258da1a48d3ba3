"""Whether code has come by a line that gives a name its value."""

from __future__ import annotations

import dis
from types import FrameType

_STORES = ("STORE_NAME", "STORE_GLOBAL")


def has_stored(frame: FrameType, name: str, *, since: int) -> bool:
    """Whether an instruction that stores a global name lies between this one and where `frame` is.

    Instructions are counted in bytes. Which way the code took between them is not known.
    """
    return any(
        instruction.opname in _STORES and instruction.argval == name
        for instruction in dis.get_instructions(frame.f_code)
        if since < instruction.offset < frame.f_lasti
    )
