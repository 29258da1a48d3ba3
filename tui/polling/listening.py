"""Hears at once when a session's connection has something, between two polls; no widget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

NOWHERE = -1
"""The descriptor at which nothing is heard."""


class Listener:
    """Calls `hear` in the event loop's thread whenever its descriptor can be read."""

    def __init__(self, hear: Callable[[], None]) -> None:
        self._hear = hear
        self._descriptor = NOWHERE

    def listen_at(self, descriptor: int) -> None:
        """Hear what comes there, in place of where it came until now."""
        if descriptor == self._descriptor:
            return
        loop = asyncio.get_running_loop()
        if self._descriptor != NOWHERE:
            loop.remove_reader(self._descriptor)
        if descriptor != NOWHERE:
            loop.add_reader(descriptor, self._hear)
        self._descriptor = descriptor
