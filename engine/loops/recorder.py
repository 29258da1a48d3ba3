"""Curves with bounded memory: what the training recorded; no drawing, no events, no waiting.

The worker thread writes at each iteration's boundary, and the same thread takes the snapshots, so
nothing here is locked. Snapshots stay as they are, and may go to any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Floats, Positions, SeriesSnapshot, Span
from engine.values.scalars import as_floats, kept_apart, not_one_number

if TYPE_CHECKING:
    from array import array

NEWEST = 16_384
BUCKETS = 2_048
PENDING = 4_096
# Where the newest values are kept: so often are they moved to the beginning of other memory.
_ROOM = NEWEST + 2 * PENDING
# Of numbers up to this one a sum of PENDING is finite.
_LARGEST_SUMMED = 1e300

_BUCKET = np.dtype(
    [
        ("first", np.int64),
        ("last", np.int64),
        ("low", np.float64),
        ("high", np.float64),
        ("mean", np.float64),
        ("finite", np.int64),
    ]
)
_Rows = npt.NDArray[np.void]


class Recorder:
    """The series of one run, by name, in the order in which the names were first recorded."""

    def __init__(self) -> None:
        self._series: dict[str, Series] = {}

    def series(self, name: str) -> Series:
        """The series called `name`, made where it is new."""
        found = self._series.get(name)
        if found is None:
            found = self._series[name] = Series(name)
        return found

    def record(self, name: str, position: int, value: object) -> None:
        """Append `value` at `position` to the series called `name`, as `Series.append` does."""
        self.series(name).append(position, value)

    def snapshot(self) -> tuple[SeriesSnapshot, ...]:
        """Every series with everything appended so far in it."""
        return tuple(series.snapshot() for series in self._series.values())

    def clear(self) -> None:
        """Forget every series: a run starts again."""
        self._series.clear()


class Series:
    """One curve: increasing positions (not necessarily consecutive), each with one number.

    The newest 16,384 values are kept one by one, and all values in at most 2,048 buckets of equal
    width, which doubles when they are full: about 1 MiB whatever the number of values.

    ``pending`` are positions and values that wait for the next `drain`: in pairs, so that a stop,
    which may strike between any two lines, leaves no position without its value. A float may be put
    there without `append`, where even that call costs too much; then `PENDING` is to be kept to.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.pending: list[tuple[int, Any]] = []
        self._newest = _Newest()
        self._buckets = _Buckets()
        self._finite: Span | None = None
        self._infinite: Span | None = None
        self._nan: Span | None = None
        self._rejected: str | None = None

    def append(self, position: int, value: object) -> None:
        """Keep `value` for the next `drain`: no copy, no transfer, no waiting for a device.

        A tensor comes detached. A value that is not one number is not recorded; the snapshot says
        why, once.
        """
        kind = type(value)
        if kind is not float and kind is not int:
            kept = kept_apart(value)
            if kept is None:
                self._reject(not_one_number(value))
                return
            value = kept
        self.pending.append((position, value))
        if len(self.pending) >= PENDING:
            self.drain()

    def extend(self, position: int, values: array[float]) -> None:
        """Keep at most PENDING floats, the first at `position` and each one behind the other."""
        self.drain()
        positions = np.arange(position, position + len(values), dtype=np.int64)
        self._keep(positions, np.frombuffer(values))

    def drain(self) -> None:
        """Move what is pending into numpy: its tensors cross from their device in one transfer."""
        if not self.pending:
            return
        pending, self.pending = self.pending, []
        positions: Positions = np.array([position for position, _ in pending], dtype=np.int64)
        values = [value for _, value in pending]
        floats, refused = as_floats(values)
        if refused:
            self._reject(next(iter(refused.values())))
            positions = np.delete(positions, list(refused))
            floats = np.delete(floats, list(refused))
        if len(floats):
            self._keep(positions, floats)

    def _keep(self, positions: Positions, floats: Floats) -> None:
        self._newest.extend(positions, floats)
        self._buckets.extend(positions, floats)
        finite = np.isfinite(floats)
        self._finite = _reaching(self._finite, positions, finite)
        if finite.all():
            return
        self._infinite = _reaching(self._infinite, positions, np.isinf(floats))
        self._nan = _reaching(self._nan, positions, np.isnan(floats))

    def snapshot(self) -> SeriesSnapshot:
        """The series with everything appended so far in it; it stays as it is."""
        self.drain()
        positions, values = self._newest.in_order()
        buckets = self._buckets.rows[: self._buckets.used]
        not_finite = [span.first for span in (self._infinite, self._nan) if span is not None]
        return SeriesSnapshot(
            name=self.name,
            count=self._newest.count,
            positions=positions,
            values=values,
            bucket_first=buckets["first"].copy(),
            bucket_last=buckets["last"].copy(),
            bucket_low=buckets["low"].copy(),
            bucket_high=buckets["high"].copy(),
            bucket_mean=buckets["mean"].copy(),
            first_not_finite=min(not_finite, default=None),
            rejected=self._rejected,
            finite=self._finite,
            infinite=self._infinite,
            nan=self._nan,
        )

    def _reject(self, reason: str) -> None:
        if self._rejected is None:
            self._rejected = reason


