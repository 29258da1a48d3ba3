"""The words that tab has asked for: the keys behind it wait for them, however fast they come."""

from __future__ import annotations

import asyncio
from contextlib import suppress

# How long they wait at most, in seconds.
_PATIENCE = 0.5


class AwaitedWords:
    """Tells who waits that an answer has come; all on the thread of the event loop."""

    def __init__(self) -> None:
        self._have_come = asyncio.Event()

    def note_asked(self) -> None:
        """An answer is to come."""
        self._have_come.clear()

    def note_come(self) -> None:
        """The answer is there, whatever it says."""
        self._have_come.set()

    async def wait(self) -> None:
        """Wait for the answer, or until that has taken too long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._have_come.wait(), _PATIENCE)
