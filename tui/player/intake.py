"""Takes in what a session has told: each event changes what is known, and says what to draw."""

from __future__ import annotations

from engine.protocol.events import (
    AskAnswered,
    BeginsAgain,
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
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.protocol.verdicts import Verdict
from tui.player.playback import Playback
from tui.player.update import Update
from tui.scrollback.shown_pictures import picture_words
from tui.words.predictions import PredictionVerdict


def take_in_news(playback: Playback) -> Update:
    """Take in what has happened since the last poll."""
    updates = Update.NONE
    if playback.racing.poll():
        updates = Update.FRAME
        updates |= Update.OUTPUT if playback.racing.has_pictures else Update.NONE
    for event in playback.session.events():
        playback.begins_again |= isinstance(event, LessonRewound | WentBack | SessionDied)
        updates |= _take_in(playback, event)
    found = playback.searching.poll()
    if found is not None:
        updates |= _notice(playback, found)
    frame = playback.session.frame
    if frame is not None and frame is not playback.record_of(frame.step).frame:
        playback.record_of(frame.step).take_frame(frame)
        updates |= Update.FRAME
    status = playback.session.status
    if status is not playback.status:
        playback.status = status
        playback.begins_again &= status in (Status.LOADING, Status.WAITING)
        if status is Status.READY:
            playback.chronicle.ended = None
        updates |= Update.STATUS
    return updates


def _take_in(playback: Playback, event: Event) -> Update:
    match event:
        case EngineReady():
            playback.engine, playback.begins_again = event, False
            return Update.STATUS
        case EngineFailed():
            playback.engine = event
            return Update.STATUS | Update.OUTPUT
        case LessonRewound(is_restart):
            playback.answers.lose()
            playback.searching.end()
            playback.chronicle.rewind(is_restart=is_restart)
            if is_restart:
                playback.page.show(0)
            return Update.STEP | Update.OUTPUT | Update.FRAME
        case EditsBrought(edits):
            playback.edits.bring(edits)
            return Update.STEP
        case RunBegan():
            playback.chronicle.take_begun(event)
            return Update.FRAME
        case LeftFor():
            playback.chronicle.leave_for(event)
            return Update.NONE
        case WentBack():
            return _go_back(playback, event)
        case MomentKept():
            playback.chronicle.keep_moment(event, playback.asking.translate)
            return Update.STATUS
        case MomentsLost():
            playback.chronicle.lose_moments(event)
            return Update.STATUS
        case StepStarted():
            return _begin_run(playback, event)
        case OutputWritten(step, text, left_out):
            translate = playback.asking.translate
            playback.record_of(step).take_text(text, left_out, translate)
            return Update.OUTPUT
        case PictureShown(step, number, picture):
            words = picture_words(number, picture, playback.asking.translate)
            playback.record_of(step).take_picture(event, words)
            return Update.OUTPUT
        case StopCaught(step, goes_on):
            if goes_on:
                caught = playback.asking.translate(
                    "The code has caught the stop and goes on; stop again to end it."
                )
                playback.record_of(step).take_aside(f"\x1b[33m{caught}\x1b[0m\n")
            return Update.OUTPUT
        case StepEnded():
            return _end_run(playback, event)
        case SessionDied():
            return _take_death(playback, event)
        case AskAnswered():
            return playback.answers.take(event, playback.shown)
        case LessonBegan() | BeginsAgain() | ProgramEnded():
            return Update.NONE
        case Noticed():
            playback.searching.want(event)
            return _notice(playback, event)
        case PredictionJudged(step, question, verdict):
            return _take_prediction(playback, step, question, verdict)
        case ExerciseJudged(step, verdict):
            return _take_verdict(playback, step, verdict)


def _begin_run(playback: Playback, started: StepStarted) -> Update:
    step, updates = started.step, Update.STEP | Update.OUTPUT | Update.FRAME
    playback.searching.end()
    own_source = playback.edits.source_with(step, None)
    playback.chronicle.begin(step, playback.edits.source_with(step, started.edit), own_source)
    playback.is_on_the_way = started.on_the_way
    if started.on_the_way or not playback.page.follow(step, len(playback.lesson.steps) - 1):
        return updates
    return updates | Update.BEGUN


def _go_back(playback: Playback, back: WentBack) -> Update:
    playback.answers.lose()
    playback.searching.end()
    edits = playback.edits
    goes_on = playback.chronicle.go_back(
        back,
        edits.source_given(back.step),
        lambda step: edits.source_with(step, back.edits.get(step)),
    )
    if goes_on and playback.shown != back.step:
        playback.page.show(back.step)
    return Update.STEP | Update.OUTPUT | Update.FRAME


def _take_prediction(
    playback: Playback, step: int, question: int, verdict: PredictionVerdict
) -> Update:
    """Take what a run says to a prediction: one that says otherwise than the first is of another.

    The learner has turned a dial or edited the code since they were told.
    """
    told = playback.works.of(step).told.get(question)
    is_right = None if isinstance(verdict, str) else verdict.right
    if told is not None and told != is_right:
        return Update.NONE
    playback.record_of(step).verdicts[question] = verdict
    if told is None and is_right is not None:
        playback.works.tell(step, question, is_right=is_right)
    return Update.STEP | Update.OUTPUT | Update.FRAME


def _take_verdict(playback: Playback, step: int, verdict: Verdict) -> Update:
    playback.record_of(step).attempt = verdict
    if verdict.passed:
        playback.works.note_passed(step)
        return Update.STEP | Update.OUTPUT | Update.PASSED
    return Update.STEP | Update.OUTPUT


def _notice(playback: Playback, noticed: Noticed) -> Update:
    record = playback.record_of(noticed.step)
    record.noticed = (*record.noticed, noticed)
    return Update.STEP | Update.OUTPUT | Update.FRAME


def _end_run(playback: Playback, event: StepEnded) -> Update:
    playback.chronicle.end(event, playback.asking.translate)
    _end_speed(playback)
    has_stopped = event.outcome is not Outcome.DONE or event.exit is not None
    if has_stopped and not event.goes_on:
        playback.page.turn_once_begun(None)
        if event.outcome is Outcome.FAILED:
            _note_detour(playback, event.step)
        if event.outcome is not Outcome.STOPPED or not playback.page.awaits_run:
            playback.page.show(event.step)
    if event.outcome is Outcome.DONE:
        playback.works.tell_choices(event.step)
        if event.step not in playback.works.unsolved:
            playback.bookmark.note_done(event.step)
    return Update.STEP | Update.OUTPUT | Update.FRAME


def _take_death(playback: Playback, died: SessionDied) -> Update:
    """The step that ran is over, and the lesson goes on from before it."""
    playback.answers.lose(died.death, died.gone)
    playback.chronicle.die(died)
    _end_speed(playback)
    if died.step is None:
        playback.answers.write_lost(playback.shown)
        return Update.STATUS | Update.OUTPUT
    if died.death is not None:
        _note_detour(playback, died.step)
    if died.death is not None or not playback.page.awaits_run:
        playback.page.show(died.step)
    return Update.STEP | Update.OUTPUT | Update.FRAME


def _note_detour(playback: Playback, failed: int) -> None:
    """Remember which step was to run, where one has failed on the way to it."""
    if playback.is_on_the_way and playback.shown > failed:
        playback.record_of(failed).wanted = playback.shown


def _end_speed(playback: Playback) -> None:
    """Forget the speed that was chosen to watch a step, once that has ended."""
    if playback.speed is not None and not playback.is_on_the_way:
        # Said too, as it may have been chosen just after the session's step had ended.
        playback.set_speed(None)
