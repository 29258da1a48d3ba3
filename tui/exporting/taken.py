"""A played lesson as a session that is taken home: nothing was changed in it."""

from __future__ import annotations

from engine.taking_home.script import changes_in
from engine.taking_home.session import TakenSession, TakenStep
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.language.catalogue import Translate
from tui.words.taking_home import taking_home_words


def cells_to_take(played: PlayedLesson, translate: Translate) -> dict[int, str]:
    """The code of each step that has some, by its index.

    Where the lesson does not seed its random numbers itself, the first one does so with those of
    the run.
    """
    steps = tuple(map(_taken, played.steps))
    words = taking_home_words(translate)
    taken = TakenSession(played.lesson, steps, (), played.origin, None, played.language, words)
    changed = changes_in(taken, with_end=False).cells
    return {
        one.step.index: changed.get(one.step.index, one.source)
        for one in steps
        if one.step.cell is not None
    }


def _taken(one: PlayedStep) -> TakenStep:
    source = "" if one.step.cell is None else one.step.cell.source.rstrip("\n")
    return TakenStep(one.step, source, one.end is not None, one.is_done)
