"""Errors as a learner reads them: the lesson's own lines, none of ours; plain text, no colour."""

from __future__ import annotations

import linecache
import os
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from traceback import FrameSummary, StackSummary, TracebackException
from typing import Any
from unicodedata import combining, east_asian_width

from engine.errors.memory import asked_in_vain
from engine.protocol.outcomes import (
    GENERATED_CODE,
    STANDARD_LIBRARY,
    LessonTraceback,
    TracebackNote,
)

_ROOT = Path(__file__).parents[2]
_OURS = (f"{_ROOT / 'engine'}{os.sep}", f"{_ROOT / 'tui'}{os.sep}")
_STANDARD_LIBRARY = f"{Path(os.__file__).parent}{os.sep}"
_NOTE = "<note>"
# How a magic is told to be called otherwise; IPython says no more of its name.
_USAGE = "IPython.core.error.UsageError"
_PLACE_OF_NOTE = re.compile("(?P<margin>[ |]*… )\0(?P<number>\\d+)\0")
_LONGEST_CYCLE = 8
_FEWEST_TURNS = 3
_CARETS = re.compile(
    r"""(?P<place>^.*File\ ".*",\ line\ \d+(?P<call>,\ in\ .*)?\n)
        (?P<code>.*)\n
        (?P<carets>[\ |]*[~^]+)$""",
    re.MULTILINE | re.VERBOSE,
)


def format_error(error: BaseException, lesson_path: str) -> LessonTraceback:
    """`error` with its causes, contexts, notes and group, told by the lesson's own lines.

    Calls outside the lesson become one line that says where they were; calls of ours and of
    IPython's leave no trace. Source lines come from `linecache` under `lesson_path`, the name that
    the lesson's code was compiled with.
    """
    told = TracebackException.from_exception(error)
    line = _line_where_it_broke(told, lesson_path)
    notes: list[TracebackNote] = []
    for part in _every(told):
        _leave_out_causes_in_ipython(part, lesson_path)
        part.stack = _LessonStack(_turns_said_once(_lesson_calls(part, lesson_path)))
        part.stack.notes = notes
        if _is_syntax_error_in(part, lesson_path):
            # Python reads the line from the file, where it may be another than was run.
            part.text = linecache.getline(lesson_path, int(part.lineno or 1)) or part.text
    text = _CARETS.sub(_aligned, "".join(told.format()))
    text = text.replace(f'File "{lesson_path}"', f'File "{Path(lesson_path).name}"')
    text = text.replace(f"\n{_USAGE}", "\nUsageError")
    lines, told_notes = _with_notes(text.rstrip("\n").split("\n"), notes)
    return LessonTraceback(
        lines,
        line,
        asked_in_vain(error, str(told)),
        is_interrupt=isinstance(error, KeyboardInterrupt),
        is_unreadable=_is_syntax_error_in(told, lesson_path),
        notes=told_notes,
    )


def _with_notes(
    lines: list[str], notes: Sequence[TracebackNote]
) -> tuple[tuple[str, ...], tuple[TracebackNote, ...]]:
    """The lines with each note at its place, and the notes with their lines."""
    placed: list[TracebackNote] = []
    for at, line in enumerate(lines):
        found = _PLACE_OF_NOTE.fullmatch(line)
        # An error may have a text that looks alike.
        if found is not None and int(found["number"]) < len(notes):
            note = notes[int(found["number"])]
            placed.append(replace(note, line=at))
            lines[at] = f"{found['margin']}{note.text}"
    return tuple(lines), tuple(placed)


def line_of(error: BaseException, lesson_path: str) -> int | None:
    """The innermost line of the lesson that an error came from; None where none is known."""
    return _line_where_it_broke(TracebackException.from_exception(error), lesson_path)


def is_ours(filename: str) -> bool:
    """Whether `filename`, as code objects name it, is a file of the player."""
    return filename.startswith(_OURS)


class _NoteFrame(FrameSummary):
    """Stands for calls that are not shown."""

    def __init__(self, note: TracebackNote) -> None:
        super().__init__(_NOTE, None, note.text, lookup_line=False)
        self.note = note


class _LessonStack(StackSummary):
    """A stack whose notes are told as `_PLACE_OF_NOTE`, and go to ``notes`` as they are told."""

    notes: list[TracebackNote]

    def format_frame_summary(self, frame_summary: FrameSummary, **options: Any) -> str:
        if isinstance(frame_summary, _NoteFrame):
            self.notes.append(frame_summary.note)
            return f"    … \0{len(self.notes) - 1}\0\n"
        return super().format_frame_summary(frame_summary, **options)


def _every(told: TracebackException) -> Iterator[TracebackException]:
    """`told` and all that it is told with: cause, context, and the members of a group."""
    waiting: list[TracebackException | None] = [told]
    while waiting:
        part = waiting.pop()
        if part is not None:
            yield part
            waiting += [part.__cause__, part.__context__, *(part.exceptions or ())]


def _leave_out_causes_in_ipython(told: TracebackException, lesson_path: str) -> None:
    """Take off an error of a magic what made IPython raise it, where no line of the lesson did."""
    if not (told.stack and _is_of_ipython(told.stack[-1].filename)):
        return
    causes = [one for one in (told.__cause__, told.__context__) if one is not None]
    if all(_line_where_it_broke(one, lesson_path) is None for one in causes):
        told.__cause__ = told.__context__ = None


