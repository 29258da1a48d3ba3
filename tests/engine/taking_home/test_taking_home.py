"""A session as a script: changed at any place of its loops, it ends as it did, run bare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playing import Player
from taken_home import assert_script_ends_alike, assert_script_ends_there, play_moves

Play = Callable[..., Player]

FOR = """
    # %% Falling watch="cost"
    import random
    random.seed(1)
    rate, cost, seen = 0.5, 64.0, []
    for epoch in range(6):
        cost = cost * rate + random.random()
        seen.append(cost)
        print(epoch, cost)
    seen.append("ended")
"""
CASES = {
    "within a loop": (FOR, "start\n 3.\n : rate = 0.9\n on"),
    "twice at one place": (FOR, "start\n 2.\n : rate = 0.9\n : cost = cost + rate\n on"),
    "at two places": (FOR, "start\n 2.\n : rate = 0.9\n 2.\n : rate = 0.1\n on"),
    "before the step": (FOR, ": other = 3\n start\n 1.\n : cost = other\n on"),
    "where the step begins": (FOR, "begin\n : import math\n : rate = 3\n on"),
    "when it has ended": (FOR, "run 0\n : seen = seen[-1:]\n : cost = 1"),
    "in the last iteration": (FOR, "start\n 5.\n : rate, cost = 1, 2\n on"),
    "random numbers that were drawn": (FOR, "start\n 3.\n : random.random()\n on"),
    "what ends with an error": (FOR, "start\n 3.\n : rate = 2; rate = missing\n on"),
    "several statements": (FOR, "start\n 3.\n : rate = 2; cost = 1\n on"),
    "a compound statement": (FOR, "start\n 3.\n : for i in range(3): seen.append(i)\n on"),
    "before a statement": (FOR, "start]\n 9]\n : cost = 1.0\n on"),
    "before the first statement": (FOR, "start]\n : import math\n on"),
    "before a loop": (FOR, "start]\n 3]\n : rate, cost = 1, 3\n on"),
    "at the head of a loop": (FOR, "start]\n 7]\n : rate = 0.7\n on"),
    "before the end": (FOR, "start\n 5.\n 1]\n : seen.append(cost)\n on"),
    "a continue": (
        """
        # %% watch="total"
        total, rate = 0, 1
        for i in range(12):
            if i % 3 == 0: total += 1; continue
            if i % 3 == 1:
                total += 10 * rate
                continue
            total += 100 * rate
        """,
        "start\n 4.\n : rate = 2\n 2.\n : rate = 3\n 1.\n : rate = 4\n on",
    ),
    "a break": (
        """
        # %% watch="total"
        total, rate = 0, 1
        for turn in range(4):
            for i in range(5):
                total += rate
                if i == 2:
                    break
        """,
        "start\n 5.\n : rate = 10\n 1.\n : total += 1000\n 2.\n : rate = 3\n on",
    ),
    "nested loops, inside": (
        """
        # %%
        total, rate = 0, 1
        for epoch in range(3):
            for batch in range(4):
                loss = rate
                total += loss
            total *= 2
        """,
        "start\n 6.\n : rate = 7\n 3.\n : rate = -1\n on",
    ),
    "nested loops, outside": (
        """
        # %%
        total, rate = 0, 1
        for epoch in range(3):
            for batch in range(4):
                loss = rate
                total += loss
            total *= 2
        """,
        "start\n 1>\n : rate = 7\n 1>\n : total = 0\n on",
    ),
    "a loop after a loop": (
        """
        # %% watch="total"
        total, rate = 0, 1
        for i in range(3):
            total += rate
        for i in range(3):
            total += 10 * rate
        """,
        "start\n 2.\n : rate = 2\n 3.\n : rate = 5\n on",
    ),
    "a loop in one line": (
        """
        # %% watch="total"
        total, rate = 0, 1
        for i in range(5): total += rate
        while total < 50: total += rate
        """,
        "start\n 2.\n : rate = 2\n 6.\n : rate = 5\n on",
    ),
    "while": (
        """
        # %% watch="cost"
        cost, rate = 64.0, 0.5
        while cost > 1:
            if cost < 8:
                cost -= 1
                continue
            cost *= rate
        else:
            rate = 0
        """,
        "start\n 2.\n : rate = 0.9\n 5.\n : cost /= 2\n on",
    ),
    "while, entered again after a break": (
        """
        # %% watch="n"
        total, rate = 0, 1
        for turn in range(4):
            n = 0
            while True:
                n += rate
                total += n
                if n > 3:
                    break
            n = -1
            while n < 0:
                n += 1
        """,
        "start\n 1.\n : rate = 2\n 1.\n : total = 0\n on",
    ),
    "two steps": (
        """
        # %% First watch="cost"
        cost, rate = 1.0, 2
        for i in range(3):
            cost *= rate
        # %% [markdown]
        # Then.
        # %% Second watch="cost"
        for i in range(3):
            cost += rate
        """,
        "start\n 2.\n : rate = 3\n on\n : rate = 1\n start 1\n 1.\n : cost = 0\n on",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_script_ends_as_the_session_did(case: str, play: Play, tmp_path: Path) -> None:
    text, moves = CASES[case]
    player = play(text)

    play_moves(player, moves)

    assert_script_ends_alike(player, tmp_path)


@pytest.mark.parametrize(
    ("case", "moves"),
    [
        ("within a loop", "start\n 2.\n : rate = 2\n 1."),
        ("before a statement", "start]\n 9]"),
        ("nested loops, outside", "start\n 1>"),
        ("a break", "start\n 4.\n : rate = 3"),
        ("while", "start\n 3."),
    ],
)
def test_where_a_run_is_paused_the_script_ends(
    case: str, moves: str, play: Play, tmp_path: Path
) -> None:
    player = play(CASES[case][0])

    play_moves(player, moves)

    assert_script_ends_there(player, tmp_path)
