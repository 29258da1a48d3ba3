"""Goes to places where a run has been: on in the process that stands, or in one that is woken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.client.heard import Heard
from engine.client.kept import KeptWords
from engine.client.process_link import ProcessLink
from engine.protocol.commands import GoTo, SetSource
from engine.protocol.events import EditsBrought, LeftFor, MomentsLost
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.run_tree.departure import edits_brought, goal_in, goal_on
from engine.run_tree.trail import Trail
from engine.run_tree.way import Aim, Goal, Way, leads_to, place_by_last, told_by_last_statement


class Travel:
    """Sends the run to a place, and tells of the run that it leaves for it.

    `go_on` has the next process go on to an aim, and `ask` asks the one of now how it stands.
    """

    def __init__(
        self,
        link: ProcessLink,
        way: Way,
        trail: Trail,
        heard: Heard,
        kept: KeptWords,
        *,
        go_on: Callable[[Aim], None],
        ask: Callable[[], None],
    ) -> None:
        self._link = link
        self._way = way
        self._trail = trail
        self._heard = heard
        self._kept = kept
        self._go_on = go_on
        self._ask = ask

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        way = self._way
        if way.leaving is not None:
            return way.leaving.goal.place
        return way.counts_for or self._link.dialogue.sought

    def goal(self, place: Place) -> Goal:
        """A place in the run that stands, or in one that led to it and ran on the edits of now."""
        return goal_on(self._trail, place, self._kept.edits)

    def wanted(self, request: FrameRequest) -> FrameRequest:
        """The frame to ask for: of a run that is about to be left, with its whole curves."""
        return request if self._way.leaving is None else replace(request, curve=None)

    def go_to(self, place: Place, run: int | None = None) -> None:
        """Pause at a place of a run; another process goes there where this one is past it.

        The process that is left tells its whole curves first. Without `run` the place is in the run
        that stands, or in one that led to it.
        """
        if not self._link.process:
            return
        dialogue = self._link.dialogue
        here = None if dialogue.answer is None else dialogue.answer.place
        is_of_run = run is None or run == self._run
        goal = self.goal(place) if run is None else goal_in(self._trail, run, place)
        if is_of_run and dialogue.is_paused and here is not None and leads_to(here, place):
            place = place if goal is None else goal.place
            self._way.leaving = None
            self._way.counts_for = told_by_last_statement(place)
            self._link.command(GoTo(place))
            self._ask()
            return
        if goal is None:
            return
        self._way.leave_for(goal)
        dialogue.want(self.wanted(self._link.request))
        self._ask()
        self.leave_if_due()

    def leave_if_due(self) -> None:
        """Leave for the goal, once the whole curves have come or were waited for long enough."""
        frame = self._heard.frame
        goal = self._way.left_for(frame)
        if goal is None:
            return
        self._link.kill()
        self._heard.take_event(LeftFor(goal.place, frame, self._run))
        self._bring_edits(edits_brought(goal, self._kept.edits))
        self._way.counts_for = told_by_last_statement(goal)
        self._go_on(goal)

    def take_answer(self, answer: Answer) -> None:
        """Go back by statements, once it is known which is the last: they count from there.

        That is the newest of all where the run has come to its end on the way.
        """
        told = self._way.counts_for
        if told is not None and answer.status in (Status.PAUSED, Status.READY):
            self._way.counts_for = None
            if answer.last_statement is not None:
                self.go_to(place_by_last(told, answer.last_statement))

    def forget_run(self, number: int) -> None:
        """Give up the moments of a run that no other one needs."""
        run = self._trail.runs.get(number)
        if run is None:
            return
        numbers = self._trail.runs.forget(run, but=self._trail.run)
        self._link.forget_moments(numbers)
        if numbers:
            self._heard.take_event(MomentsLost(numbers, is_memory_low=False))

    def mark(self) -> bool:
        """Have the moment stay where the run stands; whether one is kept there."""
        answer, trail = self._link.dialogue.answer, self._trail
        place = None if answer is None else answer.place
        number = None if place is None else trail.runs.moment_at(place, trail.run)
        if number is not None:
            self._link.mark_moment(number)
        return number is not None

    @property
    def _run(self) -> int | None:
        return self._trail.run.number or None

    def _bring_edits(self, edits: dict[int, str | None]) -> None:
        """Have these sources be those of now."""
        for step, source in edits.items():
            self._kept.note(SetSource(step, source))
        if edits:
            self._heard.take_event(EditsBrought(edits))
