"""What the host says to a session's process."""

from __future__ import annotations

import socket
from struct import Struct

from engine.protocol.wire import HEAD, Kind
from engine.system.processes import end_process

_MOST_AT_ONCE = 1 << 16

# A time as the system has it: seconds and microseconds.
_TIME = Struct("@ll")


class Inbox:
    """The packets that come, one by one; the process ends where the host is gone.

    Reading takes the interpreter lock from the training once for all that has come together, and
    not for each packet's head and body.
    """

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._came = b""
        self._patience = 0

    def next(self, milliseconds: int = 0) -> tuple[Kind, bytes] | None:
        """The next packet's kind and body; None where none comes in so long. 0 waits for ever."""
        while (found := self._take()) is None:
            self._be_patient(milliseconds)
            try:
                more = self._link.recv(_MOST_AT_ONCE)
            except BlockingIOError:
                return None
            if not more:
                end_process(0)
            self._came += more
        return found

    def _take(self) -> tuple[Kind, bytes] | None:
        if len(self._came) < HEAD.size:
            return None
        length, _, kind = HEAD.unpack_from(self._came)
        end = HEAD.size + length
        if len(self._came) < end:
            return None
        body, self._came = self._came[HEAD.size : end], self._came[end:]
        return Kind(kind), body

    def _be_patient(self, milliseconds: int) -> None:
        """Have the system wait so long: to wait and then to read would take the lock twice."""
        if milliseconds != self._patience:
            self._patience = milliseconds
            seconds, rest = divmod(milliseconds, 1000)
            time = _TIME.pack(seconds, 1000 * rest)
            self._link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, time)
