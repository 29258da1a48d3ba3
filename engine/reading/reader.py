"""A lesson file as a Lesson: every cell's own mistakes are named; nothing is run here."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

from engine.code.depth import TOO_DEEP, too_deep_error
from engine.code.names import assigned_names
from engine.lesson.findings import Finding, OfCell, OfFile
from engine.lesson.model import Lesson, LessonError
from engine.lesson.notation import CELL_KEYS, CODE, MARKDOWN, VIEW_TIMES
from engine.lesson.sentences import nearest, sentence
from engine.markup.colab import is_colab, without_commands
from engine.markup.databricks import is_databricks
from engine.markup.marimo import is_marimo
from engine.reading.cells import (
    RawCell,
    cells_of,
    gallery_cells_of,
    has_markers,
    is_gallery,
    kept_cells,
    with_magics,
)
from engine.reading.header import Head, head_of
from engine.reading.mistakes import Mistakes
from engine.reading.notebook import notebook_cells, read_notebook
from engine.reading.script import colab_cells, databricks_cells, script_cells
from engine.reading.source import read_whole
from engine.reading.steps import plain_steps_of, steps_of
from engine.reading.word_lists import is_word_list, words_in

CODE_KEYS = tuple(key.name for key in CELL_KEYS if CODE in key.kinds)
PROSE_KEYS = tuple(key.name for key in CELL_KEYS if MARKDOWN in key.kinds)

_AWAITS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

# What Jupyter and VS Code write on cells of their own accord.
_EDITOR_KEYS = {
    "collapsed", "deletable", "editable", "id", "jupyter", "language", "name", "scrolled",
    "slideshow", "trusted", "vscode",
}  # fmt: skip


def read_lesson(path: Path) -> Lesson:
    """Read a `.py` file or a notebook.

    Raises LessonError with one line that names the file, the line, what is wrong and the mend.
    """
    mistakes = Mistakes()
    lesson = _read(path, mistakes)
    if mistakes.found:
        raise mistakes.found[0]
    return lesson


def read_with_mistakes(path: Path) -> tuple[Lesson | None, tuple[LessonError, ...]]:
    """The lesson, None where it has mistakes, and all that one reading can tell, line by line."""
    mistakes = Mistakes()
    with mistakes.noted():
        lesson = _read(path, mistakes)
        if not mistakes.all:
            return lesson, ()
    return None, mistakes.all


def lesson_of(path: Path, written: str) -> Lesson:
    """The lesson that `read_lesson` gave, from the text that it has as its ``written``."""
    return _parsed(path, written, Mistakes())


def _read(path: Path, mistakes: Mistakes) -> Lesson:
    """The lesson without its mistakes; raises the one after which nothing can be read."""
    written = read_notebook(path) if path.suffix == ".ipynb" else read_whole(path)
    return _parsed(path, written, mistakes)


@dataclass(frozen=True, slots=True)
class _Text:
    """A lesson's text, the head of it, and its cells in order."""

    source: str
    head: Head
    cells: list[RawCell]
    is_script: bool = False


def _parsed(path: Path, written: str, mistakes: Mistakes) -> Lesson:
    text = _notebook(path, written) if path.suffix == ".ipynb" else _script(path, written)
    head = text.head
    with mistakes.left_to_the_run():
        _check_code(path, text)
    for cell in text.cells:
        _check_metadata(path, cell, head, mistakes)
        if cell.kind == "code":
            _check_cell(path, cell, head, mistakes)
    if not head.declared:
        steps = plain_steps_of(path, text.cells, mistakes)
        return Lesson(head.header, steps, text.source, written, text.is_script)
    words = words_in(path, text.cells, mistakes)
    steps = steps_of(path, [cell for cell in text.cells if not is_word_list(cell)], mistakes)
    return Lesson(head.header, steps, text.source, written, text.is_script, words=words)


def _notebook(path: Path, written: str) -> _Text:
    source, cells = notebook_cells(path, written)
    head = head_of(path, source.split("\n"))
    return _Text(source, head, [cell for cell in cells if cell.marker > head.length])


def _script(path: Path, source: str) -> _Text:
    lines = source.split("\n")
    if is_marimo(lines):
        notebook = path.with_suffix(".ipynb").name
        raise LessonError(path, 1, OfFile.MARIMO.told(name=path.name, notebook=notebook))
    head = head_of(path, lines)
    if not head.declared and is_gallery(lines, head.length):
        return _Text(source, head, gallery_cells_of(path, lines, head.length))
    if not has_markers(lines, head.length):
        if (saved := _saved_notebook(lines)) is not None:
            # A program like any other, unless commands stand in it.
            is_script = without_commands(lines) == lines
            return _Text(source, head, kept_cells(saved), is_script)
        pieces = script_cells(lines, head.length)
        if pieces is not None:
            return _Text(source, head, _titled(pieces, head), is_script=True)
    cells = [with_magics(cell) for cell in cells_of(path, lines, head.length)]
    return _Text(source, head, cells)


