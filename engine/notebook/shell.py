"""The IPython shell that runs a lesson's cells under their own file's name and lines.

The shell is an instance, not IPython's singleton, lives in the session's worker thread, writes no
history and touches no folder of the learner's, but for what `%store` keeps.
"""

from __future__ import annotations

import ast
import atexit
import io
import linecache
import sys
import tempfile
import types
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from IPython.core.completer import provisionalcompleter
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.profiledir import ProfileDir
from IPython.lib.pretty import RepresentationPrinter

from engine.code.depth import TOO_DEEP, too_deep_error
from engine.errors.anomalies import own_lines_alone
from engine.lesson.model import Cell, Lesson
from engine.notebook.endings import ProgramEnd
from engine.notebook.first_loop import FirstLoop
from engine.notebook.imports import AfterImport
from engine.notebook.own_modules import OwnModules
from engine.notebook.pictures import Tell
from engine.notebook.played_main import PlayedMain
from engine.notebook.programs import TextsLeftOut, docstring_of, is_python
from engine.notebook.quiet_shell import QuietShell, quiet_config
from engine.notebook.rich_text import show_text_of_pages
from engine.notebook.uncompiled import leave_ours_uncompiled

# What IPython defines in their place ends only IPython: here Python's own end the lesson.
_SHELLS_OWN_NAMES = ("exit", "quit")
# A program that finds one of these takes itself for what somebody types into Python.
_PROMPTS = ("ps1", "ps2", "ps3")
# A program that finds them takes itself for a notebook, or lists them among its own names.
_NAMES_OF_NOTEBOOKS = (
    *("In", "Out", "get_ipython", "open"),
    *("_", "__", "___", "_i", "_ii", "_iii", "_ih", "_oh", "_dh"),
)


