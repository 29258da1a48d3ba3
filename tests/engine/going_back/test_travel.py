"""Where keys that go back lead while a process is still being left for where those before led."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from engine.client.travel import Travel
from engine.protocol.places import LAST_STATEMENT, Place
from engine.protocol.status import Status
from engine.run_tree.trail import Trail
from engine.run_tree.tree import RunTree
from engine.run_tree.way import Way


def test_a_statement_before_the_last_is_gone_to_also_where_the_last_is_heard_of_meanwhile() -> None:
    last, before = Place(0, True, 18, LAST_STATEMENT), Place(0, True, 18, LAST_STATEMENT - 1)
    told = SimpleNamespace(status=Status.PAUSED, place=Place(0, True, 19), last_statement=last)
    half_told = SimpleNamespace(series=(), curves=("cost",))
    dialogue = SimpleNamespace(answer=told, is_paused=False, want=lambda _: None, sought=None)
    way = Way()
    parts: list[Any] = [
        SimpleNamespace(process=1, dialogue=dialogue, request=SimpleNamespace(curve=None)),
        way,
        Trail(RunTree()),
        SimpleNamespace(frame=half_told),
        SimpleNamespace(edits={}),
    ]
    travel = Travel(*parts, go_on=lambda _: None, ask=lambda: None)
    travel.wanted = lambda request: request  # type: ignore[method-assign]
    way.counts_for = last

    travel.go_to(before)
    travel.take_answer(told)  # type: ignore[arg-type]

    assert travel.sought == before
