"""The player's top line."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial

from textual.reactive import reactive
from textual.strip import Strip

from engine.lesson.printable import printable_line
from engine.protocol.events import EngineReady
from tui.look import Look
from tui.player.playback import Playback
from tui.player.standing import next_statement
from tui.rendering.status_line import draw_status
from tui.widgets.strip_pane import StripPane
from tui.words.status_words import State, state_words, status_word

JOY_SECONDS = 0.9
"""How long the joy over an exercise that is solved lasts."""


class StatusBar(StripPane):
    """Shows one line over the whole width: the lesson, where in it, and what the session does."""

    DEFAULT_CSS = """
    StatusBar {
        height: 1;
        padding: 0;
        overflow: hidden hidden;
        background: $panel;
    }
    """

    sweep = reactive(1.0, init=False)
    """How far on its way a light is that goes over the words once; 1: there is none."""

    def __init__(self) -> None:
        super().__init__("status")
        self._line: Callable[[float], Strip] | None = None

    def celebrate(self) -> None:
        """Let a light go over what is said of the checks, once."""
        self.set_reactive(StatusBar.sweep, 0.0)
        self.animate("sweep", 1.0, duration=JOY_SECONDS)

    def watch_sweep(self) -> None:
        """Draw the light where it is now."""
        if self._line is not None:
            self.show([self._line(self.sweep)])

    def show_playback(
        self,
        playback: Playback,
        look: Look,
        *,
        speed: float | None,
        seconds: float | None,
        kept: str,
    ) -> None:
        """Show where a playback stands; for `speed`, `seconds` and `kept` see State."""
        status, outcome, engine = playback.status, playback.record.outcome, playback.engine
        state = State(
            status,
            outcome,
            playback.running if playback.is_elsewhere else playback.session.awaited,
            next_statement(playback),
            seconds,
            speed,
            engine.device if isinstance(engine, EngineReady) else "",
            kept,
            playback.record.attempt,
            playback.session.sought,
            playback.session.place,
        )
        line = partial(
            draw_status,
            _called(playback, look),
            playback.step.title_in(look.language),
            playback.shown,
            playback.outcomes,
            state_words(state, look.translate, look.glyphs),
            self.outer_size.width,
            look.palette,
            word=status_word(status, outcome, playback.record.attempt),
            done_before=frozenset(playback.bookmark.done),
            unsolved=playback.works.unsolved,
            edited=playback.works.edited,
            in_ascii=look.in_ascii,
        )
        self._line = lambda sweep: line(sweep=sweep)
        self.watch_sweep()


def _called(playback: Playback, look: Look) -> str:
    """The lesson's title, and the arguments that its program is given."""
    title = playback.lesson.header.title.in_language(look.language)
    return " ".join((title, printable_line(shlex.join(playback.arguments)))).rstrip()
