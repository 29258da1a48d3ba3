"""The speeds at which people watch a training, in iterations a second; None is full speed."""

from __future__ import annotations

_SPEEDS = (1.0, 2.0, 5.0, 10.0, 30.0, 100.0, 1000.0)
_TO_WATCH = 30.0


def slower(speed: float | None) -> float | None:
    """The next lower speed; from full speed one to watch by; the lowest stays."""
    if speed is None:
        return _TO_WATCH
    return max((step for step in _SPEEDS if step < speed), default=_SPEEDS[0])


def faster(speed: float | None) -> float | None:
    """The next higher speed, and full speed after the highest."""
    if speed is None:
        return None
    return min((step for step in _SPEEDS if step > speed), default=None)
