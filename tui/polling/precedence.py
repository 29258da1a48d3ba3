"""What is drawn of a training, and what a key has done, in which order; no widget, no clock."""

from __future__ import annotations

from collections.abc import Callable

from tui.player.change import Change

# What keeps coming while a step runs: nobody misses one of these pictures.
_CAN_WAIT = Change.FRAME | Change.OUTPUT
# For so many seconds: keys that are held down would hide the training else.
_LONGEST = 0.1


class Precedence:
    """Puts the drawing of frames and output off while `keys_wait()`, but not for long."""

    def __init__(self, keys_wait: Callable[[], bool]) -> None:
        self._keys_wait = keys_wait
        self._put_off = Change.NONE
        self._since = 0.0

    def to_draw(self, now: float, changes: Change) -> Change:
        """What to draw now, with what was put off; `now` is in seconds."""
        if not self._put_off:
            self._since = now
        changes |= self._put_off
        has_time = not changes & ~_CAN_WAIT and now - self._since < _LONGEST
        self._put_off = changes if has_time and self._keys_wait() else Change.NONE
        return Change.NONE if self._put_off else changes
