"""Several runs from one place at the same time, each in a process of its own: a race."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from msgspec import structs

from engine.client.succession import Succession
from engine.client.written import WrittenBeside
from engine.protocol.commands import Ask, Command, Resume, SetSource
from engine.protocol.events import (
    AskAnswered,
    EngineFailed,
    Event,
    MomentKept,
    OutputWritten,
    PictureShown,
    RunBegan,
    SessionDied,
    StepEnded,
    StepStarted,
    WentBack,
    WrittenApart,
)
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.run_tree.way import Goal

MOST_LANES = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """What is done otherwise in one run of a race.

    ``sources`` run in place of those that the steps have, of the one that is raced and of those
    before it: the run then begins with the first of these steps. ``change`` is a statement that is
    carried out where the race begins; None: as it was. One that ``is_unseen`` is no run that is
    told of, and nothing stays of it: it was run to find something out.
    """

    sources: Mapping[int, str] = field(default_factory=dict)
    change: str | None = None
    is_unseen: bool = False


class LaneStatus(Enum):
    """How far a run of a race is: it has ended from DONE on."""

    WAITING = auto()
    SEEKING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    STOPPED = auto()
    DIED = auto()


class Refusal(Enum):
    """Why there is no race."""

    NO_LANES = auto()
    TOO_MANY_LANES = auto()


_UNDER_WAY = (LaneStatus.SEEKING, LaneStatus.RUNNING)
_ENDS = {
    Outcome.DONE: LaneStatus.DONE,
    Outcome.FAILED: LaneStatus.FAILED,
    Outcome.STOPPED: LaneStatus.STOPPED,
}


class RacingLane:
    """One run of a race, and what is known of it.

    ``run`` is its number once it has begun, and ``runs`` has those of the steps on its way too.
    ``frame`` is the newest. ``written`` is what the step that runs has written and shown since the
    moment that it was woken from, or since its beginning. ``error`` says why it failed or died; ""
    where it did not.
    """

    def __init__(self, lane: Lane, place: Place) -> None:
        self.lane = lane
        self.status = LaneStatus.WAITING
        self.run: int | None = None
        self.runs: set[int] = set()
        self.outcome: Outcome | None = None
        self.error = ""
        self.written = WrittenBeside()
        self._place = place
        self._processes: Succession | None = None
        self._frame: Frame | None = None
        self._is_asked = self._leaves_run = False
        self._untold: list[RunBegan | MomentKept] = []
        self._since: int | None = None

    @property
    def frame(self) -> Frame | None:
        """The newest frame of it."""
        return self._frame

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or never begins."""
        return self.status not in (LaneStatus.WAITING, *_UNDER_WAY)

    def begin(self, main: Succession) -> None:
        """Go to the place, beside the session that stands."""
        goal = main.travel.goal(self._place)
        self._processes = processes = main.beside()
        self.status = LaneStatus.SEEKING
        words = [SetSource(step, source) for step, source in self.lane.sources.items()]
        if words:
            goal = Goal(self._place, None)
        self._leaves_run = goal.run is not None
        processes.begin_at(goal, *words)

    def command(self, command: Command) -> None:
        """Say something to the process that runs it; one that waits is told as it begins."""
        if self._processes is not None and not self.is_over:
            self._processes.command(command)

    def request_frame(self, request: FrameRequest) -> None:
        """Have a frame of it taken."""
        if self._processes is not None:
            self._processes.request_frame(request)

    def poll(self) -> list[RunBegan | MomentKept]:
        """Take in what has happened in it; the runs that have begun, and the moments kept."""
        processes = self._processes
        if processes is None:
            return []
        for event in processes.events():
            self._take(event)
        if self.is_over:
            self._end()
            return self._tell()
        self._take_frame(processes.heard.frame)
        if self.status is LaneStatus.SEEKING and processes.status is Status.PAUSED:
            self._go_on(processes)
        is_told = self.status is LaneStatus.RUNNING and not self.lane.is_unseen
        return self._tell() if is_told else []

    def stop(self) -> None:
        """End it where it is, or before it begins."""
        if not self.is_over:
            self.status, self.outcome = LaneStatus.STOPPED, Outcome.STOPPED
            self._end()

    def _go_on(self, processes: Succession) -> None:
        """Make the change at the place, and once it is made train on."""
        if not self._is_asked:
            if self._leaves_run:
                processes.leave_run()
            if self.lane.change is not None:
                self._is_asked = True
                processes.command(Ask(1, self.lane.change))
                return
        elif self.outcome is None:
            return
        self.outcome = None
        self.status = LaneStatus.RUNNING
        processes.command(Resume())

    def _take(self, event: Event) -> None:
        match event:
            case RunBegan(run, step):
                self.runs.add(run)
                if step == self._place.step:
                    self.run = run
                self._untold.append(event)
            case StepStarted():
                self.written, self._since = WrittenBeside(), None
            case WentBack(moment=moment, is_under_way=is_under_way):
                self._since = moment if is_under_way else None
            case MomentKept():
                apart = WrittenApart(self._since, self.written.all)
                self._untold.append(structs.replace(event, apart=apart))
            case AskAnswered(outcome=outcome, said=said):
                self.outcome = outcome
                if outcome is not Outcome.DONE:
                    self.status, self.error = _ENDS[outcome], said
                    self._give_up_run()
            case OutputWritten() | PictureShown():
                self.written.take(event)
            case StepEnded(step, outcome) if step == self._place.step or (
                outcome is not Outcome.DONE
            ):
                self.status, self.outcome = _ENDS[outcome], outcome
                self._take_frame(event.frame)
                if event.traceback is not None:
                    self.error = "\n".join(event.traceback.lines)
            case SessionDied(frame=frame, death=death):
                self.status, self.outcome = LaneStatus.DIED, Outcome.FAILED
                self._take_frame(frame)
                self.error = "" if death is None else _told(death.signal_name, death.status)
            case EngineFailed(message):
                self.status, self.outcome = LaneStatus.DIED, Outcome.FAILED
                self.error = message

    def _take_frame(self, frame: Frame | None) -> None:
        """Take a newer frame, unless it is of a step on the way."""
        if frame is not None and frame.step == self._place.step:
            self._frame = frame

    def _give_up_run(self) -> None:
        """Know of no run: it has not gone on from the place."""
        if self._processes is not None and self.run is not None:
            self._processes.give_up_run()
        self.run = None
        self._untold.clear()

    def _tell(self) -> list[RunBegan | MomentKept]:
        told, self._untold = self._untold, []
        return told

    def _end(self) -> None:
        if self.lane.is_unseen:
            self._give_up_run()
        if self._processes is not None:
            self._processes.end()
            self._processes = None


