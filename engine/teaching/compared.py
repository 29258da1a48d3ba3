"""A row against a column in a cost, with what the code calls the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.teaching.graphs import stretched
from engine.teaching.operands import TensorShape, operands_in
from engine.teaching.sources import Sources, names_in
from engine.values.peeking import looking_only

if TYPE_CHECKING:
    from torch import Tensor


def row_against_column(
    name: str, cost: Tensor, names: Mapping[str, object], sources: Sources
) -> tuple[tuple[str, ...], tuple[TensorShape, ...]] | None:
    """What the code calls each, "" where it has no name for it, and the shapes of both and the sum.

    None where nothing was stretched, or where it may have been on purpose. Of a target of unknown
    shape, only the other one is said.
    """
    found = stretched(cost)
    if found is None:
        return None
    compared = _compared_in(name, names, sources)
    shapes = [shape for _, shape in compared]
    other = found.other
    if other is None:
        count = found.result[0]
        fits = {(count,), (count, 1)} - {found.one}
        other = next((shape for shape in shapes if shape in fits), None)
    if other is None and not found.is_a_loss:
        # The shape of a target that nobody names could be another one, on purpose.
        return None
    known = (found.one,) if other is None else (found.one, other)
    named = {shape: one for one, shape in reversed(compared)}
    return tuple(named.get(shape, "") for shape in known), (*known, found.result)


def _compared_in(
    cost: str, names: Mapping[str, object], sources: Sources
) -> list[tuple[str, TensorShape]]:
    """The names that a cost is made of where it is assigned, with their shapes.

    Of what is made of names there, as of a difference that has one itself, it is those too.
    """
    assigned = sources.assignments(cost)[:1]
    between = dict.fromkeys(name for one in assigned for name in names_in(one))
    assigned += [made for name in between for made in sources.assignments(name)[:1]]
    with looking_only():
        return [operand for one in assigned for operand in operands_in(one, names)]
