"""A session as a script: run bare, it ends with the values, prints and random numbers it had."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playing import Player
from taken_home import play_moves, run_bare, saved, values_of

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
    "a loop, amid": (FOR, "start\n 3.\n : rate = 0.9\n on"),
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

    script, path = saved(player, tmp_path)
    (bare,) = run_bare(path)

    ended = values_of(player)
    assert script.inexact == 0, script.text
    assert bare.error == "", script.text
    assert {name: bare.values.get(name) for name in ended} == ended, script.text
    assert bare.printed == player.output(), script.text
    if "random" in text:
        assert bare.numbers == repr(random.getstate()), script.text


@pytest.mark.parametrize(
    ("case", "moves"),
    [
        ("a loop, amid", "start\n 2.\n : rate = 2\n 1."),
        ("before a statement", "start]\n 9]"),
        ("nested loops, outside", "start\n 1>"),
        ("a function", "start\n 2."),
        ("a break", "start\n 4.\n : rate = 3"),
        ("while", "start\n 3."),
    ],
)
def test_where_a_run_is_paused_the_script_ends(
    case: str, moves: str, play: Play, tmp_path: Path
) -> None:
    player = play(CASES[case][0])
    play_moves(player, moves)

    script, path = saved(player, tmp_path)
    stood = values_of(player)
    (bare,) = run_bare(path)

    assert bare.error == "SystemExit: ", script.text
    assert {name: bare.values.get(name) for name in stood} == stood, script.text
    assert bare.printed == player.output(), script.text
