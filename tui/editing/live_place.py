"""One place where a run may have the value of a dial, and what assigns another to it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from tui.editing.numbers import number_written
from tui.editing.trees import pairs_of, parsed

LiveValue = int | float | tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class LivePlace:
    """Something that may have the value of a dial: ``question`` asks for it, as an expression.

    ``target`` is what to assign; "{}" in it stands for the number of a group of parameters, and the
    question then asks for the values of all groups. ``around`` are the values of a tuple in which
    the dial's is the one at ``index``; () where it is a value of its own.
    """

    question: str
    target: str
    around: tuple[int | float, ...] = ()
    index: int = 0

    def found(self, told: str, known: Sequence[str]) -> str | None:
        """Which of the numbers that a dial is `known` to have been the answer `told` has here."""
        values = _value_of(told)
        stands = values if isinstance(values, list) else [values]
        return next((one for one in known if self._with(one) in _numbers_of(stands)), None)

    def assignments(self, told: str, known: Sequence[str], text: str) -> list[str]:
        """Statements that put a dial's new `text` where the answer has a number that is `known`."""
        values, wanted = _value_of(told), [self._with(one) for one in known]
        new = self._written(text)
        if "{}" not in self.target:
            return [f"{self.target} = {new}"] if _numbers_of([values], wanted) else []
        groups = values if isinstance(values, list) else []
        return [
            f"{self.target.format(number)} = {new}"
            for number, value in enumerate(groups)
            if _numbers_of([value], wanted)
        ]

    def _with(self, text: str) -> LiveValue:
        """What stands here where the dial is this number."""
        number = number_written(text)
        if not self.around:
            return number
        return (*self.around[: self.index], number, *self.around[self.index + 1 :])

    def _written(self, text: str) -> str:
        if not self.around:
            return text
        parts = [text if at == self.index else repr(one) for at, one in enumerate(self.around)]
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def assignments_in(text: str) -> list[tuple[str, str]]:
    """What a change assigns, each name with its value as it is written; an entry by its key.

    `lr = 0.1` and `optimizer.param_groups[0]["lr"] = 0.1` both are of `lr`.
    """
    tree = parsed(text)
    found: list[tuple[str, str]] = []
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Assign):
            for target, value in pairs_of(node):
                written = " ".join((ast.get_source_segment(text, value) or "").split())
                match target:
                    case ast.Subscript(slice=ast.Constant(value=str(name))):
                        found.append((name, written))
                    case _:
                        found.append((ast.unparse(target), written))
    return list(dict.fromkeys(found))


def _value_of(told: str) -> object:
    """The value that an answer tells; None where that is none of numbers."""
    try:
        value: object = ast.literal_eval(told)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
    return value


def _numbers_of(
    values: Sequence[object], wanted: Sequence[LiveValue] | None = None
) -> list[object]:
    """Those of the values that are no True or False, and, where some are `wanted`, of these."""
    return [
        value
        for value in values
        if not isinstance(value, bool) and (wanted is None or any(value == one for one in wanted))
    ]
