"""A race of runs of one step: how it begins, what has come of each, and that it is over; no widget.

From the step's beginning each run is of code of its own, with another number or another edit, in
the step itself or in one before it, from which the run then begins. From
where the run of now is paused each makes a change there; what that is to assign is first asked of
the run that stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count

from engine.client.racing import Lane, LaneStatus, Race, RacingLane
from engine.client.remote_session import RemoteSession
from engine.protocol.events import AskAnswered, PictureShown
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from tui.editing.live_place import LivePlace
from tui.runs.run import Run
from tui.runs.runs import Runs
from tui.runs.told_changes import ToldChange

# Below those of the learner's questions, and of the numbers that are turned.
_FIRST_NUMBER = -1_000_000


class NoRace(Enum):
    """Why a race that was wanted did not begin.

    NOT_READ: the run reads the number no more; GONE: the run that stood there has gone.
    """

    NOT_READ = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Racer:
    """One run of a race: what it is called, what the engine knows of it, and what is kept of it."""

    name: str
    lane: RacingLane
    run: Run


@dataclass(frozen=True, slots=True)
class RaceCount:
    """How a race stands: how many runs train, wait for their turn, and have ended."""

    running: int
    waiting: int
    ended: int


@dataclass(frozen=True, slots=True)
class WantedChange:
    """Values for what is called `name`, where a run stands at `place`.

    ``known`` are the numbers that it has been, of which one stands at each of the ``places`` where
    it is to change.
    """

    place: Place
    name: str
    values: Sequence[str]
    known: Sequence[str]
    places: Sequence[LivePlace]


class Racing:
    """The race that is on, or that was the last; ``name`` is what is raced.

    ``no_race`` says why the one that was wanted last did not begin.
    """

    def __init__(self, session: RemoteSession, runs: Runs) -> None:
        self.name = ""
        self.no_race: NoRace | None = None
        self._session = session
        self._runs = runs
        self._race: Race | None = None
        self._racers: tuple[Racer, ...] = ()
        self._frames: dict[int, Frame] = {}
        self._numbers = count(_FIRST_NUMBER, -1)
        self._wanted: WantedChange | None = None
        self._questions: dict[int, LivePlace] = {}
        self._answers: dict[int, str] = {}

    @property
    def is_on(self) -> bool:
        """Whether it is about to begin, or any of its runs has not ended."""
        return self._wanted is not None or any(not one.lane.is_over for one in self._racers)

    @property
    def failures(self) -> list[tuple[str, str]]:
        """The names of the runs that failed or died, each with why, in a line."""
        return [
            (one.name, one.lane.error.rpartition("\n")[2])
            for one in self._racers
            if one.lane.status in (LaneStatus.FAILED, LaneStatus.DIED)
        ]

    @property
    def began_at_end(self) -> bool:
        """Whether no iteration was left where it began: each has the curve of the run it left."""
        runs = [one.run for one in self._racers if one.lane.status is LaneStatus.DONE]
        return bool(runs) and all(
            0 < run.origin.position == (run.end or run.origin).position for run in runs
        )

    @property
    def standing(self) -> RaceCount:
        """How the race stands."""
        status = [one.lane.status for one in self._racers]
        waiting = status.count(LaneStatus.WAITING)
        ended = sum(one.lane.is_over for one in self._racers)
        return RaceCount(len(status) - waiting - ended, waiting, ended)

    @property
    def has_pictures(self) -> bool:
        """Whether a run of the race has shown any, the one that has just ended included."""
        return any(one.lane.written.newest_picture is not None for one in self._racers)

    @property
    def picture(self) -> tuple[Run, PictureShown] | None:
        """The newest picture of the newest run that trains and has shown one; None where none."""
        for one in reversed(self._racers):
            shown = one.lane.written.newest_picture
            if shown is not None and one.lane.status is LaneStatus.RUNNING:
                return one.run, shown
        return None

    def is_waiting(self, run: Run) -> bool:
        """Whether a run of the race waits for its turn, as `standing` counts it."""
        return any(one.run is run and one.lane.status is LaneStatus.WAITING for one in self._racers)

    def has(self, number: int) -> bool:
        """Whether the engine's run of this number is one of the race."""
        return any(number in one.lane.runs for one in self._racers)

    # What begins and ends it

    def begin_with_step(
        self, step: int, codes: Mapping[str, Mapping[int, str]], source: str, own_source: str
    ) -> None:
        """Race codes of a step, or of those before it, from its beginning, by their runs' names.

        Each code is by the step's index. `source` is what runs where none is of the step itself,
        and `own_source` the lesson's own.
        """
        self.no_race = None
        runs = [
            self._runs.begin_beside(
                step, code.get(step, source), own_source, earlier=_before(step, code)
            )
            for code in codes.values()
        ]
        self._begin(Place(step), list(codes), [Lane(code) for code in codes.values()], runs)

    def begin_from(self, wanted: WantedChange) -> None:
        """Race changes from where the run stands, once it is known what they are to assign."""
        self.no_race = None
        if not wanted.places:
            self.no_race = NoRace.NOT_READ
            return
        self._wanted, self._answers = wanted, {}
        self._questions = {next(self._numbers): place for place in wanted.places}
        for number, place in self._questions.items():
            self._session.ask(number, place.question)

    def takes(self, answer: AskAnswered) -> bool:
        """Take an answer to what was asked here; False where it is to something else."""
        if answer.number > _FIRST_NUMBER:
            return False
        if answer.number in self._questions:
            said = answer.said if answer.outcome is Outcome.DONE else ""
            self._answers[answer.number] = said
            if len(self._answers) == len(self._questions):
                self._begin_changed()
        return True

    def lose_answers(self) -> None:
        """Expect no answer: the run that was asked has gone."""
        if self._wanted is not None:
            self._wanted, self.no_race = None, NoRace.GONE

    def stop(self) -> None:
        """End every run where it is."""
        self._wanted = None
        if self._race is not None:
            self._race.stop()
            self._take_in()

    # While it is on

    def poll(self) -> bool:
        """Take in what has happened; whether anything has that is shown."""
        if self._race is None:
            return False
        before = self.standing
        self._race.poll()
        has_drawn = self._take_in()
        if all(one.lane.is_over for one in self._racers):
            self._race = None
            self._frames.clear()
        return has_drawn or before != self.standing

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame of every run that trains."""
        if self._race is not None:
            self._race.request_frame(request)

    def _begin_changed(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        statements = [self._statement(wanted, value) for value in wanted.values]
        if not all(statements):
            self.no_race = NoRace.NOT_READ
            return
        before = self._before(wanted)
        changes = [ToldChange(wanted.place, wanted.name, before, one) for one in wanted.values]
        runs = [self._runs.branch_beside(change) for change in changes]
        lanes = [Lane(change=text) for text in statements]
        names = [f"{wanted.name} {value}".strip() for value in wanted.values]
        self._begin(wanted.place, names, lanes, runs)

    def _statement(self, wanted: WantedChange, value: str) -> str:
        """What assigns a value wherever one of the known numbers stands."""
        return "; ".join(
            statement
            for number, place in self._questions.items()
            for statement in place.assignments(self._answers[number], wanted.known, value)
        )

    def _before(self, wanted: WantedChange) -> str:
        answers = ((place, self._answers[number]) for number, place in self._questions.items())
        found = (place.found(said, wanted.known) for place, said in answers)
        return next((text for text in found if text is not None), "")

    def _begin(
        self, place: Place, names: Sequence[str], lanes: Sequence[Lane], runs: Sequence[Run]
    ) -> None:
        self._race = self._session.race(place, lanes)
        self._racers = tuple(map(Racer, names, self._race.lanes, runs))

    def _take_in(self) -> bool:
        """Keep the newest curve of each run, and the run once it is over; whether any is new."""
        is_new = False
        for racer in self._racers:
            lane, run = racer.lane, racer.run
            run.number = lane.run
            frame = lane.frame
            if frame is not None and frame is not self._frames.get(run.ordinal):
                self._frames[run.ordinal] = frame
                run.take(frame, lane.outcome if lane.is_over else None)
                is_new = True
            if lane.is_over and run in self._runs.racing(run.step):
                run.outcome = lane.outcome
                self._runs.end_beside(run)
                is_new = True
        return is_new


def _before(step: int, code: Mapping[int, str]) -> dict[int, str]:
    """What of a code is of the steps before one."""
    return {index: source for index, source in code.items() if index < step}
