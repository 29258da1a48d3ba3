"""What a session's next process has to be told of what the one before it knew."""

from __future__ import annotations

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

    ``last_step`` is the one that ran last. Where its file was saved again, that comes before all
    else, as the others are of the steps that it has now.
    """

    def __init__(self) -> None:
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
        other = KeptWords()
        other.origin, other.last_step = self.origin, self.last_step
        other._lesson, other._arguments = self._lesson, self._arguments
        other._sources = dict(self._sources)
        other._predictions = dict(self._predictions)
        other._watches = dict(self._watches)
        return other

    @property
    def edits(self) -> dict[int, str]:
        """The learner's sources that stand in for those of the lesson, by the step's index."""
        edits = ((step, command.source) for step, command in self._sources.items())
        return {step: source for step, source in edits if source is not None}

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
