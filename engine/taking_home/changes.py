"""What was changed in a session becomes code, at the place and in the iteration where it was."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.code.loop_names import Loop
from engine.code.units import Unit, head_line_of
from engine.protocol.outcomes import Outcome
from engine.protocol.places import LoopPass, Spot, Stand
from engine.taking_home.counting import Counters
from engine.taking_home.drafts import Draft
from engine.taking_home.names import Names, words_in
from engine.taking_home.plain import as_python
from engine.taking_home.scopes import has_wrapped_continue, written_names
from engine.taking_home.session import TakenChange, TakenSession, Words


@dataclass(frozen=True, slots=True)
class WrittenChanges:
    """Cells with the changes in them, and what goes behind a step, both by the step's index.

    Of cells only those are told that anything was put into. Before the first step is -1.
    ``inexact`` is how many changes stand elsewhere than they were made, or in a comment. ``ends``
    says that the code ends where the session is paused.
    """

    cells: Mapping[int, str]
    behind: Mapping[int, tuple[str, ...]]
    inexact: int
    ends: bool


def write_changes(
    taken: TakenSession, tops: Mapping[int, Sequence[str]], *, with_end: bool
) -> WrittenChanges:
    """Put every change into the code; `tops` are lines for where a step's cell begins.

    `with_end` has the code end where the session is paused.
    """
    writer = _Writer(taken)
    for step, lines in tops.items():
        writer.put_at_top(step, lines)
    for change in taken.changes:
        writer.put(change)
    ends = with_end and taken.stands is not None and writer.put_end(taken.stands)
    return writer.written(ends=ends)


class _Writer:
    def __init__(self, taken: TakenSession) -> None:
        self._words = taken.words
        self._drafts: dict[int, Draft] = {}
        for one in taken.steps:
            python = as_python(one.source)
            if one.step.cell is not None and python is not None:
                self._drafts[one.step.index] = Draft(one.step.index, python, one.step.cell.line)
        texts = [*(one.source for one in taken.steps), *(one.text for one in taken.changes)]
        self._names = Names(name for text in texts for name in words_in(text))
        self._counters: dict[int, Counters] = {}
        self._behind: dict[int, list[str]] = {}
        self._inexact = 0

    def put_at_top(self, step: int, lines: Sequence[str]) -> None:
        if step in self._drafts:
            self._drafts[step].put_at_top(*lines)

    def put(self, change: TakenChange) -> None:
        spot = change.spot
        if change.outcome is Outcome.STOPPED or not self._put(change, spot):
            self._leave_out(change)

    def put_end(self, spot: Spot) -> bool:
        """Have the code end at a spot; False where that cannot be told exactly."""
        if spot.stand is Stand.IDLE or not all(one.is_alone for one in spot.loops):
            return False
        words, inexact = self._words, self._inexact
        self._words = replace(words, changed=words.came_to, nearly=words.came_to)
        is_put = self._put(TakenChange(spot, "raise SystemExit"), spot)
        self._words, self._inexact = words, inexact
        return is_put

    def written(self, *, ends: bool) -> WrittenChanges:
        return WrittenChanges(
            {index: draft.written() for index, draft in self._drafts.items() if draft.is_touched},
            {index: tuple(lines) for index, lines in self._behind.items()},
            self._inexact,
            ends,
        )

    def _put(self, change: TakenChange, spot: Spot) -> bool:
        """Put a change where it was made, or near it; False where nothing can be told."""
        code = _code_of(change, self._words)
        if spot.stand is Stand.IDLE or spot.step is None:
            step = -1 if spot.step is None else spot.step
            self._behind.setdefault(step, []).extend(code)
            return True
        if spot.stand is Stand.STEP_BEGINS and spot.step in self._drafts:
            self._drafts[spot.step].put_at_top(f"# {self._words.changed}", *code)
            return True
        draft = self._draft_with(spot)
        if draft is None or spot.step not in self._drafts:
            return False
        line = spot.line - draft.first_line + 1
        if spot.stand is not Stand.STATEMENT:
            loop = draft.cell.loop_at(line)
            return loop is not None and self._put_at_loop(draft, loop, change, code)
        scope = draft.cell.scope(spot.function, line)
        unit = None if scope is None else draft.cell.unit_at(line, scope)
        return unit is not None and self._put_at_unit(draft, unit, change, code)

    def _draft_with(self, spot: Spot) -> Draft | None:
        """The cell that the function and the line stand in, which may be one that ran before."""
        assert spot.step is not None
        for index in range(spot.step, -1, -1):
            draft = self._drafts.get(index)
            if draft is None:
                continue
            line = spot.line - draft.first_line + 1
            is_in = 1 <= line <= draft.cell.source.count("\n") + 1
            if is_in and draft.cell.scope(spot.function, line) is not None:
                return draft
        return None

    def _put_at_loop(self, draft: Draft, loop: Loop, change: TakenChange, code: list[str]) -> bool:
        spot = change.spot
        passed = spot.loops[-1]
        if spot.stand is Stand.ITERATION_ENDS:
            self._put_at_end(draft, loop, passed, change, code)
            return True
        condition, is_exact = self._condition(draft, loop, spot)
        if condition is None and not is_exact:
            condition = f"{self._of(spot).begun(draft, loop)} == {passed.number}"
            is_exact = passed.is_alone
        lines = self._lines(draft, loop, change, code, condition, is_exact=is_exact)
        if isinstance(loop, ast.For):
            draft.take_iterable(loop, self._names)
        draft.put_before(loop, lines)
        return True

    def _put_at_end(
        self, draft: Draft, loop: Loop, passed: LoopPass, change: TakenChange, code: list[str]
    ) -> None:
        condition = f"{self._of(change.spot).begun(draft, loop)} == {passed.number}"
        is_exact = passed.is_alone and not has_wrapped_continue(loop)
        lines = self._lines(draft, loop.body[0], change, code, condition, is_exact=is_exact)
        draft.put_at_ends(loop, lines)

    def _put_at_unit(self, draft: Draft, unit: Unit, change: TakenChange, code: list[str]) -> bool:
        spot = change.spot
        line = head_line_of(unit)
        if isinstance(unit, Loop):
            own = next((one for one in spot.loops if one.line == line + draft.first_line - 1), None)
            if own is not None:
                self._put_at_end(draft, unit, own, change, code)
                return True
            before = _line_before(draft, spot)
            goes_on = before is None and _is_generator(draft.cell.scope_of(unit))
            if goes_on or _is_in_body(unit, before):
                # It may come to its head again, where a generator goes on, and not from outside.
                return False
        place = _place_of(draft, unit, spot)
        condition, is_certain = self._condition(draft, place.counted, spot)
        if condition is None and not is_certain:
            return False
        is_exact = place.is_exact and is_certain
        lines = self._lines(draft, place.statement, change, code, condition, is_exact=is_exact)
        if place.is_after:
            draft.put_after(place.statement, lines)
        else:
            draft.put_before(place.statement, lines)
        return True

    def _condition(self, draft: Draft, unit: Unit, spot: Spot) -> tuple[str | None, bool]:
        """When the change is made there; and whether that is certain. None: always."""
        around = draft.cell.loop_around(unit)
        if isinstance(around, Loop) and draft.cell.is_hooked(around):
            condition = self._iteration(draft, around, spot)
            return condition, condition is not None
        if around is None and self._runs_once(draft, unit):
            return None, True
        comes_again = isinstance(unit, ast.With | ast.AsyncWith | Loop) and spot.visits > 1
        if not spot.visits or comes_again or not isinstance(unit, ast.stmt):
            return None, False
        since = None if spot.since is None else self._loop_of(spot, spot.since)
        if spot.since is not None and since is None:
            return None, False
        visits, ended = self._of(spot).visits(draft, unit, since)
        if ended is None or spot.since is None:
            return f"{visits} == {spot.visits}", True
        return f"{ended} == {spot.since.number} and {visits} == {spot.visits}", spot.since.is_alone

    def _iteration(self, draft: Draft, loop: Loop, spot: Spot) -> str | None:
        """That the iteration of a loop is the one in which the change was made."""
        line = loop.lineno + draft.first_line - 1
        passed = next((one for one in spot.loops if one.line == line), None)
        if passed is None or not passed.is_alone:
            return None
        return f"{self._of(spot).begun(draft, loop)} == {passed.number}"

    def _loop_of(self, spot: Spot, passed: LoopPass) -> tuple[Draft, Loop] | None:
        assert spot.step is not None
        for index in range(spot.step, -1, -1):
            draft = self._drafts.get(index)
            loop = None if draft is None else draft.cell.loop_at(passed.line - draft.first_line + 1)
            if draft is not None and loop is not None:
                return draft, loop
        return None

    def _runs_once(self, draft: Draft, unit: Unit) -> bool:
        return isinstance(draft.cell.scope_of(unit), ast.Module)

    def _lines(
        self,
        draft: Draft,
        statement: ast.stmt,
        change: TakenChange,
        code: list[str],
        condition: str | None,
        *,
        is_exact: bool,
    ) -> list[str]:
        """The change as lines for where a statement stands, with whose names they assign."""
        draft.assign_in(draft.cell.scope_of(statement), sorted(written_names(change.text)))
        self._inexact += not is_exact
        said = self._words.changed if is_exact else self._words.nearly
        if condition is None:
            return [f"# {said}", *code]
        return [f"if {condition}:  # {said}", *(f"    {line}" for line in code)]

    def _leave_out(self, change: TakenChange) -> None:
        self._inexact += 1
        said = f"{self._words.left_out} {' '.join(change.text.split())}"
        draft = None if change.spot.step is None else self._drafts.get(change.spot.step)
        if draft is not None:
            draft.comments.append(said)
        else:
            step = -1 if change.spot.step is None else change.spot.step
            self._behind.setdefault(step, []).append(f"# {said}")

    def _of(self, spot: Spot) -> Counters:
        assert spot.step is not None
        step = spot.step
        return self._counters.setdefault(step, Counters(self._drafts[step], self._names))


@dataclass(frozen=True, slots=True)
class _Place:
    """The statement that the change goes before or after; ``counted`` says how often it comes."""

    statement: ast.stmt
    counted: Unit
    is_after: bool = False
    is_exact: bool = True


def _place_of(draft: Draft, unit: Unit, spot: Spot) -> _Place:
    match unit:
        case ast.With() | ast.AsyncWith() if _is_in_body(unit, _line_before(draft, spot)):
            # It is about to be left.
            last = unit.body[-1]
            is_exact = not isinstance(last, ast.Return | ast.Raise | ast.Break | ast.Continue)
            return _Place(last, unit, is_after=is_exact, is_exact=is_exact)
        case ast.ExceptHandler():
            return _Place(unit.body[0], unit)
        case ast.match_case():
            return _Place(unit.body[0], unit, is_exact=False)
    assert isinstance(unit, ast.stmt)
    whole: ast.stmt = unit
    while draft.cell.is_elif(whole):
        whole = next(one for one in draft.cell.around(whole) if isinstance(one, ast.If))
    return _Place(whole, unit, is_exact=whole is unit)


def _is_generator(scope: ast.AST) -> bool:
    """Whether a function gives values one after another; one that has such a function counts."""
    return any(isinstance(one, ast.Yield | ast.YieldFrom) for one in ast.walk(scope))


def _line_before(draft: Draft, spot: Spot) -> int | None:
    """The line in the cell of the statement that came before, if that is known."""
    return None if spot.line_before is None else spot.line_before - draft.first_line + 1


def _is_in_body(unit: ast.With | ast.AsyncWith | Loop, line: int | None) -> bool:
    """Whether a line is one of the body of a loop or a `with`."""
    return line is not None and unit.body[0].lineno <= line <= (unit.body[-1].end_lineno or 0)


def _code_of(change: TakenChange, words: Words) -> list[str]:
    """The change as lines of code, which go on where it ended with an error."""
    text = change.text.strip()
    lines = [text] if "\n" not in text else ast.unparse(ast.parse(text)).split("\n")
    if change.outcome is not Outcome.FAILED:
        return lines
    handler = ["except Exception:", f"    pass  # {words.failed_too}"]
    return ["try:", *(f"    {line}" for line in lines), *handler]
