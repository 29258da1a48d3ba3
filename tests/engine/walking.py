"""A session that is played one statement at a time."""

from __future__ import annotations

from collections.abc import Callable

from playing import Player, step_and_wait

from engine.protocol.statements import NextStatement, StatementChanges
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]


class Walk:
    """A session that goes one statement on at a time, and where it has stood."""

    def __init__(self, player: Player, index: int = 0) -> None:
        self.player = player
        self._lines = player.session.lesson.source.splitlines()
        player.session.run_step(index, Grain.STATEMENT)
        player.wait_for(Status.PAUSED, Status.READY)

    @property
    def is_over(self) -> bool:
        return self.player.session.status is Status.READY

    @property
    def standing(self) -> NextStatement:
        frame = self.player.session.frame
        assert frame is not None
        assert frame.statement is not None, "no statement is next"
        return frame.statement

    @property
    def text(self) -> str:
        """The first line of the statement that is next."""
        return self._lines[self.standing.line - 1].strip()

    @property
    def changes(self) -> StatementChanges:
        return self.standing.changes

    def go_on(self) -> None:
        step_and_wait(self.player, Grain.STATEMENT)

    def go_to(self, text: str) -> None:
        while self.text != text:
            self.go_on()
            assert not self.is_over, f"it never stood before {text!r}"

    def to_the_end(self) -> list[str]:
        """Every statement from here on, as it comes."""
        texts = []
        while not self.is_over:
            texts.append(self.text)
            self.go_on()
        return texts


def walked(play: Play, text: str, index: int = 0) -> list[str]:
    return Walk(play(text), index).to_the_end()
