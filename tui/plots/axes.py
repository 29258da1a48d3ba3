"""Where an axis is marked and where it ends, and the short text that stands there; no drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil, floor, log10

FEWEST_TICKS, MOST_TICKS = 4, 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands, in the axis' own numbers, and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The values at the lowest and the highest dot of an axis, and its ticks, lowest first."""

    lower: float
    upper: float
    ticks: tuple[Tick, ...]


def value_axis(lower: float, upper: float, rows: int, dots: int) -> ValueAxis:
    """An axis from `lower` to `upper` or further, of `rows` rows of `dots` dots each.

    Its ticks are round values, each in the middle of a row and all equally many rows apart: four
    to six of them where that many rows are, else fewer. All labels share one unit (k, M, or powers
    of ten), so that they can be compared at a glance.
    """
    grid = min(_grids(lower, upper, rows, dots, _ROUND), key=lambda one: one.demerit(_AMISS))
    values = [n * grid.step for n in grid.numbers]
    largest = max((abs(value) for value in values), default=0.0)
    ticks = tuple(Tick(value, _label(value, grid.step, largest)) for value in values)
    return ValueAxis(*grid.edges(dots), ticks)


def log_axis(lower: float, upper: float, rows: int, dots: int) -> ValueAxis:
    """The same of values given as powers of ten, `lower` and `upper` too; so is where ticks stand.

    Whole decades, all equally many rows apart, where so many find room. Else decades, their parts
    at 1, 2 and 5, or at 1 and 3, or round values: those that can stand equally many rows apart, and
    only where none can, those that have rows of their own.
    """
    axis = _log_axis(lower, upper, rows, dots)
    if not any(tick.label.endswith("k") for tick in axis.ticks):
        return axis
    return replace(axis, ticks=tuple(_in_thousands(tick) for tick in axis.ticks))


