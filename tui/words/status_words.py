"""What the player's top line and its action bar say of the session: words alone, no drawing."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.statements import NextStatement
from engine.protocol.status import Status
from engine.protocol.verdicts import Verdict
from tui.language.catalogue import Translate, as_written
from tui.rendering.glyphs import UNICODE, Glyphs
from tui.rendering.loop_bars import format_duration
from tui.rendering.widths import cut

_WORDS = {
    Status.LOADING: "importing torch",
    Status.WAITING: "importing torch, then it runs",
    Status.READY: "ready",
    Status.RUNNING: "running",
    Status.PAUSING: "pausing",
    Status.PAUSED: "paused",
    Status.STOPPING: "stopping",
    Status.SEEKING: "going back",
    Status.UNABLE: "cannot run",
}

_CHANGED_WIDTH = 28


@dataclass(frozen=True, slots=True)
class State:
    """What a session does, and what else is told beside that.

    ``outcome`` is how the step that is shown ended; ``elsewhere`` is the index of the step that
    runs where that is another one, or that waits to run. ``seconds`` is how long a step has run
    of which no loop is seen. ``speed`` is in iterations per second, None at full speed. ``kept``
    is the word for an edit that is kept, empty where it is said elsewhere. ``sought`` is the place
    that is gone to, and ``place`` how far the run has come there. ``is_checking`` where what runs
    are the checks of an exercise. ``begins_again`` where a process begins after another one, which
    has torch at hand as a rule.
    """

    status: Status
    outcome: Outcome | None = None
    elsewhere: int | None = None
    standing: NextStatement | None = None
    seconds: float | None = None
    speed: float | None = None
    device: str = ""
    kept: str = ""
    verdict: Verdict | None = None
    sought: Place | None = None
    place: Place | None = None
    is_checking: bool = False
    begins_again: bool = False


def state_words(state: State, translate: Translate, glyphs: Glyphs = UNICODE) -> list[str]:
    """The words for a state, none of them empty."""
    word = checks_word(state, translate, glyphs) or translate(
        status_word(state.status, state.outcome, state.verdict)
    )
    if state.is_checking:
        word = translate("checking")
    if state.elsewhere is not None:
        elsewhere = translate("{word} step {number}")
        if state.status is Status.WAITING:
            elsewhere = translate("importing torch, then step {number} runs")
        word = elsewhere.format(word=word, number=state.elsewhere + 1)
    changed = changed_words(state.standing, translate, glyphs)
    # What was told of the process comes after a run in it that is shown as it is asked for.
    if state.begins_again and state.status in (Status.LOADING, Status.WAITING):
        word = translate("starting again")
    if state.status is Status.SEEKING:
        word = seeking_words(state.sought, state.place, translate)
    lasting = "" if state.seconds is None else format_duration(state.seconds, translate)
    words = [word, state.kept, changed, lasting, speed_word(state.speed, translate), state.device]
    return [word for word in words if word]


def status_word(status: Status, outcome: Outcome | None, verdict: Verdict | None = None) -> str:
    """What the session does, in English; when nothing, how the step that is shown ended.

    An attempt that does not pass its checks has failed, though its code has come to its end.
    """
    if status is Status.READY and outcome is not None:
        is_wrong = verdict is not None and not verdict.passed
        return (Outcome.FAILED if is_wrong else outcome).name.lower()
    return _WORDS[status]


def seeking_words(sought: Place | None, place: Place | None, translate: Translate) -> str:
    """Where a run goes to, and how far it has come, as `going to iteration 140: 97`."""
    if sought is None:
        return translate(_WORDS[Status.SEEKING])
    if not sought.position:
        return translate("going to the step's beginning")
    words = translate("going to iteration {position}").format(position=sought.position)
    if place is None or place.step != sought.step or place >= sought:
        return words
    return f"{words}: {place.position}"


def checks_word(state: State, translate: Translate, glyphs: Glyphs = UNICODE) -> str:
    """How many checks of an attempt hold, as `✗ 1 of 2 checks`; "" where none has been judged."""
    verdict = state.verdict
    if state.status is not Status.READY or verdict is None or not verdict.count:
        return ""
    mark = glyphs.right if verdict.passed else glyphs.wrong
    told = (
        translate("{held} of 1 check")
        if verdict.count == 1
        else translate("{held} of {count} checks")
    )
    return f"{mark} {told.format(held=verdict.held, count=verdict.count)}"


def changed_words(
    standing: NextStatement | None, translate: Translate, glyphs: Glyphs = UNICODE
) -> str:
    """What the statement before changed, as `changed: W.grad b.grad`; "" where that is nothing."""
    if standing is None or not standing.changes.names:
        return ""
    names = cut(" ".join(standing.changes.names), _CHANGED_WIDTH, glyphs.ellipsis)
    return translate("changed: {names}").format(names=names)


def speed_word(speed: float | None, translate: Translate = as_written) -> str:
    """The speed in words; empty at full speed, which needs no mention."""
    if speed is None:
        return ""
    return translate("at most {speed:g} it/s").format(speed=speed)


def word_of_running(status: Status, outcome: Outcome | None, translate: Translate) -> str:
    """What the key that runs and pauses does now, for a step that has ended in this way."""
    match status:
        case Status.RUNNING | Status.SEEKING:
            return translate("pause")
        case Status.PAUSED | Status.PAUSING:
            return translate("resume")
        case _:
            return translate("run") if outcome is None else translate("again")
