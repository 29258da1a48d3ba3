"""What a session needs of the engine that it is opened in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.protocol.wire import Kind

if TYPE_CHECKING:
    from engine.host.succession import Succession


class Post(Protocol):
    """What a session needs of the engine: a way to its process, and back."""

    has_own_streams: bool
    has_errors_apart: bool
    is_terminal: bool

    @property
    def keeps_moments(self) -> bool:
        """Whether moments of sessions are kept."""

    def begin(self, processes: Succession) -> int:
        """A number for a process that is about to be opened."""

    def send(self, number: int, kind: Kind, body: bytes = b"") -> None:
        """Say something to the host, or through it to a session."""

    def let_go(self, number: int) -> None:
        """Hear no more of a process."""

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""

    def hear(self) -> None:
        """Give to each session what has come for it."""

    def ask(self) -> bool:
        """Ask the host what has happened; False where that was asked only just now."""
