"""The changes of a lesson's runs as the learner is told of them; no widget."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.protocol.places import Place
from tui.editing.live_place import assignments_in


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change in the run of a step at `place`, in words: what is called `name` became `after`.

    ``before`` is what it was, "" where that is not known. A change that assigns nothing is told by
    its own text, as ``name``, and `after` is "".
    """

    place: Place
    name: str
    before: str
    after: str

    @property
    def is_import(self) -> bool:
        """Whether it only imports something, which changes no value of the run."""
        return not self.after and self.name.startswith(("import ", "from "))


class ToldChanges:
    """The changes of each run, in their order; one that has left another has those until then."""

    def __init__(self) -> None:
        self._told: dict[int, list[ToldChange]] = {}
        self._steps: dict[int, int] = {}

    def begin(self, run: int, step: int, parent: int | None, origin: Place) -> None:
        """A run of a step begins, which has left its parent at `origin`."""
        before = self._told.get(parent, []) if parent is not None else []
        self._told[run] = [one for one in before if Place(step) < one.place <= origin]
        self._steps[run] = step

    def of(self, step: int, run: int | None) -> tuple[ToldChange, ...]:
        """Those of a run, if it is one of this step, or else of the step's newest."""
        shown = run
        if run is None or self._steps.get(run) != step:
            shown = max((one for one, of in self._steps.items() if of == step), default=None)
        return () if shown is None else tuple(self._told[shown])

    def forget_from(self, step: int) -> None:
        """Know of no run of this step and of those after it."""
        self._steps = {run: of for run, of in self._steps.items() if of < step}
        self._told = {run: told for run, told in self._told.items() if run in self._steps}

    def note(self, run: int | None, change: ToldChange) -> None:
        """Know of a change in a run."""
        if run is not None:
            self._told.setdefault(run, []).append(change)

    def note_asked(
        self, run: int | None, text: str, place: Place, unread: Collection[str] = ()
    ) -> list[ToldChange]:
        """Know of what was asked in a run, and changed something; the changes that it was.

        What it assigned that is `unread` by the run's code is none.
        """
        told = [
            ToldChange(place, name, "", after)
            for name, after in assignments_in(text)
            if name not in unread
        ]
        told = told or [ToldChange(place, " ".join(text.split()), "", "")]
        for change in told:
            self.note(run, change)
        return told
