"""Where an axis of whole positions is marked, such as that of iterations; no drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.plots.axes import FEWEST_TICKS, MOST_TICKS, Tick


def position_ticks(first: int, last: int, cells: int) -> list[Tick]:
    """Whole, round positions from `first` to `last`, on an axis of `cells` cells.

    Four to six of them, the roundest that are so many; fewer where there are fewer positions, or
    where their labels would touch.
    """
    steps = _whole_steps(last - first)
    whole = [ticks for step in steps if (ticks := _positions(first, last, step))]
    fitting = [ticks for ticks in whole if _stand_apart(ticks, first, last, cells)]
    few = [ticks for ticks in fitting if len(ticks) < FEWEST_TICKS]
    # At the end a label is moved to the left, where it may touch the one before it.
    shorter = [ticks[:-1] for ticks in whole if ticks not in fitting]
    fitting += [ticks for ticks in shorter if _stand_apart(ticks, first, last, cells)]
    enough = [ticks for ticks in fitting if FEWEST_TICKS <= len(ticks) <= MOST_TICKS]
    best = min(enough, key=lambda ticks: _amiss(ticks, last), default=None)
    return best or max(few, key=len, default=[Tick(first, str(first))])


def _amiss(ticks: Sequence[Tick], last: int) -> int:
    """How little round their distance is, which may be a quarter for the sake of the last tick."""
    step = round(ticks[1].at - ticks[0].at)
    digits = int(f"{step:.1e}".replace(".", "")[:2])
    place = next(place for place, parts in enumerate(_WHOLE) if digits in parts)
    return 2 * place + (3 if ticks[-1].at + step <= last else 0)


# Of positions, in tenths of a power of ten: those that are read at a glance, and then the others.
_WHOLE = ((10, 20, 50), (25,), (30, 40, 60, 80), (15, 75))


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


def _whole(position: int, step: int, last: int) -> str:
    if last >= 10_000 and position:
        for unit, suffix in ((1_000_000, "M"), (1_000, "k")):
            if step % unit == 0:
                return f"{position // unit}{suffix}"
    return str(position)
