"""The top line of the player, as it is to be drawn of a playback; and what leaving one says."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from textual.strip import Strip

from engine.lesson.printable import printable_line
from engine.protocol.events import EngineReady
from engine.protocol.status import Status
from tui.look import Look
from tui.player.playback import Playback
from tui.player.standing import next_statement
from tui.rendering.status_line import draw_status
from tui.words.status_words import State, state_words, status_word


def status_line(
    playback: Playback,
    look: Look,
    *,
    speed: float | None,
    seconds: float | None,
    kept: str,
) -> Callable[[int, float], Strip]:
    """Draws where a playback stands now, for a width and for a light so far on its way.

    For `speed`, `seconds` and `kept` see State.
    """
    status, outcome, engine = playback.status, playback.record.outcome, playback.engine
    attempt = playback.record.attempt
    state = State(
        status,
        outcome,
        playback.running if playback.is_elsewhere else playback.session.awaited,
        next_statement(playback),
        seconds,
        speed,
        engine.device if isinstance(engine, EngineReady) else "",
        kept,
        attempt,
        playback.session.sought,
        playback.session.place,
        playback.is_checking,
        playback.begins_again,
    )
    title = _called(playback, look)
    step_title = look.write_title(playback.step.title_in(look.language))
    words, word = (
        state_words(state, look.translate, look.glyphs),
        status_word(status, outcome, attempt),
    )
    shown, outcomes = playback.shown, playback.outcomes
    done_before = frozenset(playback.bookmark.done)
    unsolved, edited = playback.works.unsolved, playback.works.edited

    def draw(width: int, sweep: float) -> Strip:
        return draw_status(
            title,
            step_title,
            shown,
            outcomes,
            words,
            width,
            look.palette,
            word=word,
            under_way=playback.running,
            done_before=done_before,
            unsolved=unsolved,
            edited=edited,
            sweep=sweep,
            in_ascii=look.in_ascii,
        )

    return draw


def leaving_words(playback: Playback, look: Look) -> str:
    """What becomes of a lesson that runs or is paused, and is left for the list."""
    title = look.write_title(playback.lesson.header.title.in_language(look.language))
    words = (
        look.translate("{title} stays paused: open it again to go on.")
        if playback.status is Status.PAUSED
        else look.translate("{title} goes on: open it again to see it.")
    )
    return words.format(title=title)


def _called(playback: Playback, look: Look) -> str:
    """The lesson's title, and the arguments that its program is given."""
    title = look.write_title(playback.lesson.header.title.in_language(look.language))
    return " ".join((title, printable_line(shlex.join(playback.arguments)))).rstrip()
