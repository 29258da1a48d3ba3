"""Hooked loops ask of an iterable what plain loops ask, and not once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from plainly import assert_hooks_change_nothing

CASES = {
    "an iterable with side effects": """
        calls = []

        class Loud:
            def __init__(self, n):
                self.n = n

            def __iter__(self):
                calls.append("iter")
                return self

            def __next__(self):
                calls.append("next")
                if not self.n:
                    raise StopIteration
                self.n -= 1
                return self.n

            def __len__(self):
                calls.append("len")
                return 3

            def __length_hint__(self):
                calls.append("hint")
                return 3

            def __bool__(self):
                calls.append("bool")
                return True

            def __getattr__(self, name):
                calls.append(name)
                raise AttributeError(name)

            def __eq__(self, other):
                calls.append("eq")
                return True

        loud = Loud(4)
        for value in loud:
            if value == 2:
                break
        for value in loud:
            calls.append(value)
        for value in loud:
            calls.append("never")
        for pair in enumerate(zip(Loud(2), Loud(3))):
            calls.append(pair)
    """,
    "a sequence without __iter__": """
        calls = []

        class Old:
            def __getitem__(self, index):
                calls.append(index)
                if index == 3:
                    raise IndexError
                return index

            def __len__(self):
                calls.append("len")
                return 99

        for value in Old():
            calls.append(value * 10)
    """,
    "a metaclass that answers for its class": """
        calls = []

        class Meta(type):
            def __eq__(cls, other):
                calls.append("eq")
                return True

            def __hash__(cls):
                calls.append("hash")
                return 1

        class Few(metaclass=Meta):
            __module__ = None

            def __iter__(self):
                return iter([1, 2])

        for value in Few():
            calls.append(value)
    """,
    "an empty iterable": """
        told = []
        for i in []:
            told.append(i)
        else:
            told.append("else")
        for i in ():
            pass
        while []:
            told.append("never")
        missing = "i" in globals()
    """,
    "not an iterable": """
        for i in range(2):
            print(i)
            for j in 5:
                print("never")
    """,
    "an __iter__ that gives no iterator": """
        class Wrong:
            def __iter__(self):
                return 5

        for i in Wrong():
            pass
    """,
    "an iterable that raises in __iter__": """
        class Broken:
            def __iter__(self):
                raise RuntimeError("no iterator")

        x = 1
        for i in (
            Broken()
        ):
            x = 2
    """,
    "an iterable that raises in __next__": """
        class Breaks:
            def __init__(self):
                self.left = 2

            def __iter__(self):
                return self

            def __next__(self):
                self.left -= 1
                if self.left < 0:
                    raise KeyError("no more")
                return self.left

        def walk():
            for i in Breaks():
                print(i)

        walk()
    """,
    "StopIteration raised in a body": """
        for i in range(3):
            print(i)
            next(iter(()))
    """,
    "StopIteration raised in a generator": """
        def wrong():
            for i in range(3):
                yield i
                raise StopIteration("early")

        told = []
        for i in wrong():
            told.append(i)
    """,
    "StopIteration caught around a loop": """
        told = []
        it = iter(range(3))
        try:
            while True:
                told.append(next(it))
        except StopIteration as stop:
            told.append(stop.value)
    """,
    "a value that dies when the lesson lets it go": """
        told = []

        class Mortal:
            def __init__(self, name):
                self.name = name

            def __del__(self):
                told.append(("gone", self.name))

        for mortal in (Mortal(i) for i in range(3)):
            told.append(("here", mortal.name))
            del mortal
            told.append("after")
        made = (Mortal(name) for name in "ab")
        for mortal in made:
            break
        del mortal, made
    """,
    "the iterator used inside too": """
        it = iter(range(10))
        pairs = []
        for value in it:
            pairs.append((value, next(it, None)))
        lines = iter("a b c".split())
        for line in lines:
            rest = list(lines)
    """,
    "builtin iterables": """
        seen = []
        names = {"a": 1, "b": 2}
        for i, (key, value) in enumerate(names.items(), start=5):
            seen.append((i, key, value))
        for key in names.keys():
            seen.append(key)
        for value in reversed([1, 2]):
            seen.append(value)
        for a, b in zip("xyz", range(2)):
            seen.append((a, b))
        for byte in b"hi":
            seen.append(byte)
        for a, b in zip([1], [2], strict=True):
            seen.append(a + b)
        for value in map(str, filter(None, range(3))):
            seen.append(value)
    """,
    "a list that grows": """
        values = [1, 2, 3]
        for value in values:
            if value < 3:
                values.append(value + 1)
        for value in values[:]:
            values.remove(value)
    """,
    "a dict that changes size": """
        names = {"a": 1}
        for name in names:
            names[name + "b"] = 2
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_a_hooked_cell_does_what_a_plain_one_does(name: str, tmp_path: Path) -> None:
    assert_hooks_change_nothing(CASES[name], tmp_path)
