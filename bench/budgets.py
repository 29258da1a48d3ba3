"""Budgets, what was measured against them, and both as a table and as JSON; measures nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median, quantiles


class Bound(Enum):
    """On which side of its limit a measured number may lie."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Budget:
    """What must hold; ``unit`` follows the numbers, and says what they are."""

    what: str
    bound: Bound
    limit: float
    unit: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A budget and what came: one number, the samples behind it, and a note on how it came."""

    budget: Budget
    value: float
    samples: tuple[float, ...]
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the number keeps to the budget."""
        if self.budget.bound is Bound.AT_LEAST:
            return self.value >= self.budget.limit
        return self.value <= self.budget.limit

    def as_json(self) -> dict[str, object]:
        """All of it as plain values."""
        return {
            "what": self.budget.what,
            "bound": self.budget.bound.value,
            "limit": self.budget.limit,
            "unit": self.budget.unit,
            "measured": self.value,
            "met": self.is_met,
            "samples": list(self.samples),
            "note": self.note,
        }


def middle(
    budget: Budget, samples: Sequence[float], note: str = "", *, of: str = "pairs"
) -> Measured:
    """The median of `samples`, with their quartiles in the note; `of` says what they are."""
    lower, _, upper = quantiles(samples, n=4)
    spread = f"{len(samples)} {of}, quartiles {lower:.3g} to {upper:.3g}"
    return Measured(
        budget, median(samples), tuple(samples), "; ".join(filter(None, (spread, note)))
    )


def nearly_all(budget: Budget, samples: Sequence[float], of: str) -> Measured:
    """The 95th percentile of `samples`, with their quartiles and the worst in the note."""
    ordered = sorted(samples)
    lower, halfway, upper = quantiles(ordered, n=4)
    note = (
        f"{len(samples)} {of}, median {halfway:.3g}, quartiles {lower:.3g} to {upper:.3g}, "
        f"longest {ordered[-1]:.3g}"
    )
    return Measured(budget, ordered[math.ceil(0.95 * len(ordered)) - 1], tuple(samples), note)


def table(rows: Sequence[Measured]) -> list[str]:
    """A line for each row, in columns, under a line of titles."""
    cells = [("what", "budget", "measured", "", "how it came")]
    for row in rows:
        budget = row.budget
        unit = f" {budget.unit}".rstrip()
        limit = f"{budget.bound.value} {budget.limit:g}{unit}"
        verdict = "met" if row.is_met else "MISSED"
        cells.append((budget.what, limit, f"{row.value:.3g}{unit}", verdict, row.note))
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
