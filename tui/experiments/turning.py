"""Choosing a number in the step's code, and putting another in its place, also while it runs."""

from __future__ import annotations

from engine.code.names import assigned_names
from engine.protocol.status import Status
from tui.editing.dials import Dial, dial_at, dials_of, replaced
from tui.editing.live import live_places
from tui.editing.live_place import LivePlace
from tui.editing.numbers import is_learning_rate, turned
from tui.editing.trees import parsed
from tui.player.playback import Playback
from tui.player.standing import next_statement
from tui.runs.live_turns import Turn

_LIVE = (Status.RUNNING, Status.PAUSING, Status.PAUSED)


def dials_shown(playback: Playback) -> tuple[Dial, ...]:
    """What can be turned in the code of the step that is shown."""
    return dials_of(playback.source)


def dial_of(playback: Playback) -> Dial | None:
    """The number that is in hand; None where none is."""
    return playback.dialling.chosen(playback.shown, playback.source)


def next_dial(playback: Playback, by: int, from_line: int) -> Dial | None:
    """The number after the one in hand (1) or before it (-1), all around.

    Where none is in hand, after it is a learning rate, or else the first from a line on, counted
    from 0; before it is the last.
    """
    dials, now = dials_shown(playback), dial_of(playback)
    if not dials:
        return None
    if now is None and by < 0:
        return dials[-1]
    if now is None:
        rates = (dial for dial in dials if is_learning_rate(dial.name))
        in_sight = (dial for dial in dials if dial.line >= from_line)
        return next(rates, next(in_sight, dials[0]))
    if by > 0:
        return next((dial for dial in dials if dial.ordinal > now.ordinal), dials[0])
    return next((dial for dial in reversed(dials) if dial.ordinal < now.ordinal), dials[-1])


def pointed_at(playback: Playback, line: int, column: int) -> Dial | None:
    """The number at a place of the code that is shown, lines counted from 0; None where none is."""
    return dial_at(playback.source, line, column)


def turned_text(dial: Dial, direction: int) -> str | None:
    """What a dial is after one turn up (1) or down (-1); None where it ends."""
    return turned(dial.text, dial.scale, direction)


def source_with(playback: Playback, dial: Dial, text: str) -> str | None:
    """The source with another number in the place of a dial's; None where that is no Python."""
    source, _ = replaced(playback.source, dial, text)
    return source if parsed(source) is not None else None


def put(playback: Playback, dial: Dial, text: str) -> None:
    """Have the step's code say this number, and what runs of it, as far as it can."""
    step, before = playback.shown, playback.source
    source, after = replaced(before, dial, text)
    live = playback.dialling.live
    if playback.is_busy and not playback.is_checking and playback.running in (step, None):
        known = playback.dialling.note(
            step, dial, *_text_in(playback.record.source, dial), dial.text, text
        )
        places = _places(playback, dial) if playback.status in _LIVE else ()
        playback.edits.turn(step, source)
        live.begin(Turn(dial.name, text, known, places))
    else:
        playback.edits.write(step, source)
        live.forget()
    playback.dialling.choose(step, after)


def example_of(playback: Playback) -> str:
    """What can be asked in the step that is shown: what sets a number of it, or else a name."""
    dials = sorted(dials_shown(playback), key=lambda dial: not is_learning_rate(dial.name))
    for dial in dials:
        for place in _places(playback, dial):
            if not place.around:
                return f"{place.target.format(0)} = {dial.text}"
    return next(reversed(assigned_names(playback.source)), "1 + 1")


def _places(playback: Playback, dial: Dial) -> tuple[LivePlace, ...]:
    """Where the run may have the dial's value."""
    cells = (playback.edits.cell_of(step) for step in range(playback.shown))
    earlier = [cell.source for cell in cells if cell is not None]
    return tuple(live_places(playback.source, dial, earlier, _next_line(playback)))


def _text_in(source: str | None, dial: Dial) -> tuple[str, ...]:
    """What a dial was in another source of the step, whose numbers stand in the same order."""
    dials = () if source is None else dials_of(source)
    return tuple(one.text for one in dials if one.ordinal == dial.ordinal)


def _next_line(playback: Playback) -> int | None:
    cell, standing = playback.edits.cell_of(playback.shown), next_statement(playback)
    return None if cell is None or standing is None else standing.line - cell.line
