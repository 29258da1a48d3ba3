"""Hooked loops in functions, classes, comprehensions, closures and threads."""

from __future__ import annotations

from pathlib import Path

import pytest
from plainly import assert_hooks_change_nothing

CASES = {
    "functions": """
        def first(values, wanted):
            for index, value in enumerate(values):
                if value == wanted:
                    return index
            else:
                return -1

        def countdown(n):
            while n:
                n -= 1
                if n == 3:
                    return "three"

        found = [first("abc", letter) for letter in "cax"], countdown(9), countdown(2)
    """,
    "methods called from a cell": """
        class Stack:
            def __init__(self):
                self.items = []

            def fill(self, n):
                for i in range(n):
                    self.items.append(i)
                while len(self.items) > 3:
                    self.items.pop()
                return self.items

        stacks = []
        for n in range(6):
            stacks.append(Stack().fill(n))
    """,
    "a class body": """
        class Squares:
            values = []
            for i in range(4):
                values.append(i * i)

        values, last = Squares.values, Squares.i
    """,
    "recursion": """
        def tree(depth):
            for branch in range(2):
                if depth:
                    yield from tree(depth - 1)
                else:
                    yield branch

        def depth(values):
            deepest = 0
            for value in values:
                if isinstance(value, list):
                    deepest = max(deepest, depth(value))
            n = deepest
            while n > 2:
                return depth([]) + n
            return deepest + 1

        leaves, levels = list(tree(3)), depth([[], [[[[]]], []]])
    """,
    "return in a loop": """
        told = []

        def search(limit):
            try:
                for i in range(10):
                    while True:
                        if i == limit:
                            return i
                        break
            finally:
                told.append(limit)

        answers = [search(3), search(20), search(0)]
    """,
    "comprehensions": """
        x = "outside"
        squares = [x * x for x in range(5)]
        table = {x: [y for y in range(x)] for x in range(4)}
        for i in range(3):
            squares += [i + j for j in range(i) if j]
        odd = set(x for x in squares if x % 2)
        last = [y := n for n in range(4)], y
    """,
    "closures over the loop variable": """
        late, early = [], []
        for i in range(3):
            late.append(lambda: i)
            early.append(lambda i=i: i)

        def make():
            made = []
            for j in range(3):
                k = 0
                while k < 2:
                    made.append(lambda: (j, k))
                    k += 1
            return [f() for f in made]

        values = [f() for f in late], [f() for f in early], make()
        del late, early
    """,
    "decorators": """
        import functools
        calls = []

        def repeat(times):
            def wrap(function):
                @functools.wraps(function)
                def repeated(*args):
                    for i in range(times):
                        calls.append((function.__name__, i))
                        result = function(*args)
                    return result
                return repeated
            return wrap

        @repeat(times=3)
        def total(values):
            "A docstring."
            result = 0
            for value in values:
                result += value
            return result

        answer, name, doc = total([1, 2, 3]), total.__name__, total.__doc__
    """,
    "dataclasses": """
        from dataclasses import dataclass, field

        @dataclass
        class Node:
            value: int
            children: list = field(default_factory=list)

            def walk(self):
                yield self.value
                for child in self.children:
                    yield from child.walk()

        root = Node(1)
        for i in range(2, 5):
            root.children.append(Node(i, [Node(i * 10)]))
        values = [value for value in root.walk()]
        text = repr(root.children[0])
    """,
    "global and nonlocal": """
        count = 0

        def bump():
            global count, made
            for _ in range(3):
                count += 1
            for made in range(2):
                pass

        def counter():
            n = 0

            def more():
                nonlocal n
                while n % 5 != 4:
                    n += 1
                n += 1
                return n
            return more

        bump()
        more = counter()
        numbers = [more(), more()]
    """,
    "threads": """
        import threading
        results = {}

        def work(name, n):
            total = 0
            for i in range(n):
                total += i
            while total % 7:
                total += 1
            results[name] = total

        threads = [threading.Thread(target=work, args=(i, 1000 + i)) for i in range(4)]
        for thread in threads:
            thread.start()
        work("own", 10)
        for thread in threads:
            thread.join()
        results = dict(sorted(results.items(), key=str))
        del threads
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_a_hooked_cell_does_what_a_plain_one_does(name: str, tmp_path: Path) -> None:
    assert_hooks_change_nothing(CASES[name], tmp_path)
