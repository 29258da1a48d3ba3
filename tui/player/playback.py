"""What a player has seen of its session: outputs, frames and outcomes of every step; no widget.

A few times a second the screen has `tui.player.intake` take in what the session tells, and draws
what that says has changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson, Step
from engine.lesson.reloading import Moves, step_again
from engine.progress.work import GivenAnswer, StepWork
from engine.protocol.events import EngineFailed, EngineReady
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.layout.choice import PaneChoice
from tui.player.answers import Answers
from tui.player.asking import Asking
from tui.player.bookmark import Bookmark
from tui.player.chronicle import Chronicle
from tui.player.edits import Edits
from tui.player.searching import Searching
from tui.player.shown_step import ShownStep
from tui.player.sources import SourceHandover
from tui.player.step_record import StepRecord
from tui.player.watching import Watching
from tui.player.works import Works
from tui.runs.dialling import Dialling
from tui.runs.past import Past
from tui.runs.racing import Racing
from tui.runs.runs import Runs

_RUNNING = (Status.RUNNING, Status.PAUSING)
_BUSY = frozenset({Status.RUNNING, Status.PAUSING, Status.PAUSED, Status.SEEKING, Status.STOPPING})


class Playback:
    """A session, and beside it everything that is shown of it; what is done is kept at once.

    ``chronicle`` is what is known of the runs, ``page`` which step is shown, ``is_on_the_way`` says
    that the step that runs is one before the step that was to run, and ``begins_again`` that a
    process begins after another one.
    ``looked_at`` is of each pane of each step what was last in sight (`tui.showing.news`),
    ``choice`` which panes the learner has chosen to see.
    """

    def __init__(self, lesson: Lesson, session: RemoteSession, bookmark: Bookmark) -> None:
        self.lesson = lesson
        self.session = session
        self.bookmark = bookmark
        self.page = ShownStep(bookmark)
        self._arguments = bookmark.arguments
        if self._arguments:
            session.set_arguments(self._arguments)
        self.looked_at: dict[tuple[int, str], object] = {}
        self.choice = PaneChoice()
        self.engine: EngineReady | EngineFailed | None = None
        self.status = Status.LOADING
        self.speed: float | None = None
        self._has_begun = False
        self.is_on_the_way = False
        self.begins_again = False
        self.past = Past()
        self.runs = Runs(session.forget_run)
        self.racing = Racing(session, self.runs)
        self.chronicle = Chronicle(self.runs, self.past, self.racing)
        self.asking = Asking()
        self.searching = Searching(session)
        self._begin_works()

    @property
    def can_take_lesson(self) -> bool:
        """Whether nothing is under way that needs the lesson's steps as they are."""
        waits = self.session.status in (Status.READY, Status.LOADING, Status.UNABLE)
        return waits and not self.is_busy and self.running is None and not self.racing.is_on

    def take_lesson(self, lesson: Lesson, kept: int) -> None:
        """Show the file as it was saved again; so many of its steps run what they ran before.

        These keep what they have made, and all keep what the learner has done in them. The place
        stays at the step that is shown, wherever that stands now.
        """
        shown, moved = step_again(self.step, lesson), Moves(self.lesson, lesson, kept)
        self.searching.end()
        self.answers.lose()
        self.chronicle.take_lesson(kept, moved)
        self.looked_at = {of: seen for of, seen in self.looked_at.items() if of[0] < kept}
        self.lesson, self.bookmark = lesson, self.bookmark.again(lesson)
        self.session.take_lesson(lesson, kept)
        self._begin_works()
        self.page.take_bookmark(self.bookmark, shown)

    def _begin_works(self) -> None:
        """Have the session run, judge and watch what was written, predicted and watched before."""
        session, runs, racing = self.session, self.runs, self.racing
        self.dialling = Dialling(session)
        self.answers = Answers(session, self.chronicle, runs, self.asking, self.dialling, racing)
        self.sources = SourceHandover(session)
        self.works = Works(self.lesson, self.bookmark)
        self.edits = Edits(self.lesson, self.works, self.sources)
        self.watching = Watching(self.lesson, session, self.works)
        for step, work in self.works:
            cell = self.lesson.steps[step].cell
            if cell is not None and work.edit == cell.source:
                self.works.edit(step, None)
            self._hand_over(step, work)
            if cell is None:
                self.works.tell_choices(step)

    @property
    def shown(self) -> int:
        """The index of the step that is shown."""
        return self.page.index

    @property
    def running(self) -> int | None:
        """The index of the step that is under way; None where none is."""
        return self.chronicle.running

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.lesson.steps[self.shown]

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the lesson is given in `sys.argv` behind its file."""
        return self._arguments

    def give_arguments(self, arguments: Sequence[str]) -> None:
        """Give the lesson these from its next beginning on, also another day."""
        self._arguments = tuple(arguments)
        self.bookmark.note_arguments(self._arguments)
        self.session.set_arguments(self._arguments)

    @property
    def outcomes(self) -> list[Outcome | None]:
        """How each step ended when it last ran; None where it did not.

        A step without code is done as soon as the steps before it are.
        """
        done = self.session.done
        return [
            Outcome.DONE
            if step.cell is None and step.index < done
            else self.record_of(step.index).outcome
            for step in self.lesson.steps
        ]

    @property
    def is_busy(self) -> bool:
        """Whether a cell is under way, paused ones included."""
        return self.status in _BUSY

    @property
    def is_checking(self) -> bool:
        """Whether the code of an exercise has come to its end, and what runs now are its checks."""
        ended = self.chronicle.ended
        if ended is None or self.status not in _RUNNING or self.is_on_the_way:
            return False
        is_exercise = self.lesson.steps[ended].exercise is not None
        return is_exercise and self.record_of(ended).outcome is Outcome.DONE

    @property
    def is_elsewhere(self) -> bool:
        """Whether another step runs than the one that is shown."""
        return self.running is not None and self.running != self.shown

    @property
    def live_record(self) -> StepRecord:
        """What is known of the step that runs, or else of the one that is shown."""
        return self.record if self.running is None else self.record_of(self.running)

    @property
    def record(self) -> StepRecord:
        """What is known of the step that is shown."""
        return self.record_of(self.shown)

    def record_of(self, step: int) -> StepRecord:
        """What is known of a step; an empty record before it has run."""
        return self.chronicle.of(step)

    @property
    def work(self) -> StepWork:
        """What the learner has done in the step that is shown."""
        return self.works.of(self.shown)

    @property
    def source(self) -> str:
        """The code of the step that is shown, as the learner has it."""
        cell = self.edits.cell_of(self.shown)
        return cell.source if cell is not None else ""

    def answer(self, step: int, question: int, answer: GivenAnswer) -> None:
        """Take an answer, which the run that will tell what is right has before it, if any has."""
        self.works.answer(step, question, answer)
        has_code = self.lesson.steps[step].cell is not None
        if not isinstance(answer, int):
            self.session.predict(step, question, answer)
        elif not has_code or self.record_of(step).outcome is Outcome.DONE:
            # Nothing more is to come that would tell it.
            self.works.tell_choices(step)

    def set_speed(self, speed: float | None) -> None:
        """Let so many iterations pass in a second until the step ends; None is full speed."""
        self.speed = speed
        self.session.set_speed(speed)

    def show_step(self, index: int) -> bool:
        """Turn to another step; False where there is none."""
        if not 0 <= index < len(self.lesson.steps) or index == self.shown:
            return False
        if self.session.status is Status.WAITING:
            self.page.stay_once_begun()
        self.page.show(index)
        return True

    def stop(self) -> None:
        """Stop what runs; where nothing does, the race that is on."""
        if self.racing.is_on and not self.is_busy:
            self.racing.stop()
        else:
            self.session.stop()

    def begin(self) -> None:
        """Open the lesson in its session, if it is not open."""
        if not self._has_begun:
            self._has_begun = True
            self.session.start()

    def _hand_over(self, step: int, work: StepWork) -> None:
        """Have the session run and judge what was written and predicted another day."""
        if work.edit is not None:
            self.session.set_source(step, work.edit)
        for question, answer in work.answers.items():
            if not isinstance(answer, int):
                self.session.predict(step, question, answer)
