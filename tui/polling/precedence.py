"""What is drawn of a training, and what a key has done, in which order; no widget, no clock."""

from __future__ import annotations

from collections.abc import Callable

from tui.player.update import Update

# What keeps coming while a step runs: nobody misses one of these pictures.
_CAN_WAIT = Update.FRAME | Update.OUTPUT
# For so many seconds: keys that are held down would hide the training else.
_LONGEST = 0.1


class Precedence:
    """Puts the drawing of frames and output off while `keys_wait()`, but not for long."""

    def __init__(self, keys_wait: Callable[[], bool]) -> None:
        self._keys_wait = keys_wait
        self._put_off = Update.NONE
        self._since = 0.0

    def to_draw(self, now: float, updates: Update) -> Update:
        """What to draw now, with what was put off; `now` is in seconds."""
        if not self._put_off:
            self._since = now
        updates |= self._put_off
        has_time = not updates & ~_CAN_WAIT and now - self._since < _LONGEST
        self._put_off = updates if has_time and self._keys_wait() else Update.NONE
        return Update.NONE if self._put_off else updates
