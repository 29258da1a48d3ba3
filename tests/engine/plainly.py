"""A cell run plainly and a cell run with its loops hooked: all that either leaves behind."""

from __future__ import annotations

import ast
import asyncio
import inspect
import io
import linecache
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from playing import hooked_shell, lesson_from

from engine.gate.gate import Gate
from engine.lesson.model import Lesson
from engine.protocol.frame import FrameRequest

PLAIN_TYPES = (int, float, complex, str, bytes, bool, list, dict, tuple, set, type(None))


@dataclass(frozen=True)
class Played:
    """All that running a lesson's cell leaves behind."""

    values: dict[str, object]
    printed: str
    error: str
    lines: list[tuple[int, str]]


def assert_hooks_change_nothing(text: str, folder: Path) -> None:
    """Compare a plain run with a free one, and with one that is watched, slowed and far down."""
    lesson = lesson_from(text, folder)
    wanted = play_plain(lesson)

    assert play_hooked(lesson, Gate()) == wanted

    far_down = lesson_from("# %% [markdown]\n#\n" + "\n" * 50 + lesson.source, folder)
    watched = play_hooked(far_down, watching_gate(), watch=("total", "n", "i", "x"))

    assert watched == play_plain(far_down)


def watching_gate() -> Gate:
    """A gate that has work at every boundary."""
    gate = Gate()
    gate.set_speed(1e9)
    gate.request_frame(FrameRequest(10, 10))
    return gate


def play_plain(lesson: Lesson) -> Played:
    cell = lesson.steps[-1].cell
    assert cell is not None
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile("\n" * (cell.line - 1) + cell.source, str(lesson.path), "exec", flags)
    namespace: dict[str, object] = {"__name__": "__main__"}

    def run() -> BaseException | None:
        try:
            coroutine = eval(code, namespace)
            if code.co_flags & inspect.CO_COROUTINE:
                asyncio.run(coroutine)
        except BaseException as error:
            return error
        return None

    return what_is_left(lesson, namespace, run, hidden=set())


def play_hooked(lesson: Lesson, gate: Gate, watch: tuple[str, ...] = ()) -> Played:
    cell = lesson.steps[-1].cell
    assert cell is not None
    shell, loops = hooked_shell(lesson, gate)
    hidden = set(shell.namespace)
    try:
        loops.begin(watch, shell.namespace)
        played = what_is_left(lesson, shell.namespace, lambda: shell.run(cell), hidden)
        loops.finish()
    finally:
        shell.close()
    return played


def what_is_left(
    lesson: Lesson,
    namespace: dict[str, object],
    run: Callable[[], BaseException | None],
    hidden: set[str],
) -> Played:
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        error = run()
    values = {
        name: value
        for name, value in namespace.items()
        if name not in hidden and isinstance(value, PLAIN_TYPES) and not name.startswith("_")
    }
    told = "".join(traceback.format_exception_only(error)) if error else ""
    return Played(values, printed.getvalue(), told, lines_of(error, str(lesson.path)))


def lines_of(error: BaseException | None, path: str) -> list[tuple[int, str]]:
    linecache.checkcache(path)
    lines = []
    while error is not None:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename == path:
                lines.append((frame.lineno or 0, f"{frame.colno}-{frame.end_colno}"))
        error = error.__cause__ or error.__context__
    return lines
