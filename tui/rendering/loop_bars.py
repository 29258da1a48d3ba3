"""Running loops as nested bars, with their rate and the time left; no clock may enter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.frame import LoopProgress
from tui.language.catalogue import Translate, as_written
from tui.rendering.glyphs import UNICODE, Glyphs
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, pad, pad_left

RECENT_ITERATIONS = 8
NARROWEST_BAR = 8
WIDEST_BAR = 40
NARROWEST_LABEL = 4
RATE_WIDTH = 10
TIME_WIDTH = 12
MARK_WIDTH = 3
THOUSANDS = ((1e6, "M"), (1e3, "k"))


def draw_loop_bars(
    loops: Sequence[LoopProgress],
    width: int,
    palette: Palette,
    glyphs: Glyphs = UNICODE,
    *,
    previous: Sequence[LoopProgress] = (),
    heartbeat: int = 0,
    seconds_since_frame: float = 0.0,
    at_most: float = math.inf,
    is_paused: bool = False,
    translate: Translate = as_written,
) -> list[Strip]:
    """One line for each loop, outermost first: label, bar, done/total, percent, rate, time left.

    `previous` are the loops of an earlier frame, from which a recent rate is read. `heartbeat`
    counts the drawings, and turns the marks of loops whose end cannot be told: hold it while
    training is paused. `seconds_since_frame` is what has passed since `loops` were looked at, for
    a first iteration that takes long. `at_most` is the rate, in iterations per second, that the
    learner allows: 0 while nothing moves, which has neither rate nor time left, and no mark that
    turns: instead it says that it `is_paused`, or how many iterations there were. Where `width`
    cells are too few, the rate goes first, then the time left, the bar, the percentage and the
    label: no number is ever cut.
    """
    rows = [
        _row(
            loop,
            depth,
            _speed(loop, previous, at_most, is_paused=is_paused),
            _still_word(loop, is_paused, translate) if at_most == 0 else None,
            glyphs,
            heartbeat,
            seconds_since_frame,
            translate,
        )
        for depth, loop in enumerate(loops)
    ]
    columns = _columns(rows, width)
    return [_draw_row(row, columns, palette, glyphs) for row in rows]


def rate(progress: LoopProgress) -> float | None:
    """Iterations per second since the loop began; None before its first iteration ended."""
    if progress.done == 0 or progress.seconds <= 0:
        return None
    return progress.done / progress.seconds


def recent_rate(previous: LoopProgress, current: LoopProgress) -> float | None:
    """Iterations per second between two looks at one loop.

    None where they are not of the same run of the same loop, or so few iterations ended between
    them that the rate would jump.
    """
    seconds = current.seconds - previous.seconds
    ended = current.done - previous.done
    if (previous.line, previous.label) != (current.line, current.label) or seconds <= 0:
        return None
    return ended / seconds if ended >= RECENT_ITERATIONS else None


def time_left(progress: LoopProgress, speed: float | None = None) -> float | None:
    """Seconds to the loop's end at `speed` iterations per second, else at its rate so far.

    None where its length or its rate is not known.
    """
    speed = speed or rate(progress)
    if progress.total is None or speed is None:
        return None
    return max(0, progress.total - progress.done) / speed


def format_duration(seconds: float, translate: Translate = as_written) -> str:
    """`seconds` in its two largest units: 0.4s, 3s, 1m 20s, 2h 05m, 3d 04h."""
    whole = int(seconds)
    if 0.05 <= seconds < 1:
        return translate("{seconds}s").format(seconds=f"{min(seconds, 0.9):.1f}")
    if whole < 60:
        return translate("{seconds}s").format(seconds=whole)
    minutes, hours, days = whole // 60, whole // 3600, whole // 86400
    if whole < 3600:
        words = translate("{minutes}m {seconds:02d}s")
        return words.format(minutes=minutes, seconds=whole % 60)
    if whole < 86400:
        return translate("{hours}h {minutes:02d}m").format(hours=hours, minutes=minutes % 60)
    if whole < 100 * 86400:
        return translate("{days}d {hours:02d}h").format(days=days, hours=hours % 24)
    return translate("{days}d").format(days=days)


def format_rate(iterations_per_second: float) -> str:
    """A rate in three digits: 12.3k it/s; below one a second the time of one: 2.10 s/it."""
    if iterations_per_second < 1:
        return f"{_three_digits(1 / iterations_per_second)} s/it"
    for size, unit in THOUSANDS:
        if iterations_per_second >= size:
            return f"{_three_digits(iterations_per_second / size)}{unit} it/s"
    return f"{_three_digits(iterations_per_second)} it/s"


def _three_digits(value: float) -> str:
    decimals = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:.{decimals}f}"


@dataclass(frozen=True, slots=True)
class _Row:
    """What one line says; ``filled`` is None where the length is not known or nothing ended yet.

    There the bar has a mark that turns, or the word for what stands still, where ``still`` is one.
    """

    label: str
    count: str
    percent: str
    rate: str
    time: str
    filled: float | None
    still: str | None
    heartbeat: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """How many cells each part takes in every line; 0 where it is left out."""

    label: int
    bar: int
    count: int
    percent: int
    rate: int
    time: int


def _speed(
    loop: LoopProgress, previous: Sequence[LoopProgress], at_most: float, *, is_paused: bool
) -> float | None:
    """What the loop makes now, and where it has ended, what it made from beginning to end."""
    if at_most == 0:
        return None if is_paused or loop.done != loop.total else rate(loop)
    recent = (recent_rate(earlier, loop) for earlier in previous)
    speed = (
        rate(loop) if loop.done == loop.total else next(filter(None, recent), None) or rate(loop)
    )
    return speed and min(speed, at_most)


def _row(
    loop: LoopProgress,
    depth: int,
    speed: float | None,
    still: str | None,
    glyphs: Glyphs,
    heartbeat: int,
    seconds_since_frame: float,
    translate: Translate,
) -> _Row:
    total = loop.total
    count = f"{loop.done}" if total is None else f"{loop.done:>{len(str(total))}}/{total}"
    label = "  " * depth + loop.label
    if loop.done == 0:
        spinner = glyphs.spinner[heartbeat % len(glyphs.spinner)]
        lasting = format_duration(loop.seconds + seconds_since_frame, translate)
        alive = f"{spinner} {lasting}" if still is None else ""
        filled = 0.0 if still == "" else None
        return _Row(label, count, alive, "", "", filled=filled, still=still, heartbeat=heartbeat)
    done = None if total is None else min(loop.done, total)
    return _Row(
        label=label,
        count=count,
        percent="" if not total or done is None else f"{100 * done // total}%",
        rate="" if speed is None else format_rate(speed),
        time=_time(loop, speed, translate),
        filled=None if not total or done is None else done / total,
        still=still,
        heartbeat=heartbeat,
    )


def _still_word(loop: LoopProgress, is_paused: bool, translate: Translate) -> str:
    if is_paused or loop.total is not None:
        return translate("paused") if is_paused else ""
    if loop.done == 1:
        return translate("1 iteration")
    return translate("{count} iterations").format(count=f"{loop.done:,}")


def _time(loop: LoopProgress, speed: float | None, translate: Translate) -> str:
    remaining = None if speed is None else time_left(loop, speed)
    if remaining is None:
        return translate("for {time}").format(time=format_duration(loop.seconds, translate))
    if remaining == 0:
        return translate("took {time}").format(time=_taken(loop.seconds, translate))
    return translate("{time} left").format(time=format_duration(remaining, translate))


def _taken(seconds: float, translate: Translate) -> str:
    """How long something took that has ended: <0.1s, 0.4s, 1.8s, 3s."""
    if 0 < seconds < 0.05:
        return translate("{seconds}s").format(seconds="<0.1")
    if 1 <= seconds < 2:
        return translate("{seconds}s").format(seconds=f"{min(seconds, 1.9):.1f}")
    return format_duration(seconds, translate)


def _columns(rows: Sequence[_Row], width: int) -> _Columns:
    """The widest set of parts that fits: parts are left out in the order of their importance."""
    count = max((len(row.count) for row in rows), default=0)
    percent = max((len("100%"), *(len(row.percent) for row in rows)))
    longest = max((cell_width(row.label) for row in rows), default=0)
    label = min(longest, max(NARROWEST_LABEL, width // 3))
    time_width = max((TIME_WIDTH, *(cell_width(row.time) for row in rows)))
    for rate_width, time, narrowest_bar in (
        (RATE_WIDTH, time_width, NARROWEST_BAR),
        (0, time_width, NARROWEST_BAR),
        (0, 0, NARROWEST_BAR),
        (0, 0, 0),
    ):
        parts = [part for part in (label, count, percent, rate_width, time) if part]
        left = width - sum(parts) - len(parts)
        if left >= narrowest_bar > 0:
            return _Columns(label, min(left, WIDEST_BAR), count, percent, rate_width, time)
        if narrowest_bar == 0 and left + 1 >= 0:
            return _Columns(label, 0, count, percent, rate_width, time)
    if count <= width:
        spare = width - count - 1
        return _Columns(spare if spare >= NARROWEST_LABEL else 0, 0, count, 0, 0, 0)
    return _Columns(0, 0, 0, percent if percent <= width else 0, 0, 0)


def _draw_row(row: _Row, columns: _Columns, palette: Palette, glyphs: Glyphs) -> Strip:
    text, dim = Style(color=palette.text), Style(color=palette.dim)
    parts: list[list[Segment]] = []
    if columns.label:
        parts.append([Segment(pad(row.label, columns.label, glyphs.ellipsis), text)])
    if columns.bar:
        parts.append(_bar(row, columns.bar, palette, glyphs))
    for words, cells, style in (
        (row.count, columns.count, text),
        (row.percent, columns.percent, text),
        (row.rate, columns.rate, dim),
        (row.time, columns.time, dim),
    ):
        if cells:
            parts.append([Segment(pad_left(words, cells, glyphs.ellipsis), style)])
    segments = [segment for part in parts for segment in (Segment(" "), *part)]
    return Strip(segments[1:])


def _bar(row: _Row, width: int, palette: Palette, glyphs: Glyphs) -> list[Segment]:
    """A bar: filled by eighths of a cell, or with a mark that goes to and fro, or with a word."""
    room = width - 2
    if row.filled is not None:
        inside = _fill(row, room, glyphs)
    elif row.still is not None:
        inside = pad(f" {row.still}", room, glyphs.ellipsis)
    else:
        inside = _mark(row.heartbeat, room, glyphs)
    dim, bright = Style(color=palette.dim), Style(color=palette.accent)
    left, right = glyphs.bar_ends
    return [Segment(left, dim), Segment(inside, bright), Segment(right, dim)]


def _fill(row: _Row, room: int, glyphs: Glyphs) -> str:
    steps = len(glyphs.bar_parts) + 1
    whole, part = divmod(int((row.filled or 0.0) * room * steps), steps)
    filled = glyphs.bar_full * whole + (glyphs.bar_parts[part - 1] if part else "")
    return filled + glyphs.bar_empty * (room - len(filled))


def _mark(heartbeat: int, room: int, glyphs: Glyphs) -> str:
    path = room - MARK_WIDTH
    place = abs((heartbeat + path) % (2 * path) - path)
    return (
        glyphs.bar_empty * place + glyphs.bar_full * MARK_WIDTH + glyphs.bar_empty * (path - place)
    )
