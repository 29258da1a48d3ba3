"""Counters that tell which time a place in the code is come to."""

from __future__ import annotations

import ast

from engine.code.loop_names import Loop
from engine.taking_home.drafts import Draft
from engine.taking_home.names import Names
from engine.taking_home.scopes import Scope


class Counters:
    """The counters of one run of a step, in the draft of whichever cell they are in."""

    def __init__(self, running: Draft, names: Names) -> None:
        self._running = running
        self._names = names
        self._begun: dict[int, str] = {}
        self._visits: dict[int, str] = {}
        self._ended: dict[tuple[int, int | None], str] = {}

    def begun(self, draft: Draft, loop: Loop) -> str:
        """The counter of the iterations that have begun of a loop."""
        name = self._begun.get(id(loop))
        if name is None:
            name = self._begun[id(loop)] = self._new(draft, loop, "iteration")
            draft.declare(draft.cell.scope_of(loop), [name])
            draft.put_before(loop.body[0], [f"{name} += 1"])
        return name

    def visits(
        self, draft: Draft, statement: ast.stmt, since: tuple[Draft, Loop] | None
    ) -> tuple[str, str | None]:
        """The counter of how often a statement was come to since an iteration of a loop has ended.

        And the counter of those iterations; None, as `since`, where it counts from the step on.
        """
        visits = self._visits.get(id(statement))
        scope = draft.cell.scope_of(statement)
        if visits is None:
            visits = self._visits[id(statement)] = self._new(draft, statement, "visits")
            draft.declare(scope, [visits])
            draft.put_before(statement, [f"{visits} += 1"])
        if since is None:
            return visits, None
        other, loop = since
        key = id(statement), id(loop)
        ended = self._ended.get(key)
        if ended is None:
            ended = self._ended[key] = self._new(other, loop, "ended")
            around: Scope = other.cell.scope_of(loop)
            other.declare(around, [ended, visits])
            other.put_at_ends(loop, [f"{ended} += 1", f"{visits} = 0"])
        return visits, ended

    def _new(self, draft: Draft, statement: ast.stmt, name: str) -> str:
        """A counter that is 0 where the step begins, and known before the statement is come to."""
        name = self._names.free(name)
        if draft is self._running:
            draft.begin_before(statement, f"{name} = 0")
        else:
            draft.put_at_top(f"{name} = 0")
            self._running.put_at_top(f"{name} = 0")
        return name