def _reaching(span: Span | None, positions: Positions, is_so: npt.NDArray[np.bool_]) -> Span | None:
    """`span`, reaching on to the last of `positions` where `is_so`."""
    found = positions[is_so]
    if not len(found):
        return span
    return Span(int(found[0]) if span is None else span.first, int(found[-1]))


class _Newest:
    """The newest values and their positions; nothing that was written is ever written over."""

    def __init__(self) -> None:
        self.count = 0
        self._end = 0
        self._make_room()

    def _make_room(self) -> None:
        self._positions: Positions = np.empty(_ROOM, dtype=np.int64)
        self._values: Floats = np.empty(_ROOM, dtype=np.float64)

    def extend(self, positions: Positions, values: Floats) -> None:
        """Write at most PENDING values behind the others."""
        end = self._end + len(values)
        if end > _ROOM:
            kept = self.in_order()
            self._make_room()
            self._write(0, *kept)
            self._end, end = NEWEST, NEWEST + len(values)
        self._write(self._end, positions, values)
        self._end = end
        self.count += len(values)

    def _write(self, begin: int, positions: Positions, values: Floats) -> None:
        self._positions[begin : begin + len(values)] = positions
        self._values[begin : begin + len(values)] = values

    def in_order(self) -> tuple[Positions, Floats]:
        """The positions and the values, from the oldest to the newest, which stay as they are."""
        shown = slice(max(self._end - NEWEST, 0), self._end)
        return self._positions[shown], self._values[shown]


class _Buckets:
    """Rows that each sum up `width` values; the last one is still filling."""

    def __init__(self) -> None:
        self.rows: _Rows = np.empty(BUCKETS, dtype=_BUCKET)
        self.width = 1
        self.count = 0

    @property
    def used(self) -> int:
        """The number of rows that hold values."""
        return -(-self.count // self.width)

    def extend(self, positions: Positions, values: Floats) -> None:
        """Add values to the row that is filling and to new ones after it."""
        while self.count + len(values) > BUCKETS * self.width:
            self._double()
        first, filled = divmod(self.count, self.width)
        starts = np.arange(-filled, len(values), self.width)
        starts[0] = 0
        rows = _summed_up(positions, values, starts)
        if first < self.used:
            rows[:1] = _merged(self.rows[first : first + 1], rows[:1])
        self.rows[first : first + len(rows)] = rows
        self.count += len(values)

    def _double(self) -> None:
        rows = self.rows[: self.used]
        merged = rows[::2].copy()
        pairs = len(rows) // 2
        merged[:pairs] = _merged(merged[:pairs], rows[1::2])
        self.rows[: len(merged)] = merged
        self.width *= 2


def _summed_up(positions: Positions, values: Floats, starts: npt.NDArray[np.intp]) -> _Rows:
    """One row for each run of values that begins at `starts`."""
    rows = np.empty(len(starts), dtype=_BUCKET)
    ends = np.append(starts[1:], len(values))
    rows["first"] = positions[starts]
    rows["last"] = positions[ends - 1]
    if np.abs(values).max() < _LARGEST_SUMMED:  # which it is not where one is nan
        rows["low"] = np.minimum.reduceat(values, starts)
        rows["high"] = np.maximum.reduceat(values, starts)
        rows["finite"] = ends - starts
        rows["mean"] = np.add.reduceat(values, starts) / rows["finite"]
        return rows
    finite = np.isfinite(values)
    shown = np.where(finite, values, np.nan)
    rows["low"] = np.fmin.reduceat(shown, starts)
    rows["high"] = np.fmax.reduceat(shown, starts)
    rows["finite"] = np.add.reduceat(finite, starts, dtype=np.int64)
    # Each value is divided before the sum, which would overflow where a training diverges.
    share = np.repeat(1 / np.maximum(rows["finite"], 1), ends - starts)
    means = np.add.reduceat(np.where(finite, values, 0.0) * share, starts)
    rows["mean"] = np.where(rows["finite"] > 0, means, np.nan)
    return rows


def _merged(left: _Rows, right: _Rows) -> _Rows:
    """Row by row, what `left` and `right`, its neighbour, sum up together."""
    rows = left.copy()
    rows["last"] = right["last"]
    rows["low"] = np.fmin(left["low"], right["low"])
    rows["high"] = np.fmax(left["high"], right["high"])
    rows["finite"] = left["finite"] + right["finite"]
    share = right["finite"] / np.maximum(rows["finite"], 1)
    means = left["mean"] * (1 - share) + right["mean"] * share
    means = np.where(left["finite"] == 0, right["mean"], means)
    rows["mean"] = np.where(right["finite"] == 0, left["mean"], means)
    return rows
