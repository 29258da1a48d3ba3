"""One run of a step: what it ran, what was changed in it, and the curves that it left."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.protocol.frame import Frame, SeriesSnapshot, ViewDrawing
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from tui.editing.trees import parsed
from tui.runs.differences import Setting
from tui.runs.going_back import place_of
from tui.runs.retold import is_retold, series_of
from tui.runs.told_changes import ToldChange


@dataclass(slots=True, eq=False)
class Run:
    """A run of a step, the ``ordinal``th; ``series`` are its curves once it has been left.

    ``views`` are its newest drawings. ``source`` is the code that ran, and ``earlier`` what the
    steps before had run, by their index. ``settings`` is what it sets otherwise than the run
    ``against`` did, or, where that is None, than the lesson's own code does; ``edit`` is the number
    of the edit where that does not say it, 0 of the lesson's code.
    ``origin`` is where it left another run, or the beginning of the step; the first ``inherited``
    of its ``changes`` were made in that other run. ``number`` is the engine's.
    """

    step: int
    ordinal: int
    source: str
    origin: Place
    number: int | None = None
    settings: tuple[Setting, ...] = ()
    against: int | None = None
    edit: int = 0
    changes: tuple[ToldChange, ...] = ()
    inherited: int = 0
    series: tuple[SeriesSnapshot, ...] = ()
    views: tuple[ViewDrawing, ...] = ()
    end: Place | None = None
    outcome: Outcome | None = None
    is_muted: bool = False
    earlier: Mapping[int, str] = field(default_factory=dict)

    @property
    def own_changes(self) -> tuple[ToldChange, ...]:
        """Those that were made in it, and not in the run that it comes from."""
        return self.changes[self.inherited :]

    def take(self, frame: Frame | None, outcome: Outcome | None) -> None:
        """Keep its curves as they are, and how it has ended, if it has."""
        self.series, self.outcome = series_of(frame), outcome
        if frame is not None:
            self.views = frame.views
            self.end = place_of(frame, is_over=False).iteration

    def is_retold_by(self, other: Run) -> bool:
        """Whether it has nothing that the other run has not: no code, no change and no value.

        Comments are no code here, and imports no changes; nor is what was changed at the iteration
        that was the last of a run so far.
        """
        end = self.end or self.origin
        changes, others = (
            _changes_before(end, run.changes, has_ended=self.outcome is not None)
            for run in (self, other)
        )
        return (
            changes == others
            and self.is_of_same_code(other)
            and is_retold(self.series, other.series)
        )

    def is_of_same_code(self, other: Run) -> bool:
        """Whether both ran the same, as far as is known also in the steps before."""
        known = self.earlier.keys() & other.earlier.keys()
        pairs = [(self.source, other.source), *((self.earlier[k], other.earlier[k]) for k in known)]
        return all(_is_same_code(one, another) for one, another in pairs)

    def again(self, place: Place) -> Run:
        """The same run as far as a place in it, from where it may become another one."""
        changes = tuple(one for one in self.changes if one.place <= place)
        return replace(
            self, changes=changes, series=(), views=(), end=None, outcome=None, is_muted=False
        )


def _changes_before(
    end: Place, changes: Sequence[ToldChange], *, has_ended: bool
) -> list[tuple[Place, str, str]]:
    """What was set to what until there, and where; there too, where the run has ended."""
    telling = (
        one
        for one in changes
        if not one.is_import and (one.place < end or (has_ended and one.place.iteration == end))
    )
    return [(one.place, one.name, one.after) for one in telling]


def _is_same_code(one: str, other: str) -> bool:
    if one == other:
        return True
    tree, other_tree = parsed(one), parsed(other)
    if tree is None or other_tree is None:
        return False
    return ast.dump(tree) == ast.dump(other_tree)
