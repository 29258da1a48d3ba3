"""The part of the lesson's shell that does what a notebook's kernel would do for its browser.

Figures that a cell leaves open are shown when it ends, commands write as they run, and a magic
that cannot work in a terminal says so and lets the cell go on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

from engine.errors.script_errors import print_script_error
from engine.notebook.commands import run_in_shell
from engine.notebook.figures import BACKEND, Figures, is_for_files
from engine.notebook.imports import AfterImport
from engine.notebook.magics import LessonMagics, say, why_not_here
from engine.notebook.pictures import Gallery, Tell, hang, show_picture, take_down

_WITHOUT_A_MOUSE = (None, "auto", "inline", "module://matplotlib_inline.backend_inline")


class ShowingShell(InteractiveShell):
    """A shell with a gallery; it is the one that `get_ipython` finds until it is let go."""

    gallery: Gallery
    figures: Figures
    closes_figures = False

    def code_of_script(self, script: Path, namespace: dict[str, object]) -> CodeType | None:
        """The code to run in place of a script's own; None where that is to run."""
        del script, namespace
        return None

    def show_pictures(self, tell: Tell, *, closes_figures: bool) -> None:
        """Tell what is shown; with `closes_figures` a cell's end closes figures, as in Jupyter."""
        self.gallery = Gallery(
            tell, lambda: isinstance(self.display_pub, CapturingDisplayPublisher)
        )
        hang(self.gallery)
        self.figures = Figures(self.gallery)
        self.closes_figures = closes_figures
        names = vars(self.user_module)
        self._own_names = {name: names[name] for name in ("__file__",) if name in names}
        self._scripts = 0
        register: Any = self.register_magics
        register(LessonMagics)
        hook: Any = self.set_hook
        hook("show_in_pager", _print_page, 0)
        of_notebooks = {"pandas": _columns_as_in_notebooks} if closes_figures else {}
        self._imports = AfterImport(
            of_notebooks
            | {
                "matplotlib.pyplot": self.figures.take_over,
                "matplotlib.animation": self.figures.play_what_is_saved,
                "tqdm": _find_bars_of_notebooks,
                "tqdm.notebook": _bars_as_text,
                "PIL.ImageShow": _images_as_pictures,
            }
        )
        self._imports.begin()
        self._be_instance(self)

    def let_go(self) -> None:
        """Be the shell of nobody any more; another one may be by now."""
        self._imports.end()
        take_down(self.gallery)
        if InteractiveShell._instance is self:
            self._be_instance(None)

    def _be_instance(self, shell: ShowingShell | None) -> None:
        kinds: Any = type(self)._walk_mro()
        for kind in kinds:
            kind._instance = shell

    def hide_names(self, names: dict[str, object]) -> None:
        """Put names into the namespace that are not the lesson's own, and that stay there."""
        self._own_names.update(names)
        self.user_ns.update(names)
        self.user_ns_hidden.update(names)

    def reset(self, new_session: bool = True, aggressive: bool = False) -> None:
        """Take all names from the namespace but those that lessons need to run."""
        super().reset(new_session, aggressive)  # type: ignore[no-untyped-call]
        self.hide_names({})
        self.user_ns.update(self._own_names)
        self.user_ns_hidden.update(self._own_names)

    def run_cell(self, *args: Any, **kwargs: Any) -> ExecutionResult:
        """Run a cell, and show the figures that it leaves open."""
        run: Any = super().run_cell
        result = run(*args, **kwargs)
        try:
            self.figures.show_open(closes=self.closes_figures)
        except Exception as error:  # a figure that cannot be drawn, as by a mistake in its title
            result.error_in_exec = result.error_in_exec or error
        return result  # type: ignore[no-any-return]

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a magic, or say why it cannot be run."""
        if not self._can_run("line", f"%{magic_name}", line):
            return None
        return super().run_line_magic(magic_name, line, _stack_depth + 1)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a magic with its cell, or say why it cannot be run."""
        if not self._can_run("cell", f"%%{magic_name}", line):
            return None
        return super().run_cell_magic(magic_name, line, cell)  # type: ignore[no-untyped-call]

    def magic(self, arg_s: str) -> Any:
        """Run a line magic by its line, as scripts that were made from old notebooks ask for."""
        name, _, line = arg_s.lstrip("%").partition(" ")
        return self.run_line_magic(name, line.strip(), 2)

    def del_var(self, varname: str, by_name: bool = False) -> None:
        """Take a name away, and all that refers to its value."""
        if self.last_execution_result is None:
            none: Any = ExecutionResult
            self.last_execution_result = none(None)
        super().del_var(varname, by_name)  # type: ignore[no-untyped-call]

    def _can_run(self, kind: str, name: str, line: str) -> bool:
        find: Any = self._find_with_lazy_load
        is_known = find(kind, name.lstrip("%")) is not None
        # Its first entry stands for no cell.
        history: Any = self.history_manager
        why = why_not_here(name, line, has_history=len(history.input_hist_raw) > 1)
        if why is None and not is_known:
            why = "there is no such magic here"
        if why is not None:
            say(name, why)
        return why is None

    def set_next_input(self, s: str, replace: bool = False) -> None:
        """Show what a notebook would put into a cell, as by `%load`: nothing of it has run."""
        del replace
        told = "a notebook would have this in a cell, and nothing of it has run:"
        print(f"{told}\n{s.rstrip()}", file=sys.stderr, flush=True)

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: no window opens, and none has to be listened to."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str | None, str]:
        """Have figures drawn as pictures, or as files where `gui` is a kind of those."""
        if find_spec("matplotlib") is None:
            say("%matplotlib", "matplotlib is not installed here")
            return None, ""
        is_files = gui is not None and is_for_files(gui)
        if not is_files and gui not in _WITHOUT_A_MOUSE:
            say(f"%matplotlib {gui}", "figures are shown as pictures here, which take no mouse")
        self.figures.choose(gui if is_files and gui is not None else f"module://{BACKEND}")
        return None, gui if is_files and gui is not None else "pictures"

    def system(self, cmd: str) -> None:
        """Run a command of `!`; its exit status goes to `_exit_code`, as in IPython."""
        expand: Any = self.var_expand
        self.user_ns["_exit_code"] = run_in_shell(expand(cmd, depth=1))

    def safe_execfile(self, fname: str, *where: Any, **options: Any) -> None:
        """Run a script of `%run`, and say what it raises."""
        hooked = self.code_of_script(Path(fname).expanduser().resolve(), where[0])
        if hooked is not None:
            compiler: Any = self.compile
            compiler.script = hooked
            options["shell_futures"] = True  # so that the shell's compiler is asked for its code
        with self._script():
            super().safe_execfile(fname, *where, **options)  # type: ignore[no-untyped-call]

    def safe_run_module(self, *args: Any, **kwargs: Any) -> None:
        """Run a module of `%run -m`, and say what it raises."""
        with self._script():
            super().safe_run_module(*args, **kwargs)  # type: ignore[no-untyped-call]

    @contextmanager
    def _script(self) -> Iterator[None]:
        self._scripts += 1
        try:
            yield
        finally:
            self._scripts -= 1

    def showtraceback(self, *_: object, **__: object) -> None:
        """Say what a script has raised; an error of a cell is returned by `LessonShell.run`."""
        if self._scripts:
            print_script_error()


