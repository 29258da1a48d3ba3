"""What the teacher has noticed is read on the screen: in words, at the line, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import SIZES, opened, write_lesson

from engine.protocol.outcomes import Outcome

FORGETFUL = """
    # %% [markdown]
    # ## Forgetful

    # %% Forgetful watch="cost"
    import torch
    W = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.SGD([W], lr=0.01)
    for epoch in range(10):
        cost = ((W - 1) ** 2).sum()
        cost.backward()
        optimizer.step()
    print("trained")

    # %% After
    print("after")
"""
SPOILT = """
    # %% [markdown]
    # ## Spoilt

    # %% Spoilt watch="cost"
    import torch
    gap = torch.ones(1)
    for epoch in range(20):
        gap -= 0.125
        cost = gap.log().sum()
    print("trained")
"""
IN_ENGLISH = "⚠ Line 11: the gradients are never"
IN_KOREAN = "⚠ 11번째 줄: 기울기를 비우지 않아"


@pytest.fixture
def forgetful(folder: Path) -> Path:
    return write_lesson(folder, FORGETFUL)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_slip_is_told_in_words_and_in_korean_once_that_is_chosen(
    forgetful: Path, size: tuple[int, int]
) -> None:
    async with opened(forgetful, size) as player:
        await player.press("space")
        await player.reads(IN_ENGLISH)

        await player.press("ctrl+o")

        await player.reads(IN_KOREAN)


async def test_a_slip_is_marked_at_its_line(forgetful: Path) -> None:
    async with opened(forgetful, (120, 40)) as player:
        await player.press("space")

        await player.reads("11⚠    optimizer.step()")


async def test_ascii_marks_a_slip_too(forgetful: Path) -> None:
    async with opened(forgetful, (120, 40), in_ascii=True) as player:
        await player.press("space")

        await player.reads("! Line 11: the gradients are never", "11!    optimizer.step()")


async def test_a_run_begins_without_what_was_noticed_in_the_one_before(forgetful: Path) -> None:
    async with opened(forgetful) as player:
        await player.press("space")
        await player.reads(IN_ENGLISH)

        await player.press("n", "space")
        await player.until(lambda: player.record.outcome is Outcome.DONE, "the end")

        assert player.record.noticed == ()


async def test_the_operation_that_spoilt_a_cost_is_told_by_itself(folder: Path) -> None:
    async with opened(write_lesson(folder, SPOILT), (120, 40)) as player:
        await player.press("space")

        await player.reads("⚠ Line 9: cost was -2.079", "⚠ Line 9: log makes the first number")
        assert player.record.output.text().split() == ["trained"]
