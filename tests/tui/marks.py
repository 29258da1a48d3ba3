"""Waiting until every widget of the screen has handled the messages that wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

_PATIENCE = 30.0
_A_MOMENT = 0.001


class _Mark(Message, bubble=False, no_dispatch=None):
    """Does nothing where it comes to its turn but say so; no handler is looked up for it."""

    def __init__(self, come: Callable[[], None]) -> None:
        super().__init__()
        self._come = come

    @property
    def no_dispatch(self) -> bool:  # type: ignore[override]
        """What a widget asks first of each message."""
        self._come()
        return True


async def all_have_come_to_a_mark(pilot: Pilot[Any], timeout: float = _PATIENCE) -> bool:
    """Wait until the app and all widgets of its screen have handled what waited for them.

    False where the app failed meanwhile. Raises TimeoutError.
    """
    screen = pilot.app.screen
    # What the engine says meanwhile comes too: asking every widget would take as long.
    await asyncio.sleep(_A_MOMENT)
    pumps: list[MessagePump] = [pilot.app, *screen.walk_children(with_self=True)]
    waiting = 0
    all_have_come = asyncio.Event()

    def come() -> None:
        nonlocal waiting
        waiting -= 1
        if not waiting:
            all_have_come.set()

    waiting = sum(pump.post_message(_Mark(come)) for pump in pumps if not _is_idle(pump))
    if waiting:
        come_or_failed = [
            asyncio.create_task(event.wait())
            for event in (all_have_come, pilot.app._exception_event)
        ]
        done, late = await asyncio.wait(
            come_or_failed, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
        )
        for task in late:
            task.cancel()
        if not done:
            raise TimeoutError("a widget has not handled its messages")
    return not waiting


def _is_idle(pump: MessagePump) -> bool:
    """Whether it has handled everything, and waits for what comes next: most do, most times."""
    queue = pump._message_queue
    return queue.empty() and any(not one.done() for one in queue.ready_event._waiters)
