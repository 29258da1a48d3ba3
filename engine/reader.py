"""A lesson file as a Lesson: cells into steps, and every mistake named; nothing is run here."""

from __future__ import annotations

import ast
import json
import warnings
from dataclasses import replace
from pathlib import Path

from engine.cells import RawCell, cells_of, gallery_cells_of, is_gallery, with_magics
from engine.header import Head, head_of, nearest
from engine.lesson import Cell, Lesson, LessonError, Prose, Step, headings
from engine.notebook import read_notebook
from engine.source import read_whole

VIEW_TIMES = ("every epoch", "every iteration")
CODE_KEYS = ("watch", "show", "view", "tags")
PROSE_KEYS = ("lang", "tags")

# What Jupyter and VS Code write on cells of their own accord.
_EDITOR_KEYS = {
    "collapsed", "deletable", "editable", "id", "jupyter", "language", "name", "scrolled",
    "slideshow", "trusted", "vscode",
}  # fmt: skip


def read_lesson(path: Path) -> Lesson:
    """Read a `.py` file or a notebook.

    Raises LessonError with one line that names the file, the line, what is wrong and the mend.
    """
    if path.suffix == ".ipynb":
        source = read_notebook(path)
        lines = source.split("\n")
        head = head_of(path, lines)
        cells = cells_of(path, lines, head.length)
    else:
        source = read_whole(path)
        lines = source.split("\n")
        head = head_of(path, lines)
        cells = _script_cells(path, lines, head)
    if not any(cell.kind == "code" for cell in cells):
        last = len(source.rstrip().split("\n"))
        raise LessonError(
            path, last, "there is no code cell; write a `# %%` line and code under it"
        )
    for cell in cells:
        _check_metadata(path, cell, head)
        _check_syntax(path, cell)
    return Lesson(head.header, _steps(path, cells), source)


def _script_cells(path: Path, lines: list[str], head: Head) -> list[RawCell]:
    if not head.declared and is_gallery(lines, head.length):
        return gallery_cells_of(path, lines, head.length)
    return [with_magics(cell) for cell in cells_of(path, lines, head.length)]


def _check_metadata(path: Path, cell: RawCell, head: Head) -> None:
    """That keys and values are ours; others' keys may stand in a file without `tutorch:`."""
    keys = CODE_KEYS if cell.kind == "code" else PROSE_KEYS
    for key, value in cell.metadata.items():
        if key in keys and key != "tags":
            _check_text(path, cell, key, value)
        elif head.declared and key not in (*keys, *_EDITOR_KEYS):
            raise LessonError(path, cell.marker, _unknown_key(key, keys))


def _unknown_key(key: str, keys: tuple[str, ...]) -> str:
    if key == "incorrectly_encoded_metadata":
        return 'what follows the title cannot be read; write key="value", and no "=" in the title'
    return f'a cell has no key {key!r} here, and its title holds no "="; {nearest(key, keys)}'


def _check_text(path: Path, cell: RawCell, key: str, value: object) -> None:
    if not isinstance(value, str):
        raise LessonError(path, cell.marker, f'{key} must be a text; write {key}="..." in quotes')
    if key == "view" and value not in VIEW_TIMES:
        times = " or ".join(f'view="{time}"' for time in VIEW_TIMES)
        raise LessonError(path, cell.marker, f"view cannot be {value!r}; write {times}")


def _check_syntax(path: Path, cell: RawCell) -> None:
    """That Python can compile the cell, as it stands or with its magics transformed."""
    if cell.kind != "code":
        return
    error = _syntax_error(cell.source, cell.line)
    if error is not None:
        error = _syntax_error(_without_magics(cell.source), cell.line)
    if error is None:
        return
    line = min(max(error.lineno or 0, cell.line), cell.line + cell.source.count("\n"))
    problem = f"Python cannot read this line ({error.msg}); mend it, or the line above it"
    raise LessonError(path, line, problem) from error


def _without_magics(source: str) -> str:
    """The source with its magics as the calls that IPython makes of them, line for line."""
    from IPython.core.inputtransformer2 import TransformerManager

    manager = TransformerManager()  # type: ignore[no-untyped-call]
    try:
        return str(manager.transform_cell(source))
    except SyntaxError:
        return source


def _syntax_error(source: str, line: int) -> SyntaxError | None:
    """What Python says of the source; its first line counts as `line` in the message too."""
    text = "\n" * (line - 1) + source
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        return error
    return None


def _steps(path: Path, cells: list[RawCell]) -> tuple[Step, ...]:
    """Each code cell with the prose before it and the view cells after it; then the closing."""
    steps: list[Step] = []
    prose: list[Prose] = []
    for raw in cells:
        if raw.kind == "markdown":
            prose.append(Prose(raw.source, str(raw.metadata.get("lang", ""))))
            continue
        cell = _cell(raw)
        if not cell.view:
            steps.append(_step(len(steps), prose, cell))
            prose = []
        elif steps:
            steps[-1] = replace(steps[-1], views=(*steps[-1].views, cell))
        else:
            problem = (
                "this view cell has no step before it; put it after the cell whose run it shows"
            )
            raise LessonError(path, raw.marker, problem)
    if prose:
        steps.append(_step(len(steps), prose, None))
    return tuple(steps)


def _step(index: int, prose: list[Prose], cell: Cell | None) -> Step:
    step = Step(index, cell.title if cell else "", tuple(prose), cell)
    title = step.title or next(headings(step.prose_in("en")), f"Step {index + 1}")
    return replace(step, title=title)


def _cell(raw: RawCell) -> Cell:
    metadata = {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in raw.metadata.items()
        if key != "tags"
    }
    return Cell(raw.title, raw.source, raw.line, metadata, tuple(raw.metadata.get("tags", ())))
