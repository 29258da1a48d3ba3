"""What the marks of the player mean, for its help."""

from __future__ import annotations

from engine.protocol.outcomes import Outcome
from tui.language.catalogue import Translate
from tui.rendering.glyphs import Glyphs
from tui.rendering.status_line import StepMark, marks_of_steps


def legend(glyphs: Glyphs, translate: Translate, *, in_ascii: bool) -> list[tuple[str, str]]:
    """Each mark with what it says: those of the steps, of the panes and of lines of code."""
    steps = marks_of_steps(in_ascii=in_ascii)
    return [
        (steps[StepMark.NEVER_DONE], translate("A step that has not run")),
        (steps[StepMark.UNDER_WAY], translate("A step that runs or is paused")),
        (steps[Outcome.DONE], translate("A step that has run to its end")),
        (steps[StepMark.DONE_BEFORE], translate("A step run another time")),
        (steps[Outcome.STOPPED], translate("A step that was stopped")),
        (steps[Outcome.FAILED], translate("A step that failed")),
        (steps[StepMark.UNSOLVED], translate("An exercise to be solved")),
        (steps[StepMark.EDITED], translate("A step whose code you have changed")),
        (glyphs.news, translate("A pane with something new in it")),
        (glyphs.running, translate("The line that runs, or that broke")),
        (glyphs.standing, translate("The line that runs next")),
        (glyphs.changed, translate("What the last line has changed")),
        (glyphs.edited, translate("A line of code that you have changed")),
        (glyphs.turned, translate("A change that you made in a run")),
    ]
