"""What a run has come to: its final value, its best, and when it reached another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan

import numpy as np

from engine.protocol.frame import Reading, SeriesSnapshot

_RISING = ("acc", "score", "reward", "precision", "recall", "auc", "f1", "정확", "점수")
"""What is in the names of series of which more is better."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one curve of a run; None where it has no such value, or has not got there.

    ``reached`` says when it first was as good as what was asked for; not exactly, where it is only
    known between which iterations.
    """

    final: float | None = None
    best: float | None = None
    reached: Reading | None = None


def is_rising(name: str) -> bool:
    """Whether more is better, by the name of what is watched: `accuracy`, but not `cost`."""
    return any(part in name.casefold() for part in _RISING)


def facts_of(series: SeriesSnapshot | None, target: float | None, *, more_is_better: bool) -> Facts:
    """The facts of a curve; `target` is the value that it may have reached."""
    if series is None or not series.count:
        return Facts()
    reached = None if target is None else _reached(series, target, more_is_better=more_is_better)
    return Facts(series.newest, _best(series, more_is_better=more_is_better), reached)


def middle_final(curves: Iterable[SeriesSnapshot], *, more_is_better: bool) -> float | None:
    """The middle one of the finals of the curves that got better, of two the worse; None: no final.

    Some have reached it and some not, or each at another time. Where none got better, as where all
    diverged, it is that of all which are finite.
    """
    known = [one for one in curves if one.newest is not None and isfinite(one.newest)]
    better = [one for one in known if _got_better(one, more_is_better=more_is_better)]
    finals = sorted(one.newest for one in better or known if one.newest is not None)
    if not finals:
        return None
    half = len(finals) // 2
    return finals[(len(finals) - 1) // 2] if more_is_better else finals[half]


def rank(value: float | None, *, more_is_better: bool) -> float:
    """By which runs are put in order: the best first, those without a value last."""
    if value is None or isnan(value):
        return inf
    return -value if more_is_better else value


def names_of_curves(runs: Iterable[Sequence[SeriesSnapshot]]) -> list[str]:
    """The names of all curves that any of the runs has, each once."""
    return list(dict.fromkeys(one.name for run in runs for one in run if one.count))


def _got_better(series: SeriesSnapshot, *, more_is_better: bool) -> bool:
    """Whether a curve ends better than it began."""
    low, high = series.bucket_low, series.bucket_high
    dropped = series.count > len(series.values)
    began = (low if more_is_better else high)[:1] if dropped and len(low) else series.values[:1]
    final = series.newest
    if final is None or not len(began) or not isfinite(began[0]):
        return False
    return bool(final > began[0] if more_is_better else final < began[0])


def _best(series: SeriesSnapshot, *, more_is_better: bool) -> float | None:
    buckets = series.bucket_high if more_is_better else series.bucket_low
    known = np.concatenate([buckets, series.values])
    finite = known[np.isfinite(known)]
    if not len(finite):
        return None
    return float(finite.max() if more_is_better else finite.min())


def _reached(series: SeriesSnapshot, target: float, *, more_is_better: bool) -> Reading | None:
    """Where the curve first was at `target`, or better."""
    sign = -1.0 if more_is_better else 1.0
    best = series.bucket_high if more_is_better else series.bucket_low
    singly = np.flatnonzero(sign * series.values <= sign * target)
    if series.count > len(series.values):
        together = np.flatnonzero(sign * best <= sign * target)
        first_known = int(series.positions[0]) if len(series.positions) else 0
        if len(together) and int(series.bucket_first[together[0]]) < first_known:
            at = int(series.bucket_first[together[0]])
            return Reading(at, float(best[together[0]]), is_exact=False)
    if not len(singly):
        return None
    at = int(singly[0])
    return Reading(int(series.positions[at]), float(series.values[at]), is_exact=True)
