"""Which runs stand on the curve of the step that is shown, and by which names."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.frame import SeriesSnapshot
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.runs.run_names import names_of


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run beside the one of now, which itself, as far as it had come before, has no ``name``.

    ``is_bright`` where it is drawn before the others: it trains, or was brought to the front.
    """

    name: str
    ordinal: int
    series: tuple[SeriesSnapshot, ...] = ()
    is_bright: bool = False


@dataclass(frozen=True, slots=True)
class ShownRuns:
    """All that stand beside the run of now, oldest first, and the name of that one."""

    name: str = ""
    others: tuple[ShownRun, ...] = ()


def runs_shown(playback: Playback, translate: Translate) -> ShownRuns:
    """The runs of the step that is shown, without those that are muted."""
    runs, step = playback.runs, playback.shown
    now, front, ahead = runs.now(step), runs.front(step), runs.ahead(step)
    left, racing = runs.left(step), runs.racing(step)
    names = names_of([*left, *racing, *([] if now is None else [now])], translate)
    others = [
        ShownRun(names[run.ordinal], run.ordinal, run.series, is_bright=run is front)
        for run in left
        if not run.is_muted
    ]
    others += [ShownRun(names[run.ordinal], run.ordinal, run.series, True) for run in racing]
    if ahead is not None:
        others.insert(0, ShownRun("", ahead.ordinal, ahead.series))
    return ShownRuns("" if now is None else names[now.ordinal], tuple(others))
