"""The processes that play one lesson, one after another: what they said, what the next is told.

What is known of them is what the last answer said. Nothing here waits.
"""

from __future__ import annotations

from msgspec import structs

from engine.client.continuation import Continuation
from engine.client.heard import Heard
from engine.client.kept import KeptWords
from engine.client.post import Post
from engine.client.process_link import ProcessLink
from engine.client.travel import Travel
from engine.lesson.model import Lesson
from engine.lesson.reloading import Moves
from engine.protocol.commands import Command, RepeatChanges, Resume, RunOrPause, SetLesson
from engine.protocol.completion import Writing
from engine.protocol.events import (
    AskAnswered,
    BeginsAgain,
    Event,
    MomentKept,
    MomentsLost,
    RunBegan,
    StepEnded,
    StepStarted,
)
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer, Ended, EventTold, Kept, Lost, ToldEntry, Wrote
from engine.protocol.outcomes import Death
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.status import Status
from engine.protocol.wire import decode
from engine.run_tree.trail import Trail
from engine.run_tree.tree import RunTree
from engine.run_tree.way import Goal, Way


class Succession:
    """One session's process, and the next one where that has ended.

    ``heard`` is what they have told, ``trail`` the runs that they have gone through, and
    ``travel`` goes to places of these. ``is_closed`` once the lesson has been let go.
    """

    def __init__(
        self,
        post: Post,
        kept: KeptWords,
        request: FrameRequest,
        *,
        main: Succession | None = None,
    ) -> None:
        self.is_closed = False
        self._post = post
        self._kept = kept
        self.heard = Heard(kept)
        self.trail: Trail = Trail(RunTree()) if main is None else main.trail.beside()
        self._link = ProcessLink(post, request)
        self._way = Way()
        self._next: Continuation = Continuation(
            post,
            self._link,
            kept,
            self.trail,
            self._way,
            self.heard,
            addressee=self,
            main=None if main is None else main._next,
        )
        self.travel = Travel(
            self._link,
            self._way,
            self.trail,
            self.heard,
            kept,
            go_on=self._next.go_on,
            ask=self._ask,
        )
        # Of the command since which the steps are those of the file as it is.
        self._lesson_number = 0

    # What the session asks

    @property
    def status(self) -> Status:
        """What the process is doing, as far as it has said."""
        if self.heard.is_unable:
            return Status.UNABLE
        if self._way.is_begun:
            return Status.SEEKING
        return self._link.dialogue.status(has_begun=self._kept.last_step is not None)

    @property
    def awaited(self) -> int | None:
        """The step that waits to run; None where none does, or more than one."""
        return self._link.dialogue.awaited if self.status is Status.WAITING else None

    @property
    def origin(self) -> RandomNumbers | None:
        """The random numbers that the lesson began with; None before it has."""
        return self._kept.origin

    @property
    def answer(self) -> Answer | None:
        """The newest answer of the process; None before its first."""
        return self._link.dialogue.answer

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, as it was said last.

        None too where that was long ago: a line that was left then is not to be shown as running.
        """
        line = self.heard.running_line(first, last)
        return None if self._link.dialogue.is_silent else line

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        self._post.hear()
        if self._link.process:
            self._link.dialogue.insist_on_stop()
            self.travel.leave_if_due()
        if self._post.ask(self._link.process):
            self._ask()
        return self.heard.fetch_events()

    # What the session says

    def open(self) -> None:
        """Open the lesson in a process of its own."""
        self._next.open()

    def command(self, command: Command) -> None:
        """Send a command, and ask what came of it; the next process is told what outlives one."""
        if isinstance(command, (Resume, RunOrPause)):
            self._train_on()
        self._kept.note(command)
        if self._link.command(command):
            self._ask()

    def _train_on(self) -> None:
        """Where a run stands that has been gone back in, it trains on as another one."""
        if self.answer is None or self.status not in (Status.PAUSED, Status.PAUSING):
            return
        began = self.trail.train_on(self.answer)
        self._tell(began)
        if began is not None:
            self.command(RepeatChanges(self.trail.run.changes))

    def take_lesson(self, lesson: Lesson, kept: int) -> None:
        """Play the file as it was saved again, where nothing runs; `kept` steps run what they ran.

        What has run of the others is gone, with the moments in it. So are those within a run of a
        step that stands on other lines now: it is gone back into from its beginning.
        """
        moved = Moves(self._kept.lesson, lesson, kept)
        self._kept.lesson = lesson
        lost = self.trail.forget_from(kept, within_runs=bool(moved))
        self._link.forget_moments(lost)
        if lost:
            self.heard.take_event(MomentsLost(lost, is_memory_low=False))
        self.heard.forget_from(kept)
        self.command(SetLesson(lesson.written))
        self._lesson_number = self._link.newest_command

    def stop_with(self, command: Command, then: Command | None) -> None:
        """Send a command that stops what runs; where it has no effect, `then` is for the next."""
        self.command(command)
        self._way.counts_for = None
        self._link.dialogue.begin_to_stop(then)

    def request_frame(self, request: FrameRequest) -> None:
        """Have the next question ask for a frame."""
        self._link.request = request
        self._link.dialogue.want(self.travel.wanted(request))
        if self.status is Status.RUNNING:
            self._ask()

    def ask_for_completions(self, writing: Writing) -> None:
        """Have the next question, which is asked at once, ask what may follow."""
        self._link.dialogue.want_completions(writing)
        self._ask()

    # Beside another session

    def beside(self) -> Succession:
        """Another one in the same runs of the lesson, with no process yet, and never a second."""
        return Succession(self._post, self._kept.copy(), self._link.request, main=self)

    def take_event_beside(self, event: RunBegan | MomentKept) -> None:
        """Take what has happened in another one that is beside this one, and is to be told."""
        self.heard.take_event(event)
        self._next.tell_what_was_left()

    def begin_at(self, goal: Goal, *words: Command) -> None:
        """Begin with a process that is told these words, and goes there."""
        for word in words:
            self._kept.note(word)
        self._next.go_on(goal)

    def leave_run(self) -> None:
        """Have another run begin where this one stands."""
        assert self.answer is not None
        self._tell(self.trail.leave(self.answer))
        self.command(RepeatChanges(self.trail.run.changes))

    def give_up_run(self) -> None:
        """Forget the run in which this one stands, and stand in none."""
        run, self.trail.run = self.trail.run, self.trail.runs.root
        self._link.forget_moments(self.trail.runs.forget(run, but=self.trail.run))

    def end(self) -> None:
        """End the process at once; what it has kept stays."""
        self._link.kill()
        self.is_closed = True

    def close(self) -> None:
        """Let the lesson go. Its process ends by itself, or is ended soon."""
        self._link.forget_moments(self.trail.runs.forget_moments())
        self._link.quit()
        self.is_closed = True

    def _ask(self) -> None:
        if self._link.process and not self.is_closed:
            self._link.dialogue.ask(self.heard.lines)

    # What the engine hands over

    def take_in(self, entry: ToldEntry) -> None:
        """Take what the host has heard of the process."""
        match entry:
            case EventTold(event=data):
                self._link.dialogue.count_event()
                self._take_event(decode(data, Event))
            case Wrote(data=data, left_out=left_out, is_error=is_error):
                self.heard.take_written(self._link.dialogue, data, left_out, is_error=is_error)
            case Kept(number=number, moment=moment, size=size):
                self.trail.take_moment(number, moment)
                place, is_under_way = moment.place, moment.is_under_way
                self.heard.take_event(MomentKept(number, place, is_under_way, size))
            case Lost(numbers=numbers, is_memory_low=is_memory_low):
                self.trail.runs.lose_moments(numbers)
                self.heard.take_event(MomentsLost(numbers, is_memory_low))
            case Ended(death=death):
                self._next.lose_process(death)
                return
        self._take_late_answer()

    def take_answer(self, body: bytes) -> None:
        """Take an answer, once all the events that it knows of have come."""
        self._link.dialogue.take_answer(body)
        self._take_late_answer()

    def give_up(self, why: str) -> None:
        """Play nothing more, and say why."""
        self._next.give_up(why)

    def lose_host(self, death: Death) -> None:
        """Go on under another host: this one has ended, and all moments with it."""
        lost = self.trail.runs.forget_moments()
        if lost:
            self.heard.take_event(MomentsLost(lost, is_memory_low=False))
        self._way.waking = None
        self._next.lose_process(death)

    def _take_event(self, event: Event) -> None:
        match event:
            case BeginsAgain():
                self._link.dialogue.begins_again = event
                return
            case StepStarted():
                self._tell(self.trail.begin(event))
                self._next.tell_what_was_left()
            case AskAnswered(number=number):
                self._link.dialogue.note_answered(number)
                self._tell(self.trail.take_change(event))
            case StepEnded():
                self.trail.end(event)
                self.heard.take_unended(self._link.dialogue)
        self.heard.take_event(event)

    def _tell(self, began: RunBegan | None) -> None:
        if began is not None:
            self.heard.take_event(began)
            self._next.tell_what_was_left()

    def _take_late_answer(self) -> None:
        answer = self._link.dialogue.due_answer()
        if answer is None:
            return
        if answer.heard < self._lesson_number:
            # Its frame and its place are of steps that may be others now.
            answer = structs.replace(answer, frame=None, place=None)
        self.heard.take_answer(answer)
        self.trail.take_place(answer.place)
        if self._link.dialogue.is_behind:
            self._ask()
            return
        self.travel.take_answer(answer)
