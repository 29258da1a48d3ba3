"""What a session needs of the engine that it is opened in, and the engine of it."""

from __future__ import annotations

from typing import Protocol

from engine.protocol.messages import ToldEntry
from engine.protocol.outcomes import Death
from engine.protocol.wire import Kind


class Addressee(Protocol):
    """To whom it goes what comes of a process."""

    def take_in(self, entry: ToldEntry) -> None:
        """Take what the host has heard of the process."""

    def take_answer(self, body: bytes) -> None:
        """Take an answer of the process."""

    def lose_host(self, death: Death) -> None:
        """Know that the host has ended, and that there is another."""

    def give_up(self, why: str) -> None:
        """Know that no host can be started."""


class Post(Protocol):
    """What a session needs of the engine: a way to its process, and back."""

    has_own_streams: bool
    has_errors_apart: bool
    is_terminal: bool

    @property
    def keeps_moments(self) -> bool:
        """Whether moments of sessions are kept."""

    def begin(self, addressee: Addressee) -> int:
        """A number for a process that is about to be opened."""

    def send(self, number: int, kind: Kind, body: bytes = b"") -> None:
        """Say something to the host, or through it to a session."""

    def let_go(self, number: int) -> None:
        """Hear no more of a process."""

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""

    def hear(self) -> None:
        """Give to each session what has come for it."""

    def ask(self, number: int) -> bool:
        """Ask the host what has happened; False where that process was asked only just now."""
