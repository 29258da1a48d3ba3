"""Numbers in source: the next one up and down, how it is written, and what is typed."""

from __future__ import annotations

import pytest

from tui.editing.numbers import (
    MOST_VALUES,
    NumberRefusal,
    Scale,
    Trouble,
    numbers_in,
    scale_of,
    turned,
)


def turns(text: str, name: str = "", direction: int = 1, times: int = 3) -> list[str | None]:
    """What a number becomes when it is turned so often."""
    scale, found, now = scale_of(name, text), [], text
    for _ in range(times):
        after = turned(now, scale, direction)
        found.append(after)
        if after is None:
            break
        now = after
    return found


@pytest.mark.parametrize(
    ("text", "name", "up"),
    [
        ("0.1", "lr", ["0.2", "0.5", "1.0"]),
        ("0.3", "lr", ["0.5", "1.0", "2.0"]),
        ("1", "lr", ["2", "5", "10"]),
        ("0.9", "betas", ["0.95", "0.99", "0.995"]),
        ("0.7", "momentum", ["0.8", "0.9", "0.95"]),
        ("0.9", "", ["0.95", "0.99", "0.995"]),
        ("3", "epochs", ["4", "5", "6"]),
        ("200", "epochs", ["500", "1000", "2000"]),
        ("32", "batch_size", ["64", "128", "256"]),
        ("101", "", ["200", "500", "1000"]),
        ("0", "momentum", ["0.1", "0.2", "0.3"]),
        ("0", "lr", ["0.001", "0.002", "0.005"]),
        ("-0.1", "", ["-0.05", "-0.02", "-0.01"]),
    ],
)
def test_a_number_is_turned_up_in_sensible_steps(text: str, name: str, up: list[str]) -> None:
    assert turns(text, name) == up


@pytest.mark.parametrize(
    ("text", "name", "down"),
    [
        ("1", "lr", ["0.5", "0.2", "0.1"]),
        ("0.999", "betas", ["0.995", "0.99", "0.95"]),
        ("200", "", ["100", "50", "20"]),
        ("16", "", ["8", "7", "6"]),
        ("2", "", ["1", "0", None]),
        ("0.1", "momentum", ["0.0", None]),
        ("0.0", "lr", [None]),
        ("-1", "", ["-2", "-3", "-4"]),
    ],
)
def test_a_number_is_turned_down_and_never_through_zero(
    text: str, name: str, down: list[str | None]
) -> None:
    assert turns(text, name, direction=-1) == down


def test_a_rate_stays_above_zero_however_often_it_is_turned_down() -> None:
    down = turns("1e-5", "lr", direction=-1, times=1000)

    assert down[-1] is None
    assert float(down[-2] or 0) > 0


def test_a_share_stays_below_one_however_often_it_is_turned_up() -> None:
    up = turns("0.5", "momentum", times=1000)

    assert up[-1] is None
    assert float(up[-2] or 1) < 1


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("1e-3", "2e-3"),
        ("5e-3", "1e-2"),
        ("1.0E-3", "2.0E-3"),
        ("1e-05", "2e-05"),
        ("1e+3", "2e+3"),
        ("0.10", "0.20"),
        ("1.", "2."),
        (".5", "1.0"),
        (".1", ".2"),
        ("1_000", "2_000"),
        ("0.000002", "0.000005"),
    ],
)
def test_the_authors_way_of_writing_stays(text: str, after: str) -> None:
    assert turned(text, scale_of("lr", text), 1) == after


@pytest.mark.parametrize("name", ["lr", "learning_rate", "base_lr", "weight_decay"])
def test_a_rate_is_known_by_its_name_also_where_it_is_whole(name: str) -> None:
    assert scale_of(name, "1") is Scale.RATE


def test_one_number_or_several_are_taken_as_they_are_written() -> None:
    assert numbers_in(" 1e-3 ") == ("1e-3",)
    assert numbers_in("0.01 0.1, 1;.5") == ("0.01", "0.1", "1", ".5")
    assert numbers_in("+2 -3") == ("2", "-3")


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("", Trouble.NOTHING),
        ("  , ", Trouble.NOTHING),
        ("fast", Trouble.NO_NUMBER),
        ("lr", Trouble.NO_NUMBER),
        ("1/3", Trouble.NO_NUMBER),
        ("0.1 fast", Trouble.NO_NUMBER),
        ("nan", Trouble.NO_NUMBER),
        ("True", Trouble.NO_NUMBER),
        ("007", Trouble.NO_NUMBER),
        ("1__0", Trouble.NO_NUMBER),
        ("\u0663", Trouble.NO_NUMBER),
        ("1e999", Trouble.TOO_LARGE),
        ("-1e999", Trouble.TOO_LARGE),
        ("9" * 400, Trouble.TOO_LARGE),
        ("1 " * (MOST_VALUES + 1), Trouble.TOO_MANY),
    ],
)
def test_what_is_no_number_is_told_apart(typed: str, trouble: Trouble) -> None:
    refused = numbers_in(typed)

    assert isinstance(refused, NumberRefusal)
    assert refused.trouble is trouble
