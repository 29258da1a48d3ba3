"""From where the next process of a session goes on: along which runs, and from which moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.protocol.changes import Change
from engine.protocol.commands import Command, GoTo, RunTo
from engine.protocol.places import Place
from engine.run_tree.trail import Trail
from engine.run_tree.tree import Lineage, RunNode, line_before, line_to
from engine.run_tree.way import Aim, Goal


class Departure(NamedTuple):
    """The ``line`` that the next process goes along, and the ``moment`` that is woken for it.

    None: there is none that serves, and the lesson is run from its beginning. ``changes`` are those
    of the runs that it repeats, and ``runs`` has what is to run.
    """

    line: Lineage
    moment: int | None
    changes: tuple[Change, ...]
    runs: tuple[Command, ...]


def departure(trail: Trail, aim: Aim, edits: Mapping[int, str], last_step: int | None) -> Departure:
    """How to go on with an aim, on these edits; without one, before the step that ran last."""
    runs: tuple[Command, ...] = ()
    match aim:
        case Goal(place, run) if run is not None:
            line = line_to(run, place)
            moment = trail.runs.serving(line, place.step)
            return Departure(line, moment, run.changes, (GoTo(place),))
        case Goal(place):
            line, runs = _before(trail, place.step, edits), (GoTo(place),)
        case RunTo(target):
            line, runs = _before(trail, target, edits), (aim,)
        case None:
            line = () if last_step is None else _before(trail, last_step, edits)
    changes = line[-1].run.changes[: line[-1].changes] if line else ()
    return Departure(line, trail.runs.serving(line, None), changes, runs)


def goal_on(trail: Trail, place: Place, edits: Mapping[int, str]) -> Goal:
    """A place of the run that stands, is sought, or led there, where it ran on these edits."""
    line = line_before(place.step + 1, line_to(trail.sought, trail.sought.end), edits)
    run = line[-1].run if line else None
    if run is None or run.step != place.step:
        return Goal(place, None)
    return Goal(_as_changed(place, run), run)


def goal_in(trail: Trail, number: int, place: Place) -> Goal | None:
    """A place of any run, or of one before it; None where there is none."""
    run = trail.runs.get(number)
    line = () if run is None else line_to(run, run.end)
    found = [stretch.run for stretch in line if stretch.run.step == place.step]
    return Goal(_as_changed(place, found[-1]), found[-1]) if found else None


def edits_brought(goal: Goal, edits: Mapping[int, str]) -> dict[int, str | None]:
    """The sources of the runs that lead to a goal, where those of now are others."""
    line = () if goal.run is None else line_to(goal.run, goal.place)
    sources = {stretch.run.step: stretch.run.source for stretch in line if stretch.run.number}
    return {step: source for step, source in sources.items() if source != edits.get(step)}


def _as_changed(place: Place, run: RunNode) -> Place:
    """An iteration's end, or where a loop begins right after it, if the run was changed there."""
    if place.statement or place <= Place(place.step):
        return place
    changed = (one.place for one in run.changes if one.is_under_way and one.place is not None)
    starts = (one for one in changed if one.iteration == place and one.start)
    return max(starts, default=place)


def _before(trail: Trail, step: int, edits: Mapping[int, str]) -> Lineage:
    """What of the runs that led to here leads to a step's beginning, on these edits."""
    return line_before(step, line_to(trail.run, trail.run.end), edits)
