"""Dials that are turned while their step is under way: what the session is asked, and what came.

First it is asked what stands in each place where the value may be; only where the dial's own is
found does the new one go, so that what a schedule has set stays. Only the newest turn waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import count

from engine.client.remote_session import RemoteSession
from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Outcome
from tui.editing.live_place import LivePlace
from tui.runs.told_changes import ToldChange


class Effect(Enum):
    """What a turn has done to the run.

    LATER: nothing, as no more is read of it; ELSEWHERE: nothing, as the run has another value
    there; WAITS: it is not known yet.
    """

    WAITS = auto()
    CHANGED = auto()
    LATER = auto()
    ELSEWHERE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What came of a turn: ``words`` are the value that is there instead, or what went wrong."""

    effect: Effect
    change: ToldChange | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A dial that is to be `text` where it is one of the numbers that it was before, `known`.

    ``name`` is what the dial is called.
    """

    name: str
    text: str
    known: tuple[str, ...]
    places: tuple[LivePlace, ...]


class LiveTurns:
    """Carries turns out one after another; ``told`` is what came of the newest."""

    def __init__(self, session: RemoteSession) -> None:
        self.told: TurnOutcome | None = None
        self._session = session
        # Below zero, so that none is that of a question of the learner's.
        self._numbers = count(-1, -1)
        self._turn: Turn | None = None
        self._next: Turn | None = None
        self._questions: dict[int, LivePlace] = {}
        self._answers: dict[int, str] = {}
        self._statement: int | None = None

    def begin(self, turn: Turn) -> None:
        """Change the values of the run; after the turn that is under way, if one is."""
        if self._turn is not None:
            self._next = turn
            return
        self._answers, self._statement = {}, None
        if not turn.places:
            self.told = TurnOutcome(Effect.LATER)
            return
        self._turn, self.told = turn, TurnOutcome(Effect.WAITS)
        self._questions = {next(self._numbers): place for place in turn.places}
        for number, place in self._questions.items():
            self._session.ask(number, place.question, at_once=True)

    def asked(self, answer: AskAnswered) -> bool:
        """Whether this is an answer to what was asked here."""
        return answer.number < 0

    def take(self, answer: AskAnswered) -> ToldChange | None:
        """Take an answer to what was asked here; the change that it tells, if it does."""
        turn = self._turn
        if turn is None:
            return None
        if answer.number == self._statement:
            return self._end(turn, answer)
        if answer.number in self._questions:
            said = answer.said if answer.outcome is Outcome.DONE else ""
            self._answers[answer.number] = said
            if len(self._answers) == len(self._questions):
                self._assign(turn)
        return None

    def lose(self) -> None:
        """Expect no answers, as the process has gone that was to give them."""
        self._turn = self._next = self.told = None

    def forget(self) -> None:
        """Say no more what came of the newest."""
        if self._turn is None:
            self.told = None

    def _assign(self, turn: Turn) -> None:
        statements = [
            statement
            for number, place in self._questions.items()
            for statement in place.assignments(self._answers[number], turn.known, turn.text)
        ]
        if statements:
            self._statement = next(self._numbers)
            self._session.ask(self._statement, "; ".join(statements), at_once=True)
            return
        there = next((said for said in self._answers.values() if said), "")
        self.told = (
            TurnOutcome(Effect.ELSEWHERE, words=there) if there else TurnOutcome(Effect.LATER)
        )
        self._go_on()

    def _end(self, turn: Turn, answer: AskAnswered) -> ToldChange | None:
        change = None
        if answer.outcome is not Outcome.DONE:
            self.told = TurnOutcome(Effect.FAILED, words=answer.said.rpartition("\n")[2])
        elif answer.place is None:
            self.told = TurnOutcome(Effect.LATER)
        else:
            change = ToldChange(answer.place, turn.name, self._before(turn), turn.text)
            self.told = TurnOutcome(Effect.CHANGED, change)
        self._go_on()
        return change

    def _before(self, turn: Turn) -> str:
        """What the dial was in the run."""
        answers = ((self._questions[number], said) for number, said in self._answers.items())
        found = (place.found(said, turn.known) for place, said in answers)
        return next((text for text in found if text is not None), "")

    def _go_on(self) -> None:
        following, self._turn, self._next = self._next, None, None
        if following is not None:
            self.begin(following)
