"""A session as a script in the percent format: the lesson's own text, with the code that ran."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.lesson.model import Cell, Step
from engine.reading.cells import MARKER
from engine.taking_home.arguments import argument_lines
from engine.taking_home.changes import WrittenChanges, write_changes
from engine.taking_home.placed import placed
from engine.taking_home.plain import as_python, commented
from engine.taking_home.seeds import seeding_lines
from engine.taking_home.session import Document, TakenSession, TakenStep

_TAGS = re.compile(r"\s*tags=(\[[^\]]*\])")


def script_of(taken: TakenSession) -> Document:
    """The whole lesson; run bare, it ends with the numbers with which the session stands.

    Texts, headers and views stay as they are. An exercise is the learner's code, as a cell like any
    other: its hints, its solution and its checks are left out. What has not run follows a line that
    ends the script.
    """
    changes = changes_in(taken, with_end=True)
    lines = taken.lesson.source.rstrip("\n").split("\n")
    chunks = _Chunks(taken, lines)
    written = ["\n".join(lines[: chunks.begin])] if chunks.begin else []
    written += _behind(changes, -1, taken)
    last = _last_begun(taken)
    for one in taken.steps:
        written += chunks.of(one, changes)
        written += _behind(changes, one.step.index, taken)
        if one is last and not changes.ends and _is_something_left(taken, one):
            written.append(_end_of_session(taken))
    return Document("\n".join(written).rstrip("\n") + "\n", changes.inexact)


def changes_in(taken: TakenSession, *, with_end: bool) -> WrittenChanges:
    """The cells with the changes in them, and with the arguments and random numbers of the session.

    One that names `__file__` finds what lies beside the lesson, wherever the document is put.
    `with_end` has the code end where the session is paused.
    """
    coded = [one for one in taken.steps if one.step.cell is not None]
    sources = [python for one in coded if (python := as_python(one.source)) is not None]
    tops: dict[int, Sequence[str]] = {}
    given = argument_lines(taken.arguments, taken.words, may_be_given=with_end)
    lines = [*given, *seeding_lines(sources, taken.origin, taken.words)]
    if coded and lines:
        tops[coded[0].step.index] = lines
    changes = write_changes(taken, tops, with_end=with_end)
    cells = {one.step.index: changes.cells.get(one.step.index, one.source) for one in coded}
    path, comment = taken.lesson.path, taken.words.beside
    found = {index: placed(source, path, comment) for index, source in cells.items()}
    told = {index for index, source in found.items() if source != cells[index]} | {*changes.cells}
    return replace(changes, cells={index: found[index] for index in told})


class _Chunks:
    """The lesson's text in pieces, each from a cell's marker to the next cell's."""

    def __init__(self, taken: TakenSession, lines: Sequence[str]) -> None:
        self._taken = taken
        self._lines = lines
        starts = sorted({*self._markers()})
        self.begin = starts[0] - 1 if starts else 0
        self._ends = dict(zip(starts, [*starts[1:], len(lines) + 1], strict=True))

    def of(self, one: TakenStep, changes: WrittenChanges) -> Iterator[str]:
        """The text of a step: its prose, its code, and its views."""
        step = one.step
        for prose in step.prose:
            yield self._text(prose.line)
        if step.cell is not None:
            source = changes.cells.get(step.index, as_python(one.source))
            yield self._code(one, step.cell, source, ends=changes.ends)
        for view in step.views:
            yield self._text(self._marker(view))

    def _code(self, one: TakenStep, cell: Cell, source: str | None, *, ends: bool) -> str:
        """A code cell up to the next cell, with the code that ran in place of the lesson's own."""
        words = self._taken.words
        marker = self._marker(cell)
        count = cell.source.count("\n") + 1
        above = [*self._lines[marker - 1 : cell.line - 1]]
        if above and one.step.exercise is not None:
            above[0] = _without_exercise(above[0])
        code = [source] if source is not None else [f"# {words.not_python}", commented(one.source)]
        if one.has_begun and not one.is_done and not ends:
            code.insert(0, f"# {words.not_to_its_end}")
        below = self._lines[cell.line - 1 + count : self._ends[marker] - 1]
        return "\n".join([*above, *code, *below])

    def _text(self, marker: int) -> str:
        return "\n".join(self._lines[marker - 1 : self._ends[marker] - 1])

    def _markers(self) -> Iterator[int]:
        for step in (one.step for one in self._taken.steps):
            yield from (prose.line for prose in step.prose)
            yield from map(self._marker, _cells_of(step))
            if step.exercise is not None:
                yield from (hint.line for hint in step.exercise.hints)

    def _marker(self, cell: Cell) -> int:
        """The line of a cell's marker; that of its code where it has none, as a file's first."""
        for line in range(cell.line - 1, 0, -1):
            text = self._lines[line - 1]
            if MARKER.match(text):
                return line
            if text.strip() and not text.lstrip().startswith("#"):
                break
        return cell.line


def _cells_of(step: Step) -> Iterator[Cell]:
    if step.cell is not None:
        yield step.cell
    yield from step.views
    if step.exercise is not None:
        yield step.exercise.solution
        yield from step.exercise.checks


def _without_exercise(marker: str) -> str:
    """A cell's marker without the tag that makes it an exercise."""
    found = _TAGS.search(marker)
    if found is None:
        return marker
    left = [tag for tag in json.loads(found[1]) if tag != "exercise"]
    return marker.replace(found[0], f" tags={json.dumps(left, ensure_ascii=False)}" if left else "")


def _behind(changes: WrittenChanges, step: int, taken: TakenSession) -> list[str]:
    """What was changed while nothing ran, as a cell of its own."""
    lines = changes.behind.get(step, ())
    return ["\n".join([f"# %% {taken.words.changed}", *lines, ""])] if lines else []


def _last_begun(taken: TakenSession) -> TakenStep | None:
    begun = [one for one in taken.steps if one.has_begun]
    return begun[-1] if begun else None


def _is_something_left(taken: TakenSession, last: TakenStep) -> bool:
    later = taken.steps[last.step.index + 1 :]
    return any(one.step.cell is not None for one in later)


def _end_of_session(taken: TakenSession) -> str:
    words = taken.words
    return "\n".join([f"# %% {words.came_to}", f"# {words.run_on}", "raise SystemExit", ""])
