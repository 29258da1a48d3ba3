"""An attempt at an exercise is judged by the checks of its author; nothing is drawn here.

A check is assertions on what the learner's code made. Its statements run one after the other, and
every assertion that does not hold gives its own message, in the author's words where it has any:

    assert cost < 1, f"expected a cost below 1, got {cost:.3f}"
    assert W.shape == (3, 1), {"en": "W must be a column", "ko": "W는 열이어야 합니다"}

What else goes wrong is told apart: a name that the learner's code was to make and did not, a
function of the learner's that returned nothing, an error in one that the check called or in a model
that it gave something, and an error of the check itself.
"""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine.code.depth import shallow_tree
from engine.judging.given import given_to_a_model
from engine.judging.returning import ReturnedNothing, nothing_returned_is_told
from engine.judging.wording import (
    REACHED,
    assertions_in,
    calls_a_check,
    cut_to_line,
    first_clause,
    fixed_words,
    helpers_of,
    local_text,
    one_line,
    short_value,
    with_reached,
    words_with_gaps,
)
from engine.lesson.model import Cell, Exercise, LocalText
from engine.protocol.verdicts import Check, CheckFinding, Fault, Verdict
from engine.stopping.exceptions import LessonStopped
from engine.values.randomness import random_state_kept

_CHECK = "<check>"
_OPERAND = "_operand_{}_"


def judge(
    exercise: Exercise,
    namespace: Mapping[str, object],
    path: Path,
    so_far: list[Check] | None = None,
) -> Verdict:
    """Run the checks on the names that an attempt at an exercise of the lesson `path` left.

    Each check runs in a copy of the names and draws random numbers that leave no trace; what it
    changes inside a tensor or a model stays changed. What is judged is put into `so_far` as it
    goes. Call it on the thread that runs the lesson: a LessonStopped thrown into a check that hangs
    passes through.
    """
    awaited = _names_made_by(exercise.solution.source)
    judged = so_far if so_far is not None else []
    told = nothing_returned_is_told(exercise.solution.source, namespace, str(path))
    with random_state_kept(), told as watched:
        for check in exercise.checks:
            for each in _CheckRun(check, {**watched}, path, awaited).checks():
                one = _told_once(each, judged)
                if one.is_counted or one.finding is not None:
                    judged.append(one)
    if not any(one.finding for one in judged):
        # Nothing kept it from being reached: a loop over nothing has nothing against it.
        judged = [replace(one, holds=True) for one in judged]
    return Verdict(tuple(judged))


def unfinished(
    exercise: Exercise, so_far: Sequence[Check], stopped: LessonStopped, seconds: float
) -> Verdict:
    """The verdict where `stopped` was thrown into `judge` because a check went on so long.

    `so_far` is what had been judged before it; what comes after it is not.
    """
    lines = [
        place.lineno
        for place in traceback.extract_tb(stopped.__traceback__)
        if place.filename == _CHECK and place.lineno
    ]
    line = lines[0] if lines else exercise.checks[0].line
    finding = CheckFinding(Fault.ENDLESS, line, LocalText({"": f"{seconds:g} s"}))
    planned = [
        words
        for check in exercise.checks
        for words in _CheckRun(check, {}, Path(), set()).planned_words()
    ]
    left = planned[sum(one.is_counted for one in so_far) :] or [LocalText({"": ""})]
    rest = [Check(words, None) for words in left[1:]]
    return Verdict((*so_far, Check(left[0], False, finding), *rest))