class Race:
    """Runs of one step from one place, as many at the same time as there are processors.

    ``lanes`` are in the order in which they were given. ``refusal`` says why there is no race;
    then it has no lane, and is over.
    """

    def __init__(self, main: Succession, place: Place, lanes: Sequence[Lane]) -> None:
        self.refusal: Refusal | None = None
        self.lanes: tuple[RacingLane, ...] = ()
        self._main = main
        self._request: FrameRequest | None = None
        if not lanes:
            self.refusal = Refusal.NO_LANES
        elif len(lanes) > MOST_LANES:
            self.refusal = Refusal.TOO_MANY_LANES
        else:
            self.lanes = tuple(RacingLane(lane, place) for lane in lanes)
            self.poll()

    @property
    def is_over(self) -> bool:
        """Whether every run has ended."""
        return all(lane.is_over for lane in self.lanes)

    def poll(self) -> None:
        """Take in what has happened, and begin what waits where there is a processor for it."""
        for lane in self.lanes:
            for event in lane.poll():
                self._main.take_event_beside(event)
        under_way = sum(lane.status in _UNDER_WAY for lane in self.lanes)
        waiting = [lane for lane in self.lanes if lane.status is LaneStatus.WAITING]
        for lane in waiting[: max(processors() - under_way, 0)]:
            lane.begin(self._main)
            if self._request is not None:
                lane.request_frame(self._request)

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame of every run; each is there at its `frame` once it is taken."""
        self._request = request
        for lane in self.lanes:
            lane.request_frame(request)

    def command(self, command: Command) -> None:
        """Say something to every run."""
        for lane in self.lanes:
            lane.command(command)

    def stop(self) -> None:
        """End every run where it is."""
        for lane in self.lanes:
            lane.stop()


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _told(signal: str | None, status: int) -> str:
    return signal or f"exit status {status}"
