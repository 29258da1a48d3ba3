"""Magics as a lesson has them: some in another way than IPython's, and why others are not here."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.core.magics.config import ConfigMagics
from IPython.core.magics.execution import _format_time
from IPython.core.magics.extension import ExtensionMagics
from IPython.extensions.storemagic import StoreMagics
from IPython.paths import get_ipython_dir
from IPython.utils.capture import capture_output
from IPython.utils.timing import clock2

_HISTORY = "no history of cells is kept; the steps are there to read"

_OF_HISTORY = ("%hist", "%history", "%macro", "%notebook", "%recall", "%rep", "%rerun", "%save")
_REASONS = {
    **dict.fromkeys(("%ed", "%edit"), "no editor opens here; write the code into the file"),
    **dict.fromkeys(("%%js", "%%javascript"), "JavaScript runs in a browser alone"),
    "%pastebin": "nothing is sent to a website from here",
    "%gui": "no window opens here",
    **dict.fromkeys(("%connect_info", "%qtconsole", "%subshell"), "no kernel can be reached here"),
    "%autosave": "nothing is written here that would have to be saved",
    "%tb": "an error is shown where it was raised, and not kept",
    "%doctest_mode": "there are no prompts here that could look otherwise",
}
"""Why a magic of IPython does nothing here, by its name with its signs of percent."""


def why_not_here(name: str, line: str, *, has_history: bool) -> str | None:
    """Why a magic cannot do its work here, in one line; None where it can."""
    if name in _OF_HISTORY and not has_history:
        return _HISTORY
    if name == "%debug" and not line.strip():
        return "an error is shown where it was raised; %pdb before it opens a debugger there"
    if name in ("%conda", "%mamba", "%micromamba") and not _is_of_conda():
        return "this Python is of no conda environment; %pip installs into it"
    if name == "%uv" and find_spec("uv") is None:
        return "uv is not installed here; %pip installs"
    return _REASONS.get(name)


def _is_of_conda() -> bool:
    return Path(sys.prefix, "conda-meta").exists()


def say(name: str, why: str) -> None:
    """Write one line to `sys.stderr` about a magic."""
    print(f"{name}: {why}", file=sys.stderr, flush=True)


@magics_class
class LessonMagics(Magics):
    """In place of IPython's of the same names."""

    shell: Any
    _stores = False

    @cell_magic
    def capture(self, line: str, cell: str) -> None:
        """Run the cell, and keep what it writes and shows, in the variable that is named."""
        words = line.split()
        out, err, shown = (f"--no-{what}" not in words for what in ("stdout", "stderr", "display"))
        name = next((word for word in words if not word.startswith("-")), None)
        with capture_output(out, err, shown) as kept:
            result = self._run_body(cell)
        if name is not None:
            self.shell.user_ns[name] = kept
        _raise(result)

    @cell_magic
    def time(self, line: str, cell: str) -> None:
        """Run the cell as it would run without this, and write how long it took."""
        if line.strip():
            raise UsageError("Can't use statement directly after '%%time'!")
        spoken: Any = _format_time
        # As in IPython: the times, and below them the value of the last line.
        with self.shell.displayhook.held():
            processor, wall = clock2(), time.time()
            result = self._run_body(cell)
            user, system = (now - before for now, before in zip(clock2(), processor, strict=True))
            took = time.time() - wall
            total = spoken(user + system)
            print(f"CPU times: user {spoken(user)}, sys: {spoken(system)}, total: {total}")
            print(f"Wall time: {spoken(took)}")
        _raise(result)

    @line_magic
    def load_ext(self, line: str) -> None:
        """Load an extension, where it is installed."""
        self._load(line, "%load_ext", "load_ext")

    @line_magic
    def reload_ext(self, line: str) -> None:
        """Load an extension again, where it is installed."""
        self._load(line, "%reload_ext", "reload_ext")

    @line_magic
    def store(self, line: str) -> Any:
        """Keep variables, and have those again that were kept, where Jupyter's notebooks do."""
        if not self._stores:
            self._stores = True
            kept = Path(get_ipython_dir(), "profile_default", "db")
            self.shell.db = type(self.shell.db)(kept)
        return _of_ipython(StoreMagics, self.shell, "store")(line)

    @line_magic
    def less(self, line: str) -> None:
        """Show a file, all of it, as nothing turns pages here."""
        print(Path(line.strip()).expanduser().read_text(errors="replace"), end="")

    @line_magic
    def man(self, line: str) -> None:
        """Show a page of the manual."""
        self.shell.system(f"man {line}")

    def configure(self, line: str) -> Any:
        """Configure IPython; of figures in a notebook what makes a difference to pictures."""
        whose, _, setting = line.strip().partition(".")
        if whose != "InlineBackend":
            return _of_ipython(ConfigMagics, self.shell, "config")(line)
        name, _, value = (part.strip() for part in setting.partition("="))
        if name == "close_figures" and value:
            self.shell.closes_figures = bool(eval(value, self.shell.user_ns))
        elif name == "rc" and value and find_spec("matplotlib") is not None:
            matplotlib: Any = import_module("matplotlib")
            matplotlib.rcParams.update(eval(value, self.shell.user_ns))
        return None

    def run_in_bash(self, line: str, cell: str) -> None:
        """Run the cell in bash, as Colab does by `%%shell`."""
        self.shell.run_cell_magic("bash", line, cell)

    def _run_body(self, cell: str) -> Any:
        """Run what stands under the magic's line, as the lines of the file that it is."""
        compiler, log = self.shell.compile, self.shell.logger
        path, first = place = compiler.place
        compiler.place = (path, first + 1)
        # What `%logstart` writes has the whole cell already.
        logs, log.log_active = log.log_active, False
        try:
            return self.shell.run_cell(cell)
        finally:
            compiler.place, log.log_active = place, logs

    def _load(self, line: str, name: str, what: str) -> None:
        try:
            _of_ipython(ExtensionMagics, self.shell, what)(line)
        except ModuleNotFoundError as error:
            say(f"{name} {line.strip()}", f"{error.name} is not installed here")


# These two names are taken in the class of all magics.
_named: Any = LessonMagics.magics
_named["line"]["more"] = "less"
_named["line"]["config"] = "configure"
_named["cell"]["shell"] = "run_in_bash"


def _of_ipython(kind: Any, shell: Any, name: str) -> Any:
    """A line magic as IPython has it."""
    return kind(shell).magics["line"][name]


def _raise(result: Any) -> None:
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        raise error
