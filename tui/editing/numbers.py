"""How a number in Python source is written, which comes next, and what a typed one says."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from math import isfinite

MOST_VALUES = 12
"""So many numbers may be typed in one line."""

_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?")
_APART = re.compile(r"[\s,;]+")
_WORD_OF_SHARE = re.compile(
    r"momentum|betas?\d*|dampening|dropout|p|gamma|rho|alpha|label_smoothing|keep", re.I
)
_WORD_OF_LEARNING = re.compile(r"lr|rate", re.I)
_WORD_OF_RATE = re.compile(r"lr|rate|eta|eps|epsilon|decay|lambda|lambd|temperature", re.I)

_SHARES = [Decimal(n) / 10 for n in range(10)] + [
    Decimal(1) - Decimal(part).scaleb(-k) for k in range(2, 7) for part in (5, 1)
]
_RUNGS = (Decimal(1), Decimal(2), Decimal(5))
_LEAST, _MOST = Decimal("1e-12"), Decimal("1e12")
_ONE_BY_ONE_UP_TO = 10
_LEAST_POWER_OF_TWO = 16
# Plain decimals from here to there, as Python itself writes them.
_LEAST_PLAIN, _MOST_PLAIN = Decimal("1e-6"), Decimal("1e9")


class Scale(Enum):
    """In which steps a number is turned.

    RATE: 0.1, 0.2, 0.5, 1; SHARE, which stays below 1: 0.8, 0.9, 0.95, 0.99; COUNT: whole numbers,
    small ones by 1.
    """

    RATE = auto()
    SHARE = auto()
    COUNT = auto()


class Trouble(Enum):
    """Why what was typed is not the number that is wanted."""

    NOTHING = auto()
    NO_NUMBER = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, slots=True)
class NumberRefusal:
    """What was typed that is not taken: why, and the part of it that is meant, if it is one."""

    trouble: Trouble
    part: str = ""


def is_learning_rate(name: str) -> bool:
    """Whether what has this name is likely to be how far a step of the training goes."""
    return any(_WORD_OF_LEARNING.fullmatch(word) for word in name.split("_"))


def scale_of(name: str, text: str) -> Scale:
    """The scale of a number that is written so, where the name it belongs to is `name` or ""."""
    value = number_written(text)
    words = name.split("_")
    if 0 <= value <= 1 and any(_WORD_OF_SHARE.fullmatch(word) for word in (name, *words)):
        return Scale.SHARE
    if any(_WORD_OF_RATE.fullmatch(word) for word in words):
        return Scale.RATE
    if isinstance(value, int):
        return Scale.COUNT
    return Scale.SHARE if _SHARES[9] <= _decimal(text) < 1 else Scale.RATE


def turned(text: str, scale: Scale, direction: int) -> str | None:
    """The next number up (1) or down (-1), written as this one is; None where there is none.

    None of them is on the other side of zero.
    """
    number = _decimal(text)
    if number < 0:
        after = _next(-number, scale, -direction)
        return None if after is None else _written(-after, text)
    after = _next(number, scale, direction)
    return None if after is None else _written(after, text)


def number_written(text: str) -> int | float:
    """The number that is written so in Python; raises ValueError or SyntaxError where none is."""
    value: int | float = ast.literal_eval(text)
    return value


def numbers_in(typed: str) -> tuple[str, ...] | NumberRefusal:
    """The numbers that were typed, as Python writes them, between spaces or commas.

    Each is finite; there may be one, or several, which are to be tried beside each other.
    """
    parts = [part for part in _APART.split(typed) if part]
    if not parts:
        return NumberRefusal(Trouble.NOTHING)
    for part in parts:
        if not _is_number(part):
            return NumberRefusal(Trouble.NO_NUMBER, part)
        if not _is_finite(part):
            return NumberRefusal(Trouble.TOO_LARGE, part)
    if len(parts) > MOST_VALUES:
        return NumberRefusal(Trouble.TOO_MANY)
    return tuple(part.removeprefix("+") for part in parts)


def _is_number(text: str) -> bool:
    if not text.isascii() or _NUMBER.fullmatch(text) is None:
        return False
    try:
        number_written(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _is_finite(text: str) -> bool:
    try:
        return isfinite(number_written(text))
    except OverflowError:
        return False


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("_", "").replace(" ", ""))


def _next(number: Decimal, scale: Scale, direction: int) -> Decimal | None:
    """The next number on a scale, of one that is not below zero."""
    match scale:
        case Scale.SHARE:
            above = [share for share in _SHARES if share > number]
            below = [share for share in _SHARES if share < number]
            return min(above, default=None) if direction > 0 else max(below, default=None)
        case Scale.COUNT:
            return _next_count(int(number), direction)
        case Scale.RATE:
            return _next_rung(number, direction)


def _next_rung(number: Decimal, direction: int) -> Decimal | None:
    if not number:
        return Decimal("0.001") if direction > 0 else None
    tens = number.adjusted()
    rungs = [rung.scaleb(ten) for ten in (tens - 1, tens, tens + 1) for rung in _RUNGS]
    if direction > 0:
        found = min(rung for rung in rungs if rung > number)
    else:
        found = max(rung for rung in rungs if rung < number)
    return found if _LEAST <= found <= _MOST else None


def _next_count(number: int, direction: int) -> Decimal | None:
    if number & (number - 1) == 0 and number >= _LEAST_POWER_OF_TWO:
        return Decimal(number * 2 if direction > 0 else number // 2)
    if number < _ONE_BY_ONE_UP_TO or (number == _ONE_BY_ONE_UP_TO and direction < 0):
        return Decimal(number + direction) if number + direction >= 0 else None
    return _next_rung(Decimal(number), direction)


def _written(number: Decimal, like: str) -> str:
    """A number in the way in which another is written: 1e-3, 0.10, .5, 1., 1_000, 7."""
    mantissa, exponent = _parts(like)
    if exponent:
        return _with_exponent(number, mantissa, exponent, "E" if "E" in like else "e")
    if "." not in like and number == number.to_integral_value():
        return f"{int(number):_}" if "_" in like else str(int(number))
    if number and not _LEAST_PLAIN <= abs(number) < _MOST_PLAIN:
        return _with_exponent(number, "1", "0", "e")
    return _with_decimals(number, mantissa)


def _parts(text: str) -> tuple[str, str]:
    """What comes before the e of a number, and what after it, "" where there is none."""
    mantissa, _, exponent = text.lower().partition("e")
    return mantissa, exponent


def _with_exponent(number: Decimal, mantissa: str, exponent: str, letter: str) -> str:
    tens = number.adjusted() if number else 0
    digits = str(abs(tens)).rjust(len(exponent.lstrip("+-")), "0")
    sign = "-" if tens < 0 else "+" if exponent.startswith("+") else ""
    front = number.scaleb(-tens).normalize()
    written = str(int(front)) if front == int(front) else f"{front:f}"
    if "." in mantissa:
        written = _with_decimals(front, mantissa)
    return f"{written}{letter}{sign}{digits}"


def _with_decimals(number: Decimal, like: str) -> str:
    """In plain decimals, with as many zeros at the end as the other has digits after its point."""
    whole, _, fraction = f"{number.normalize():f}".partition(".")
    decimals = like.partition(".")[2]
    if decimals.endswith("0"):
        fraction = fraction.ljust(len(decimals), "0")
    if not fraction and "." in like and decimals:
        fraction = "0"
    if like.lstrip("-").startswith(".") and whole in ("0", "-0"):
        whole = whole.removesuffix("0")
    return f"{whole}.{fraction}" if fraction or "." in like else whole
