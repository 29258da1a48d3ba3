"""Loops as nested bars."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from engine.protocol.frame import LoopProgress
from tui.language.catalogue import translator
from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.loop_bars import (
    draw_loop_bars,
    format_duration,
    format_rate,
    rate,
    recent_rate,
    time_left,
)
from tui.rendering.palette import DARK


def _loop(
    done: int, total: int | None, seconds: float, label: str = "epoch", line: int = 10
) -> LoopProgress:
    return LoopProgress(label, line, done, total, seconds)


NESTED = (_loop(2, 15, 100.0), _loop(413, 600, 31.2, "x, y in train_loader", 12))
WAITING = (_loop(0, 15, 3.0), _loop(0, 600, 3.0, "배치", 12))
UNKNOWN = (_loop(123456, None, 80.0, "while loss > 0.1"),)


def _texts(
    loops: tuple[LoopProgress, ...], width: int = 80, glyphs: Glyphs = UNICODE, heartbeat: int = 0
) -> list[str]:
    return [s.text for s in draw_loop_bars(loops, width, DARK, glyphs, heartbeat=heartbeat)]


def test_nested_loops_are_one_line_each_in_the_same_columns() -> None:
    assert _texts(NESTED) == [
        "epoch                  ▕██▍               ▏    2/15  13%  50.0 s/it 10m 50s left",
        "  x, y in train_loader ▕████████████▍     ▏ 413/600  68%  13.2 it/s     14s left",
    ]


def test_ascii_bars_are_ascii() -> None:
    (text,) = _texts((_loop(1, 2, 3.0),), 60, ASCII)

    assert text.isascii()
    assert re.search(r"\[(#+)(-+)\]", text)


@pytest.mark.parametrize(
    ("width", "parts"),
    [
        (60, {"bar", "rate", "left"}),
        (50, {"bar", "left"}),
        (35, {"bar"}),
        (22, set()),
    ],
)
def test_narrow_panes_drop_rate_then_time_then_bar(width: int, parts: set[str]) -> None:
    (text,) = _texts((_loop(37, 100, 12.5),), width)

    assert "37/100" in text
    assert "37%" in text
    assert {
        name for name, mark in (("bar", "▕"), ("rate", "it/s"), ("left", "left")) if mark in text
    } == parts


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("loops", [NESTED, WAITING, UNKNOWN])
@pytest.mark.parametrize("width", [1, 4, 7, 10, 15, 25, 40, 61, 80, 200])
def test_no_number_is_cut_and_no_line_too_wide(
    loops: tuple[LoopProgress, ...], glyphs: Glyphs, width: int
) -> None:
    for loop, strip in zip(loops, draw_loop_bars(loops, width, DARK, glyphs), strict=True):
        count = str(loop.done) if loop.total is None else f"{loop.done}/{loop.total}"

        assert strip.cell_length <= width
        without_label = strip.text.replace(loop.label, "")
        assert set(re.findall(r"(?<![.\d])\d+(?:/\d+)?(?= |$)", without_label)) <= {count}


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_a_bar_never_shrinks_as_its_loop_runs(glyphs: Glyphs) -> None:
    full = glyphs.bar_full

    lengths = [_texts((_loop(done, 50, 1.0),), 40, glyphs)[0].count(full) for done in range(1, 51)]

    assert all(one <= other for one, other in itertools.pairwise(lengths))
    assert lengths[-1] > lengths[0]


def test_eighths_tell_iterations_apart_that_whole_cells_cannot() -> None:
    bars = {_texts((_loop(done, 400, 1.0),), 60)[0].split("▏ ")[0] for done in range(100, 120)}

    assert len(bars) > 5


def test_only_a_finished_loop_is_at_a_hundred_percent() -> None:
    assert " 99%" in _texts((_loop(99_999, 100_000, 1.0),))[0]
    assert "100%" in _texts((_loop(100, 100, 1.0),))[0]


def test_a_percentage_is_exact() -> None:
    assert " 29%" in _texts((_loop(29, 100, 1.0),))[0]


def test_a_finished_loop_says_how_long_it_took() -> None:
    assert _texts((_loop(100, 100, 80.0),))[0].endswith("took 1m 20s")


def test_a_long_first_iteration_is_seen_to_be_alive() -> None:
    drawn = [
        draw_loop_bars(WAITING, 60, DARK, heartbeat=beat, seconds_since_frame=float(beat))[1].text
        for beat in (0, 1, 9)
    ]

    assert "⠋ 3s" in drawn[0]
    assert "⠙ 4s" in drawn[1]
    assert "12s" in drawn[2]


def test_a_loop_of_unknown_length_counts_with_a_mark_that_moves() -> None:
    first, second = (_texts(UNKNOWN, heartbeat=beat)[0] for beat in (3, 4))

    assert "123456" in first
    assert "%" not in first
    assert first.endswith("for 1m 20s")
    assert second.index("███") == first.index("███") + 1


def test_the_moving_mark_turns_back_at_the_ends_of_its_bar() -> None:
    places = [_texts(UNKNOWN, heartbeat=beat)[0].index("█") for beat in range(200)]

    assert {abs(one - other) for one, other in itertools.pairwise(places)} == {1}


def test_while_the_heartbeat_is_held_nothing_moves() -> None:
    assert _texts(UNKNOWN, heartbeat=5) == _texts(UNKNOWN, heartbeat=5)
    assert _texts(WAITING, heartbeat=5) == _texts(WAITING, heartbeat=5)


def test_more_iterations_than_announced_are_counted_and_fill_the_bar() -> None:
    (text,) = _texts((_loop(12, 10, 1.0),))

    assert "12/10" in text
    assert "100%" in text


def test_a_korean_label_keeps_the_columns_aligned() -> None:
    strips = draw_loop_bars((_loop(1, 2, 1.0), _loop(3, 4, 1.0, "배치 번호")), 70, DARK)

    assert strips[0].cell_length == strips[1].cell_length


def test_no_loop_draws_nothing() -> None:
    assert draw_loop_bars((), 80, DARK) == []


def test_the_rate_is_unknown_before_the_first_iteration_ended() -> None:
    assert rate(_loop(0, 100, 3.0)) is None
    assert rate(_loop(50, 100, 20.0)) == 2.5


def test_the_recent_rate_looks_at_what_ended_between_two_frames() -> None:
    assert recent_rate(_loop(100, 1000, 50.0), _loop(120, 1000, 51.0)) == 20.0


@pytest.mark.parametrize(
    "current",
    [
        _loop(101, 1000, 50.1),
        _loop(5, 1000, 0.1),
        _loop(120, 1000, 51.0, line=44),
        _loop(120, 1000, 51.0, label="batch"),
        _loop(100, 1000, 50.0),
    ],
    ids=["too few ended", "began again", "another line", "another label", "no time passed"],
)
def test_the_recent_rate_is_unknown_where_it_would_mislead(current: LoopProgress) -> None:
    assert recent_rate(_loop(100, 1000, 50.0), current) is None


def test_the_recent_rate_decides_what_is_drawn() -> None:
    earlier, now = _loop(100, 1000, 50.0), _loop(150, 1000, 51.0)

    (strip,) = draw_loop_bars((now,), 80, DARK, previous=(earlier,))

    assert "50.0 it/s" in strip.text
    assert "17s left" in strip.text


def test_time_left_needs_a_length_and_a_rate() -> None:
    assert time_left(_loop(25, 100, 50.0)) == 150.0
    assert time_left(_loop(25, 100, 50.0), speed=5.0) == 15.0
    assert time_left(_loop(25, None, 50.0)) is None
    assert time_left(_loop(0, 100, 50.0)) is None
    assert time_left(_loop(120, 100, 50.0)) == 0.0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.4, "0.4s"),
        (59.9, "59s"),
        (80, "1m 20s"),
        (7500, "2h 05m"),
        (273600, "3d 04h"),
        (86400 * 1000, "1000d"),
    ],
)
def test_durations_have_two_units(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.5, "0.5초"), (80, "1분 20초"), (7500, "2시간 05분"), (273600, "3일 04시간")],
)
def test_durations_are_in_the_language(seconds: float, text: str) -> None:
    assert format_duration(seconds, translator("ko")) == text


def test_a_long_time_left_is_whole_in_korean() -> None:
    (strip,) = draw_loop_bars(
        (_loop(1, 10_000, 7.5),), 80, DARK, UNICODE, translate=translator("ko")
    )

    assert strip.text.endswith("20시간 49분 남음")


@pytest.mark.parametrize(
    ("iterations_per_second", "text"),
    [
        (12345, "12.3k it/s"),
        (1_500_000, "1.50M it/s"),
        (123.4, "123 it/s"),
        (99.97, "100 it/s"),
        (12.34, "12.3 it/s"),
        (1.0, "1.00 it/s"),
        (0.4762, "2.10 s/it"),
        (0.005, "200 s/it"),
    ],
)
def test_rates_have_three_digits(iterations_per_second: float, text: str) -> None:
    assert format_rate(iterations_per_second) == text


def test_what_stands_still_has_neither_rate_nor_time_left() -> None:
    (strip,) = draw_loop_bars((_loop(3, 10, 2.0),), 80, DARK, at_most=0)

    assert "it/s" not in strip.text
    assert "left" not in strip.text
    assert "for 2s" in strip.text


def test_a_rate_is_never_above_the_one_allowed() -> None:
    (strip,) = draw_loop_bars((_loop(2, 10, 0.01),), 80, DARK, at_most=5)

    assert "5.00 it/s" in strip.text
    assert "1s left" in strip.text


@pytest.mark.parametrize("loop", [_loop(0, 15, 3.0), _loop(0, None, 3.0), _loop(7, None, 3.0)])
def test_a_bar_that_tells_no_share_says_that_it_is_paused(loop: LoopProgress) -> None:
    texts = {
        strip.text
        for heartbeat in range(5)
        for strip in draw_loop_bars(
            (loop,), 80, DARK, heartbeat=heartbeat, at_most=0, is_paused=True
        )
    }

    (text,) = texts
    assert "▕ paused " in text
    assert not set(text) & set(UNICODE.spinner)


@pytest.mark.parametrize(
    ("done", "words"), [(0, "0 iterations"), (1, "1 iteration "), (123456, "123,456 iterations")]
)
def test_a_loop_of_unknown_length_that_has_ended_says_how_many_iterations_there_were(
    done: int, words: str
) -> None:
    (strip,) = draw_loop_bars((_loop(done, None, 80.0),), 80, DARK, at_most=0)

    assert f"▕ {words}" in strip.text


def test_a_finished_loop_has_the_rate_of_all_of_it() -> None:
    ended, earlier = _loop(40, 40, 4.0), _loop(20, 40, 3.9)

    for at_most in (0.0, math.inf):
        (strip,) = draw_loop_bars((ended,), 80, DARK, previous=(earlier,), at_most=at_most)
        assert "10.0 it/s" in strip.text
        assert strip.text.endswith("took 4s")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "<0.1s"), (0.4, "0.4s"), (1.8, "1.8s"), (1.99, "1.9s"), (2.7, "2s")],
)
def test_what_took_less_than_two_seconds_is_told_in_tenths(seconds: float, text: str) -> None:
    assert _texts((_loop(100, 100, seconds),))[0].endswith(f"took {text}")


def test_a_loop_paused_at_its_last_iteration_has_not_ended() -> None:
    (strip,) = draw_loop_bars((_loop(100, 100, 4.0),), 80, DARK, at_most=0, is_paused=True)

    assert "it/s" not in strip.text
    assert strip.text.endswith("for 4s")


def test_a_loop_that_failed_at_once_counts_its_iterations_once() -> None:
    (strip,) = draw_loop_bars((_loop(0, 3, 0.1),), 80, DARK, at_most=0)

    assert "iterations" not in strip.text
    assert strip.text.rstrip().endswith("0/3")
    assert not set(strip.text) & {*UNICODE.spinner, UNICODE.bar_full}
