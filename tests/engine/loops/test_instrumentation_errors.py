"""Errors that pass through hooked loops: the same type, message, lines and columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from plainly import assert_hooks_change_nothing

CASES = {
    "a while test that raises": """
        n = 3
        while 6 / n > 0:
            print(n)
            n -= 1
    """,
    "a test that has no truth": """
        class Neither:
            def __bool__(self):
                return "yes"

        while Neither():
            pass
    """,
    "a target that does not fit": """
        for a, b in [(1, 2), (3, 4, 5)]:
            print(a, b)
    """,
    "an error in a body": """
        def divide(values):
            for value in values:
                print(
                    10 / value,
                )

        for start in range(2, -2, -1):
            n = 0
            while n < 2:
                n += 1
                divide([start, n])
    """,
    "an error with a cause": """
        for i in range(2):
            try:
                {}["missing"]
            except KeyError as error:
                while True:
                    raise ValueError("no such thing") from error
    """,
    "an error that leaves many loops": """
        told = []
        for a in range(3):
            try:
                for b in range(3):
                    while True:
                        for c in range(3):
                            if c:
                                raise LookupError((a, b, c))
            except LookupError as error:
                told.append(str(error))
            else:
                told.append("never")
    """,
    "an exception group": """
        told = []
        for i in range(2):
            try:
                raise ExceptionGroup("both", [ValueError(i), TypeError(i)])
            except* ValueError as group:
                for error in group.exceptions:
                    told.append(repr(error))
            except* TypeError as group:
                told.append(len(group.exceptions))
    """,
    "what is being handled": """
        import sys
        told = []
        for i in range(2):
            told.append(sys.exc_info()[0])
            try:
                raise ValueError
            except ValueError:
                while True:
                    told.append(sys.exc_info()[0].__name__)
                    break
            told.append(sys.exc_info()[0])
        told = [str(what) for what in told]
    """,
    "Korean": """
        합계 = 0
        for 수 in [1, 2, 3]:
            합계 += 수
            print(f"지금까지 {합계}")
        while 합계 > 3:
            합계 -= 1
            raise ValueError(f"값이 {합계}입니다")
    """,
    "SystemExit": """
        import sys
        for i in range(3):
            sys.exit("enough")
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_a_hooked_cell_does_what_a_plain_one_does(name: str, tmp_path: Path) -> None:
    assert_hooks_change_nothing(CASES[name], tmp_path)
