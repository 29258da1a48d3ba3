"""The player's top line."""

from __future__ import annotations

from engine.protocol.events import EngineReady
from tui.look import Look
from tui.player.playback import Playback
from tui.rendering.status_line import draw_status
from tui.rendering.status_words import State, state_words, status_word
from tui.widgets.strip_pane import StripPane


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

    def __init__(self) -> None:
        super().__init__("status")

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
            playback.running if playback.is_elsewhere else None,
            playback.standing,
            seconds,
            speed,
            engine.device if isinstance(engine, EngineReady) else "",
            kept,
        )
        line = draw_status(
            playback.lesson.header.title.in_language(look.language),
            playback.step.title_in(look.language),
            playback.shown,
            playback.outcomes,
            state_words(state, look.translate, look.glyphs),
            self.outer_size.width,
            look.palette,
            word=status_word(status, outcome),
            done_before=playback.bookmark.done,
            unsolved=playback.unsolved,
            in_ascii=look.in_ascii,
        )
        self.show([line])
