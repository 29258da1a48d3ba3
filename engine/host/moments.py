"""The moments that are kept, as the host has them: asleep, each behind a socket."""

from __future__ import annotations

import os
import select
import socket
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress

from engine.host.played import SharedFolder, Ways
from engine.host.thinning import Candidate, least_needed
from engine.protocol.moments import Left, Moment
from engine.system.memory import is_memory_low, private_memory
from engine.system.processes import end

# How long a moment that was begun may take to be there, in seconds.
_PATIENCE = 2.0
# How many moments are measured each time one more is kept, beside the newest but one, once they may
# have more memory than this share of the limit. It changes slowly, and to measure it takes long.
_MEASURED_AT_ONCE = 2
_NEAR_LIMIT = 0.5


class KeptMoment:
    """A process that sleeps until it is woken, or forgotten.

    ``process`` is 0 until it has said its number. One that ``is_marked`` stays. One that
    ``is_left`` is of a run that does not lead to where the lesson stands, and ``is_newest`` the
    newest of it.
    ``size`` is the memory that only it has, in bytes.
    """

    def __init__(
        self, number: int, family: int, moment: Moment, way: socket.socket, folder: SharedFolder
    ) -> None:
        self.number = number
        self.family = family
        self.moment = moment
        self.folder = folder.use()
        self.kept_at = time.monotonic()
        self.size = 0
        self.is_marked = self.is_left = self.is_newest = False
        self.process = 0
        self._way = way

    def fileno(self) -> int:
        """The descriptor that can be read when it has said its number, or is gone."""
        return self._way.fileno()

    def hear(self) -> bool:
        """Take its number, if it has come; whether the moment is still there."""
        try:
            said = self._way.recv(4, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not said:
            return False
        self.process = int.from_bytes(said, sys.byteorder)
        return True

    def wake(self, ways: Ways) -> int:
        """Have it go on with these ways; its process's number, 0 where it is gone.

        The moment is kept further by a fork of it, which says its own number soon.
        """
        self.settle()
        process, self.process = self.process, 0
        try:
            socket.send_fds(self._way, [b"w"], ways.descriptors)
        except OSError:
            return 0
        return process

    def settle(self) -> None:
        """Wait until it has said its number."""
        ends = time.monotonic() + _PATIENCE
        while not self.process and (left := ends - time.monotonic()) > 0:
            if select.select([self._way], [], [], left)[0] and not self.hear():
                return

    def end(self) -> None:
        """End its process, and let go of what leads to it."""
        self.settle()
        self.close()
        if self.process:
            end(self.process)
            with suppress(ChildProcessError):
                os.waitpid(self.process, 0)
        self.folder.leave()

    def close(self) -> None:
        """Close what leads to it, and nothing else."""
        self._way.close()


class KeptMoments:
    """All moments of all sessions. What is forgotten for want of room is told to `tell`.

    That is called with the family, the numbers, and whether the machine's memory is low.
    """

    def __init__(self, limit: int, tell: Callable[[int, tuple[int, ...], bool], None]) -> None:
        self._limit = limit
        self._tell = tell
        self._moments: dict[int, KeptMoment] = {}
        self._last_number = 0
        self._next_measured = 0

    def __iter__(self) -> Iterator[KeptMoment]:
        """Each moment, in the order in which they were kept."""
        return iter([*self._moments.values()])

    def __bool__(self) -> bool:
        """Whether any is kept."""
        return bool(self._moments)

    def get(self, number: int) -> KeptMoment | None:
        """The moment of this number, if it is still kept."""
        return self._moments.get(number)

    @property
    def size(self) -> int:
        """The memory that only moments have, in bytes, as it was measured last."""
        return sum(moment.size for moment in self)

    def add(self, family: int, moment: Moment, way: socket.socket, folder: SharedFolder) -> int:
        """Keep one more; its number."""
        self._last_number += 1
        self._moments[self._last_number] = KeptMoment(
            self._last_number, family, moment, way, folder
        )
        return self._last_number

    def hear(self, ready: Collection[int]) -> None:
        """Take what has come at these descriptors, and let go of moments that are gone."""
        self._lose([one for one in self if one.fileno() in ready and not one.hear()])

    def settle(self) -> set[int]:
        """The processes of all moments, once they have all said which they are."""
        for moment in self:
            moment.settle()
        return {moment.process for moment in self}

    def mark(self, number: int) -> None:
        """Forget this one for want of room never, and last where the machine's memory is low."""
        moment = self._moments.get(number)
        if moment is not None:
            moment.is_marked = True

    def leave(self, family: int, left: Left) -> None:
        """Know which moments of a lesson are of runs that were left."""
        for moment in self:
            if moment.family == family:
                moment.is_left = moment.number in left.moments
                moment.is_newest = moment.number in left.newest

    def forget(self, numbers: Iterable[int]) -> None:
        """Keep these no longer."""
        for number in numbers:
            moment = self._moments.pop(number, None)
            if moment is not None:
                moment.end()

    def forget_family(self, family: int) -> None:
        """Keep no moment of a lesson that is let go."""
        self.forget([moment.number for moment in self if moment.family == family])

    def make_room(self) -> None:
        """Forget what can be missed best, until the others keep to their limits."""
        self._measure()
        while True:
            needless = least_needed(
                [
                    Candidate(
                        one.number,
                        one.family,
                        one.moment,
                        one.kept_at,
                        one.size,
                        is_left=one.is_left,
                        is_newest=one.is_newest,
                    )
                    for one in self
                    if not one.is_marked
                ],
                time.monotonic(),
                self._limit,
            )
            if needless is None:
                return
            self._lose([self._moments[needless]])

    def make_room_in_memory(self) -> None:
        """Forget every second moment where the machine's memory is low, marked ones last."""
        if self._moments and is_memory_low():
            unmarked = [moment for moment in self if not moment.is_marked]
            self._lose((unmarked or [*self])[::2], is_memory_low=True)

    def close(self) -> None:
        """Close what leads to moments, in a process that has no part in them."""
        for moment in self:
            moment.close()

    def _lose(self, moments: list[KeptMoment], *, is_memory_low: bool = False) -> None:
        for family in {moment.family for moment in moments}:
            numbers = tuple(one.number for one in moments if one.family == family)
            self.forget(numbers)
            self._tell(family, numbers, is_memory_low)

    def _measure(self) -> None:
        moments = [*self]
        if not moments:
            return
        # The newest but one is the one that has changed most: what came after it was trained on.
        measured = {*moments[-2:-1]}
        if self.size > _NEAR_LIMIT * self._limit:
            measured |= {*self._in_turn(moments)}
        for moment in measured:
            moment.size = private_memory(moment.process) if moment.process else moment.size

    def _in_turn(self, moments: list[KeptMoment]) -> list[KeptMoment]:
        start, count = self._next_measured, len(moments)
        self._next_measured = (start + _MEASURED_AT_ONCE) % count
        return [moments[(start + at) % count] for at in range(min(_MEASURED_AT_ONCE, count))]
