"""Whose drawings and pictures stand in the panes, where they are not those of the run of now."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.frame import ViewDrawing
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.runs.run import Run
from tui.runs.run_names import names_of
from tui.scrollback.scrollback import Scrollback
from tui.scrollback.shown_pictures import picture_words


@dataclass(frozen=True, slots=True)
class DrawnBeside:
    """The drawings of another run, by its name, and how far it had come with them."""

    name: str
    views: tuple[ViewDrawing, ...]
    position: int


def drawn_beside(playback: Playback, translate: Translate) -> DrawnBeside | None:
    """What the run has drawn that was brought to the front, or else the newest of a race.

    None where the drawings are those of the run of now.
    """
    runs, step = playback.runs, playback.shown
    front = runs.front(step)
    candidates = [*([] if front is None else [front]), *reversed(runs.racing(step))]
    drawn = next((run for run in candidates if run.views), None)
    if drawn is None:
        return None
    position = 0 if drawn.end is None else drawn.end.position
    return DrawnBeside(_name(drawn, playback, translate), drawn.views, position)


def output_shown(playback: Playback, translate: Translate) -> Scrollback:
    """What the run of now has written, and below it the newest picture of a race that is on."""
    output, found = playback.record.output, playback.racing.picture
    if found is None or found[0].step != playback.shown:
        return output
    run, shown = found
    words = picture_words(shown.number, shown.picture, translate)
    output = output.copy()
    output.show_picture(shown.number, shown.picture, f"{_name(run, playback, translate)} · {words}")
    return output


def _name(run: Run, playback: Playback, translate: Translate) -> str:
    runs, step = playback.runs, playback.shown
    now = runs.now(step)
    every = [*runs.left(step), *runs.racing(step), *([] if now is None else [now])]
    return names_of(every, translate).get(run.ordinal, "")
