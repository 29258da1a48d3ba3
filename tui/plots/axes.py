"""Where an axis is marked, and the short text that stands there; no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands, in the axis' own numbers, and its label."""

    at: float
    label: str


def value_ticks(lower: float, upper: float, count: int) -> list[Tick]:
    """About `count` round values, two or more, from `lower` to `upper`, in as few digits as do.

    All labels share one unit (k, M, or powers of ten), so that they can be compared at a glance.
    """
    step = _round_step(upper / count - lower / count)
    values = [n * step for n in range(ceil(lower / step - 1e-9), floor(upper / step + 1e-9) + 1)]
    if len(values) < 2:
        return value_ticks(lower, upper, 2 * count)
    largest = max(abs(value) for value in values)
    return [Tick(value, _label(value, step, largest)) for value in values]


def log_ticks(lower: float, upper: float, count: int) -> list[Tick]:
    """Ticks between the powers of ten `lower` and `upper`; ``at`` is a power of ten as well.

    Whole decades where there are two, else 1, 2 and 5 of a decade, else round values.
    """
    decades = range(ceil(lower - 1e-9), floor(upper + 1e-9) + 1)
    if len(decades) >= 2:
        step = next((n for n in _DECADE_STEPS if n * count >= len(decades)), _DECADE_STEPS[-1])
        return [_power_tick(10.0**decade) for decade in decades if decade % step == 0]
    parts = [
        factor * 10.0**decade
        for decade in range(floor(lower), ceil(upper) + 1)
        for factor in (1, 2, 5)
    ]
    ticks = [_power_tick(part) for part in parts if lower <= log10(part) <= upper]
    if len(ticks) >= 2:
        return ticks
    between = value_ticks(10.0**lower, 10.0**upper, count)
    return [Tick(log10(tick.at), tick.label) for tick in between if tick.at > 0]


def position_ticks(first: int, last: int, count: int) -> list[Tick]:
    """About `count` whole, round positions from `first` to `last`, two or more where there are."""
    step = max(round(_round_step((last - first) / count)), 1) if last > first else 1
    positions = range(-(-first // step) * step, last + 1, step)
    if len(positions) < 2 and step > 1:
        return position_ticks(first, last, 2 * count)
    return [Tick(at, _whole(at, step, last)) for at in positions or (first,)]


_DECADE_STEPS = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    magnitude = 10.0 ** floor(log10(least))
    return next(
        factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= least * (1 - 1e-9)
    )


def _label(value: float, step: float, largest: float) -> str:
    if value == 0:
        return "0"
    if largest >= 1e9 or largest < 1e-3:
        digits = max(floor(log10(abs(value)) + 1e-9) - floor(log10(step) + 1e-9), 0)
        mantissa, exponent = f"{value:.{digits}e}".split("e")
        shortest = mantissa.rstrip("0").rstrip(".") if digits else mantissa
        return f"{shortest}e{int(exponent)}"
    unit, suffix = (1e6, "M") if largest >= 1e6 else (1e3, "k") if largest >= 1e4 else (1.0, "")
    decimals = max(-floor(log10(step / unit) + 1e-9), 0)
    return f"{value / unit:.{decimals}f}{suffix}"


def _power_tick(value: float) -> Tick:
    return Tick(log10(value), _label(value, value, value))


def _whole(position: int, step: int, last: int) -> str:
    if last >= 10_000 and position:
        for unit, suffix in ((1_000_000, "M"), (1_000, "k")):
            if step % unit == 0:
                return f"{position // unit}{suffix}"
    return str(position)
