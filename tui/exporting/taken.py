"""A played lesson as a session that is taken home: nothing was changed in it."""

from __future__ import annotations

from engine.taking_home.script import changes_in
from engine.taking_home.session import TakenSession, TakenStep
from engine.taking_home.placed import placed
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.language.catalogue import Translate
from tui.words.taking_home import taking_home_words


def cells_to_take(played: PlayedLesson, translate: Translate) -> dict[int, str]:
    """The code of each step that has some, by its index.

    Where the lesson does not seed its random numbers itself, the first one does so with those of
    the run. One that names `__file__` finds what lies beside the lesson, wherever it is put.
    """
    steps = tuple(map(_taken, played.steps))
    words = taking_home_words(translate)
    taken = TakenSession(played.lesson, steps, (), played.origin, None, played.language, words)
    changed = changes_in(taken, with_end=False).cells
    path, comment = played.lesson.path, translate("where the files beside the lesson lie")
    return {
        one.step.index: placed(changed.get(one.step.index, one.source), path, comment)
        for one in steps
        if one.step.cell is not None
    }


def _taken(one: PlayedStep) -> TakenStep:
    source = "" if one.step.cell is None else one.step.cell.source.rstrip("\n")
    return TakenStep(one.step, source, one.end is not None, one.is_done)