_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
# By how much less a step is wanted that begins so.
_LESS_ROUND = {"1.5": 1.4, "3.0": 1.15, "4.0": 1.15, "6.0": 1.3, "8.0": 1.3}
# How many decades may lie between two ticks; doubles reach over 616.
_DECADES = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_LARGEST_POWER = 307
# Parts of a decade, and by how much less they are wanted. The last stand the most evenly.
_FACTORS = (
    ((1, 2, 5), 1.0),
    ((1, 3), 1.0),
    ((1,), 1.0),
    ((1, 1.6, 2.5, 4, 6.3), 1.8),
    ((1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8), 1.8),
)
# So many decades have no other ticks than whole ones.
_DECADES_OF_MANY = 6
# In twentieths of the distance of two ticks, by how much one of them may stand in another row.
_MOST_AMISS = 3
# Whole decades are few: one tick more may take half of a small pane.
_AMISS, _AMISS_OF_DECADES = 2.5, 1.4


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows that stand for `step` / `apart` each, from `lowest` of them above zero on."""

    step: float
    apart: int
    lowest: int
    rows: int

    @property
    def numbers(self) -> range:
        """By how many steps each tick stands above zero."""
        highest = self.lowest + self.rows - 1
        return range(-(-self.lowest // self.apart), highest // self.apart + 1)

    def edges(self, dots: int) -> tuple[float, float]:
        """The values at the lowest and at the highest dot."""
        beside = (dots - 1) / (2 * dots)
        row = self.step / self.apart
        highest = self.lowest + self.rows - 1
        return (self.lowest - beside) * row, (highest + beside) * row

    def demerit(self, each_amiss: float) -> float:
        """How much a row stands for, and more where ticks are less round, missing or too many.

        `each_amiss` is by how much more for each of them: the higher it is, the more of a small
        pane may stay empty for the sake of its ticks.
        """
        count = len(self.numbers)
        amiss = max(FEWEST_TICKS - count, count - MOST_TICKS, 0)
        less_round = _LESS_ROUND.get(f"{self.step:.1e}"[:3], 1.0)
        return self.step / self.apart * each_amiss**amiss * less_round


def _grids(
    lower: float, upper: float, rows: int, dots: int, steps: Sequence[float]
) -> Iterator[_Grid]:
    """The finest grid for each distance of ticks in rows; `steps` may be tenfold and a tenth."""
    beside = (dots - 1) / (2 * dots)
    for apart in range(1, rows + 1):
        least = apart * (upper / rows - lower / rows)
        for step in _from(least, steps):
            lowest = floor(lower / step * apart + beside + 1e-9)
            if upper / step * apart <= lowest + rows - 1 + beside + 1e-9:
                yield _Grid(step, apart, lowest, rows)
                break


def _from(least: float, steps: Sequence[float]) -> Iterable[float]:
    """The steps from about `least` on, smallest first; those of `_ROUND` times powers of ten."""
    if steps is not _ROUND:
        return (step for step in steps if step >= 0.9 * least)
    power = floor(log10(least))
    return (
        float(f"{step}e{power + more}")
        for more in range(-1, 3)
        for step in steps
        if step * 10.0**more >= 0.9 * least / 10.0**power
    )


def _log_axis(lower: float, upper: float, rows: int, dots: int) -> ValueAxis:
    decades = None
    if upper - lower >= FEWEST_TICKS - 1:
        decades = _axis_of_decades(lower, upper, rows, dots)
        if len(decades.ticks) >= FEWEST_TICKS:
            return decades
    is_short = upper - lower < _DECADES_OF_MANY and abs(lower) < _LARGEST_POWER - 9
    even = _even_axis(lower, upper, rows, dots) if is_short else None
    if even is not None:
        return even
    choices = [
        ticks
        for ticks in _log_ticks(lower, upper)
        if len(ticks) <= MOST_TICKS and _have_own_rows(ticks, lower, upper, rows, dots)
    ]
    enough = next((ticks for ticks in choices if len(ticks) >= FEWEST_TICKS), None)
    if enough is None and decades is not None:
        return decades
    return ValueAxis(lower, upper, enough or max(choices, key=len, default=()))


def _axis_of_decades(lower: float, upper: float, rows: int, dots: int) -> ValueAxis:
    grid = min(
        _grids(lower, upper, rows, dots, _DECADES),
        key=lambda one: one.demerit(_AMISS_OF_DECADES),
    )
    powers = [n * grid.step for n in grid.numbers if abs(n * grid.step) <= _LARGEST_POWER]
    return ValueAxis(*grid.edges(dots), tuple(_power_tick(10.0**power) for power in powers))


def _log_ticks(lower: float, upper: float) -> Iterator[tuple[Tick, ...]]:
    """Ticks that may stand from 10 to the `lower` to 10 to the `upper`, the best first."""
    for factors in ((1, 2, 5), (1, 3), (1,)):
        yield _marks(lower, upper, factors)
    if upper < _LARGEST_POWER:
        yield from _round_ticks(10.0**lower, 10.0**upper)


def _even_axis(lower: float, upper: float, rows: int, dots: int) -> ValueAxis | None:
    """The axis with four to six ticks in even rows that is the shortest and whose ticks are round.

    In a high pane, where no round values stand so exactly, by a seventh of their distance amiss; in
    a low one, where four find no room, of three ticks.
    """
    axes = [
        (count < FEWEST_TICKS, amiss, less_round * (axis.upper - axis.lower), axis)
        for less_round, ticks in _spread_ticks(lower, upper)
        for count in range(FEWEST_TICKS - 1, MOST_TICKS + 1)
        for begin in range(len(ticks) - count + 1)
        for amiss, axis in _with_even(ticks[begin : begin + count], lower, upper, rows, dots)
    ]
    return min(axes, key=lambda one: one[:-1], default=(True, 0, 0.0, None))[-1]


def _with_even(
    ticks: tuple[Tick, ...], lower: float, upper: float, rows: int, dots: int
) -> Iterator[tuple[int, ValueAxis]]:
    """An axis from `lower` to `upper` or a little further with `ticks` equally many rows apart.

    Before it by what part of their distance, in twentieths, a tick is in another row at most. None
    where it would be too long.
    """
    between = len(ticks) - 1
    distance = (ticks[-1].at - ticks[0].at) / between
    beside = (dots - 1) / (2 * dots)
    # The more rows, the less each stands for.
    apart = min(int(distance * rows / (upper - lower) + 1e-9), (rows - 1) // between)
    if apart < 1:
        return
    row = distance / apart
    below = max(ceil((ticks[0].at - lower) / row - beside - 1e-9), 0)
    above = rows - 1 - below - apart * between
    if above > 0:
        spare = (ticks[-1].at + (above + beside) * row - upper) / row
        below = below + max(min(int(spare / 2), above, apart - below), 0)
        above = rows - 1 - below - apart * between
    first, last = ticks[0].at - (below + beside) * row, ticks[-1].at + (above + beside) * row
    if below > apart or not 0 <= above <= apart or last < upper - 1e-9 * row:
        return
    amiss = max(abs(tick.at - ticks[0].at - n * distance) / row for n, tick in enumerate(ticks))
    in_other_row = 0 if amiss < beside else ceil(20 * amiss / apart)
    if last - first <= 2 * (upper - lower) and in_other_row <= _MOST_AMISS:
        yield in_other_row, ValueAxis(first, last, ticks)


def _spread_ticks(lower: float, upper: float) -> Iterator[tuple[float, tuple[Tick, ...]]]:
    """Ticks around the powers of ten `lower` and `upper`, and by how much less they are wanted."""
    wider = (upper - lower) / 2
    for factors, less_round in _FACTORS:
        yield less_round, _marks(lower - wider, upper + wider, factors)
    if upper + wider > _LARGEST_POWER:
        return
    smallest, largest = 10.0**lower, 10.0**upper
    power = floor(log10(largest - smallest))
    for factor in _ROUND:
        for step in (float(f"{factor}e{power + more}") for more in (-1, 0)):
            if MOST_TICKS * step < 4 * (largest - smallest) < 100 * step:
                least, most = max(smallest - step, step / 2), largest + step
                yield _LESS_ROUND.get(str(factor), 1.0), _multiples(least, most, step)


def _marks(lower: float, upper: float, factors: Sequence[float]) -> tuple[Tick, ...]:
    """Ticks at `factors` times each power of ten that lie between the powers of ten."""
    powers = range(floor(lower), min(ceil(upper), _LARGEST_POWER) + 1)
    ticks = (_power_tick(factor * 10.0**power) for power in powers for factor in factors)
    return tuple(tick for tick in ticks if lower - 1e-9 <= tick.at <= upper + 1e-9)


def _round_ticks(lower: float, upper: float) -> Iterator[tuple[Tick, ...]]:
    """Ticks at all multiples of a round step, the roundest steps first."""
    power = floor(log10(upper - lower))
    for factor in sorted(_ROUND, key=lambda one: (one not in (1.0, 2.0, 5.0), one)):
        for step in (float(f"{factor}e{power + more}") for more in (-1, 0)):
            yield _multiples(lower, upper, step)


def _multiples(lower: float, upper: float, step: float) -> tuple[Tick, ...]:
    numbers = range(ceil(lower / step - 1e-9), floor(upper / step + 1e-9) + 1)
    values = [n * step for n in numbers if n]
    return tuple(Tick(log10(value), _label(value, step, upper)) for value in values)


def _have_own_rows(ticks: Sequence[Tick], lower: float, upper: float, rows: int, dots: int) -> bool:
    shares = [(tick.at - lower) / (upper - lower) for tick in ticks]
    return len({round(share * (rows * dots - 1)) // dots for share in shares}) == len(ticks)


def _label(value: float, step: float, largest: float) -> str:
    if value == 0:
        return "0"
    if largest >= 1e9 or largest < 1e-3:
        power = floor(log10(largest) + 1e-9)
        mantissa = Decimal(repr(value)).scaleb(-power)
        return f"{mantissa:.{_decimals(step, power)}f}e{power}"
    unit, suffix = (1e6, "M") if largest >= 1e6 else (1e3, "k") if largest >= 1e4 else (1.0, "")
    return f"{value / unit:.{_decimals(step / unit, 0)}f}{suffix}"


def _decimals(step: float, power: int) -> int:
    """How many decimals a multiple of `step` needs when it is written in units of 10**`power`."""
    mantissa, exponent = f"{step:.9e}".split("e")
    digits = len(mantissa.rstrip("0").rstrip(".").replace(".", ""))
    return max(power - int(exponent) + digits - 1, 0)


def _power_tick(value: float) -> Tick:
    return Tick(log10(value), _label(value, value, value))


def _in_thousands(tick: Tick) -> Tick:
    """A tick at 1000 beside one at 10k says 1k."""
    value = round(10.0**tick.at)
    return Tick(tick.at, _label(value, value, 1e4)) if 1000 <= value < 10_000 else tick
