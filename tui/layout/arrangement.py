"""Which panes are in sight, and in which columns they stand; no widget."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from engine.lesson.model import Step

TEXT_PANES = ("prose", "code")
UPPER_PANES = ("canvas", "curve")
SIDE_PANES = (*UPPER_PANES, "view", "output", "tensors")

LAST_LINE = "last"
"""The one row that shows the output's last line, where the output itself is out of sight."""

BESIDE_FROM = 66
TWO_COLUMNS_FROM = 100
THREE_COLUMNS_FROM = 170
_THREE_ROWS_FROM = 48
_TEXT_OVER_CODE_FROM = 30
_TEXT_OVER_RUN_FROM = 16
_RUN_IN_TWO_PANES_FROM = 30
# With those above and below all panes: a few lines in their frame.
_ROWS_FOR_CODE = 11


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Columns of panes, from left to right and from top to bottom.

    Above them all is the pane `folded`; below them all are the pane `wide`, which has most of the
    height, and the one row `below`, each where it is not None. The first pane of a column has at
    least `first_rows`. Other panes are out of sight.
    """

    columns: tuple[tuple[str, ...], ...]
    folded: str | None = None
    below: str | None = None
    wide: str | None = None
    first_rows: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All panes that are in sight, the last line too."""
        around = (name for name in (self.folded, self.wide, self.below) if name is not None)
        return (*(name for column in self.columns for name in column), *around)

    @property
    def is_single(self) -> bool:
        """Whether one pane has all the room."""
        return len([name for name in self.names if name != LAST_LINE]) == 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner wants to see: of the panes that there are the `active` one, and more.

    ``recent`` are panes that were asked for, the newest first: they come before others where there
    is not room for all. ``is_watching`` says that the learner watches a run from its text, or from
    its code where it has no text, and ``is_enlarged`` that the active pane is to have all the room.
    ``is_asked`` says that a question in the text is asked, which needs room for its answers: in a
    narrow terminal ``asked_rows``. ``is_writing`` says that the learner writes in the code.
    """

    panes: Collection[str]
    active: str
    recent: Sequence[str] = ()
    is_watching: bool = False
    is_enlarged: bool = False
    is_asked: bool = False
    asked_rows: int = 0
    is_writing: bool = False


def has_canvas(step: Step) -> bool:
    """Whether a step makes a canvas, which stands where the curve stands in other steps."""
    return step.cell is not None and step.cell.canvas is not None


def arrangement(width: int, height: int, wish: Wish) -> Arrangement:
    """The panes for a terminal of `width` by `height` cells.

    A narrow one shows the active pane alone; but a canvas beside what follows it, a run that is
    watched under the end of its text, or without it where rows are very few, and a question over
    the code that it is about. Two columns show text and code beside two or three more; three show
    all. Where there is nothing beside the text, its code has that room, and where the rows are few
    it has that room too while a question is asked.
    """
    if wish.is_enlarged:
        return _with_last_line(Arrangement(((wish.active,),)), wish.panes)
    if width < TWO_COLUMNS_FROM:
        return _with_last_line(_narrow(width, height, wish), wish.panes)
    if wish.is_writing:
        return _with_last_line(_over_the_editor(width, wish), wish.panes)
    text = tuple(name for name in TEXT_PANES if name in wish.panes)
    is_wide = width >= THREE_COLUMNS_FROM
    side = _beside(wish, 4 if is_wide else 3 if height >= _THREE_ROWS_FROM else 2)
    columns: tuple[tuple[str, ...], ...]
    if wish.is_asked and height < _TEXT_OVER_CODE_FROM:
        columns = tuple((name,) for name in text)
    elif not side or not text:
        columns = tuple((name,) for name in (*text, *side))
    elif is_wide and len(side) > 2:
        columns = (text, side[:2], side[2:])
    else:
        columns = (text, side)
    return _with_last_line(Arrangement(columns), wish.panes)


def _narrow(width: int, height: int, wish: Wish) -> Arrangement:
    side = _beside(wish, 2)
    has_room_beside = width >= BESIDE_FROM
    if wish.is_asked and "code" in wish.panes and height >= wish.asked_rows + _ROWS_FOR_CODE:
        return Arrangement((TEXT_PANES,), first_rows=wish.asked_rows)
    if wish.is_watching and wish.active in TEXT_PANES and side:
        if height < _TEXT_OVER_RUN_FROM:
            return Arrangement((side[:1],))
        if has_room_beside:
            return Arrangement(tuple((name,) for name in side), folded=wish.active)
        return Arrangement(
            (side if height >= _RUN_IN_TWO_PANES_FROM else side[:1],), folded=wish.active
        )
    if side[:1] == ("canvas",) and wish.active in side and has_room_beside:
        return Arrangement(tuple((name,) for name in side))
    return Arrangement(((wish.active,),))


def _over_the_editor(width: int, wish: Wish) -> Arrangement:
    """The code that is written in over the whole width; above it, text and others side by side."""
    side = _beside(wish, 3 if width >= THREE_COLUMNS_FROM else 2)
    text = tuple(name for name in ("prose",) if name in wish.panes)
    return Arrangement(tuple((name,) for name in (*text, *side)), wide="code")


def _beside(wish: Wish, room: int) -> tuple[str, ...]:
    """At most `room` of the panes that are not text: a curve or a canvas, and others."""
    there = [name for name in (*wish.recent, *SIDE_PANES) if name in wish.panes]
    upper = [name for name in there if name in UPPER_PANES][:1]
    lower = [name for name in dict.fromkeys(there) if name not in UPPER_PANES]
    shown = {*upper, *lower[: room - len(upper)]}
    return tuple(name for name in SIDE_PANES if name in shown)


def _with_last_line(plan: Arrangement, panes: Collection[str]) -> Arrangement:
    """The same with the output's last line under the code, where the output is out of sight.

    Where the code is, too, the line is below everything; the text alone goes without it.
    """
    if "output" not in panes or "output" in plan.names or plan.names == ("prose",):
        return plan
    if not any("code" in column for column in plan.columns):
        return replace(plan, below=LAST_LINE)
    columns = tuple((*one, LAST_LINE) if "code" in one else one for one in plan.columns)
    return replace(plan, columns=columns)
