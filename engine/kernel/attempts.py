"""What the learner has put in: edits in place of cells, predictions, changes; nothing runs here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.lesson.model import Step
from engine.protocol.curves import Prediction
from engine.protocol.places import Place, Spot


@dataclass(frozen=True, slots=True)
class NotedChange:
    """What was asked where a run stood, and changed names there; None: before any run.

    ``spot`` is where that is in the lesson's text.
    """

    place: Place | None
    text: str
    spot: Spot


class Attempts:
    """Edits and predictions are written by the interface and read by the worker.

    What is kept of a step is replaced as a whole, so that neither side needs a lock. ``changes``
    are the worker's: those that the names have in them as they are now, in their order.
    """

    def __init__(self) -> None:
        self._sources: dict[int, str] = {}
        self._predictions: dict[int, Mapping[int, Prediction]] = {}
        self.changes: tuple[NotedChange, ...] = ()

    def set_source(self, step: int, source: str | None) -> None:
        """Have `source` stand in for the step's cell; None brings the lesson's own back."""
        if source is None:
            self._sources.pop(step, None)
        else:
            self._sources[step] = source

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Keep a prediction, in place of an earlier one, for the step's next run to judge."""
        self._predictions[step] = {**self.predictions(step), question: prediction}

    def with_edit(self, step: Step) -> Step:
        """The step as it is to run now."""
        source = self._sources.get(step.index)
        if source is None or step.cell is None:
            return step
        return replace(step, cell=replace(step.cell, source=source))

    def predictions(self, step: int) -> Mapping[int, Prediction]:
        """The predictions for a step, each by the place of its question in the step."""
        return self._predictions.get(step, {})
