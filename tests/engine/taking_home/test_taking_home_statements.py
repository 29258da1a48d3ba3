"""A session as a script: changed in functions and statements of any kind, it ends as it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playing import Player
from taken_home import assert_script_ends_alike, assert_script_ends_there, play_moves, saved

Play = Callable[..., Player]

CASES = {
    "a function": (
        """
        # %%
        rate, other = 1, 0
        def train(values, rate):
            '''Adds.'''
            total = 0
            for value in values:
                total += value * rate
                other_total = total
            return total
        first = train([1, 2, 3], 2)
        second = train([1, 2, 3], 3)
        """,
        "start\n 2.\n : rate = 10; other = 5\n 2.\n : total = 100\n on",
    ),
    "a function of an earlier step": (
        """
        # %%
        def train(values):
            total = 0
            for value in values:
                total += value * rate
            return total
        rate = 1
        zero = train([5, 5])
        # %%
        first = train([1, 2, 3])
        second = train([1, 2, 3])
        """,
        "run 0\n start 1\n 4.\n : rate = 10\n on",
    ),
    "a nested function": (
        """
        # %%
        def outer():
            scale, step = 1, 1
            def inner(n):
                nonlocal scale
                total = 0
                for i in range(n):
                    total += scale * step
                scale += 1
                return total
            return inner(3), inner(3), scale
        got = outer()
        """,
        "start\n 2.\n : scale = 5; total = 7\n on",
    ),
    "statements of a function": (
        """
        # %% watch="seen"
        factor = 1
        def double(x):
            y = x * 2
            return y * factor
        seen = 0
        for i in range(5):
            seen += double(i) + double(-i + 1)
        """,
        "start\n 2.\n 5]\n : y = 100; factor = 3\n on",
    ),
    "statements of a function, the second call": (
        """
        # %% watch="seen"
        def double(x):
            y = x * 2
            return y
        seen = 0
        for i in range(5):
            seen += double(i) + double(-i + 1)
        """,
        "start\n 2.\n 8]\n : y = 100\n on",
    ),
    "a method": (
        """
        # %% watch="seen"
        class Line:
            def __init__(self):
                self.slope = 1
            def at(self, x):
                y = self.slope * x
                return y
        line = Line()
        seen = 0
        for i in range(5):
            seen += line.at(i)
        """,
        "start\n 2.\n 4]\n : y = 50; self.slope = 9\n on",
    ),
    "a generator": (
        """
        # %% watch="total"
        step = 1
        def numbers(n):
            value = 0
            for i in range(n):
                value += step
                yield value
        total = 0
        for number in numbers(6):
            total += number
        """,
        "start\n 3.\n : step = 10\n 2.\n : total = 0\n on",
    ),
    "a loop over a generator's expression": (
        """
        # %% watch="total"
        step, total = 2, 0
        for value in (i * step for i in range(5)):
            total += value
            kept = [total + i for i in range(3)]
        """,
        "start\n 3.\n : step = 10\n on",
    ),
    "with": (
        """
        # %% watch="total"
        from contextlib import nullcontext
        total, rate = 0, 1
        for i in range(4):
            with nullcontext(i) as x:
                total += x * rate
                total += 1
        """,
        "start\n 1.\n 4]\n : total *= 2\n 1]\n : rate = 7\n on",
    ),
    "elif and else": (
        """
        # %% watch="total"
        total, rate = 0, 1
        for i in range(6):
            if i == 0:
                total += 1
            elif i % 2: total += rate
            else:
                total += 100
        """,
        "start\n 2.\n 3]\n : rate = 9\n on",
    ),
    "try and finally": (
        """
        # %% watch="total"
        total, rate = 0, 1
        for i in range(6):
            try:
                total += 1 // (i % 2)
            except ZeroDivisionError:
                total += 10 * rate
            finally:
                total += 100 * rate
        """,
        "start\n 2.\n 5]\n : rate = 9\n on",
    ),
    "a statement after a semicolon, and tabs": (
        '# %% watch="total"\ntotal = 0; rate = 1\nfor i in range(4):\n\ttotal += rate; rate += 1\n',
        "start\n 2.\n : rate = 9\n on",
    ),
    "an import from the future": (
        "# %%\nfrom __future__ import annotations\ntotal = 0\nfor i in range(4):\n    total += i\n",
        "start\n : x = 1\n 2.\n : total = 9\n on",
    ),
    "names that are taken": (
        """
        # %% watch="total"
        total, iteration, iteration_2 = 0, 1, 2
        for i in range(4):
            total += iteration
        """,
        "start\n 2.\n : iteration = 9\n on",
    ),
    "Korean, and strings over several lines": (
        """
        # %% 학습 watch="비용"
        비용, 학습률 = 64.0, 0.5
        for 에폭 in range(4): 비용 *= 학습률; 글 = '''가
        나'''
        """,
        "start\n 2.\n : 학습률 = 0.9\n on",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_script_ends_as_the_session_did(case: str, play: Play, tmp_path: Path) -> None:
    text, moves = CASES[case]
    player = play(text)

    play_moves(player, moves)

    assert_script_ends_alike(player, tmp_path)


def test_where_a_run_is_paused_in_a_function_the_script_ends(play: Play, tmp_path: Path) -> None:
    player = play(CASES["a function"][0])

    play_moves(player, "start\n 2.")

    assert_script_ends_there(player, tmp_path)


def test_a_change_at_the_head_that_a_generator_goes_back_to_is_left_out_and_said(
    play: Play, tmp_path: Path
) -> None:
    player = play("""
        # %% watch="total"
        step, total = 1, 0
        def numbers(n):
            value = 0
            for i in range(n):
                value += step
                yield value
        drawn = numbers(9)
        for k in range(6):
            number = next(drawn)
            total += number
    """)

    play_moves(player, "start\n 1.\n 2]\n : value = 50\n on")

    script, _ = saved(player, tmp_path)
    assert script.inexact == 1
    assert "# not in this code: value = 50" in script.text
