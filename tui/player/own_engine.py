"""The engine that plays the app's lessons: its own, made when first asked for, or a given one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.client.engine import Engine


class OwnEngine:
    """Makes the engine, in whichever thread asks first; what was `given` is not closed.

    Its moments may have so many bytes of memory.
    """

    def __init__(self, given: Engine | None, moments: int) -> None:
        self._engine = given
        self._moments = moments
        self._is_own = given is None
        self._is_made = threading.Lock()

    def started(self) -> Engine:
        """The engine, which begins to import torch in its own process."""
        # Behind the list: before the first picture every import counts.
        from engine.client.engine import Engine

        with self._is_made:
            if self._engine is None:
                self._engine = Engine(moments=self._moments)
            self._engine.start()
            return self._engine

    def close(self) -> None:
        """End the engine and its sessions, if it is the app's own and was made."""
        if self._engine is not None and self._is_own:
            self._engine.close()
