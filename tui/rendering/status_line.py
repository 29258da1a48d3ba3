"""The line at the player's top: the lesson, where in it, and what the session is doing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum, auto

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.outcomes import Outcome
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut


class StepMark(Enum):
    """What is known of a step besides how it ended since the lesson was opened."""

    UNDER_WAY = auto()
    DONE_BEFORE = auto()
    NEVER_DONE = auto()
    UNSOLVED = auto()
    EDITED = auto()


_MARKS: Mapping[Outcome | StepMark, str] = {
    Outcome.DONE: "●",
    Outcome.FAILED: "✗",
    Outcome.STOPPED: "◐",
    StepMark.UNDER_WAY: "◔",
    StepMark.DONE_BEFORE: "◎",
    StepMark.NEVER_DONE: "○",
    StepMark.UNSOLVED: "◇",
    StepMark.EDITED: "✎",
}
_ASCII_MARKS: Mapping[Outcome | StepMark, str] = {
    Outcome.DONE: "#",
    Outcome.FAILED: "x",
    Outcome.STOPPED: "/",
    StepMark.UNDER_WAY: "@",
    StepMark.DONE_BEFORE: "*",
    StepMark.NEVER_DONE: "o",
    StepMark.UNSOLVED: "?",
    StepMark.EDITED: "e",
}


_LIGHT = 4
# A lesson is known by its first words; the step's title is news.
_LEAST_OF_TITLE = 12
_REVERSE = Style(reverse=True)


def draw_status(
    title: str,
    step_title: str,
    shown: int,
    outcomes: Sequence[Outcome | None],
    state: Sequence[str],
    width: int,
    palette: Palette,
    *,
    word: str = "",
    under_way: int | None = None,
    done_before: Collection[int] = (),
    unsolved: Collection[int] = (),
    edited: Collection[int] = (),
    sweep: float = 1.0,
    in_ascii: bool = False,
) -> Strip:
    """One line of `width` cells: title, the steps as marks, the step's title; right, `state`.

    `outcomes` has an entry for each step. The one `under_way` runs or is paused; those in
    `done_before` were done in an earlier run, those in `unsolved` are exercises whose checks have
    not passed yet, those in `edited` are other steps whose code is the learner's.
    `word` is what `status_word` says, and gives `state` its colour; a light has gone the share
    `sweep` of its way over it, and is gone at 1. The lesson's title is cut
    first, to a dozen cells, then the step's.
    """
    marks = step_marks(
        shown,
        outcomes,
        done_before,
        unsolved,
        edited,
        palette,
        under_way=under_way,
        in_ascii=in_ascii,
    )
    marks_width = sum(cell_width(segment.text) for segment in marks)
    right = "  ".join(part for part in state if part)
    number = f" {shown + 1}/{len(outcomes)} "
    # Two cells at least between the title of the step and what is said of it.
    room = width - cell_width(right) - cell_width(number) - 5
    if room - marks_width < 24:
        marks, marks_width = [], 0
    least_of_title = min(cell_width(title), _LEAST_OF_TITLE, (room - marks_width) // 2)
    step_room = room - marks_width - least_of_title
    step = cut(step_title, max(step_room, 0))
    lesson = cut(title, max(room - marks_width - cell_width(step), 0))
    left = [
        Segment(f" {lesson} ", Style(color=palette.accent, bold=True)),
        *marks,
        Segment(number, Style(color=palette.dim)),
        Segment(step, Style(color=palette.text)),
    ]
    used = sum(cell_width(segment.text) for segment in left)
    gap = Segment(" " * max(width - used - cell_width(right) - 1, 1))
    told = _lit(right, sweep, _state_style(word, palette))
    return Strip([*left, gap, *told, Segment(" ")]).crop(0, width)


def step_marks(
    shown: int,
    outcomes: Sequence[Outcome | None],
    done_before: Collection[int],
    unsolved: Collection[int],
    edited: Collection[int],
    palette: Palette,
    *,
    under_way: int | None,
    in_ascii: bool,
) -> list[Segment]:
    """One mark for each step, that of the one `shown` underlined; a click on it shows its step."""
    marks = marks_of_steps(in_ascii=in_ascii)
    colours: Mapping[Outcome | StepMark, str] = {
        Outcome.DONE: palette.good,
        Outcome.FAILED: palette.bad,
        Outcome.STOPPED: palette.warning,
        StepMark.UNDER_WAY: palette.accent,
        StepMark.DONE_BEFORE: palette.good,
        StepMark.NEVER_DONE: palette.dim,
        StepMark.UNSOLVED: palette.warning,
        StepMark.EDITED: palette.accent,
    }
    segments = []
    for index, outcome in enumerate(outcomes):
        state = _state_of(index, outcome, done_before, unsolved, edited)
        if index == under_way:
            state = StepMark.UNDER_WAY
        mark, colour = marks[state], colours[state]
        if state is StepMark.EDITED and outcome is Outcome.DONE:
            colour = palette.good
        click = {"@click": f"screen.show_step({index})"}
        segments.append(Segment(mark, Style(color=colour, underline=index == shown, meta=click)))
    return segments


def marks_of_steps(*, in_ascii: bool) -> Mapping[Outcome | StepMark, str]:
    """The mark of each way in which a step may stand."""
    return _ASCII_MARKS if in_ascii else _MARKS


def _state_of(
    index: int,
    outcome: Outcome | None,
    done_before: Collection[int],
    unsolved: Collection[int],
    edited: Collection[int],
) -> Outcome | StepMark:
    if outcome in (None, Outcome.DONE):
        if index in unsolved:
            return StepMark.UNSOLVED
        if index in edited:
            return StepMark.EDITED
    if outcome is not None:
        return outcome
    return StepMark.DONE_BEFORE if index in done_before else StepMark.NEVER_DONE


def _lit(text: str, sweep: float, style: Style) -> list[Segment]:
    """A text with a light of a few characters on it."""
    if sweep >= 1:
        return [Segment(text, style)]
    start = round(sweep * (len(text) + _LIGHT)) - _LIGHT
    before, after = max(start, 0), max(start + _LIGHT, 0)
    parts = [(text[:before], style), (text[before:after], style + _REVERSE), (text[after:], style)]
    return [Segment(part, look) for part, look in parts if part]


def _state_style(word: str, palette: Palette) -> Style:
    colour = {
        "failed": palette.bad,
        "cannot run": palette.bad,
        "done": palette.good,
        "running": palette.good,
        "paused": palette.warning,
        "stopped": palette.warning,
    }.get(word, palette.dim)
    return Style(color=colour, bold=True)
