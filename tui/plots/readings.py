"""What a series holds at one position, as numbers for the line beside a curve; nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.protocol.frame import SeriesSnapshot


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of one series and the position it belongs to.

    ``exact`` is False where the value is the mean of a bucket around ``position``.
    """

    name: str
    position: int
    value: float
    exact: bool


def read_at(series: Sequence[SeriesSnapshot], position: int) -> tuple[Reading, ...]:
    """What each series held at `position`: the value recorded there, or the last one before it.

    A series that begins later has no reading. The value may be nan or infinite.
    """
    readings = (_read(one, position) for one in series)
    return tuple(reading for reading in readings if reading is not None)


def newest_readings(series: Sequence[SeriesSnapshot]) -> tuple[Reading, ...]:
    """The last value of each series that has one."""
    return tuple(
        Reading(one.name, int(one.positions[-1]), float(one.values[-1]), exact=True)
        for one in series
        if len(one.values)
    )


def _read(series: SeriesSnapshot, position: int) -> Reading | None:
    index = int(np.searchsorted(series.positions, position, side="right")) - 1
    if index >= 0:
        at, value = int(series.positions[index]), float(series.values[index])
        return Reading(series.name, at, value, exact=True)
    bucket = int(np.searchsorted(series.bucket_first, position, side="right")) - 1
    if bucket < 0 or series.count == len(series.values):
        return None
    at = min(position, int(series.bucket_last[bucket]))
    return Reading(series.name, at, float(series.bucket_mean[bucket]), exact=False)