def _saved_notebook(lines: list[str]) -> list[RawCell] | None:
    """The cells of a notebook that another program saved as a script; None where it is none."""
    if is_colab(lines):
        return colab_cells(lines)
    return databricks_cells(lines) if is_databricks(lines) else None


def _titled(pieces: list[RawCell], head: Head) -> list[RawCell]:
    """The pieces of a script; one that is all of it is called like the file."""
    title = head.header.title.in_language("en")
    is_whole = sum(piece.kind == "code" for piece in pieces) == 1
    return [
        replace(piece, title=title) if is_whole and piece.kind == "code" else piece
        for piece in kept_cells(pieces)
    ]


def _check_code(path: Path, text: _Text) -> None:
    """That there is some."""
    if not text.source.strip():
        raise LessonError(path, 1, OfFile.EMPTY_FILE.told())
    if not any(cell.kind == "code" for cell in text.cells):
        last = len(text.source.rstrip().split("\n"))
        raise LessonError(path, last, OfFile.NO_CODE.told())


def _check_cell(path: Path, cell: RawCell, head: Head, mistakes: Mistakes) -> None:
    """That a code cell can be read; one that a run comes to may say so itself."""
    is_check = head.declared and "check" in cell.metadata.get("tags", ())
    is_for_others = is_check or "view" in cell.metadata
    with mistakes.noted() if is_for_others else mistakes.left_to_the_run():
        if is_check:
            _check_plain_python(path, cell)
        else:
            _check_syntax(path, cell)
            with mistakes.noted():
                _check_canvas(path, cell)


def _check_metadata(path: Path, cell: RawCell, head: Head, mistakes: Mistakes) -> None:
    """That keys and values are ours; others' keys may stand in a file without `tutorch:`."""
    keys = CODE_KEYS if cell.kind == CODE else PROSE_KEYS
    for key, value in cell.metadata.items():
        with mistakes.noted():
            if key in keys and key != "tags":
                _check_text(path, cell, key, value)
            elif head.declared and key not in (*keys, *_EDITOR_KEYS):
                raise LessonError(path, cell.marker, _unknown_key(key, keys))


def _unknown_key(key: str, keys: tuple[str, ...]) -> Finding:
    if key == "incorrectly_encoded_metadata":
        return OfCell.CELL_LINE.told()
    return OfCell.CELL_KEY.told(key=key, nearest_key=nearest(key, keys))


def _check_text(path: Path, cell: RawCell, key: str, value: object) -> None:
    if not isinstance(value, str):
        raise LessonError(path, cell.marker, OfCell.CELL_TEXT.told(key=key))
    if key == "view" and value not in VIEW_TIMES:
        first, other = (f'view="{time}"' for time in VIEW_TIMES)
        times = sentence("{first} or {other}", first=first, other=other)
        raise LessonError(path, cell.marker, OfCell.VIEW_TIME.told(value=value, times=times))


def _check_canvas(path: Path, cell: RawCell) -> None:
    """That the cell makes what its canvas names; what that is, only its run can say."""
    name = cell.metadata.get("canvas")
    if not isinstance(name, str):
        return
    if "view" in cell.metadata:
        raise LessonError(path, cell.marker, OfCell.CANVAS_PLACE.told())
    names = assigned_names(cell.source) or assigned_names(_without_magics(cell.source))
    if name not in names:
        mend = (
            nearest(name, names, "the names it assigns are {choices}")
            if names
            else sentence("assign it a tensor there")
        )
        finding = OfCell.CANVAS_NAME.told(name=name, nearest_name=mend)
        raise LessonError(path, cell.marker, finding)


def _check_plain_python(path: Path, cell: RawCell) -> None:
    """That Python can compile the cell as it stands: a check is run statement by statement."""
    error = _syntax_error(cell.source, cell.line, flags=0)
    if error is not None:
        raise _unreadable(path, cell, error) from error


def _check_syntax(path: Path, cell: RawCell) -> None:
    """That Python can compile the cell, as it stands or with its magics transformed."""
    error = _syntax_error(cell.source, cell.line, _AWAITS)
    if error is not None:
        error = _syntax_error(_without_magics(cell.source), cell.line, _AWAITS)
    if error is not None:
        raise _unreadable(path, cell, error) from error


def _unreadable(path: Path, cell: RawCell, error: SyntaxError) -> LessonError:
    line = min(max(error.lineno or 0, cell.line), cell.line + cell.source.count("\n"))
    return LessonError(path, line, OfCell.CELL_SYNTAX.told(why=error.msg))


def _without_magics(source: str) -> str:
    """The source with its magics as the calls that IPython makes of them, line for line."""
    from IPython.core.inputtransformer2 import TransformerManager

    manager = TransformerManager()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(manager.transform_cell(source))
    except SyntaxError:
        return source


def _syntax_error(source: str, line: int, flags: int) -> SyntaxError | None:
    """What Python says of the source; its first line counts as `line` in the message too."""
    text = "\n" * (line - 1) + source
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "cell", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return error
    except ValueError as error:  # how older versions say that it has a zero character
        return SyntaxError(str(error))
    except TOO_DEEP:
        return too_deep_error(source, "cell", line)
    return None
