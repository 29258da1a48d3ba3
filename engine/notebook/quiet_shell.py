"""IPython's shell without its own marks: no prompt, no history, no errors shown, no line counted.

What it runs stands on the lines of a lesson's file.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.display_trap import DisplayTrap
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import ExecutionResult
from traitlets import Type
from traitlets.config import Config

from engine.code.depth import is_deep
from engine.code.unwarned import unwarned
from engine.errors.debugging import look_into
from engine.notebook.inspecting import LessonInspector
from engine.notebook.pictures import show_picture
from engine.notebook.showing import ShowingShell

# How many of the values that a notebook has shown are kept, as IPython does.
_MOST_VALUES = 1000
_DEEPER = 3


def quiet_config(*, keeps_values: bool) -> Config:
    """The settings of a shell without files of history, colours, or empty lines of its own.

    With `keeps_values` the values that cells have shown are in `_`, `_3` and `Out`.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.cache_size = _MOST_VALUES if keeps_values else 0
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.separate_in = ""
    config.Completer.use_jedi = False
    return config


class _LessonCompiler(CachingCompiler):
    """Compiles a cell as a part of its file: the file's name, and the file's line numbers.

    ``script`` is what the next text that it is given has been compiled to already.
    """

    place = ("<lesson>", 1)
    script: CodeType | None = None

    def cache(self, transformed_code: str, number: int = 0, raw_code: str | None = None) -> str:
        """The file's name for every cell: its lines are known already."""
        del transformed_code, number, raw_code
        return self.place[0]

    def ast_parse(self, source: str, filename: str = "<lesson>", symbol: str = "exec") -> ast.AST:
        """Parse a cell so that its nodes stand on the file's lines."""
        return super().ast_parse("\n" * (self.place[1] - 1) + source, filename, symbol)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Compile a tree as deep as Python compiles a text, which it lets go three times deeper."""
        if self.script is not None:
            code, self.script = self.script, None
            return code
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(_DEEPER * limit)
        try:
            return super().__call__(*args, **kwargs)
        finally:
            sys.setrecursionlimit(limit)


class _PlainDisplayHook(DisplayHook):
    """Shows the value of a cell's last expression as it is, without a number before it."""

    prompt_end_newline = True
    text = ""
    _held: list[object] | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Show no value until the end, and then those that were to be shown."""
        held: list[object] = []
        before, self._held = self._held, held
        try:
            yield
        finally:
            self._held = before
            for value in held:
                self(value)

    def __call__(self, result: object = None) -> None:
        """Show a value: a picture as such, and anything else as its text."""
        if self._held is not None and result is not None and not self.quiet():
            self._held.append(result)
            return
        if result is None or self.quiet() or not show_picture(result):
            super().__call__(result)  # type: ignore[no-untyped-call]
        else:
            keep: Any = self.update_user_ns
            keep(result)

    def write_output_prompt(self) -> None:
        """Write nothing: steps have titles, not numbers."""

    def quiet(self) -> bool:
        """Show nothing where the cell ends in a semicolon."""
        ends_in_semicolon: Any = self.semicolon_at_end_of_expression
        return bool(ends_in_semicolon(self.text))

    def log_output(self, format_dict: dict[str, Any]) -> None:
        """Keep the text of what was shown in a notebook, and in the file of `%logstart -o`."""
        shell: Any = self.shell
        if "text/plain" not in format_dict:
            return
        shell.logger.log_write(format_dict["text/plain"], "output")
        if shell.cache_size:
            kept = shell.history_manager.output_hist_reprs
            kept[self.prompt_count] = format_dict["text/plain"]


class _PoliteDisplayTrap(DisplayTrap):
    """Takes `sys.displayhook` while a cell runs, and leaves it alone once it is another's."""

    def unset(self) -> None:
        """Put the hook from before back, where the hook is still this one."""
        if sys.displayhook is self.hook:
            sys.displayhook = self.old_hook or sys.__displayhook__


class QuietShell(ShowingShell):
    """Leaves errors to its caller, who shows them without a line of ours."""

    compiler_class = Type(_LessonCompiler)
    displayhook_class = Type(_PlainDisplayHook)
    inspector_class = Type(LessonInspector)

    async def run_code(
        self, code_obj: Any, result: ExecutionResult | None = None, *, async_: bool = False
    ) -> bool:
        """Run a piece of a cell; True where it raised, whatever it raised (SystemExit as well)."""
        try:
            if async_:
                await eval(code_obj, self.user_global_ns, self.user_ns)
            else:
                exec(code_obj, self.user_global_ns, self.user_ns)
        except BaseException as error:
            if self.call_pdb and isinstance(error, Exception):
                look_into(error)
            if result is not None:
                result.error_in_exec = error
            return True
        return False

    def init_builtins(self) -> None:
        """Leave `builtins` as they are: the namespace has what IPython would put there."""
        super().init_builtins()  # type: ignore[no-untyped-call]
        self.builtin_trap.auto_builtins = {}

    def init_history(self) -> None:
        """Begin a history of this process alone, which is in no file."""
        super().init_history()  # type: ignore[no-untyped-call]
        history: Any = self.history_manager

        def get_tail(n: int = 10, raw: bool = True, output: bool = False, **asked: bool) -> Any:
            # The newest cell is the one that asks.
            end = len(history.input_hist_raw) - (not asked.get("include_latest"))
            return history.get_range(0, max(end - n, 1), end, raw, output)

        # IPython would look into its file.
        history.get_tail = get_tail

    def be_found_by_modules(self) -> None:
        """While cells run, have `get_ipython` where IPython has it: for what they import, too."""
        self.builtin_trap.auto_builtins = {"get_ipython": self.get_ipython}

    def init_displayhook(self) -> None:
        """Show values, but not those of another lesson's code."""
        super().init_displayhook()  # type: ignore[no-untyped-call]
        make_trap: Any = _PoliteDisplayTrap
        self.display_trap = make_trap(hook=self.displayhook)

    @contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        # IPython 9 keeps whatever a cell writes, without bound, for a history that is not kept.
        del channel
        yield

    def transform_cell(self, raw_cell: str) -> str:
        """Make Python of a cell; one that cannot be taken apart is left to the compiler.

        That names the lesson's file and line, where IPython names those of the text it read.
        """
        try:
            transformed: str = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
        except SyntaxError:
            return raw_cell
        return transformed

    def should_run_async(self, raw_cell: str, **how: Any) -> bool:
        """Whether a cell awaits something; what Python thinks of it is said once, by its run."""
        with unwarned():
            return bool(super().should_run_async(raw_cell, **how))

    def transform_ast(self, node: ast.Module) -> ast.Module:
        """Hook a cell's loops, unless it nests too deeply to be looked through: it runs bare."""
        return node if is_deep(node) else super().transform_ast(node)  # type: ignore[no-untyped-call]

    def count_cell(self, source: str) -> None:
        """Count a cell of a notebook that is about to run, and put it into `In` and `_i`.

        There it is for `%history`, `%macro` and what else asks for cells that have run.
        """
        history: Any = self.history_manager
        transform: Any = self.transform_cell
        history.store_inputs(self.execution_count, transform(source), source)
        self.execution_count += 1

    def showsyntaxerror(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the caller shows the error."""

    def showindentationerror(self) -> None:
        """Say nothing: the caller shows the error."""
