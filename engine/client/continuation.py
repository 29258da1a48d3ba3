"""How a lesson goes on in another process: from its beginning, from a moment, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from engine.client.heard import Heard
from engine.client.kept import KeptWords
from engine.client.post import Addressee, Post
from engine.client.process_link import ProcessLink
from engine.protocol.changes import Change
from engine.protocol.commands import Command, Numbered, RepeatChanges, RestartLesson, RunTo
from engine.protocol.events import BeginsAgain, EngineFailed, LessonRewound, WentBack
from engine.protocol.messages import Open
from engine.protocol.moments import Wake
from engine.protocol.outcomes import Death
from engine.protocol.wire import Kind, encode
from engine.run_tree.departure import departure, goal_on
from engine.run_tree.trail import Trail
from engine.run_tree.way import Aim, Way, told_by_last_statement

_MOST_TRIES = 3


class Continuation:
    """Begins the processes of a lesson, each where the one before it has ended.

    What comes of them goes to `addressee`. Where there is a `main` one, this one is beside it, and
    none follows one that dies.
    """

    def __init__(
        self,
        post: Post,
        link: ProcessLink,
        kept: KeptWords,
        trail: Trail,
        way: Way,
        heard: Heard,
        *,
        addressee: Addressee,
        main: Continuation | None,
    ) -> None:
        self._post = post
        self._link = link
        self._kept = kept
        self._trail = trail
        self._way = way
        self._heard = heard
        self._addressee = addressee
        self._main = main
        # The first process of the lesson: its moments are kept under that number.
        self._family: int = 0 if main is None else main._family
        # How many processes in turn have ended before they said or did anything.
        self._stillborn = 0

    def open(self, runs: tuple[Command, ...] = (), changes: tuple[Change, ...] = ()) -> None:
        """Open the lesson in a process of its own, and have that run these at once.

        `changes` are those of the runs that it repeats.
        """
        self._way.waking = None
        numbered = self._begin_process(runs, changes)
        self._family = self._family or self._link.process
        kept = self._kept
        order = Open(
            path=str(kept.lesson.path),
            written=kept.lesson.written,
            device=kept.device,
            parameters=kept.parameters,
            request=self._link.request,
            has_own_streams=self._post.has_own_streams,
            has_errors_apart=self._post.has_errors_apart,
            is_terminal=self._post.is_terminal,
            commands=numbered,
            origin=kept.origin,
            keeps_moments=self._post.keeps_moments,
            family=self._family,
            asked=kept.lesson.asked,
        )
        self._link.open(order)

    def _begin_process(
        self, runs: tuple[Command, ...], changes: tuple[Change, ...]
    ) -> tuple[Numbered, ...]:
        """Take up a process that is told all that was told before, and then these."""
        told = (*self._kept.commands(), RepeatChanges(changes), *runs)
        return self._link.begin(self._addressee, told, runs=bool(runs))

    def go_on(self, aim: Aim) -> None:
        """Go on in the newest moment that serves, or from the lesson's beginning."""
        line, number, changes, runs = departure(
            self._trail, aim, self._kept.edits, self._kept.last_step
        )
        moment = None if number is None else self._trail.runs.moment(number)
        self._trail.follow(line, moment)
        if number is None or moment is None:
            if aim is not None:
                self._heard.take_event(LessonRewound())
            self.open(runs, changes)
            return
        self._way.waking = number, aim
        if aim is not None:
            step, is_under_way = moment.place.step, moment.is_under_way
            self._heard.take_event(WentBack(step, number, is_under_way, moment.edits))
        wake = Wake(number, self._link.request, self._begin_process(runs, changes))
        self._link.wake(wake)
        self.tell_what_was_left()

    def lose_process(self, death: Death) -> None:
        """Go on in a new process: this one has ended, by its own doing or by ours."""
        self._link.lose()
        self._way.counts_for = None
        if self._heard.is_unable:
            return
        dialogue = self._link.dialogue
        if self._way.waking is not None and dialogue.answer is None:
            number, aim = self._way.waking
            self._trail.runs.lose_moments((number,))
            self._way.counts_for = told_by_last_statement(aim)
            self.go_on(aim)
            return
        if dialogue.begins_again is not None:
            self._go_on_in_new_process(dialogue.begins_again)
            return
        has_lived = dialogue.answer is not None or self._heard.is_step_under_way
        self._stillborn = 0 if has_lived or dialogue.is_ended_by_us else self._stillborn + 1
        if self._stillborn and (not self._has_begun or self._stillborn == _MOST_TRIES):
            self.give_up(why_not_made(death))
            return
        self._heard.take_unended(self._link.dialogue)
        if dialogue.asks and dialogue.after_stop is None and self._main is None:
            self._go_on_without_asked(None if dialogue.is_ended_by_us else death)
            return
        self._heard.take_death(None if dialogue.is_ended_by_us else death)
        if self._main is not None:
            return
        # What was to follow a stop follows it only where that is what has ended the process.
        match dialogue.after_stop if dialogue.is_ended_by_us else None:
            case RestartLesson():
                self._begin_again()
            case RunTo() as run:
                self.go_on(run)
            case _:
                self.go_on(None)

    def _go_on_without_asked(self, death: Death | None) -> None:
        """Go on after what was asked has ended the process: where the run was paused, if it was."""
        answer = self._link.dialogue.answer
        place = answer.place if answer is not None and self._heard.is_step_under_way else None
        self._heard.take_death_of_asked(death)
        self.go_on(None if place is None else goal_on(self._trail, place, self._kept.edits))

    def give_up(self, why: str) -> None:
        """Play nothing more, and say why."""
        self._link.lose()
        self._heard.take_event(EngineFailed(why))

    def _go_on_in_new_process(self, again: BeginsAgain) -> None:
        unheard = self._link.dialogue.unheard_after(again.begun)
        if again.run is None:
            self._begin_again()
        else:
            self.go_on(again.run)
        for command in unheard:
            self._link.command(command)

    def _begin_again(self) -> None:
        """Go back to before the first step; the lesson begins with random numbers of its own."""
        self._link.forget_moments(self._trail.restart())
        self._kept.origin = None
        self._heard.take_event(LessonRewound(is_restart=True))
        self.open()

    def tell_what_was_left(self) -> None:
        """Have the host forget moments of runs that were left before others."""
        if self._main is None:
            left = self._trail.runs.left_by(self._trail.run)
            self._post.send(self._family, Kind.LEFT, encode(left))

    @property
    def _has_begun(self) -> bool:
        """Whether a process of this session has run a step."""
        return self._kept.last_step is not None


def why_not_made(death: Death) -> str:
    """What keeps a lesson's process from being made, as far as it can be told."""
    try:
        Path.cwd()
    except FileNotFoundError:
        folder = os.environ.get("PWD", "")
        named = f": {folder}" if folder else ""
        return f"the folder that tutorch was started in is gone{named}; start it in another folder"
    return f"a lesson's process cannot be made here: it ended with {death.status}"
