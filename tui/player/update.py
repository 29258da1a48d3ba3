"""What a poll of the session finds changed."""

from __future__ import annotations

from enum import Flag, auto


class Update(Flag):
    """What is not as it was at the poll before.

    BEGUN: the step that is shown has begun to run; PASSED: an attempt has passed its checks.
    """

    NONE = 0
    STATUS = auto()
    STEP = auto()
    OUTPUT = auto()
    FRAME = auto()
    BEGUN = auto()
    PASSED = auto()
