"""An error as a learner reads it: Python's own lines, and ours between them in their language."""

from __future__ import annotations

from engine.protocol.outcomes import (
    GENERATED_CODE,
    STANDARD_LIBRARY,
    LessonTraceback,
    TracebackNote,
)
from tui.language.catalogue import Translate


def traceback_lines(traceback: LessonTraceback, translate: Translate) -> list[str]:
    """The lines of a traceback, each note of the player's in the reader's language."""
    lines = list(traceback.lines)
    for note in traceback.notes:
        lines[note.line] = lines[note.line].removesuffix(note.text) + _said(note, translate)
    return lines


def _said(note: TracebackNote, translate: Translate) -> str:
    told = {"count": note.calls, "times": note.more_times}
    if note.places:
        words = translate("1 call inside {places}")
        if note.calls > 1:
            words = translate("{count} calls inside {places}")
        return words.format(**told, places=_listed(note.places, translate))
    words = translate("the call above, {times} more times")
    if note.calls > 1:
        words = translate("the {count} calls above, {times} more times")
    return words.format(**told)


def _listed(places: tuple[str, ...], translate: Translate) -> str:
    *before, last = (_place(place, translate) for place in places)
    if not before:
        return last
    return translate("{places} and {place}").format(places=", ".join(before), place=last)


def _place(place: str, translate: Translate) -> str:
    match place:
        case _ if place == STANDARD_LIBRARY:
            return translate("the standard library")
        case _ if place == GENERATED_CODE:
            return translate("generated code")
    return place
