"""What was asked and what came of it, as text; no widget may enter."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Death, Outcome
from engine.protocol.places import Place
from tui.language.catalogue import Translate
from tui.rendering.palette import Palette
from tui.scrollback.wrapping import wrap_strip
from tui.words.deaths import death_words

_DIM, _NOT_DIM = "\x1b[2m", "\x1b[22m"


def output_of(answer: AskAnswered, translate: Translate) -> str:
    """What the output pane keeps of an answer, dim; each line is ended."""
    asked = f": {_one_line(answer.text)}"
    if answer.counts:
        asked += f"  {_where(answer.place, translate)}"
    lines = [asked, *_said(answer, translate)]
    return "".join(f"{_DIM}{line}{_NOT_DIM}\n" for line in lines)


def output_of_change(name: str, before: str, after: str, place: Place, translate: Translate) -> str:
    """What the output pane keeps of a number that was turned in a run, dim; its line is ended."""
    changed = " ".join(part for part in (name, before, "→", after) if part)
    return f"{_DIM}{changed}  {_where(place, translate)}{_NOT_DIM}\n"


def draw_answer(
    answer: AskAnswered, width: int, palette: Palette, translate: Translate
) -> list[Strip]:
    """An answer in lines of at most `width` cells."""
    dim = Style(color=palette.dim)
    said = Style(color=palette.bad) if answer.outcome is Outcome.FAILED else Style()
    told = [Strip([Segment(f": {_one_line(answer.text)}", dim)])]
    told += [Strip([Segment(line)]) for line in _lines(answer.printed)]
    told += [Strip([Segment(line, said)]) for line in _words(answer, translate)]
    if answer.counts:
        read = [one for one in answer.changed if one not in answer.unread]
        changed = f"{', '.join(read)}: {_changed(answer, translate)}"
        told.append(Strip([Segment(changed, Style(color=palette.accent))]))
    if answer.unread:
        told.append(Strip([Segment(_unread(answer, translate), Style(color=palette.warning))]))
    return [piece for strip in told for piece in wrap_strip(strip, width)]


def output_of_lost(text: str, words: str) -> str:
    """What the output pane keeps of what got no answer, dim; each line is ended."""
    return "".join(f"{_DIM}{line}{_NOT_DIM}\n" for line in (f": {_one_line(text)}", words))


def lost_words(death: Death | None, gone: int | None, translate: Translate) -> str:
    """Why no answer comes: the process has died that was to give it, or the run was left.

    `gone` is the index of the step whose names went with it, if one's did.
    """
    words = translate("No answer comes: what was asked is gone with its process.")
    if death is not None:
        words = translate("The process ended while this was asked: {how}.")
        words = words.format(how=death_words(death, translate))
    if gone is None:
        return words
    again = translate("What step {number} had made is gone too: it runs again with the next run.")
    return f"{words} {again.format(number=gone + 1)}"


def _said(answer: AskAnswered, translate: Translate) -> Iterator[str]:
    yield from _lines(answer.printed)
    yield from _words(answer, translate)
    if answer.unread:
        yield _unread(answer, translate)


def _words(answer: AskAnswered, translate: Translate) -> list[str]:
    if answer.outcome is Outcome.STOPPED:
        return [translate("stopped")]
    return _lines(answer.said)


def _unread(answer: AskAnswered, translate: Translate) -> str:
    return f"{', '.join(answer.unread)}: {translate('a new name, which no code here reads')}"


def _changed(answer: AskAnswered, translate: Translate) -> str:
    """That something was changed, and where in the run."""
    if answer.place is None or not answer.place.position:
        return translate("changed")
    return translate("changed at iteration {number}").format(number=f"{answer.place.position:,}")


def _where(place: Place | None, translate: Translate) -> str:
    if place is None or not place.position:
        return translate("changed")
    return translate("at iteration {number}").format(number=f"{place.position:,}")


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _one_line(text: str) -> str:
    return " ".join(text.split())