class _CheckRun:
    """One check cell, run statement by statement in `namespace`, which is its own."""

    def __init__(
        self, check: Cell, namespace: dict[str, object], path: Path, awaited: set[str]
    ) -> None:
        self._source = "\n" * (check.line - 1) + check.source
        self._tree = ast.parse(self._source)
        self._helpers = helpers_of(self._tree)
        self._namespace = namespace
        self._path = str(path)
        self._awaited = awaited
        self._lost: set[str] = set()

    def checks(self) -> Iterator[Check]:
        """What comes of each statement that judges, and of each other one that fails."""
        for statement in self._tree.body:
            assertions = assertions_in(statement)
            is_counted = bool(assertions) or calls_a_check(statement, self._helpers)
            # Before it runs, as that changes its tree.
            words = fixed_words(assertions[0]) if len(assertions) == 1 else None
            holds: bool | None
            try:
                finding, holds = self._run(statement, assertions)
            except AssertionError as error:
                finding, holds = (
                    self._failed(statement, error.args[0] if error.args else None),
                    None,
                )
                self._lose(statement)
            except LessonStopped:
                raise
            except BaseException as error:  # whatever it raises is told as its own
                finding, holds = self._told(statement, error), None
                self._lose(statement)
            if finding is not None:
                holds = False
            if finding is not None or is_counted:
                said = words or self._said_words(assertions)
                # What is said with gaps is of a failure, and need not suit what holds.
                otherwise = self._source_words if holds else self._planned_words
                yield Check(said or otherwise(statement), holds, finding, is_counted)

    def planned_words(self) -> Iterator[LocalText]:
        """What each statement that judges says must hold, before anything has run."""
        for statement in self._tree.body:
            if assertions_in(statement) or calls_a_check(statement, self._helpers):
                yield self._planned_words(statement)

    def _run(
        self, statement: ast.stmt, assertions: list[ast.Assert]
    ) -> tuple[CheckFinding | None, bool | None]:
        """What a statement finds, and whether what it says holds: None where it judged nothing."""
        if not isinstance(statement, ast.Assert):
            self._namespace.pop(REACHED, None)
            noting = with_reached(statement, assertions)
            module = ast.Module([noting], [])
            exec(compile(module, _CHECK, "exec", dont_inherit=True), self._namespace)
            return None, True if not assertions or REACHED in self._namespace else None
        operands = self._keep_operands(statement.test)
        if self._value(statement.test):
            return None, True
        message = self._value(statement.msg) if statement.msg is not None else None
        got = ", ".join(
            f"{source} = {short_value(self._namespace[name])}"
            for name, source in operands.items()
            if name in self._namespace
        )
        return self._failed(statement, message, got), False

    def _said_words(self, assertions: list[ast.Assert]) -> LocalText | None:
        """What the assertion that was judged last says must hold, with the values of now."""
        place = self._namespace.get(REACHED, 0)
        if not assertions or not isinstance(place, int):
            return None
        message = assertions[place].msg
        if message is None:
            return None
        try:
            text = local_text(self._value(message), "")
        except LessonStopped:
            raise
        except BaseException:  # it is made for what failed, and need not suit what holds
            return None
        clauses = {language: first_clause(one) for language, one in text.texts.items()}
        return LocalText(clauses) if all(clauses.values()) else None

    def _planned_words(self, statement: ast.stmt) -> LocalText:
        """What a statement says must hold that is not reached."""
        assertions = assertions_in(statement)
        words = fixed_words(assertions[0]) or words_with_gaps(assertions[0]) if assertions else None
        return words or self._source_words(statement)

    def _source_words(self, statement: ast.stmt) -> LocalText:
        if isinstance(statement, ast.Assert) and statement.msg is not None:
            return LocalText({"": cut_to_line(f"assert {self._code(statement.test)}")})
        return LocalText({"": cut_to_line(self._code(statement))})

    def _value(self, expression: ast.expr) -> object:
        code = compile(ast.Expression(expression), _CHECK, "eval", dont_inherit=True)
        return eval(code, self._namespace)

    def _keep_operands(self, test: ast.expr) -> dict[str, str]:
        """Let a comparison name what it compares as it goes; each name, with its source.

        Constants are left out: what they are is in the source.
        """
        kept: dict[str, str] = {}
        if not isinstance(test, ast.Compare):
            return kept
        named: list[ast.expr] = []
        for at, operand in enumerate((test.left, *test.comparators)):
            if _is_constant(operand):
                named.append(operand)
                continue
            name = _OPERAND.format(at)
            self._namespace.pop(name, None)
            kept[name] = self._code(operand)
            target = ast.copy_location(ast.Name(name, ast.Store()), operand)
            named.append(ast.copy_location(ast.NamedExpr(target, operand), operand))
        test.left, *test.comparators = named
        return kept

    def _failed(self, statement: ast.stmt, message: object, got: str = "") -> CheckFinding:
        is_assert = isinstance(statement, ast.Assert)
        expected = self._code(statement.test) if isinstance(statement, ast.Assert) else ""
        text = local_text(message, self._code(statement) if is_assert else "AssertionError")
        return CheckFinding(Fault.FAILED, statement.lineno, text, expected, got)

    def _told(self, statement: ast.stmt, error: BaseException) -> CheckFinding | None:
        """What an error in a check means; None where it only follows from one told before."""
        places = traceback.extract_tb(error.__traceback__)
        calls = [place for place in places if place.filename in (_CHECK, self._path)]
        line = (calls[-1].lineno if calls else None) or statement.lineno
        text = LocalText({"": one_line(f"{type(error).__name__}: {error}")})
        if isinstance(error, ReturnedNothing):
            return CheckFinding(Fault.NOTHING, line, LocalText({"": str(error)}))
        given = given_to_a_model(error)
        if calls and calls[-1].filename == self._path:
            return CheckFinding(Fault.RAISED, line, text, given=given)
        if type(error) is NameError and places[-1].filename == _CHECK:
            if error.name in self._lost:
                return None
            if error.name in self._awaited:
                return CheckFinding(Fault.MISSING, line, LocalText({"": error.name}))
        return CheckFinding(Fault.UNFIT if given else Fault.BROKEN, line, text, given=given)

    def _lose(self, statement: ast.stmt) -> None:
        """Forget what a statement that failed was to make, so that no older value is judged."""
        names = _bound(statement)
        self._lost |= names
        for name in names:
            self._namespace.pop(name, None)

    def _code(self, node: ast.stmt | ast.expr) -> str:
        return one_line(ast.get_source_segment(self._source, node) or "")


def _told_once(check: Check, before: Sequence[Check]) -> Check:
    """A check, which tells of no name that is missing or returned None if one before it has."""
    finding = check.finding
    if finding is None or finding.fault not in (Fault.MISSING, Fault.NOTHING):
        return check
    told = any(
        one.finding is not None
        and one.finding.fault is finding.fault
        and one.finding.text == finding.text
        for one in before
    )
    return replace(check, holds=None, finding=None) if told else check


def _names_made_by(source: str) -> set[str]:
    """The names that a cell makes; none where it has magics, and is not Python as it stands."""
    try:
        return _bound(shallow_tree(source))
    except SyntaxError:
        return set()


def _bound(tree: ast.AST) -> set[str]:
    """Every name that a piece of code assigns, defines or imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.alias():
                names.add(node.asname or node.name.partition(".")[0])
    return names


def _is_constant(expression: ast.expr) -> bool:
    try:
        ast.literal_eval(expression)
    except ValueError:
        return False
    return True
