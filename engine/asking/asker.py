"""What the learner asks where a run stands: carried out in its names, and told as text.

It is no part of the run: only what it assigns, writes to, or draws of random numbers stays.
"""

from __future__ import annotations

import ast
import os
import re
import threading
from collections import ChainMap
from collections.abc import Sequence
from traceback import format_exception_only, walk_tb
from types import FrameType

from engine.asking.aside import Printed, few_values_of_tensors, kept_to_itself, showable
from engine.asking.function_scope import FunctionScope
from engine.code.names import BoundNames
from engine.errors.memory import let_frames_go
from engine.errors.tracebacks import format_error
from engine.notebook.shell import LessonShell
from engine.protocol.commands import Ask
from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place, Spot
from engine.stopping.exceptions import LessonStopped
from engine.stopping.interruptible import Interruptible
from engine.values.changes import compare, remember
from engine.values.randomness import RandomState

_FILE = "<asked>"
_MOST_ERROR_LINES = 12
_MOST_CHANGED = 16
# How soon a stop is thrown again where an `except:` has caught it, in seconds.
_STOP_PATIENCE = 0.2


class Asker:
    """Carries out what is asked, on the worker's thread; any thread may stop it.

    ``is_stopping`` from a stop until what is asked has ended.
    """

    def __init__(self, lesson_path: str) -> None:
        self.is_stopping = False
        self._path = lesson_path
        self._interruptible = Interruptible()
        self._is_under_way = False
        self._waiting: set[int] = set()
        self._called_off: set[int] = set()
        self._lock = threading.Lock()

    def expect(self, number: int) -> None:
        """Know that something will be asked under this number."""
        with self._lock:
            self._waiting.add(number)

    def call_off(self) -> bool:
        """Have what was to be asked answered by nothing; False where nothing was."""
        with self._lock:
            self._called_off |= self._waiting
            return bool(self._waiting)

    def expect_nothing(self) -> None:
        """Forget what was to be asked, as in a process in which it will not be."""
        with self._lock:
            self._waiting.clear()

    def stop(self) -> bool:
        """Have what is asked now end, by interruption; False where nothing is asked."""
        with self._lock:
            if not self._is_under_way:
                return False
            if self.is_stopping:
                return True
            self.is_stopping = True
        self._interrupt()
        return True

    def answer(
        self,
        ask: Ask,
        shell: LessonShell,
        function: FrameType | None,
        place: Place | None,
        spot: Spot,
    ) -> AskAnswered:
        """Carry it out in the names of `function`, or where that is None in the lesson's own."""
        names = shell.namespace if function is None else FunctionScope(function)
        seen = names if function is None else ChainMap(names, shell.namespace)
        work = _Work(ask.text, names, shell)
        process = os.getpid()
        before, numbers = remember(seen, ()), RandomState.now()
        with self._lock:
            self._waiting.discard(ask.number)
            is_called_off = ask.number in self._called_off
            self._is_under_way = not is_called_off
        # Put right outside of what can be interrupted: a stop may come at any place in it.
        with kept_to_itself(work.printed), few_values_of_tensors():
            error = LessonStopped() if is_called_off else self._interruptible.run(work.do)
        with self._lock:
            self._is_under_way = self.is_stopping = False
        if os.getpid() != process:
            # What was asked has forked: this is the end of its child.
            os._exit(0)
        changes = compare(before, remember(seen, ()))
        said = work.said if error is None else self._told(error)
        if error is not None:
            let_frames_go(error)
        return AskAnswered(
            ask.number,
            ask.text,
            _outcome(error),
            showable(said),
            showable(work.printed.text),
            _changed(work.targets, changes.names),
            place,
            spot,
            has_drawn=not RandomState.now().is_same(numbers),
        )

    def _interrupt(self) -> None:
        """Throw a stop into what is asked, and again where its `except:` has caught one."""
        if self.is_stopping:
            self._interruptible.interrupt()
            again = threading.Timer(_STOP_PATIENCE, self._interrupt)
            again.daemon = True
            again.start()

    def _told(self, error: BaseException) -> str:
        """An error in a few lines: its own, and before it those of the lesson where it broke."""
        if isinstance(error, LessonStopped):
            return ""
        if any(frame.f_code.co_filename == self._path for frame, _ in walk_tb(error.__traceback__)):
            lines = list(format_error(error, self._path).lines)
        else:
            lines = "".join(format_exception_only(error)).rstrip("\n").split("\n")
        return "\n".join([line for line in lines if _FILE not in line][-_MOST_ERROR_LINES:])


class _Work:
    """One thing that is asked: what it says, what it prints, and what its statements assign."""

    def __init__(self, text: str, names: dict[str, object], shell: LessonShell) -> None:
        self.said = ""
        self.printed = Printed()
        self.targets: list[str] = []
        self._text = text.strip()
        self._names = names
        self._shell = shell

    def do(self) -> BaseException | None:
        """Carry it out; what it raised."""
        try:
            self._do()
        except BaseException as error:
            return error
        return None

    def _do(self) -> None:
        value: object = None
        for statement in ast.parse(self._text, _FILE).body:
            if isinstance(statement, ast.Expr):
                code = compile(ast.Expression(statement.value), _FILE, "eval", dont_inherit=True)
                value = eval(code, self._names, self._names)
            else:
                self._refuse_to_delete(statement)
                code = compile(ast.Module([statement], []), _FILE, "exec", dont_inherit=True)
                exec(code, self._names, self._names)
                value = None
            self.targets += _targets(statement)
        if value is not None:
            self.said = self._shell.text_of(value)

    def _refuse_to_delete(self, statement: ast.stmt) -> None:
        """Raise NameError where a name would go that a running function has; Python has no way."""
        if not isinstance(statement, ast.Delete) or not isinstance(self._names, FunctionScope):
            return
        for target in statement.targets:
            if isinstance(target, ast.Name) and self._names.is_own(target.id):
                raise NameError(f"{target.id} is a name of a function that runs: it has to stay")


def _outcome(error: BaseException | None) -> Outcome:
    match error:
        case None:
            return Outcome.DONE
        case LessonStopped():
            return Outcome.STOPPED
        case _:
            return Outcome.FAILED


def root_of(target: str) -> str:
    """The name that `name.attribute` and `name[index]` begin with."""
    return re.split(r"[.\[]", target, maxsplit=1)[0]


def _changed(targets: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """What was assigned, as it was written, and what else is found changed."""
    roots = set(map(root_of, targets))
    others = (name for name in names if root_of(name) not in roots)
    return tuple(dict.fromkeys([*targets, *others]))[:_MOST_CHANGED]


def _targets(statement: ast.stmt) -> list[str]:
    """What a statement's own scope assigns, deletes, imports or defines, as it is written."""
    finder = _Targets()
    finder.visit(statement)
    return finder.found


class _Targets(BoundNames):
    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._note(node, node.ctx)
        self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._note(node, node.ctx)
        self.generic_visit(node)

    def _note(self, node: ast.expr, context: ast.expr_context) -> None:
        if not isinstance(context, ast.Load):
            self.found.append(ast.unparse(node))
