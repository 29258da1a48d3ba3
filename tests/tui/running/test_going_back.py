"""Going back on the screen: all of it is of the iteration that was gone back to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import Player, opened, write_lesson

from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Status
from tui.player.standing import next_statement

TRAINING = """
    # %% [markdown]
    # ## 준비
    # %% 준비
    start = 64.0
    # %% [markdown]
    # ## 학습
    # The cost falls.
    # %% 학습 watch="cost"
    cost = start
    for epoch in range(4):
        for batch in range(5):
            cost = cost / 2
            print("batch", epoch, batch)
    print("the end", cost)
    # %% [markdown]
    # ## 다음
    # %% 다음
    print("next", cost)
"""

DRAWN = TRAINING.replace(
    """
    # %% [markdown]
    # ## 다음
""",
    """
    # %% 그림 view="every epoch"
    print("drawn at", cost)
    # %% [markdown]
    # ## 다음
""",
)


@asynccontextmanager
async def trained(
    folder: Path, *, text: str = TRAINING, moments: int = 512 << 20
) -> AsyncIterator[Player]:
    """The second step, once it has run to its end."""
    path = write_lesson(folder, text)
    async with opened(path, (120, 40), moments=moments) as player:
        await player.press("n", "space")
        await player.until(lambda: player.record.outcome is Outcome.DONE, "the end of the run")
        await player.is_ready()
        yield player


async def stands_at(player: Player, position: int) -> None:
    await player.until(
        lambda: (
            player.playback.status is Status.PAUSED
            and player.record.frame is not None
            and player.record.frame.position == position
        ),
        f"iteration {position}",
    )


@pytest.mark.parametrize("moments", [512 << 20, 0])
async def test_a_comma_goes_one_iteration_back(tmp_path: Path, moments: int) -> None:
    async with trained(tmp_path, moments=moments) as player:
        await player.press("comma")
        await stands_at(player, 20)
        await player.press("comma")
        await stands_at(player, 19)

        assert player.record.output.lines[-1] == "batch 3 3"
        assert player.playback.outcomes[1] is None
        await player.press("space")
        await player.until(lambda: player.record.outcome is Outcome.DONE, "the end")
        assert player.record.output.lines[-2:] == ["batch 3 4", f"the end {64 / 2**20}"]


async def test_a_less_than_sign_goes_one_outer_iteration_back(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        for position in (15, 10):
            await player.press("less_than_sign")
            await stands_at(player, position)

        assert player.record.output.lines[-1] == "batch 1 4"


async def test_a_bracket_goes_one_statement_back(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        await player.press("comma")
        await stands_at(player, 20)
        await player.press("left_square_bracket")
        await player.until(
            lambda: (
                player.playback.status is Status.PAUSED
                and next_statement(player.playback) is not None
                and player.playback.session.place == Place(1, True, 19, 3)
            ),
            "the statement before",
        )

        assert player.record.output.lines[-1] == "batch 3 4"


async def test_before_the_first_iteration_the_step_begins(tmp_path: Path) -> None:
    async with trained(tmp_path, text=DRAWN) as player:
        await player.reads("drawn at")
        await player.press("3", "right", *["left"] * 19, "enter")
        await stands_at(player, 1)
        await player.press("comma")
        await stands_at(player, 0)

        await player.reads("No drawing yet: it comes once an iteration")
        assert player.record.output.line_count == 0
        await player.press("4")
        await player.reads("Nothing written yet.")
        await player.press("comma")
        await player.reads("There is nothing to go back to here.")


async def test_enter_goes_to_the_reading_line(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        await player.press("3", "right", *["left"] * 8)
        await player.press("enter")
        await stands_at(player, 12)

        assert player.record.output.lines[-1] == "batch 2 1"


async def test_what_came_after_stays_as_a_faint_line(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        await player.press("3", "less_than_sign")
        await stands_at(player, 15)
        await player.reads("20")
        left = player.playback.runs.ahead(1)

        assert left is not None
        assert left.series[0].count == 20


async def test_what_ran_on_when_it_was_left_stays_as_well(tmp_path: Path) -> None:
    endless = """
        # %% Endless watch="cost"
        import time
        epoch = 0
        while True:
            epoch += 1
            cost = 1 / epoch
            time.sleep(0.01)
    """
    async with opened(write_lesson(tmp_path, endless), (120, 40)) as player:
        await player.press("3", "space")
        await player.until(
            lambda: player.record.frame is not None and player.record.frame.position > 20,
            "some iterations",
        )
        await player.press("comma")
        await player.is_paused()

        left = player.playback.runs.ahead(0)
        assert left is not None
        assert left.series[0].count > 20


async def test_the_steps_after_are_no_more_done(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        await player.press("n", "space")
        await player.until(lambda: player.playback.session.done == 3, "the last step")
        await player.press("p", "comma")
        await stands_at(player, 20)

        assert player.playback.outcomes == [Outcome.DONE, None, None]


async def test_two_quick_commas_go_two_iterations_back(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        await player.press("comma", "comma", "comma")
        await stands_at(player, 18)


async def test_a_step_without_iterations_has_nothing_to_go_back_to(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        await player.press("p")
        await player.press("comma")
        await player.reads("There is nothing to go back to here.")


async def test_keys_back_on_the_way_count_from_where_that_leads(tmp_path: Path) -> None:
    async with trained(tmp_path) as player:
        session = player.playback.session
        await player.press("comma", "comma")
        await stands_at(player, 19)
        await player.press("left_square_bracket")
        await player.until(lambda: stands_before_a_statement(player), "the last statement")
        last = session.place
        assert last is not None
        assert last.position == 18
        await player.press("full_stop")
        await stands_at(player, 19)

        await player.press("left_square_bracket", "left_square_bracket")
        two_back = Place(1, True, 18, last.statement - 1)
        await player.until(
            lambda: stands_before_a_statement(player) and session.place == two_back,
            "the statement before the last",
        )

        await player.press("less_than_sign", "comma", "left_square_bracket", "comma")
        await stands_at(player, 13)


def stands_before_a_statement(player: Player) -> bool:
    place = player.playback.session.place
    is_paused = player.playback.status is Status.PAUSED
    return is_paused and place is not None and place.statement > 0