class LessonShell:
    """One namespace, and the running of cells in it, in the way that the file would run.

    Until it is closed, `__main__` is the lesson (as pickling needs it to be), and modules that lie
    beside the lesson's file can be imported.
    """

    def __init__(
        self,
        lesson: Lesson,
        *instrumenters: ast.NodeTransformer,
        folder: str | None = None,
        tell_picture: Tell = lambda *_: None,
    ) -> None:
        self._name = str(lesson.path)
        self._main = sys.modules["__main__"]
        self._path = sys.path.copy()
        self._has_given_back = False
        self.refused: BaseException | None = None
        self._lines = self._show_lines_of(lesson)
        self._folder = tempfile.TemporaryDirectory(prefix="tutorch-", dir=folder)
        module = types.ModuleType("__main__")
        if lesson.path.suffix == ".py":
            # As Python has it of a program, from wherever its path was given; notebooks have none.
            module.__file__ = str(lesson.path.absolute())
            module.__doc__ = docstring_of(lesson.source)
        self._is_notebook = lesson.path.suffix == ".ipynb"
        self._shell = _quiet_shell(module, self._folder.name, keeps_values=self._is_notebook)
        self._shell.ast_transformers = [*instrumenters]
        if lesson.is_script:
            for name in _NAMES_OF_NOTEBOOKS:
                self._shell.user_ns.pop(name, None)
            for name in _PROMPTS:
                vars(sys).pop(name, None)
            self._shell.ast_node_interactivity = "none"
            self._shell.ast_transformers.append(TextsLeftOut())
        else:
            self._shell.be_found_by_modules()
        show_text_of_pages(self._shell.display_formatter.formatters["text/plain"])
        self._shell.show_pictures(tell_picture, closes_figures=self._is_notebook)
        make_manager: Any = TransformerManager
        self._main_played = PlayedMain(
            lesson, Path(self._folder.name), make_manager().transform_cell
        )
        self._imports = AfterImport(
            {
                "multiprocessing.spawn": self._main_played.stand_in,
                "torch.fx.traceback": own_lines_alone(self._name),
                "torch._dynamo.trace_rules": leave_ours_uncompiled,
            }
        )
        self._imports.begin()
        self._own_modules: OwnModules | None = None
        self._first_loop = FirstLoop()
        self._first_loop.begin()
        self._end = ProgramEnd()
        self._end.begin()
        self._folder_of_lesson = lesson.path.resolve().parent
        sys.path.insert(0, str(self._folder_of_lesson))
        if self._is_notebook:
            # As Jupyter has it: where the notebook has moved to, as by `%cd`.
            sys.path.insert(0, "")

    @property
    def namespace(self) -> dict[str, object]:
        """The lesson's global names."""
        names: dict[str, object] = self._shell.user_ns
        return names

    def take_lesson(self, lesson: Lesson, ran: Iterable[Cell]) -> None:
        """Show the lines of the file as it was saved again; the cells in `ran` have run in it."""
        self._lines = self._show_lines_of(lesson)
        self._main_played.take_lesson(lesson)
        for cell in ran:
            self._take_lines(cell)

    def _show_lines_of(self, lesson: Lesson) -> list[str]:
        """The lines that tracebacks show of the file from now on."""
        lines = lesson.source.splitlines(keepends=True)
        linecache.cache[self._name] = (len(lesson.source), None, lines, self._name)
        return lines

    def _take_lines(self, cell: Cell) -> None:
        """Have a cell's lines stand in the file, as it runs in place of the lesson's own."""
        lines = [f"{line}\n" for line in cell.source.split("\n")]
        self._lines[cell.line - 1 : cell.line - 1 + len(lines)] = lines
        self._main_played.note(cell)

    def add_names(self, names: Mapping[str, object]) -> None:
        """Put names into the namespace that are not the lesson's own."""
        self._shell.hide_names(dict(names))

    def hook_own_modules(
        self, instrumenter: ast.NodeTransformer, names: Mapping[str, object]
    ) -> None:
        """Have files that lie beside the lesson's hooked, once it imports them or runs them."""
        self._own_modules = OwnModules(self._folder_of_lesson, instrumenter, names)
        self._own_modules.begin()
        self._shell.code_of_script = self._own_modules.code_of_script

    def run(self, cell: Cell) -> BaseException | None:
        """Run a cell as the lines of the file that it is; return what it raised, None if nothing.

        The value of its last expression goes to `sys.stdout`, as in a notebook, but for a piece of
        a script. Tracebacks show the cell's own lines, also where the learner has changed them.
        ``refused`` is the newest error for which none of a cell was run.
        """
        self._take_lines(cell)
        first, text = _without_leading_blank_lines(cell)
        self._shell.compile.place = (self._name, first)
        self._shell.displayhook.text = text
        self._shell.gallery.begin_step()
        if "get_ipython" not in self.namespace and not is_python(text):
            # What stands in for magics asks for it.
            self.namespace["get_ipython"] = self._shell.get_ipython
        if self._is_notebook:
            self._shell.count_cell(cell.source)
        # Else IPython would write down each error too, with all that it stands in.
        try:
            result = self._shell.run_cell(text, store_history=False)
        except TOO_DEEP:
            # What the cell's own code raises comes in the result: this is its reader's.
            self.refused = too_deep_error(text, self._name, first)
            return self.refused
        # It holds the error, and that the frames with all that was local in them.
        self._shell.last_execution_result = None
        error: BaseException | None = result.error_before_exec
        if isinstance(error, TOO_DEEP):
            error = too_deep_error(text, self._name, first)
        if error is not None:
            self.refused = error
        return error if error is not None else result.error_in_exec

    def complete(self, before: str, own: Mapping[str, object]) -> list[str]:
        """What IPython would have follow what is written, one name each; runs none of it.

        `own` are names of a function's that are seen beside those of the lesson.
        """
        completer = self._shell.Completer
        lesson = completer.namespace
        completer.namespace = {**lesson, **own} if own else lesson
        try:
            with provisionalcompleter():
                found = list(completer.completions(before, len(before)))
        finally:
            completer.namespace = lesson
        return [completion.text.rpartition(".")[2] for completion in found]

    def show_figures_as_they_are(self) -> None:
        """Show those that have changed since they were last shown, where the lesson waits."""
        # One that cannot be drawn raises where the lesson itself draws it.
        with suppress(Exception):
            self._shell.figures.show_overdue()

    def text_of(self, value: object) -> str:
        """How a notebook shows a value as text; raises what the value's own code raises."""
        formatter = self._shell.display_formatter.formatters["text/plain"]
        stream = io.StringIO()
        make_printer: Any = RepresentationPrinter
        printer = make_printer(
            stream,
            formatter.verbose,
            formatter.max_width,
            formatter.newline,
            max_seq_length=formatter.max_seq_length,
            singleton_pprinters=formatter.singleton_printers,
            type_pprinters=formatter.type_printers,
            deferred_pprinters=formatter.deferred_printers,
        )
        printer.pretty(value)
        printer.flush()
        return stream.getvalue()

    def end_program(self) -> None:
        """Wait for the lesson's threads, and call what its `atexit` has."""
        self._end.come()

    def give_back(self) -> None:
        """Give `__main__`, the import path and the display hook back, the first time it is called.

        Another thread may call it, while a cell runs that cannot be stopped.
        """
        if self._has_given_back:
            return
        self._has_given_back = True
        sys.modules["__main__"] = self._main
        sys.path[:] = self._path
        self._shell.display_trap.unset()
        self._shell.let_go()
        self._imports.end()
        if self._own_modules is not None:
            self._own_modules.end()
        self._first_loop.end()
        self._end.let_go()

    def close(self) -> None:
        """Give back what it has of the process, and remove the shell's own folder."""
        self.give_back()
        self._folder.cleanup()


def _quiet_shell(module: types.ModuleType, folder: str, *, keeps_values: bool) -> Any:
    """A shell in the names of a module, with none of its own; its files go to a folder."""
    make_shell: Any = QuietShell
    shell = make_shell(
        config=quiet_config(keeps_values=keeps_values),
        ipython_dir=folder,
        profile_dir=ProfileDir(location=folder),
        user_module=module,
    )
    # IPython would keep the shell, and with it every tensor, until the process ends.
    atexit.unregister(shell.atexit_operations)
    for name in _SHELLS_OWN_NAMES:
        shell.user_ns.pop(name, None)
    return shell


def _without_leading_blank_lines(cell: Cell) -> tuple[int, str]:
    """The line that a cell's first code stands on, and its text from there on."""
    lines = cell.source.splitlines(keepends=True)
    blank = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return cell.line + blank, "".join(lines[blank:])
