"""One end of a stream of packets that neither reads nor writes more than there is room for."""

from __future__ import annotations

import os
import socket
from collections import deque
from typing import NamedTuple

from engine.protocol.wire import HEAD, Kind, packet

_MOST_AT_ONCE = 1 << 20
_MOST_DESCRIPTORS = 16


class Packet(NamedTuple):
    """What came: of which session, of which kind, and its body."""

    session: int
    kind: Kind
    body: bytes


class Connection:
    """A socket that never makes its owner wait.

    ``is_open`` is False once the other end is gone and all that it said has been received.
    ``descriptors`` are those that came with packets, in their order, and are for their owner to
    close.
    """

    def __init__(self, link: socket.socket) -> None:
        link.setblocking(False)
        self.is_open = True
        self._link = link
        self._came = bytearray()
        self._goes = bytearray()
        self.descriptors: deque[int] = deque()

    def fileno(self) -> int:
        """The descriptor to wait on; -1 once it is closed."""
        return self._link.fileno()

    @property
    def waits_to_write(self) -> bool:
        """Whether something has not gone yet."""
        return bool(self._goes)

    def send(self, session: int, kind: Kind, body: bytes = b"") -> None:
        """Send a packet now, as far as there is room, and the rest when `flush` finds some."""
        self._goes += packet(session, kind, body)
        self.flush()

    def flush(self) -> None:
        """Write what there is room for; what nobody will read any more is forgotten."""
        while self._goes:
            try:
                gone = self._link.send(self._goes)
            except BlockingIOError:
                return
            except OSError:
                # The other end is gone, but what it said before may still be to be received.
                self._goes.clear()
                return
            del self._goes[:gone]

    def receive(self) -> list[Packet]:
        """The packets that have come whole."""
        while self.is_open:
            try:
                data, came, _, _ = socket.recv_fds(self._link, _MOST_AT_ONCE, _MOST_DESCRIPTORS)
                self.descriptors += came
            except BlockingIOError:
                break
            except OSError:
                data = b""
            if not data:
                self.is_open = False
                break
            self._came += data
        packets: list[Packet] = []
        at = 0
        while len(self._came) - at >= HEAD.size:
            length, session, kind = HEAD.unpack_from(self._came, at)
            end = at + HEAD.size + length
            if end > len(self._came):
                break
            packets.append(Packet(session, Kind(kind), bytes(self._came[at + HEAD.size : end])))
            at = end
        del self._came[:at]
        return packets

    def close(self) -> None:
        """Let the other end know that nobody is here any more."""
        self.is_open = False
        self._link.close()
        while self.descriptors:
            os.close(self.descriptors.popleft())
