"""Going back to just before a cost was no number, unseen, and on to the operation that made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playing import lesson_from
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.client.search import Search
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.status import Status

SPOILT = """
    # %% The task
    import torch
    gaps = torch.tensor([3.0, 2.0, 1.0])

    # %% Spoilt watch="cost"
    shift = torch.rand(1) * 0
    w = torch.tensor(0.0, requires_grad=True)
    for epoch in range(60):
        left = gaps - epoch / 50 + shift
        cost = left.log().sum() + w
"""
Play = Callable[[str, int], RemotePlayer]


@pytest.fixture
def play(kept_engine: Callable[..., Engine], tmp_path: Path) -> Iterator[Play]:
    with ExitStack() as players:

        def start(text: str, moments: int) -> RemotePlayer:
            lesson = lesson_from(text, tmp_path)
            return players.enter_context(RemotePlayer.on(kept_engine(moments=moments), lesson))

        yield start


@pytest.mark.parametrize("moments", [512 << 20, 0], ids=["with moments", "without"])
def test_the_operation_that_spoilt_a_cost_is_found_from_just_before(
    play: Play, moments: int
) -> None:
    player = play(SPOILT, moments)
    told = noticed_in(player)
    kept = player.session.frame

    found = found_by(player, player.session.search(told.step, int(told.figures[0])))

    assert told.figures[0] == 51
    assert found is not None
    assert (found.slip, found.names) == (Slip.FIRST_NOT_FINITE, ("log", "value"))
    assert found.line == 10
    assert player.session.status is Status.READY
    assert player.session.frame is kept


def test_a_search_that_is_ended_finds_nothing(play: Play) -> None:
    player = play(SPOILT, 0)
    told = noticed_in(player)
    search = player.session.search(told.step, int(told.figures[0]))

    search.end()

    assert search.poll() is None
    assert search.is_over


def noticed_in(player: RemotePlayer) -> Noticed:
    """Run the second step; what was told of its cost."""
    player.session.run_step(1)
    player.wait_until(lambda: said_by(player), "a word")
    player.wait_for(Status.READY)
    [told] = said_by(player)
    assert told.slip is Slip.NOT_FINITE
    return told


def said_by(player: RemotePlayer) -> list[Noticed]:
    return [one for one in player.told if isinstance(one, Noticed)]


def found_by(player: RemotePlayer, search: Search) -> Noticed | None:
    found: list[Noticed | None] = []

    def is_over() -> bool:
        found.append(search.poll())
        return search.is_over

    player.wait_until(is_over, "the search to end")
    return next(filter(None, found), None)
