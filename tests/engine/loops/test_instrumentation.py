"""Hooked loops do what plain loops do: values, prints, errors and the lines they stand on."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from plainly import assert_hooks_change_nothing

from engine.code.plan import WholeFile
from engine.loops.instrument import LoopInstrumenter, LoopSite

CASES = {
    "for": """
        total = 0
        for i in range(5):
            total += i
            print(i, total)
    """,
    "while": """
        n = 27
        seen = []
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            seen.append(n)
    """,
    "else": """
        told = []
        for i in range(3):
            pass
        else:
            told.append("for ended")
        for i in range(3):
            break
        else:
            told.append("never")
        n = 3
        while n:
            n -= 1
        else:
            told.append("while ended")
        while True:
            break
        else:
            told.append("never")
    """,
    "loops in an else": """
        told = []
        while len(told) < 2:
            told.append("body")
        else:
            for i in range(3):
                told.append(i)
            while len(told) < 9:
                told.append("else")
    """,
    "break and continue": """
        kept = []
        for i in range(10):
            if i % 2:
                continue
            if i > 6:
                break
            kept.append(i)
        n = 0
        while True:
            n += 1
            if n % 2:
                continue
            if n > 8:
                break
            kept.append(n)
    """,
    "nested": """
        pairs = []
        for i in range(4):
            for j in range(i):
                if j == 2:
                    break
                k = 0
                while k < 2:
                    pairs.append((i, j, k))
                    k += 1
                    if i == 3:
                        break
    """,
    "try and finally": """
        told = []
        for i in range(4):
            try:
                if i == 1:
                    continue
                if i == 3:
                    break
                told.append(i)
            finally:
                told.append(("finally", i))
        n = 0
        while n < 4:
            try:
                n += 1
                if n == 2:
                    raise ValueError(n)
                if n == 3:
                    break
            except ValueError as error:
                told.append(str(error))
            finally:
                told.append(("finally", n))
    """,
    "walrus in a while test": """
        values = [3, 2, 1, 0, 9]
        taken = []
        while (value := values.pop(0)) and len(taken) < 9:
            taken.append(value)
        while not (value := value + 1) > 4 or value < 3:
            taken.append(value)
    """,
    "a test whose truth has side effects": """
        calls = []

        class Truth:
            def __init__(self, n):
                self.n = n

            def __bool__(self):
                calls.append(self.n)
                self.n -= 1
                return self.n > 0

        truth = Truth(4)
        while truth:
            calls.append("body")
        while not truth:
            break
    """,
    "star targets": """
        rows = []
        for first, *rest in [(1, 2, 3), "ab", [4]]:
            rows.append((first, rest))
        for (a, (b, *c)), d in [((1, (2, 3, 4)), 5)]:
            rows.append((a, b, c, d))
        for x in *rows[:1], *[7, 8]:
            rows.append(x)
        box = {}
        for box["key"] in range(3):
            pass
    """,
    "with and match": """
        from contextlib import contextmanager
        told = []

        @contextmanager
        def room(name):
            told.append(("in", name))
            try:
                yield name
            finally:
                told.append(("out", name))

        with room("a"):
            for i in range(2):
                with room(i):
                    if i:
                        break
        for command in ["go north", "stop", "go south"]:
            match command.split():
                case ["go", where]:
                    for letter in where:
                        if letter == "r":
                            told.append(where)
                            break
                case ["stop"]:
                    while True:
                        told.append("stop")
                        break
    """,
    "del of the loop variable": """
        told = []
        for i in range(3):
            told.append(i)
            del i
        gone = "i" not in globals()

        def inside():
            for j in range(2):
                del j
            try:
                return j
            except UnboundLocalError as error:
                return type(error).__name__

        what = inside()
    """,
    "exec inside": """
        told = []
        source = "for i in range(3):\\n    told.append(i)\\nn = 2\\nwhile n:\\n    n -= 1"
        for _ in range(2):
            exec(source)
        space = {"told": told}
        exec(source, space)
        left = eval("[i for i in told if i]")
        del space["__builtins__"]
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_a_hooked_cell_does_what_a_plain_one_does(name: str, tmp_path: Path) -> None:
    assert_hooks_change_nothing(CASES[name], tmp_path)


def test_loops_of_classes_and_comprehensions_are_not_touched() -> None:
    source = inspect.cleandoc(
        """
        class Model:
            for i in range(3):
                pass

            def forward(self):
                while True:
                    for j in []:
                        pass

        squares = [x for x in range(3)]

        async def walk(xs):
            async for x in xs:
                pass
        """
    )
    sites: list[LoopSite] = []

    hooked = LoopInstrumenter(sites, [], list, WholeFile()).visit(ast.parse(source))

    assert not sites
    assert ast.dump(hooked) == ast.dump(ast.parse(source))