def _print_page(_shell: object, data: object, *_: object, **__: object) -> None:
    """Write what IPython would show in a pager."""
    text = data.get("text/plain", "") if isinstance(data, dict) else str(data)
    print(text.rstrip("\n"), flush=True)


def _find_bars_of_notebooks(tqdm: ModuleType) -> None:
    """Have `tqdm.notebook` found by its name alone, as where a kernel has imported it."""

    def found(name: str) -> ModuleType:
        if name != "notebook":
            raise AttributeError(f"module 'tqdm' has no attribute {name!r}")
        return import_module("tqdm.notebook")

    vars(tqdm)["__getattr__"] = found


def _columns_as_in_notebooks(pandas: ModuleType) -> None:
    """Have wide tables go on below, as in a notebook, and leave out no column."""
    set_option: Any = vars(pandas)["set_option"]
    set_option("display.max_columns", 20)


def _bars_as_text(notebook: ModuleType) -> None:
    """Have tqdm's bars for a notebook, which need a browser, be those for a terminal."""
    tqdm: Any = import_module("tqdm")
    bars: Any = notebook
    bars.tqdm = bars.tqdm_notebook = tqdm.tqdm
    bars.trange = bars.tnrange = tqdm.trange


def _images_as_pictures(viewers: ModuleType) -> None:
    """Have the `show` of Pillow's images, which opens a program with a window, show a picture."""
    shown: Any = viewers
    base: Any = shown.Viewer

    class Viewer(base):  # type: ignore[misc]
        def show(self, image: object, **_: object) -> int:
            return int(show_picture(image))

    shown.register(Viewer(), order=0)
