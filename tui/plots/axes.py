"""Where an axis is marked and where it ends, and the short text that stands there; no drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
    at 1, 2 and 5, or at 1 and 3, or round values, which stand where they may, in rows of their own.
    """
    decades = None
    if upper - lower >= FEWEST_TICKS - 1:
        decades = _axis_of_decades(lower, upper, rows, dots)
        if len(decades.ticks) >= FEWEST_TICKS:
            return decades
    choices = [
        ticks
        for ticks in _log_ticks(lower, upper)
        if len(ticks) <= MOST_TICKS and _have_own_rows(ticks, lower, upper, rows, dots)
    ]
    enough = next((ticks for ticks in choices if len(ticks) >= FEWEST_TICKS), None)
    if enough is None and decades is not None:
        return decades
    return ValueAxis(lower, upper, enough or max(choices, key=len, default=()))


def position_ticks(first: int, last: int, cells: int) -> list[Tick]:
    """Whole, round positions from `first` to `last`, on an axis of `cells` cells.

    Four to six of them, the roundest that are so many; fewer where there are fewer positions, or
    where their labels would touch.
    """
    fitting = [
        ticks
        for step in _whole_steps(last - first)
        if (ticks := _positions(first, last, step)) and _stand_apart(ticks, first, last, cells)
    ]
    enough = [ticks for ticks in fitting if FEWEST_TICKS <= len(ticks) <= MOST_TICKS]
    few = [ticks for ticks in fitting if len(ticks) < FEWEST_TICKS]
    return next(iter(enough), None) or max(few, key=len, default=[Tick(first, str(first))])


_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
# By how much less a step is wanted that begins so.
_LESS_ROUND = {"1.5": 1.4, "3.0": 1.15, "4.0": 1.15, "6.0": 1.3, "8.0": 1.3}
# Of positions, in tenths of a power of ten: those that are read at a glance, and then the others.
_WHOLE = ((10, 20, 50), (25,), (30, 40, 60, 80), (15, 75))
# How many decades may lie between two ticks; doubles reach over 616.
_DECADES = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_LARGEST_POWER = 307
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


def _marks(lower: float, upper: float, factors: Sequence[int]) -> tuple[Tick, ...]:
    """Ticks at `factors` times each power of ten that lie between the powers of ten."""
    powers = range(floor(lower), min(ceil(upper), _LARGEST_POWER) + 1)
    ticks = (_power_tick(factor * 10.0**power) for power in powers for factor in factors)
    return tuple(tick for tick in ticks if lower - 1e-9 <= tick.at <= upper + 1e-9)


def _round_ticks(lower: float, upper: float) -> Iterator[tuple[Tick, ...]]:
    """Ticks at all multiples of a round step, the roundest steps first."""
    power = floor(log10(upper - lower))
    for factor in sorted(_ROUND, key=lambda one: (one not in (1.0, 2.0, 5.0), one)):
        for step in (float(f"{factor}e{power + more}") for more in (-1, 0)):
            numbers = range(ceil(lower / step - 1e-9), floor(upper / step + 1e-9) + 1)
            values = [n * step for n in numbers if n]
            yield tuple(Tick(log10(value), _label(value, step, upper)) for value in values)


def _have_own_rows(ticks: Sequence[Tick], lower: float, upper: float, rows: int, dots: int) -> bool:
    shares = [(tick.at - lower) / (upper - lower) for tick in ticks]
    return len({round(share * (rows * dots - 1)) // dots for share in shares}) == len(ticks)


def _whole_steps(span: int) -> Iterator[int]:
    """Steps of which at least one, and at most about ten fit into `span`, the roundest first."""
    tenth = 10 ** max(len(str(span)) - 2, 0)
    for parts in _WHOLE:
        steps = (part * power / 10 for power in (tenth, 10 * tenth, 100 * tenth) for part in parts)
        yield from (int(step) for step in steps if step >= 1 and step == int(step))


def _positions(first: int, last: int, step: int) -> list[Tick]:
    """All multiples of `step` from `first` to `last`."""
    positions = range(-(-first // step) * step, last + 1, step)
    return [Tick(at, _whole(at, step, last)) for at in positions]


def _stand_apart(ticks: Sequence[Tick], first: int, last: int, cells: int) -> bool:
    """Whether spaces are left between the labels of positions on an axis of `cells` cells."""
    if len(ticks) < 2:
        return True
    width = max(len(tick.label) for tick in ticks)
    dots = [round((tick.at - first) / (last - first) * (2 * cells - 1)) for tick in ticks]
    columns = [dot // 2 for dot in dots]
    apart = [after - before for before, after in pairwise(columns)]
    # What would reach beyond the right end is moved to the left, and ends before it.
    is_moved = columns[-1] + width // 2 >= cells - 1
    needed = 2 * width - width // 2 + 1 if is_moved else width + 2
    return min(apart) >= width + 2 and apart[-1] >= needed


def _label(value: float, step: float, largest: float) -> str:
    if value == 0:
        return "0"
    if largest >= 1e9 or largest < 1e-3:
        power = floor(log10(abs(value)) + 1e-9)
        mantissa, exponent = f"{value:.{_decimals(step, power)}e}".split("e")
        shortest = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{shortest}e{int(exponent)}"
    unit, suffix = (1e6, "M") if largest >= 1e6 else (1e3, "k") if largest >= 1e4 else (1.0, "")
    return f"{value / unit:.{_decimals(step / unit, 0)}f}{suffix}"


def _decimals(step: float, power: int) -> int:
    """How many decimals a multiple of `step` needs when it is written in units of 10**`power`."""
    mantissa, exponent = f"{step:.9e}".split("e")
    digits = len(mantissa.rstrip("0").rstrip(".").replace(".", ""))
    return max(power - int(exponent) + digits - 1, 0)


def _power_tick(value: float) -> Tick:
    return Tick(log10(value), _label(value, value, value))


def _whole(position: int, step: int, last: int) -> str:
    if last >= 10_000 and position:
        for unit, suffix in ((1_000_000, "M"), (1_000, "k")):
            if step % unit == 0:
                return f"{position // unit}{suffix}"
    return str(position)