def _line_where_it_broke(told: TracebackException, lesson_path: str) -> int | None:
    """The innermost lesson line of the error, else of what caused it, else of a group's member."""
    lines = [frame.lineno for frame in told.stack if frame.filename == lesson_path]
    if lines:
        return lines[-1]
    if _is_syntax_error_in(told, lesson_path):
        return int(told.lineno or 1)
    context = None if told.__suppress_context__ else told.__context__
    for part in (told.__cause__, context, *(told.exceptions or ())):
        line = _line_where_it_broke(part, lesson_path) if part is not None else None
        if line is not None:
            return line
    return None


def _is_syntax_error_in(told: TracebackException, lesson_path: str) -> bool:
    return getattr(told, "filename", None) == lesson_path


def _lesson_calls(told: TracebackException, lesson_path: str) -> list[FrameSummary]:
    """The lesson's frames, with a note for each run of calls outside it."""
    frames = [frame for frame in told.stack if not leaves_no_trace(frame.filename)]
    mine = [frame.filename == lesson_path for frame in frames]
    # Whatever ran the lesson is none of its business.
    start = mine.index(True) if True in mine else 0
    if not any(mine) and _is_syntax_error_in(told, lesson_path):
        return []
    calls: list[FrameSummary] = []
    for is_mine, run in groupby(frames[start:], lambda frame: frame.filename == lesson_path):
        if is_mine:
            calls += map(named_plainly, run)
        else:
            calls.append(_NoteFrame(_calls_inside([frame.filename for frame in run])))
    return calls


def leaves_no_trace(filename: str) -> bool:
    """Whether a file's calls are left out of what a learner reads: those of ours, and IPython's."""
    return is_ours(filename) or _is_of_ipython(filename)


def _is_of_ipython(filename: str) -> bool:
    return "IPython" in Path(filename).parts


def named_plainly(frame: FrameSummary) -> FrameSummary:
    """The frame, with the name that Python would give it: IPython has one for a cell's own code."""
    # IPython names a cell's own code after the line that the frame shows anyway.
    if frame.name.startswith("<cell line:"):
        frame.name = "<module>"
    return frame


def _calls_inside(filenames: list[str]) -> TracebackNote:
    places = tuple(dict.fromkeys(map(_place, filenames)))
    calls = "1 call" if len(filenames) == 1 else f"{len(filenames)} calls"
    named = " and ".join(filter(None, (", ".join(places[:-1]), places[-1])))
    return TracebackNote(0, f"{calls} inside {named}", len(filenames), places)


def _place(filename: str) -> str:
    """Where code outside the lesson comes from: its package, or the name of its file."""
    if filename.startswith("<frozen "):
        return STANDARD_LIBRARY
    if filename.startswith("<"):
        return GENERATED_CODE
    if filename.startswith(_STANDARD_LIBRARY) and "-packages" not in filename:
        return STANDARD_LIBRARY
    path = Path(filename)
    while (path.parent / "__init__.py").exists():
        path = path.parent
    return path.stem


def _turns_said_once(frames: list[FrameSummary]) -> list[FrameSummary]:
    """`frames` with each recursion shown by its first turn and a note of how many follow."""
    keys = [(frame.filename, frame.lineno, frame.name) for frame in frames]
    shown: list[FrameSummary] = []
    start = 0
    while start < len(frames):
        period, turns = _recursion_at(keys[start:])
        shown += frames[start : start + period]
        if turns > 1:
            calls = sum(frame.filename != _NOTE for frame in frames[start : start + period])
            above = "the call above" if calls == 1 else f"the {calls} calls above"
            words = f"{above}, {turns - 1} more times"
            shown.append(_NoteFrame(TracebackNote(0, words, calls, more_times=turns - 1)))
        start += period * turns
    return shown


def _recursion_at(keys: list[tuple[str, int | None, str]]) -> tuple[int, int]:
    """How many calls make a turn, and how many turns there are; (1, 1) where nothing repeats."""
    for period in range(1, _LONGEST_CYCLE + 1):
        turns = 1
        while keys[turns * period : (turns + 1) * period] == keys[:period]:
            turns += 1
        if turns >= _FEWEST_TURNS:
            return period, turns
    return 1, 1


def _aligned(match: re.Match[str]) -> str:
    """A place with its code and carets, the carets in the columns of the code they mean.

    A Korean character takes two columns of a terminal; some versions of Python count it as one,
    either under calls or under syntax errors.
    """
    counts_columns = (
        hasattr(traceback, "_display_width") if match["call"] else _syntax_errors_count_columns()
    )
    if counts_columns:
        return match[0]
    code = match["code"].ljust(len(match["carets"]))
    pairs = zip(match["carets"], code, strict=False)
    carets = "".join(mark * _columns(character) for mark, character in pairs)
    return f"{match['place']}{match['code']}\n{carets}"


@cache
def _syntax_errors_count_columns() -> bool:
    probe = SyntaxError("", ("", 1, 2, "가x", 1, 3))
    shown = "".join(TracebackException.from_exception(probe).format_exception_only())
    return "      ^" in shown.split("\n")


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
