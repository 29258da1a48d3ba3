"""What a session's next process has to be told of what the one before it knew."""

from __future__ import annotations

from collections.abc import Mapping

from engine.lesson.model import Lesson
from engine.protocol.commands import (
    Command,
    Predict,
    SetArguments,
    SetLesson,
    SetSource,
    SetSpeed,
    SetWatches,
)
from engine.protocol.random_numbers import RandomNumbers


class KeptWords:
    """What a lesson is played with: arguments, edits, predictions, watches, speed, random numbers.

    ``lesson`` is the file as it is now, and ``parameters`` are values in place of those that it
    gives, as Python writes them. ``last_step`` is the one that ran last. Where the file was saved
    again, that comes before all else, as the others are of the steps that it has now.
    """

    def __init__(
        self, lesson: Lesson, device: str | None = None, parameters: Mapping[str, str] | None = None
    ) -> None:
        self.lesson = lesson
        self.device = device
        self.parameters = dict(parameters or {})
        self.origin: RandomNumbers | None = None
        self.last_step: int | None = None
        self._lesson: tuple[SetLesson, ...] = ()
        self._arguments = SetArguments(())
        self._sources: dict[int, SetSource] = {}
        self._predictions: dict[tuple[int, int], Predict] = {}
        self._watches: dict[int, SetWatches] = {}
        self._speed = SetSpeed(None)

    def copy(self) -> KeptWords:
        """The same words, to which others can be added."""
        other = KeptWords(self.lesson, self.device, self.parameters)
        other.origin, other.last_step = self.origin, self.last_step
        other._lesson, other._arguments = self._lesson, self._arguments
        other._sources = dict(self._sources)
        other._predictions = dict(self._predictions)
        other._watches = dict(self._watches)
        return other

    @property
    def edits(self) -> dict[int, str]:
        """The learner's sources that are others than those of the lesson, by the step's index."""
        cells = {step.index: step.cell for step in self.lesson.steps}
        edits = ((step, command.source) for step, command in self._sources.items())
        return {
            step: source
            for step, source in edits
            if source is not None and (cell := cells[step]) is not None and cell.source != source
        }

    def note(self, command: Command) -> None:
        """Keep what outlives a process."""
        match command:
            case SetLesson():
                self._lesson = (command,)
                for words in (self._sources, self._predictions, self._watches):
                    words.clear()
            case SetArguments():
                self._arguments = command
            case SetSource(step):
                self._sources[step] = command
            case Predict(step, question):
                self._predictions[step, question] = command
            case SetWatches(step):
                self._watches[step] = command
            case SetSpeed():
                self._speed = command

    def commands(self) -> tuple[Command, ...]:
        """The commands that say all of it again."""
        kept: tuple[Command, ...] = (*self._sources.values(), *self._predictions.values())
        return (*self._lesson, self._arguments, *kept, *self._watches.values(), self._speed)
