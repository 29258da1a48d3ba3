"""An app in which one key is done before the next one begins, however fast they are typed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial

from textual import events
from textual._callback import invoke
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input, TextArea

from tui.terminal.typed import EitherKey

# How long a key waits for a widget to handle what came before it, in seconds: a widget that is
# busy longer gets its keys in their order all the same, but no other widget waits for it.
_PATIENCE = 2.0

# What a key leads to may lead to more: how often the way up is walked at most.
_MOST_WALKS = 5

# Where a key to the end of a text means nothing, as there is one line or a list, it is that to the
# end of the line.
_AS_IN_A_LINE = {
    "ctrl+home": "home",
    "ctrl+end": "end",
    "ctrl+shift+home": "shift+home",
    "ctrl+shift+end": "shift+end",
}


class OrderlyApp(App[None]):
    """Carries a key from the widget that has the focus up to the app before it looks at the next.

    Textual posts a key to the focused widget, and what the widget does not want goes up through a
    message queue for each of its ancestors, to be looked up among the bindings at the top: keys
    that are text, which stay in the widget, overtake keys that are bindings. Here each of these
    ancestors is given the key, in its own task, while the app waits; and so that a key finds the
    focus where the key before it has moved it, the app then waits for what the key has led to.
    Pasted text and the mouse, which come by the same queue, stay behind the keys before them.
    """

    @dataclass
    class Unbound(Message):
        """A key that no widget and no action wanted."""

        key: str
        character: str | None

    def __init__(self) -> None:
        super().__init__()
        self._keys: set[events.Key] = set()
        self._shown_by: Screen[object] | None = None

    @property
    def has_keys_in_hand(self) -> bool:
        """Whether a key has been pressed that the screen does not show the effect of yet."""
        return bool(self._keys) or self._shown_by in self.screen_stack[-1:]

    def expect(self, key: events.Key) -> None:
        """Know of a key before it is in the queue; any thread may call this."""
        self._keys.add(key)

    async def press_first(self, keys: Iterable[events.Key]) -> None:
        """Do keys before those that wait; called where the app handles a message of its own."""
        for one in keys:
            key = events.Key(one.key, one.character)
            self.expect(key)
            await self.on_event(key)
            # What a dialog was closed with is taken by what opened it, before the next key.
            await self._flush_next_callbacks()

    def post_message(self, message: Message) -> bool:
        """Take a message into the queue."""
        if isinstance(message, events.Key) and not message.is_forwarded:
            self.expect(message)
        return super().post_message(message)

    async def on_event(self, event: events.Event) -> None:
        """Do what a key means; everything else goes Textual's way."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        try:
            # None is there any more for a key that comes while the app leaves.
            if self.screen_stack:
                self.begin_key()
                await self._carry_out(event)
        finally:
            self._keys.discard(event)
        if self.screen_stack:
            self._shown_by = self.screen
            self.screen.call_after_refresh(self._has_shown)

    def begin_key(self) -> None:
        """What is to be done before each key."""

    def _has_shown(self) -> None:
        self._shown_by = None

    async def _carry_out(self, event: events.Key) -> None:
        self.app_focus = True
        await self._has_settled(self._way_up())
        if not self.screen_stack:
            return
        if isinstance(event, EitherKey) and not isinstance(self.focused, Input | TextArea):
            for key in event.apart:
                await self._carry_out(key)
            return
        way = self._way_up()
        if self._leaves_maximized(event):
            self.screen.minimize()
        elif not await self._check_bindings(event.key, priority=True):
            event._set_forwarded()
            await self._carry_up(event, way)
        await self._has_settled(way)

    def _leaves_maximized(self, event: events.Key) -> bool:
        is_wanted = event.key == "escape" and self.escape_to_minimize
        return self.screen.maximized is not None and is_wanted

    def _way_up(self) -> list[MessagePump]:
        """What a key passes: the focused widget, or else the screen, and its ancestors."""
        start: DOMNode = self.focused or self.screen
        return [node for node in start.ancestors_with_self if node is not self]

    async def _carry_up(self, event: events.Key, way: list[MessagePump]) -> None:
        for node in way:
            await _in_its_turn(node, partial(_handle, node, event))
            if event._stop_propagation:
                return
        if await self._check_bindings(event.key):
            return
        to_the_end = _AS_IN_A_LINE.get(event.key)
        if to_the_end is None:
            self.post_message(self.Unbound(event.key, event.character))
        else:
            key = events.Key(to_the_end, None)
            key._set_forwarded()
            await self._carry_up(key, way)

    async def _has_settled(self, way: list[MessagePump]) -> None:
        """Wait until what waits in these widgets is done, and what has come of it."""
        for _ in range(_MOST_WALKS):
            for node in way:
                await _in_its_turn(node, _nothing)
            if all(node._message_queue.empty() for node in way):
                return


async def _handle(node: MessagePump, event: events.Key) -> None:
    """Call a widget's own handlers of keys."""
    # What a widget below keeps from its own default is none of this one's.
    event.prevent_default(False)
    for _kind, handler in node._get_dispatch_methods("on_key", event):
        await invoke(handler, event)


async def _nothing() -> None:
    """Done: whatever stood before this in the queue."""


async def _in_its_turn(node: MessagePump, call: Callable[[], Awaitable[None]]) -> None:
    """Call in the widget's own task, after what it has to handle already, and wait for the end."""
    done = asyncio.Event()

    async def call_and_tell() -> None:
        try:
            await call()
        finally:
            done.set()

    if node._task is None or not node.call_later(call_and_tell):
        return
    ended = asyncio.create_task(done.wait())
    try:
        # A widget that is taken away meanwhile never comes to it.
        await asyncio.wait(
            {ended, node._task}, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        ended.cancel()
