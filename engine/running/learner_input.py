"""What the learner has put in: edits in place of cells, watches, changes; nothing runs here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.lesson.model import Step
from engine.protocol.changes import Change
from engine.protocol.curves import Prediction
from engine.protocol.watching import Watch


class LearnerInput:
    """Edits, predictions, watches and changes to come are the interface's, read by the worker.

    What is kept of a step is replaced as a whole, so that neither side needs a lock. ``changes``
    are the worker's: those that the names have in them as they are now, in their order.
    """

    def __init__(self) -> None:
        self._sources: dict[int, str] = {}
        self._predictions: dict[int, Mapping[int, Prediction]] = {}
        self._watches: dict[int, tuple[Watch, ...]] = {}
        self.changes: tuple[Change, ...] = ()
        self._repeated: tuple[Change, ...] = ()

    def set_source(self, step: int, source: str | None) -> None:
        """Have `source` stand in for the step's cell; None brings the lesson's own back."""
        if source is None:
            self._sources.pop(step, None)
        else:
            self._sources[step] = source

    def forget_words(self) -> None:
        """Know of no edit, prediction and watch: the steps may be others now."""
        self._sources = {}
        self._predictions = {}
        self._watches = {}

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Keep a prediction, in place of an earlier one, for the step's next run to judge."""
        self._predictions[step] = {**self.predictions(step), question: prediction}

    def watch(self, step: int, watches: tuple[Watch, ...]) -> None:
        """Have these expressions be all that is watched in the step."""
        self._watches[step] = watches

    def repeat(self, changes: tuple[Change, ...]) -> None:
        """Have what comes of these changes, which a run had, be carried out again in this one.

        Those that the names have in them already are the first of them.
        """
        self._repeated = changes

    @property
    def next_change(self) -> Change | None:
        """The change that is to be carried out next where the run comes to its place."""
        return next(iter(self._repeated[len(self.changes) :]), None)

    def note(self, change: Change) -> None:
        """Note a change; where it is not the one that was to come, none of those comes any more."""
        if change != self.next_change:
            self._repeated = ()
        self.changes += (change,)

    def forget_changes(self, *, are_to_come: bool) -> None:
        """Know of no change, as where the names are gone; those of a run to repeat may come."""
        self.changes = ()
        self._repeated = self._repeated if are_to_come else ()

    def with_edit(self, step: Step) -> Step:
        """The step as it is to run now."""
        source = self._sources.get(step.index)
        if source is None or step.cell is None:
            return step
        return replace(step, cell=replace(step.cell, source=source))

    def predictions(self, step: int) -> Mapping[int, Prediction]:
        """The predictions for a step, each by the place of its question in the step."""
        return self._predictions.get(step, {})

    def watches(self, step: int) -> tuple[Watch, ...]:
        """The expressions that are watched in the step, in the learner's order."""
        return self._watches.get(step, ())
