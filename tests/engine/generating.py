"""Programs that hypothesis writes: nests of loops, functions, generators, handlers and jumps.

Each ends by itself: every loop has a bound, and what all of them do together has one too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

_T = TypeVar("_T")

NAMES = re.compile(r"total|x|fuel|[in]\d")

_DEEPEST = 3
_MOST_STATEMENTS = 40

# Spent by every call and every iteration, which end at once when none is left: an error would not
# do, as a `finally` that jumps swallows it.
_FUEL = """
total = 1
x = 0
fuel = 150
def is_spent():
    global fuel
    fuel -= 1
    return fuel < 0
"""
_BREAK_WHEN_SPENT = ["if is_spent():", "    break"]
_RETURN_WHEN_SPENT = ["if is_spent():", "    return 0"]

_SIMPLE = (
    "total += 1",
    "total = total * 2 % 97",
    "x = total % 7",
    "print('합', total, x)",
    "print(total, end=' ')",
)
_RISKY = (
    "raise ValueError(total)",
    "x = 7 // (total % 3)",
    "x = [1, 2][total % 4]",
    "x = {}['없음']",
    "a, b = [total] * (total % 4)",
)
_TESTS = ("total % 2", "x", "total % 3 == 1", "not x")
_HANDLED = (
    "except ValueError:",
    "except (ArithmeticError, LookupError) as error:",
    "except (ValueError, TypeError, ArithmeticError, LookupError):",
)
_ENDS_OF_HANDLERS: tuple[list[str], ...] = ([], [], ["raise"], ["raise KeyError(total)"])

# A longer search than the same few dozen each time: TUTORCH_EXAMPLES=3000 pytest THIS_FILE
EXAMPLES = os.environ.get("TUTORCH_EXAMPLES")
PROFILE = settings(
    max_examples=int(EXAMPLES or 40),
    derandomize=EXAMPLES is None,
    deadline=None,
    database=None,
    # Not the phase that explains: it traces what runs, as nobody who plays a lesson does.
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a statement stands, and so what may stand there."""

    depth: int = 0
    in_loop: bool = False
    in_function: bool = False
    in_generator: bool = False
    functions: tuple[str, ...] = ()
    generators: tuple[str, ...] = ()

    @property
    def inside(self) -> _Place:
        return replace(self, depth=self.depth + 1)

    @property
    def inside_loop(self) -> _Place:
        return replace(self.inside, in_loop=True)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """The source of one program."""
    return "\n".join(_Writer(draw).program())


class _Writer:
    """Writes one program, as lines; every choice is drawn, so that hypothesis can shrink it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._left = _MOST_STATEMENTS

    def program(self) -> list[str]:
        place = _Place()
        lines = _FUEL.strip().split("\n")
        for name in ("f0", "f1", "f2")[: self._number(1, 3)]:
            inner = replace(place, in_function=True, in_generator=bool(self._number(0, 1)))
            body = self._generator(inner) if inner.in_generator else self._block(inner)
            body = ["global total", *_RETURN_WHEN_SPENT, *body]
            lines += [f"def {name}(x):", *_indented(body)]
            if inner.in_generator:
                place = replace(place, generators=(*place.generators, name))
            else:
                place = replace(place, functions=(*place.functions, name))
        for _ in range(self._number(1, 3)):
            lines += self._pick((self._for, self._while))(place) + self._block(place)
        return lines

    def _generator(self, place: _Place) -> list[str]:
        """The body of a generator, which says when it is closed."""
        body = ["yield x", *self._block(place), "yield total"]
        return ["try:", *_indented(body), "finally:", "    print('닫힘', total)"]

    def _block(self, place: _Place) -> list[str]:
        return [line for _ in range(self._number(1, 2)) for line in self._statement(place)]

    def _statement(self, place: _Place) -> list[str]:
        self._left -= 1
        if not self._number(0, 3):
            return [self._pick(_SIMPLE)]
        kinds: list[Callable[[_Place], list[str]]] = [self._jump, self._call]
        if place.depth < _DEEPEST and self._left > 0:
            kinds += [self._for, self._while, self._if, self._try, self._try]
        return self._pick(kinds)(place)

    def _jump(self, place: _Place) -> list[str]:
        """An error, break, continue, return or yield, whichever may stand here."""
        jumps = [self._pick(_RISKY)]
        jumps += ["break", "continue"] * place.in_loop
        jumps += ["return total"] * place.in_function
        jumps += ["yield total", "x = yield x"] * place.in_generator
        return self._perhaps_guarded(self._pick(jumps))

    def _perhaps_guarded(self, statement: str) -> list[str]:
        if self._number(0, 3) == 0:
            return [statement]
        return [f"if {self._pick(_TESTS)}:", *_indented([statement])]

    def _call(self, place: _Place) -> list[str]:
        calls = [f"x = {name}(total % 5)" for name in place.functions]
        for name in place.generators:
            calls += [
                f"x = sum(value or 0 for value in {name}(total % 5))",
                f"x = next({name}(total % 5), 0)",
                f"left = {name}(2); x = next(left, 0); del left",
            ]
            calls += [f"yield from {name}(total % 3)"] * place.in_generator
        return [self._pick(calls or _SIMPLE)]

    def _for(self, place: _Place) -> list[str]:
        iterables = [f"{name}(total % 5)" for name in place.generators]
        iterables += ["range(3)", "range(4)", "range(0)", "[total, x]", "iter((1, 2, 3))"]
        iterables += ["total", "range(6 // (total % 5))"]
        lines = [f"for i{place.depth} in {self._pick(iterables)}:"]
        lines += _indented([*_BREAK_WHEN_SPENT, *self._block(place.inside_loop)])
        return lines + self._perhaps_else(place)

    def _while(self, place: _Place) -> list[str]:
        counter = f"n{place.depth}"
        test = self._pick(("< 3", "< 4", "< 0", "< 4 and 6 // (total % 5)"))
        lines = [f"{counter} = 0", f"while {counter} {test}:"]
        body = [f"{counter} += 1", *_BREAK_WHEN_SPENT, *self._block(place.inside_loop)]
        return lines + _indented(body) + self._perhaps_else(place)

    def _perhaps_else(self, place: _Place) -> list[str]:
        """An else of a loop: a break in it leaves the loop around that loop."""
        if self._number(0, 2):
            return []
        return ["else:", *_indented(self._block(place.inside))]

    def _if(self, place: _Place) -> list[str]:
        lines = [f"if {self._pick(_TESTS)}:", *_indented(self._block(place.inside))]
        if self._number(0, 1):
            lines += ["else:", *_indented(self._block(place.inside))]
        return lines

    def _try(self, place: _Place) -> list[str]:
        handles, finishes = self._pick(((True, False), (True, True), (False, True)))
        lines = ["try:", *_indented(self._block(place.inside))]
        if handles:
            handler = self._block(place.inside) + self._pick(_ENDS_OF_HANDLERS)
            lines += [self._pick(_HANDLED), *_indented(handler)]
        if finishes:
            ending = ["print('끝', total)", *self._block(place.inside)]
            lines += ["finally:", *_indented(ending)]
        return lines

    def _number(self, least: int, most: int) -> int:
        return self._draw(st.integers(least, most))

    def _pick(self, choices: Sequence[_T]) -> _T:
        return choices[self._number(0, len(choices) - 1)]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]
