"""The event loop that a program's main thread finds without making one: here the lesson's does."""

from __future__ import annotations

import asyncio
import sys
from threading import get_ident
from typing import Any

# From there on no thread finds a loop that was not made.
_HAS_NONE = sys.version_info >= (3, 14)


class FirstLoop:
    """Has `asyncio.get_event_loop` make a loop on this thread where it has none yet."""

    def __init__(self) -> None:
        self._before: Any = None
        self._policy: Any = None

    def begin(self) -> None:
        """Make the first loop that is asked for from here on; call on the lesson's thread."""
        if not _HAS_NONE:
            self._before = asyncio.get_event_loop_policy()
            self._policy = _policy_for(get_ident())
            asyncio.set_event_loop_policy(self._policy)

    def end(self) -> None:
        """Put back what was there, unless the lesson has put something else there."""
        if self._policy is not None and asyncio.get_event_loop_policy() is self._policy:
            asyncio.set_event_loop_policy(self._before)


def _policy_for(thread: int) -> Any:
    class Policy(asyncio.DefaultEventLoopPolicy):
        """Python's own, but for which thread it takes for the main one."""

        def get_event_loop(self) -> asyncio.AbstractEventLoop:
            """The thread's loop, made where it is the first that this thread asks for."""
            known: Any = self._local  # type: ignore[attr-defined]
            if known._loop is None and not known._set_called and get_ident() == thread:
                self.set_event_loop(self.new_event_loop())
            return super().get_event_loop()

    return Policy()
