"""What leads to the process that plays a lesson now, and to the next one after it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.client.dialogue import Dialogue
from engine.client.post import Addressee, Post
from engine.protocol.commands import Command, GoTo, Numbered
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Open
from engine.protocol.moments import Wake
from engine.protocol.wire import Kind, encode


class ProcessLink:
    """Speaks to the process of now, if there is one; the numbers of commands go on in the next.

    ``process`` is its number, 0 where there is none. ``dialogue`` is with it, or else with the last
    one. ``newest_command`` is the number of the newest command to any of them, and
    ``request`` is how frames are wanted.
    """

    def __init__(self, post: Post, request: FrameRequest) -> None:
        self.request = request
        self.process = 0
        self.newest_command = 0
        self._post = post
        self.dialogue = self._new_dialogue()

    def begin(
        self, addressee: Addressee, told: Sequence[Command], *, runs: bool
    ) -> tuple[Numbered, ...]:
        """Take up a process that is told these commands first, and has not been made yet.

        `runs` says whether they make it run. What comes of it goes to `addressee`.
        """
        self.process = self._post.begin(addressee)
        self.dialogue = self._new_dialogue()
        numbered = [self._numbered(command) for command in told]
        seeks = any(isinstance(command, GoTo) for command in told)
        self.dialogue.was_opened_with(numbered, runs=runs, seeks=seeks)
        return tuple(numbered)

    def open(self, order: Open) -> None:
        """Have the process made that was begun, which opens the lesson."""
        self._post.send(self.process, Kind.OPEN, encode(order))

    def wake(self, wake: Wake) -> None:
        """Have the process that was begun be one that wakes from a moment."""
        self._post.send(self.process, Kind.WAKE, encode(wake))

    def command(self, command: Command) -> bool:
        """Send a command; False where there is no process."""
        if self.process:
            self.dialogue.command(self._numbered(command))
        return bool(self.process)

    def kill(self) -> None:
        """End the process at once, and hear no more of it."""
        self._leave(Kind.KILL)

    def quit(self) -> None:
        """Have the process end by itself, and hear no more of it."""
        self._leave(Kind.QUIT)

    def lose(self) -> None:
        """Know that the process has ended."""
        self._post.let_go(self.process)
        self.process = 0

    def forget_moments(self, numbers: tuple[int, ...]) -> None:
        """Have the host end these moments."""
        if numbers:
            self._post.send(0, Kind.FORGET, encode(numbers))

    def mark_moment(self, number: int) -> None:
        """Have the host keep this moment, however many follow."""
        self._post.send(0, Kind.MARK, encode(number))

    def _leave(self, how: Kind) -> None:
        if self.process:
            self._post.send(self.process, how)
            self.lose()

    def _numbered(self, command: Command) -> Numbered:
        self.newest_command += 1
        return Numbered(self.newest_command, command)

    def _new_dialogue(self) -> Dialogue:
        process = self.process
        return Dialogue(
            lambda kind, body: self._post.send(process, kind, body),
            is_text_whole=self._post.has_own_streams,
        )
