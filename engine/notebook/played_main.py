"""What is played, as a file for processes that a lesson starts by spawn or forkserver.

Such a process begins as a new Python that runs the main file. On the disk that may be another one
than is played: a value was set, a step edited, or it has magics, which Python cannot read. And what
starts processes must not be run there once more.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.code.depth import tree_or_none
from engine.lesson.model import Cell, Lesson

_POOLS = ("multiprocessing.pool", "concurrent.futures.process")
_MAIN, _MODULE = "init_main_from_path", "init_main_from_name"
_CALL = re.compile(r"^(?P<before>\s*)get_ipython\(\)\..*$")
_VALUE = re.compile(r"^(?P<before>\s*[^\s#(][^#(]*?=\s*)get_ipython\(\)\..*$")
# Their cells are code of the lesson; what stands under the others is another language, or a file.
_CELLS_OF_PYTHON = re.compile(r"%%(time|capture|timeit|prun)\b")

_ENDLESS = (
    "{name}:{line}: each process of this pool runs the whole file, and would come to this line and"
    ' start a pool again, without end; put the line under `if __name__ == "__main__":`, or start'
    " the processes by fork"
)

# A pool begins a process again that ends at what it is sent: so what could not be made is there,
# and raises where it is called.
_STUB_BEGINS = """\
import __future__, ast, contextlib, linecache
__file__ = {path!r}
_played = {text!r}
linecache.cache[__file__] = len(_played), None, _played.splitlines(True), __file__
_why = ""
def __getattr__(name):
    if name.startswith("__") or name not in _played:
        raise AttributeError(name)
    def missing(*_, **__):
        raise RuntimeError({missing!r}.format(name=name, why=_why))
    return missing
_tree = ast.parse(_played)
_of_future = [_one for _one in _tree.body if getattr(_one, "module", "") == "__future__"]
_flags = 0
for _one in _of_future:
    for _name in _one.names:
        _flags |= getattr(__future__, _name.name).compiler_flag
_statements = [_one for _one in _tree.body if _one not in _of_future]
"""
_STUB = f"""{_STUB_BEGINS}\
_tree.body = _statements
exec(compile(_tree, __file__, "exec", _flags, True), globals())
"""
# What cannot be made without the rest is left out: in a kernel's own notebook all would be missing.
_STUB_OF_NAMES = f"""{_STUB_BEGINS}\
for _one in _statements:
    if _one.lineno not in {{made!r}}:
        continue
    _tree.body = [_one]
    try:
        exec(compile(_tree, __file__, "exec", _flags, True), globals())
    except Exception as _error:
        _why = _why or f" (line {{{{_one.lineno}}}}: {{{{_error}}}})"
