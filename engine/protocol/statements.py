"""The statement that a run will run next, and what the one before it has changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementChanges:
    """What one statement changed, by the lesson's names.

    ``assigned`` are names that mean something else than before, ``written`` tensors, lists and the
    like that were changed in place (`W`, `model.linear.weight`, `costs`), ``gradients`` tensors'
    gradients (`W.grad`), also one that is gone.
    """

    assigned: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    gradients: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.assigned, *self.written, *self.gradients)))


@dataclass(frozen=True, slots=True)
class NextStatement:
    """The statement that runs next, by the first of its lines in the lesson's file.

    ``changes`` are those of the statement before it, as far as that stood in the same function.
    """

    line: int
    changes: StatementChanges
