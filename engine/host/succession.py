"""The processes that play one lesson, one after another: what they said, what the next is told.

What is known of them is what the last answer said. Nothing here waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from msgspec import structs

from engine.host.course import Course
from engine.host.departure import departure, edits_brought, goal_in, goal_on
from engine.host.dialogue import Dialogue
from engine.host.heard import Heard
from engine.host.kept import KeptWords
from engine.host.post import Post
from engine.host.runs import Runs
from engine.host.way import Aim, Goal, Way, leads_to, place_by_last, told_by_last_statement
from engine.lesson.model import Lesson
from engine.lesson.reloading import Moves
from engine.protocol.changes import NotedChange
from engine.protocol.commands import (
    Command,
    GoTo,
    Numbered,
    RepeatChanges,
    RestartLesson,
    Resume,
    RunOrPause,
    RunTo,
    SetLesson,
    SetSource,
)
from engine.protocol.completion import Writing
from engine.protocol.events import (
    AskAnswered,
    BeginsAgain,
    Death,
    EditsBrought,
    EngineFailed,
    Event,
    LeftFor,
    LessonRewound,
    MomentKept,
    MomentsLost,
    RunBegan,
    StepEnded,
    StepStarted,
    WentBack,
)
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer, Ended, Entry, EventTold, Kept, Lost, Open, Wrote
from engine.protocol.moments import Wake
from engine.protocol.places import Place, Spot
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.status import Status
from engine.protocol.wire import Kind, decode, encode

_MOST_TRIES = 3


class Succession:
    """One session's process, and the next one where that has ended.

    ``heard`` is what they have told; ``is_closed`` once the lesson has been let go.
    """

    def __init__(
        self,
        post: Post,
        lesson: Lesson,
        device: str | None,
        request: FrameRequest,
        parameters: Mapping[str, object],
    ) -> None:
        self.is_closed = False
        self._post = post
        self._lesson = lesson
        self._device = device
        self._request = request
        self._parameters = {name: repr(value) for name, value in parameters.items()}
        self._kept = KeptWords()
        self.heard = Heard(self._kept)
        self._process = 0
        # How many processes in turn have ended before they said or did anything.
        self._stillborn = 0
        self._number = 0
        # Of the command since which the steps are those of the file as it is.
        self._lesson_number = 0
        self._course = Course(Runs())
        self._family = 0
        self._is_succeeded = True
        self._way = Way()
        self._dialogue = self._begin_dialogue()

    def _begin_dialogue(self) -> Dialogue:
        """Begin to know of a process; nothing is known of it yet."""
        process = self._process
        return Dialogue(
            lambda kind, body: self._post.send(process, kind, body),
            is_text_whole=self._post.has_own_streams,
        )

    # What the session asks

    @property
    def status(self) -> Status:
        """What the process is doing, as far as it has said."""
        if self.heard.is_unable:
            return Status.UNABLE
        if self._way.is_begun:
            return Status.SEEKING
        return self._dialogue.status(has_begun=self._has_begun)

    @property
    def awaited(self) -> int | None:
        """The step that waits to run; None where none does, or more than one."""
        return self._dialogue.awaited if self.status is Status.WAITING else None

    @property
    def origin(self) -> RandomNumbers | None:
        """The random numbers that the lesson began with; None before it has."""
        return self._kept.origin

    @property
    def answer(self) -> Answer | None:
        """The newest answer of the process; None before its first."""
        return self._dialogue.answer

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, as it was said last.

        None too where that was long ago: a line that was left then is not to be shown as running.
        """
        line = self.heard.running_line(first, last)
        return None if self._dialogue.is_silent else line

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        self._post.hear()
        if self._process:
            self._dialogue.insist_on_stop()
            self._leave_if_due()
        if self._post.ask(self._process):
            self._ask()
        return self.heard.fetch_events()

    # What the session says

    def open(self, runs: tuple[Command, ...] = (), changes: tuple[NotedChange, ...] = ()) -> None:
        """Open the lesson in a process of its own, and have that run these at once.

        `changes` are those of the runs that it repeats.
        """
        self._way.waking = None
        numbered = self._begin_process(runs, changes)
        self._family = self._family or self._process
        order = Open(
            path=str(self._lesson.path),
            written=self._lesson.written,
            device=self._device,
            parameters=self._parameters,
            request=self._request,
            has_own_streams=self._post.has_own_streams,
            has_errors_apart=self._post.has_errors_apart,
            is_terminal=self._post.is_terminal,
            commands=tuple(numbered),
            origin=self._kept.origin,
            keeps_moments=self._post.keeps_moments,
            family=self._family,
            asked=self._lesson.asked,
        )
        self._post.send(self._process, Kind.OPEN, encode(order))

    def _begin_process(
        self, runs: tuple[Command, ...], changes: tuple[NotedChange, ...]
    ) -> tuple[Numbered, ...]:
        """Begin to know of a process that is told these first, after all that was told before."""
        self._process = self._post.begin(self)
        self._dialogue = self._begin_dialogue()
        told = (*self._kept.commands(), RepeatChanges(changes), *runs)
        numbered = [self._numbered(command) for command in told]
        seeks = any(isinstance(one, GoTo) for one in runs)
        self._dialogue.was_opened_with(numbered, runs=bool(runs), seeks=seeks)
        return tuple(numbered)

    def command(self, command: Command) -> None:
        """Send a command, and ask what came of it; the next process is told what outlives one."""
        if isinstance(command, (Resume, RunOrPause)):
            self._train_on()
        self._kept.note(command)
        if self._process:
            self._dialogue.command(self._numbered(command))
            self._ask()

    def _train_on(self) -> None:
        """Where a run stands that has been gone back in, it trains on as another one."""
        if self.answer is None or self.status not in (Status.PAUSED, Status.PAUSING):
            return
        began = self._course.train_on(self.answer)
        self._tell(began)
        if began is not None:
            self.command(RepeatChanges(self._course.run.changes))

    def take_lesson(self, lesson: Lesson, kept: int) -> None:
        """Play the file as it was saved again, where nothing runs; `kept` steps run what they ran.

        What has run of the others is gone, with the moments in it. So are those within a run of a
        step that stands on other lines now: it is gone back into from its beginning.
        """
        moved = Moves(self._lesson, lesson, kept)
        self._lesson = lesson
        lost = self._course.forget_from(kept, within_runs=bool(moved))
        self._forget(lost)
        if lost:
            self.heard.take_event(MomentsLost(lost, is_memory_low=False))
        self.heard.forget_from(kept)
        self.command(SetLesson(lesson.written))
        self._lesson_number = self._number

    def stop_with(self, command: Command, then: Command | None) -> None:
        """Send a command that stops what runs; where it has no effect, `then` is for the next."""
        self.command(command)
        self._dialogue.begin_to_stop(then)

    def request_frame(self, request: FrameRequest) -> None:
        """Have the next question ask for a frame."""
        self._request = request
        # A process that is about to be left is asked for its whole curves, and for nothing else.
        self._dialogue.want(request if self._way.leaving is None else replace(request, curve=None))
        if self.status is Status.RUNNING:
            self._ask()

    def ask_for_completions(self, writing: Writing) -> None:
        """Have the next question, which is asked at once, ask what may follow."""
        self._dialogue.want_completions(writing)
        self._ask()

    # Beside another session

    def beside(self) -> Succession:
        """Another one in the same runs of the lesson, with no process yet, and never a second."""
        other = Succession(self._post, self._lesson, self._device, self._request, {})
        other._parameters = self._parameters
        other._kept = self._kept.copy()
        other.heard = Heard(other._kept)
        other._course = Course(self._course.runs)
        other._course.run = self._course.run
        other._family = self._family
        other._is_succeeded = False
        return other

    def keep_in_mind(self, command: Command) -> None:
        """Have the next process told this."""
        self._kept.note(command)

    def begin_at(self, goal: Goal) -> None:
        """Begin with a process that goes there."""
        self._go_on(goal)

    def leave_run(self) -> None:
        """Have another run begin where this one stands."""
        assert self.answer is not None
        self._tell(self._course.leave(self.answer))
        self.command(RepeatChanges(self._course.run.changes))

    def give_up_run(self) -> None:
        """Forget the run in which this one stands, and stand in none."""
        run, self._course.run = self._course.run, self._course.runs.root
        self._forget(self._course.runs.forget(run, but=self._course.run))

    def end(self) -> None:
        """End the process at once; what it has kept stays."""
        if self._process:
            self._post.send(self._process, Kind.KILL)
            self._post.let_go(self._process)
        self._process = 0
        self.is_closed = True

    # At the end

    def close(self) -> None:
        """Let the lesson go. Its process ends by itself, or is ended soon."""
        self._forget(self._course.runs.forget_moments())
        if self._process:
            self._post.send(self._process, Kind.QUIT)
            self._post.let_go(self._process)
        self.is_closed = True

    def _numbered(self, command: Command) -> Numbered:
        self._number += 1
        return Numbered(self._number, command)

    def _ask(self) -> None:
        if self._process and not self.is_closed:
            self._dialogue.ask(self.heard.lines)

    @property
    def _has_begun(self) -> bool:
        """Whether a process of this session has run a step."""
        return self._kept.last_step is not None

    # What the engine hands over

    def take_in(self, entry: Entry) -> None:
        """Take what the host has heard of the process."""
        match entry:
            case EventTold(event=data):
                self._dialogue.count_event()
                self._take_event(decode(data, Event))
            case Wrote(data=data, left_out=left_out, is_error=is_error):
                self._take_text(data, left_out, is_error=is_error)
            case Kept(number=number, moment=moment, size=size):
                self._course.take_moment(number, moment)
                place, is_under_way = moment.place, moment.is_under_way
                self.heard.take_event(MomentKept(number, place, is_under_way, size))
            case Lost(numbers=numbers, is_memory_low=is_memory_low):
                self._course.runs.lose_moments(numbers)
                self.heard.take_event(MomentsLost(numbers, is_memory_low))
            case Ended(death=death):
                self.lose_process(death)
                return
        self._take_late_answer()

    def take_answer(self, body: bytes) -> None:
        """Take an answer, once all the events that it knows of have come."""
        self._dialogue.take_answer(body)
        self._take_late_answer()

    def lose_host(self, death: Death) -> None:
        """Go on under another host: this one has ended, and all moments with it."""
        lost = self._course.runs.forget_moments()
        if lost:
            self.heard.take_event(MomentsLost(lost, is_memory_low=False))
        self._way.waking = None
        self.lose_process(death)

    def lose_process(self, death: Death) -> None:
        """Go on in a new process: this one has ended, by its own doing or by ours."""
        self._post.let_go(self._process)
        self._process = 0
        self._way.counts_for = None
        if self.heard.is_unable:
            return
        dialogue = self._dialogue
        if self._way.waking is not None and dialogue.answer is None:
            number, aim = self._way.waking
            self._course.runs.lose_moments((number,))
            self._way.counts_for = told_by_last_statement(aim)
            self._go_on(aim)
            return
        if dialogue.begins_again is not None:
            self._go_on_in_new_process(dialogue.begins_again)
            return
        has_lived = dialogue.answer is not None or self.heard.is_step_under_way
        self._stillborn = 0 if has_lived or dialogue.is_ended_by_us else self._stillborn + 1
        if self._stillborn and (not self._has_begun or self._stillborn == _MOST_TRIES):
            self.give_up(f"a lesson's process cannot be made here: it ended with {death.status}")
            return
        self._take_unended_text()
        if dialogue.asks and dialogue.after_stop is None and self._is_succeeded:
            self._go_on_without_asked(None if dialogue.is_ended_by_us else death)
            return
        self.heard.take_death(None if dialogue.is_ended_by_us else death)
        if not self._is_succeeded:
            return
        # What was to follow a stop follows it only where that is what has ended the process.
        match dialogue.after_stop if dialogue.is_ended_by_us else None:
            case RestartLesson():
                self._begin_again()
            case RunTo() as run:
                self._go_on(run)
            case _:
                self._go_on(None)

    def _go_on_without_asked(self, death: Death | None) -> None:
        """Go on from where the run was paused in which something was asked, if one was."""
        place = self.place if self.heard.is_step_under_way else None
        self.heard.take_death_of_asked(death)
        self._go_on(None if place is None else self.goal(place))

    def give_up(self, why: str) -> None:
        """Play nothing more, and say why."""
        self._process = 0
        self.heard.take_event(EngineFailed(why))

    def _go_on_in_new_process(self, again: BeginsAgain) -> None:
        unheard = self._dialogue.unheard_after(again.begun)
        if again.run is None:
            self._begin_again()
        else:
            self._go_on(again.run)
        for command in unheard:
            self.command(command)

    def _begin_again(self) -> None:
        """Go back to before the first step; the lesson begins with random numbers of its own."""
        self._forget(self._course.restart())
        self._kept.origin = None
        self.heard.take_event(LessonRewound(is_restart=True))
        self.open()

    def _take_event(self, event: Event) -> None:
        match event:
            case BeginsAgain():
                self._dialogue.begins_again = event
                return
            case StepStarted():
                self._tell(self._course.begin(event))
                self.tell_what_was_left()
            case AskAnswered(number=number):
                self._dialogue.note_answered(number)
                self._tell(self._course.take_change(event))
            case StepEnded():
                self._course.end(event)
                self._take_unended_text()
        self.heard.take_event(event)

    def _tell(self, began: RunBegan | None) -> None:
        if began is not None:
            self.heard.take_event(began)
            self.tell_what_was_left()

    def tell_what_was_left(self) -> None:
        """Have the host forget moments of runs that were left before others."""
        if self._is_succeeded:
            left = self._course.runs.left_by(self._course.run)
            self._post.send(self._family, Kind.LEFT, encode(left))

    def _take_unended_text(self) -> None:
        """Take what has come of a character that never came whole."""
        for is_error in (False, True):
            self._take_text(b"", 0, is_error=is_error, is_last=True)

    def _take_text(
        self, data: bytes, left_out: int, *, is_error: bool, is_last: bool = False
    ) -> None:
        text = self._dialogue.text_of(data, is_error=is_error, is_last=is_last)
        self.heard.take_text(text, left_out, is_error=is_error)

    # Back, and on from there

    @property
    def place(self) -> Place | None:
        """How far the run has come that is under way, or that ended last."""
        return self.answer.place if self.answer is not None else None

    @property
    def run(self) -> int | None:
        """The number of the run that is under way, or that ended last; None before the first."""
        return self._course.run.number or None

    @property
    def changes(self) -> tuple[NotedChange, ...]:
        """What was changed in that run by where it stands, and before it where it led there."""
        return self._course.changes_by(self.answer)

    @property
    def spot(self) -> Spot | None:
        """Where in the lesson's text the run is paused; None where it is not."""
        return self.answer.spot if self.answer is not None else None

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        if self._way.leaving is not None:
            return self._way.leaving.goal.place
        if self._way.waking is not None and self.answer is None:
            aim = self._way.waking[1]
            return aim.place if isinstance(aim, Goal) else None
        if self._way.counts_for is not None:
            return self._way.counts_for
        return self.answer.sought if self.answer is not None else None

    def go_to(self, place: Place, run: int | None = None) -> None:
        """Pause at a place of a run; leave the process where it stands, if that is not ahead of it.

        It is asked first for the whole curve of what comes after that place. Without `run` it is a
        place of the run that stands, or of one that led to it.
        """
        if not self._process:
            return
        here = self.place
        is_of_run = run is None or run == self.run
        goal = self.goal(place) if run is None else goal_in(self._course, run, place)
        if is_of_run and self._dialogue.is_paused and here is not None and leads_to(here, place):
            place = place if goal is None else goal.place
            self._way.counts_for = told_by_last_statement(place)
            self.command(GoTo(place))
            return
        if goal is None:
            return
        self._way.leave_for(goal)
        self._dialogue.want(replace(self._request, curve=None))
        self._ask()
        self._leave_if_due()

    def goal(self, place: Place) -> Goal:
        """A place of the run that stands, or of one that led to it, where they ran on the edits."""
        return goal_on(self._course, place, self._edits)

    def forget_run(self, number: int) -> None:
        """Give up the moments of a run that no other one needs."""
        run = self._course.runs.get(number)
        if run is None:
            return
        numbers = self._course.runs.forget(run, but=self._course.run)
        self._forget(numbers)
        if numbers:
            self.heard.take_event(MomentsLost(numbers, is_memory_low=False))

    def mark(self) -> bool:
        """Have the moment stay where the run stands; whether one is kept there."""
        place, course = self.place, self._course
        number = None if place is None else course.runs.moment_at(place, course.run)
        if number is not None:
            self._post.send(0, Kind.MARK, encode(number))
        return number is not None

    def _leave_if_due(self) -> None:
        """Leave once the frame has whole curves, or does not come."""
        frame = self.heard.frame
        goal = self._way.left_for(frame)
        if goal is None:
            return
        self._post.send(self._process, Kind.KILL)
        self._post.let_go(self._process)
        self._process = 0
        self.heard.take_event(LeftFor(goal.place, frame, self.run))
        self._bring_edits(edits_brought(goal, self._edits))
        self._way.counts_for = told_by_last_statement(goal)
        self._go_on(goal)

    def _bring_edits(self, edits: dict[int, str | None]) -> None:
        """Have these sources be those of now."""
        for step, source in edits.items():
            self._kept.note(SetSource(step, source))
        if edits:
            self.heard.take_event(EditsBrought(edits))

    @property
    def _edits(self) -> dict[int, str]:
        """The learner's sources that are others than those of the lesson."""
        cells = {step.index: step.cell for step in self._lesson.steps}
        return {
            step: source
            for step, source in self._kept.edits.items()
            if (cell := cells[step]) is not None and cell.source != source
        }

    def _go_on(self, aim: Aim) -> None:
        """Go on in the newest moment that serves, or from the lesson's beginning."""
        line, number, changes, runs = departure(
            self._course, aim, self._edits, self._kept.last_step
        )
        moment = None if number is None else self._course.runs.moment(number)
        self._course.follow(line, moment)
        if number is None or moment is None:
            if aim is not None:
                self.heard.take_event(LessonRewound())
            self.open(runs, changes)
            return
        self._way.waking = number, aim
        if aim is not None:
            self.heard.take_event(WentBack(moment.place.step, number, moment.is_under_way))
        wake = Wake(number, self._request, self._begin_process(runs, changes))
        self._post.send(self._process, Kind.WAKE, encode(wake))
        self.tell_what_was_left()

    def _forget(self, numbers: tuple[int, ...]) -> None:
        if numbers:
            self._post.send(0, Kind.FORGET, encode(numbers))

    def _take_late_answer(self) -> None:
        answer = self._dialogue.due_answer()
        if answer is None:
            return
        if answer.heard < self._lesson_number:
            # Its frame and its place are of steps that may be others now.
            answer = structs.replace(answer, frame=None, place=None)
        self.heard.take_answer(answer)
        self._course.take_place(answer.place)
        if self._dialogue.is_behind:
            self._ask()
            return
        told = self._way.counts_for
        if told is not None and answer.status in (Status.PAUSED, Status.READY):
            self._way.counts_for = None
            if answer.status is Status.PAUSED and answer.last_statement is not None:
                self.go_to(place_by_last(told, answer.last_statement))
