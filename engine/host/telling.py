"""What has happened in sessions and the interface has not heard of yet, with bounded memory."""

from __future__ import annotations

from collections import deque

from engine.protocol.messages import Ended, EventTold, Kept, Lost, Told, Wrote
from engine.protocol.moments import Moment
from engine.protocol.outcomes import Death
from engine.protocol.wire import encode

# How much text may wait, in bytes. Of a session that writes without end the oldest is let go and
# counted, so that it can fill neither the memory nor the screen's time; one whose whole output is
# wanted has to wait until some of it has been taken.
MOST_WAITING = 1_000_000

# How much of one line is kept, in bytes: more than a pane shows, and far less than may wait, so
# that it is the line's beginning that is seen.
LONGEST_LINE = 1 << 16


class News:
    """Events, output and ends of sessions, in their order."""

    def __init__(self) -> None:
        self._entries: list[EventTold | Ended | Kept | Lost | _Text] = []
        self._keeps_all: dict[int, bool] = {}
        self._lines: dict[int, _Lines] = {}

    @property
    def is_there(self) -> bool:
        """Whether there is something to tell."""
        return bool(self._entries)

    def begin(self, session: int, *, keeps_all: bool) -> None:
        """Expect news of a session; with `keeps_all` none of its output may be let go."""
        self._keeps_all[session] = keeps_all
        self._lines[session] = _Lines()

    def is_full(self, session: int) -> bool:
        """Whether no more of a session's output is to be read for now."""
        return self._keeps_all[session] and self._size_of(session) >= MOST_WAITING

    def add_event(self, session: int, event: bytes) -> None:
        """Add an event that a session told of."""
        self._entries.append(EventTold(session, event))

    def add_end(self, session: int, death: Death) -> None:
        """Add that a session's process has ended."""
        del self._keeps_all[session], self._lines[session]
        self._entries.append(Ended(session, death))

    def add_kept(self, session: int, number: int, moment: Moment, size: int) -> None:
        """Add that a moment of a session is kept, and the memory of all moments, in bytes."""
        self._entries.append(Kept(session, number, moment, size))

    def add_lost(self, session: int, numbers: tuple[int, ...], *, is_memory_low: bool) -> None:
        """Add that moments are kept no longer."""
        self._entries.append(Lost(session, numbers, is_memory_low))

    def add_text(self, session: int, data: bytes, *, is_error: bool) -> None:
        """Add what a session wrote, to the text before it where nothing came between."""
        if not self._keeps_all[session]:
            data = self._lines[session].shortened(data)
        if not data:
            return
        last = self._entries[-1] if self._entries else None
        if not isinstance(last, _Text) or (last.session, last.is_error) != (session, is_error):
            last = _Text(session, is_error=is_error)
            self._entries.append(last)
        last.add(data)
        if not self._keeps_all[session]:
            last.let_go_above(MOST_WAITING)

    def take(self) -> bytes:
        """All of it, encoded; from here on it has been told."""
        entries, self._entries = self._entries, []
        return encode(
            Told(tuple(one.as_data() if isinstance(one, _Text) else one for one in entries))
        )

    def _size_of(self, session: int) -> int:
        texts = (one for one in self._entries if isinstance(one, _Text))
        return sum(one.size for one in texts if one.session == session)


class _Lines:
    """Cuts the lines of a text that comes in parts where they are longer than one may be."""

    def __init__(self) -> None:
        self._size = 0

    def shortened(self, data: bytes) -> bytes:
        kept: list[bytes] = []
        at = 0
        while at < len(data):
            reach = at + LONGEST_LINE - self._size
            end = max(data.rfind(b"\n", at, reach), data.rfind(b"\r", at, reach)) + 1
            if end:
                self._size = 0
            else:
                end = min(reach, len(data))
                self._size += end - at
            kept.append(data[at:end])
            at = end
            if self._size == LONGEST_LINE:
                at = _next_break(data, at)
                # The break itself is kept.
                self._size -= at < len(data)
        return b"".join(kept)


def _next_break(data: bytes, start: int) -> int:
    """Where the line ends that goes on at `start`: at the end of the data if not before."""
    places = [at for at in (data.find(b"\n", start), data.find(b"\r", start)) if at >= 0]
    return min(places, default=len(data))


class _Text:
    """Output that waits: its newest part, and how much before that was let go."""

    def __init__(self, session: int, *, is_error: bool) -> None:
        self.session = session
        self.is_error = is_error
        self.size = 0
        self._left_out = 0
        self._parts: deque[bytes] = deque()

    def add(self, data: bytes) -> None:
        self._parts.append(data)
        self.size += len(data)

    def let_go_above(self, limit: int) -> None:
        while self.size > limit:
            part = self._parts.popleft()
            cut = min(self.size - limit, len(part))
            self.size -= cut
            self._left_out += cut
            if cut < len(part):
                self._parts.appendleft(part[cut:])

    def as_data(self) -> Wrote:
        return Wrote(self.session, b"".join(self._parts), self._left_out, is_error=self.is_error)
