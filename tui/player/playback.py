"""What a player has seen of its session: outputs, frames and outcomes of every step; no widget.

The screen asks `poll` a few times a second and draws what it says has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.host.client import RemoteSession
from engine.lesson.model import Cell, Lesson, Step
from engine.lesson.reloading import Moves, step_again
from engine.progress.work import GivenAnswer, StepWork
from engine.protocol.events import (
    AskAnswered,
    BeginsAgain,
    Death,
    EditsBrought,
    EngineFailed,
    EngineReady,
    Event,
    ExerciseJudged,
    LeftFor,
    LessonBegan,
    LessonRewound,
    MomentKept,
    MomentsLost,
    Outcome,
    OutputWritten,
    PictureShown,
    PredictionJudged,
    ProgramEnded,
    RunBegan,
    SessionDied,
    StepEnded,
    StepStarted,
    StopCaught,
    WentBack,
)
from engine.protocol.frame import NextStatement
from engine.protocol.made import LineMade
from engine.protocol.noticed import Noticed
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status
from engine.protocol.verdicts import Verdict
from tui.player.asking import Asking
from tui.player.bookmark import Bookmark
from tui.player.change import Change
from tui.player.choice import PaneChoice
from tui.player.searching import Searching
from tui.player.sources import Sources
from tui.player.step_record import StepRecord
from tui.player.watching import Watching
from tui.player.works import Works
from tui.rendering.shown_pictures import picture_words
from tui.runs.changes_made import ChangeMade, ChangesMade
from tui.runs.dialling import Dialling
from tui.runs.going_back import place_before, place_of
from tui.runs.past import Past
from tui.runs.racing import Racing
from tui.runs.runs import Runs
from tui.words.asked import lost_words, output_of, output_of_change, output_of_lost
from tui.words.verdicts import PredictionVerdict

_BUSY = frozenset({Status.RUNNING, Status.PAUSING, Status.PAUSED, Status.SEEKING, Status.STOPPING})


class Playback:
    """A session, and beside it everything that is shown of it; what is done is kept at once.

    ``looked_at`` is of each pane of each step what was last in sight (`tui.player.news`),
    ``choice`` which panes the learner has chosen to see.
    """

    def __init__(self, lesson: Lesson, session: RemoteSession, bookmark: Bookmark) -> None:
        self.lesson = lesson
        self.session = session
        self.bookmark = bookmark
        self.shown = bookmark.step
        self._arguments = bookmark.arguments
        if self._arguments:
            session.set_arguments(self._arguments)
        self.running: int | None = None
        self.looked_at: dict[tuple[int, str], object] = {}
        self.choice = PaneChoice()
        self._turns_after: int | None = None
        self._stays = False
        self.engine: EngineReady | EngineFailed | None = None
        self.status = Status.LOADING
        self.speed: float | None = None
        self._has_begun = False
        self._is_on_the_way = False
        self._records: dict[int, StepRecord] = {}
        self.past = Past()
        self.runs = Runs(session.forget_run)
        self.racing = Racing(session, self.runs)
        self.changes = ChangesMade()
        self.asking = Asking()
        self.dialling = Dialling(session)
        self._searching = Searching(session)
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
        self._searching.end()
        self._lose_answers()
        self._turns_after = None
        self._records = {step: one for step, one in self._records.items() if step < kept}
        for record in self._records.values():
            record.move(moved)
        for history in (self.runs, self.past, self.changes):
            history.forget_from(kept)
        self.looked_at = {of: seen for of, seen in self.looked_at.items() if of[0] < kept}
        self.lesson, self.bookmark = lesson, self.bookmark.again(lesson)
        self.session.take_lesson(lesson, kept)
        self.dialling = Dialling(self.session)
        self._begin_works()
        self._show(shown)

    def _begin_works(self) -> None:
        """Have the session run, judge and watch what was written, predicted and watched before."""
        self.sources = Sources(self.session)
        self.works = Works(self.lesson, self.bookmark)
        self.watching = Watching(self.lesson, self.session, self.works)
        for step, work in self.works:
            cell = self.lesson.steps[step].cell
            if cell is not None and work.edit == cell.source:
                self.works.edit(step, None)
            self._hand_over(step, work)
            if cell is None:
                self.works.tell_choices(step)

    @property
    def steps_that_ran(self) -> list[int]:
        """The steps of which something is shown that they have made."""
        return [step for step, one in self._records.items() if one.outcome is not None]

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

    def seconds_of_work(self, first: int) -> float:
        """How long the last runs of step `first` and of those after it took, or take by now."""
        found = (self._records.get(step.index) for step in self.lesson.steps[first:])
        return sum(record.seconds_so_far for record in found if record is not None)

    @property
    def is_busy(self) -> bool:
        """Whether a cell is under way, paused ones included."""
        return self.status in _BUSY

    @property
    def standing(self) -> NextStatement | None:
        """The statement that runs next in the step that is shown; None where it waits at none."""
        frame = self.record.frame
        stands = self.running == self.shown and self.status is Status.PAUSED
        return frame.statement if frame is not None and stands else None

    @property
    def made(self) -> tuple[LineMade, ...]:
        """What the lines of the step that is shown have made; () where it does not wait in it."""
        frame = self.record.frame
        stands = self.running == self.shown and self.status is Status.PAUSED
        return frame.made if frame is not None and stands else ()

    @property
    def changes_in_run(self) -> tuple[ChangeMade, ...]:
        """What was changed in the run that is shown, as far as that has come."""
        frame = self.record.frame
        made = self.changes.of(self.shown, self.session.run)
        return tuple(one for one in made if frame and one.place.position <= frame.position)

    @property
    def can_be_redrawn(self) -> bool:
        """Whether the names are still those that the step that is shown made its drawings of."""
        newest, outcome = self.session.frame, self.record.outcome
        is_newest = newest is not None and newest.step == self.shown
        return is_newest and outcome in (None, Outcome.DONE)

    @property
    def is_elsewhere(self) -> bool:
        """Whether another step runs than the one that is shown."""
        return self.running is not None and self.running != self.shown

    @property
    def step_of_values(self) -> int | None:
        """The step that the values are of which the session has now; None where none has run."""
        if self.running is not None:
            return self.running
        done, broken = self.session.done, self._records.get(self.session.done)
        if broken is not None and broken.outcome in (Outcome.FAILED, Outcome.STOPPED):
            return done
        ran = (one.index for one in self.lesson.steps[:done] if one.cell is not None)
        return max(ran, default=None)

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
        return self._records.setdefault(step, StepRecord())

    @property
    def work(self) -> StepWork:
        """What the learner has done in the step that is shown."""
        return self.works.of(self.shown)

    @property
    def source(self) -> str:
        """The code of the step that is shown, as the learner has it."""
        cell = self.cell_of(self.shown)
        return cell.source if cell is not None else ""

    def cell_of(self, step: int) -> Cell | None:
        """The cell of a step, with its code as the learner has it; None where it has none."""
        return self._cell_with(step, self.works.of(step).edit)

    def _source_given(self, step: int) -> str | None:
        """The source that the session has of a step, and runs; None where it has none."""
        cell = self._cell_with(step, self.sources.given(step, self.works.of(step).edit))
        return None if cell is None else cell.source

    def _cell_with(self, step: int, edit: str | None) -> Cell | None:
        cell = self.lesson.steps[step].cell
        return cell if cell is None or edit is None else replace(cell, source=edit)

    def answer(self, step: int, question: int, answer: GivenAnswer) -> None:
        """Take an answer, which the run that will tell what is right has before it, if any has."""
        self.works.answer(step, question, answer)
        has_code = self.lesson.steps[step].cell is not None
        if not isinstance(answer, int):
            self.session.predict(step, question, answer)
        elif not has_code or self.record_of(step).outcome is Outcome.DONE:
            # Nothing more is to come that would tell it.
            self.works.tell_choices(step)

    def edit(self, step: int, source: str) -> None:
        """Take what the learner has written; the next run is of that."""
        cell = self.lesson.steps[step].cell
        edit = None if cell is None or source == cell.source else source
        if edit != self.works.of(step).edit:
            self.works.edit(step, edit)
            self.sources.give(step, edit)

    def turn(self, step: int, source: str) -> None:
        """Take source in which a number was turned in the run that is under way.

        That run goes on as it is, and so do the steps after it: the step's next run is of this.
        """
        cell, before = self.lesson.steps[step].cell, self.works.of(step).edit
        edit = None if cell is None or source == cell.source else source
        self.works.edit(step, edit)
        self.sources.hold(step, before, edit)

    def set_speed(self, speed: float | None) -> None:
        """Let so many iterations pass in a second until the step ends; None is full speed."""
        self.speed = speed
        self.session.set_speed(speed)

    def show_step(self, index: int) -> bool:
        """Turn to another step; False where there is none."""
        if not 0 <= index < len(self.lesson.steps) or index == self.shown:
            return False
        if self.session.status is Status.WAITING:
            self._stays = True
        self._show(index)
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

    def turn_once_begun(self, step: int | None) -> None:
        """Once the run of this step has begun, show the one after it; None: of no step."""
        self._turns_after = step

    def poll(self) -> Change:
        """Take in what has happened since the last poll."""
        changes = Change.FRAME if self.racing.poll() else Change.NONE
        for event in self.session.events():
            changes |= self._take_in(event)
        found = self._searching.poll()
        if found is not None:
            changes |= self._notice(found)
        frame = self.session.frame
        if frame is not None and frame is not self.record_of(frame.step).frame:
            self.record_of(frame.step).take_frame(frame)
            changes |= Change.FRAME
        status = self.session.status
        if status is not self.status:
            self.status = status
            changes |= Change.STATUS
        return changes

    def _take_in(self, event: Event) -> Change:
        match event:
            case EngineReady():
                self.engine = event
                return Change.STATUS
            case EngineFailed():
                self.engine = event
                return Change.STATUS | Change.OUTPUT
            case LessonRewound(is_restart):
                self._lose_answers()
                self._lose_records_from(0)
                self._searching.end()
                self.past.clear()
                self.running = None
                if is_restart:
                    self.racing.stop()
                    self.runs.clear()
                    self._show(0)
                return Change.STEP | Change.OUTPUT | Change.FRAME
            case EditsBrought(edits):
                for step, source in edits.items():
                    self.sources.forget(step)
                    self.works.edit(step, source)
                return Change.STEP
            case RunBegan(run, step, parent, origin):
                self.changes.begin(run, step, parent, origin)
                if not self.racing.has(run):
                    self.runs.take_begun(event, is_under_way=self.running == step)
                return Change.FRAME
            case LeftFor():
                return self._leave_for(event)
            case WentBack():
                return self._go_back(event)
            case MomentKept(number, place, size=size, apart=apart):
                record = self.record_of(place.step)
                output = record.output
                if apart is not None:
                    output = self.past.output_since(apart.since, apart.text)
                self.past.mark(number, place.step, output, record.noticed)
                self.past.size = size
                return Change.STATUS
            case MomentsLost(numbers, is_memory_low):
                self.past.forget(numbers, memory_was_low=is_memory_low)
                return Change.STATUS
            case StepStarted(step, on_the_way, edit):
                self._searching.end()
                self._begin_run(step, edit)
                self._is_on_the_way = on_the_way
                if on_the_way:
                    return Change.STEP | Change.OUTPUT | Change.FRAME
                if self._stays:
                    # The learner has gone elsewhere since the run was asked for.
                    self._stays = False
                    self._turns_after = None
                    return Change.STEP | Change.OUTPUT | Change.FRAME
                self._show(self._after(step))
                return Change.STEP | Change.OUTPUT | Change.FRAME | Change.BEGUN
            case OutputWritten(step, text, left_out):
                self.record_of(step).take_text(text, left_out)
                return Change.OUTPUT
            case PictureShown(step, number, picture):
                words = picture_words(number, picture, self.asking.translate)
                self.record_of(step).take_picture(event, words)
                return Change.OUTPUT
            case StopCaught(step, goes_on):
                if goes_on:
                    caught = self.asking.translate(
                        "The code has caught the stop and goes on; stop again to end it."
                    )
                    self.record_of(step).take_aside(f"\x1b[33m{caught}\x1b[0m\n")
                return Change.OUTPUT
            case StepEnded():
                return self._end(event)
            case SessionDied():
                return self._take_death(event)
            case AskAnswered():
                return self._take_answer(event)
            case LessonBegan() | BeginsAgain() | ProgramEnded():
                return Change.NONE
            case Noticed():
                self._searching.want(event)
                return self._notice(event)
            case PredictionJudged(step, question, verdict):
                return self._take_prediction(step, question, verdict)
            case ExerciseJudged(step, verdict):
                return self._take_verdict(step, verdict)

    def _begin_run(self, step: int, edit: str | None) -> None:
        before, cell = self.record_of(step), self._cell_with(step, edit)
        source, own = "" if cell is None else cell.source, self._cell_with(step, None)
        self.runs.leave(step, before.frame, before.outcome)
        self.runs.begin(step, source, "" if own is None else own.source)
        self._records[step] = StepRecord(source=source)
        self.past.begin(step)
        self.running = step

    def _leave_for(self, left: LeftFor) -> Change:
        """Keep the run that is left for a place in it, or in another one."""
        place, frame, record = left.place, left.frame, self.record_of(left.place.step)
        last = frame if frame is not None and frame.step == place.step else record.frame
        self.past.leave(place, last)
        self.runs.leave_for(place, last, record.outcome)
        return Change.NONE

    def _lose_records_from(self, first: int) -> None:
        for step in [step for step in self._records if step >= first]:
            record = self._records.pop(step)
            self.runs.leave(step, record.frame, record.outcome)

    def _go_back(self, back: WentBack) -> Change:
        """Know nothing of what came after, and of a run that goes on what was known of it."""
        self._lose_answers()
        self._lose_records_from(back.step)
        self._searching.end()
        self.running = None
        if back.is_under_way and back.moment is not None:
            self.running = back.step
            record = self.record_of(back.step)
            record.output = self.past.output_at(back.moment)
            record.noticed = self.past.noticed_at(back.moment)
            # Only moments of the code of now are gone back to.
            record.source = self._source_given(back.step)
            self.past.arrive()
            self.runs.arrive()
            if self.shown != back.step:
                self._show(back.step)
        return Change.STEP | Change.OUTPUT | Change.FRAME

    def place_before(self, grain: Grain) -> Place | None:
        """The place one grain before where the run of the step that is shown stands, or ended.

        None where there is none.
        """
        here = self._place_shown()
        if here is None:
            return None
        outer_before = self.past.outer_before(here)
        if outer_before is None and self.record.frame is not None:
            outer_before = self.record.frame.outer_before
        is_over = self.session.sought is None and here.before_last is not None
        return place_before(here, grain, outer_before, is_over=is_over)

    def _place_shown(self) -> Place | None:
        """Where the run of the step that is shown stands, goes to or has ended; None if nowhere."""
        record, session = self.record, self.session
        if session.sought is not None:
            return session.sought if session.sought.step == self.shown else None
        if record.frame is None or self.is_elsewhere:
            return None
        if self.running == self.shown and session.place is not None:
            return session.place
        return place_of(record.frame, is_over=record.outcome is not None)

    def _after(self, step: int) -> int:
        """The step to show once the run of `step` has begun."""
        if step != self._turns_after:
            return step
        self._turns_after = None
        return min(step + 1, len(self.lesson.steps) - 1)

    def _show(self, index: int) -> None:
        self.shown = index
        self.bookmark.turn_to(index)

    def _hand_over(self, step: int, work: StepWork) -> None:
        """Have the session run and judge what was written and predicted another day."""
        if work.edit is not None:
            self.session.set_source(step, work.edit)
        for question, answer in work.answers.items():
            if not isinstance(answer, int):
                self.session.predict(step, question, answer)

    def _take_prediction(self, step: int, question: int, verdict: PredictionVerdict) -> Change:
        self.record_of(step).verdicts[question] = verdict
        if not isinstance(verdict, str):
            self.works.tell(step, question, is_right=verdict.right)
        return Change.STEP | Change.OUTPUT | Change.FRAME

    def _take_verdict(self, step: int, verdict: Verdict) -> Change:
        self.record_of(step).attempt = verdict
        if verdict.passed:
            self.works.note_passed(step)
            return Change.STEP | Change.OUTPUT | Change.PASSED
        return Change.STEP | Change.OUTPUT

    def _notice(self, noticed: Noticed) -> Change:
        record = self.record_of(noticed.step)
        record.noticed = (*record.noticed, noticed)
        return Change.STEP | Change.OUTPUT | Change.FRAME

    def _take_answer(self, answer: AskAnswered) -> Change:
        place = answer.place
        if self.racing.takes(answer):
            return Change.STATUS | Change.FRAME
        if self.dialling.live.asked(answer):
            return self._take_turn(answer)
        self.asking.take(answer)
        if answer.counts and place is not None and self.running == place.step:
            run, unread = self.session.run, answer.unread
            for change in self.changes.note_asked(run, answer.text, place, unread):
                self.runs.change(change)
        step = self.shown if answer.place is None else answer.place.step
        self.record_of(step).take_aside(output_of(answer, self.asking.translate))
        return Change.OUTPUT | Change.STATUS | Change.FRAME

    def _lose_answers(self, death: Death | None = None, gone: int | None = None) -> None:
        """Know that nothing that was asked will be answered."""
        self.asking.lose(death, gone)
        self.dialling.live.lose()
        self.racing.lose_answers()

    def _take_turn(self, answer: AskAnswered) -> Change:
        change = self.dialling.live.take(answer)
        if change is None:
            return Change.STATUS
        self.changes.note(self.session.run, change)
        self.runs.change(change)
        words = output_of_change(
            change.name, change.before, change.after, change.place, self.asking.translate
        )
        self.record_of(change.place.step).take_aside(words)
        return Change.OUTPUT | Change.STATUS | Change.FRAME

    def _end(self, event: StepEnded) -> Change:
        record = self.record_of(event.step)
        record.take_end(event)
        self.runs.end(event.step, record.frame, record.outcome)
        self.running = None
        self._end_speed()
        has_stopped = event.outcome is not Outcome.DONE or event.exit is not None
        if has_stopped and not event.goes_on:
            self._turns_after = None
            if event.outcome is Outcome.FAILED:
                self._note_detour(event.step)
            self._show(event.step)
        if event.outcome is Outcome.DONE:
            self.works.tell_choices(event.step)
            if event.step not in self.works.unsolved:
                self.bookmark.note_done(event.step)
        return Change.STEP | Change.OUTPUT | Change.FRAME

    def _take_death(self, died: SessionDied) -> Change:
        """The step that ran is over, and the lesson goes on from before it."""
        self._lose_answers(died.death, died.gone)
        self.running = None
        self._end_speed()
        if died.step is None:
            lost = self.asking.newest
            if lost is not None and lost.is_lost:
                words = lost_words(lost.death, lost.gone, self.asking.translate)
                self.record.take_aside(output_of_lost(lost.text, words))
            return Change.STATUS | Change.OUTPUT
        record = self.record_of(died.step)
        record.take_death(died)
        self.runs.end(died.step, record.frame, record.outcome)
        if died.death is not None:
            self._note_detour(died.step)
        self._show(died.step)
        return Change.STEP | Change.OUTPUT | Change.FRAME

    def _note_detour(self, failed: int) -> None:
        """Remember which step was to run, where one has failed on the way to it."""
        if self._is_on_the_way and self.shown > failed:
            self.record_of(failed).wanted = self.shown

    def _end_speed(self) -> None:
        """Forget the speed that was chosen to watch a step, once that has ended."""
        if self.speed is not None and not self._is_on_the_way:
            # Said too, as it may have been chosen just after the session's step had ended.
            self.set_speed(None)