"""
_MISSING = (
    "{{name}} cannot be made in a process that is started by spawn or forkserver{{why}}: define it"
    " in {file} outside of functions, of what is imported or defined there, and not under"
    ' `if __name__ == "__main__":`; or put it into a module, or start the processes by fork'
)
# What a file can tell by that it is run in a process that was started, and not by itself.
_TOLD_APART_BY = frozenset(("__name__", "current_process"))
_MAKES_NAMES = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ASSIGNS = (ast.Assign, ast.AnnAssign)


class PlayedMain:
    """Stands in for a lesson's file in what is told to a process that is started.

    A file for that is written into `folder`, where one is needed; `transform` makes Python of a
    cell with magics. A notebook may start processes anywhere: they get what it defines.
    """

    def __init__(self, lesson: Lesson, folder: Path, transform: Callable[[str], str]) -> None:
        self._path = lesson.path
        self._is_notebook = lesson.path.suffix == ".ipynb"
        # A pool starts further processes on a thread of its own, which stands at no line.
        self._is_guarded = False
        self.take_lesson(lesson)
        self._stub = folder / "played_main.py"
        self._transform = transform

    def take_lesson(self, lesson: Lesson) -> None:
        """Take the text of the file, in which no cell has been changed."""
        self._text = lesson.source
        cells = [step.cell for step in lesson.steps if step.cell is not None]
        self._lengths = {cell.line: cell.source.count("\n") + 1 for cell in cells}
        self._sources = {cell.line: cell.source for cell in cells}

    def note(self, cell: Cell) -> None:
        """Take the source of a cell that runs, which the learner may have changed."""
        self._sources[cell.line] = cell.source

    def stand_in(self, spawn: ModuleType) -> None:
        """Have `multiprocessing.spawn` tell a new process of what is played."""
        module: Any = spawn
        prepare = getattr(module.get_preparation_data, "of_python", module.get_preparation_data)

        def get_preparation_data(name: str) -> dict[str, Any]:
            data: dict[str, Any] = prepare(name)
            line, is_pool = _starting(str(self._path))
            if _MAIN in data:
                if is_pool and line and not self._is_guarded_at(line):
                    raise RuntimeError(_ENDLESS.format(name=self._path.name, line=line))
                data[_MAIN] = self._main(data[_MAIN], is_pool=is_pool)
            elif _MODULE not in data:
                # A notebook, which has no file of its own as Python sees it.
                if line:
                    self._is_guarded = self._is_guarded_at(line)
                data[_MAIN] = self._main(str(self._path))
            return data

        get_preparation_data.of_python = prepare  # type: ignore[attr-defined]
        module.get_preparation_data = get_preparation_data

    def _main(self, path: str, *, is_pool: bool = False) -> str:
        """The file to run: the lesson's own where that is what is played, and no pool runs it."""
        if Path(path).resolve() != self._path.resolve():
            return path
        text = self._played()
        if text == self._text and not is_pool and _is_text_of(self._path, text):
            return path
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            raise RuntimeError(
                f"{self._path.name}:{error.lineno}: a process that is started by spawn or"
                f" forkserver runs the whole file, and Python cannot read this line"
                f" ({error.msg}); mend it, or start the processes by fork"
            ) from None
        about = {
            "path": str(self._path),
            "text": text,
            "missing": _MISSING.format(file=self._path.name),
        }
        if self._is_notebook and not self._is_guarded:
            made = [one.lineno for one in tree.body if _only_makes_names(one)]
            stub = _STUB_OF_NAMES.format(**about, made=made)
        else:
            stub = _STUB.format(**about)
        self._stub.write_text(stub, encoding="utf-8")
        return str(self._stub)

    def _is_guarded_at(self, line: int) -> bool:
        """Whether a process that runs the whole file passes over this line of it."""
        tree = tree_or_none(self._played())
        around = [one for one in tree.body if _holds(one, line)] if tree else []
        return any(isinstance(one, ast.If) and _tells_apart(one.test) for one in around)

    def _played(self) -> str:
        lines = self._text.split("\n")
        # From the last to the first: an edit moves only what stands behind it.
        for line, source in sorted(self._sources.items(), reverse=True):
            lines[line - 1 : line - 1 + self._lengths.get(line, 0)] = self._plain(source)
        return "\n".join(lines)

    def _plain(self, source: str) -> list[str]:
        """A cell in Python alone, in as many lines: magics and commands do nothing."""
        lines = source.split("\n")
        at = next((row for row, line in enumerate(lines) if line.strip()), 0)
        while at < len(lines) and lines[at].startswith("%%"):
            if not _CELLS_OF_PYTHON.match(lines[at]):
                return [""] * len(lines)
            lines[at] = ""
            at += 1
        plain = [_without_magic(line) for line in self._in_python("\n".join(lines))]
        # A command that goes over several lines has become one.
        return plain + [""] * (len(lines) - len(plain))

    def _in_python(self, source: str) -> list[str]:
        if tree_or_none(source) is None:
            # Blank lines at the beginning would be left out.
            body = source.lstrip("\n")
            return [""] * (len(source) - len(body)) + self._transform(body).split("\n")
        return source.split("\n")


def _starting(path: str) -> tuple[int, bool]:
    """The line of the file, outside functions, that starts a process now; whether a pool does.

    0 where no line of it is under way, as on a thread of the pool's.
    """
    is_pool = False
    frame = inspect.currentframe()
    while frame is not None:
        code = frame.f_code
        if code.co_filename == path and not code.co_flags & inspect.CO_NEWLOCALS:
            return frame.f_lineno, is_pool
        is_pool = is_pool or frame.f_globals.get("__name__") in _POOLS
        frame = frame.f_back
    return 0, is_pool


def _holds(statement: ast.stmt, line: int) -> bool:
    return statement.lineno <= line <= (statement.end_lineno or statement.lineno)


def _tells_apart(test: ast.expr) -> bool:
    names = {getattr(one, "id", getattr(one, "attr", None)) for one in ast.walk(test)}
    return not _TOLD_APART_BY.isdisjoint(names)


def _only_makes_names(statement: ast.stmt) -> bool:
    """Whether a statement defines or imports, or names a value for which nothing is called."""
    if isinstance(statement, _ASSIGNS):
        return not any(isinstance(one, ast.Call) for one in ast.walk(statement))
    return isinstance(statement, _MAKES_NAMES)


def _is_text_of(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _without_magic(line: str) -> str:
    if call := _CALL.match(line):
        return f"{call['before']}pass"
    if value := _VALUE.match(line):
        return f"{value['before']}None"
    return line
