"""The command line: a thin door that hands the commands on.

Nothing heavy may enter before a command asks for it: no torch, textual, IPython or jupytext.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn

import click

from tui.commands.authoring import check_command, new_command
from tui.commands.documents import export_command, record_command
from tui.commands.keeping import list_command, reset_command
from tui.commands.meant import command_meant
from tui.commands.naming import NoSuchLesson
from tui.commands.playing import open_app, run_command
from tui.commands.spoken import SpokenGroup, have_click_speak
from tui.exit_status import ExitStatus
from tui.headless.streams import (
    CANNOT_WRITE,
    open_closed_streams,
    say_cannot_write,
    write_what_is_lacking,
)
from tui.headless.version import installed_version

_EPILOG = """\b
Examples:
  tutorch                      choose a lesson from the list
  tutorch 0                    open lesson 0
  tutorch ./my_lesson.py       open a lesson of your own
  tutorch ./my_course          list the lessons in a folder of your own
  tutorch run 0 --device cuda  play lesson 0 without a screen
  tutorch run 6 --set epochs=1 the same for lesson 6, with a value of its own
  tutorch train.py -- --lr 0.1 open a script of your own with its arguments
  tutorch export 0 --to html   make a page of lesson 0, with what a run shows
  tutorch record 0 out.cast    record lesson 0 for asciinema
  tutorch new my_lesson        write a small lesson of your own, to begin with
  tutorch check my_lesson.py   tell what to mend in a lesson of your own
  tutorch reset 0              forget what you did in lesson 0

\b
Exit status:
  0    all is well
  N    the lesson ended itself with this status, as by sys.exit(N),
       or by signal N - 128, as Python would
  1    a step failed, a lesson cannot be read, or check found something
  2    nothing can run: a wrong command, no such lesson, device or terminal
  129  the terminal has gone (SIGHUP)
  130  a run was stopped by Ctrl+C
  131  Ctrl+\\ was pressed (SIGQUIT)
  143  something else asked for the end (SIGTERM)
"""


def main() -> NoReturn:
    """Run the command that the command line names, and leave the process with its status."""
    open_closed_streams()
    write_what_is_lacking()
    have_click_speak()
    try:
        tutorch(prog_name="tutorch")
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    except OSError as error:
        if error.errno not in CANNOT_WRITE:
            raise
        say_cannot_write(error)
        status = ExitStatus.FAILED
    _leave(status)


class _Door(SpokenGroup):
    """A group where what is no command is a lesson to open, and nothing at all is the list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `open` before whatever begins with neither a command nor a question of ours."""
        known = {*self.commands, *ctx.help_option_names, "--version"}
        if not args or args[0] not in known:
            ctx.obj = args[0] if args else None
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Do it; where the first word is no lesson and nearly a command, name that."""
        try:
            return super().invoke(ctx)
        except NoSuchLesson as error:
            meant = command_meant(error.name, self.commands) if error.name == ctx.obj else None
            raise meant or error from error


def _print_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    version = installed_version()
    if version is None:
        click.echo("tutorch, run from its sources: it is not installed, so it has no version")
    else:
        click.echo(f"tutorch {version}")
    ctx.exit()


@click.group(
    cls=_Door,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="",
    subcommand_metavar="[LESSON... | COMMAND] [OPTIONS]",
    epilog=_EPILOG,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def tutorch() -> None:
    """Play PyTorch lessons in the terminal.

    A LESSON is a number, a file's name without its ending, or a path.
    Of a folder, or of several, the lessons are listed. One that is
    called like a command is opened by its path.
    """


for _command in (
    *(open_app, run_command, export_command, record_command),
    *(list_command, reset_command, new_command, check_command),
):
    tutorch.add_command(_command)


def _leave(status: int) -> NoReturn:
    """End the process at once, also while a thread still imports or writes."""
    has_hung_up = status == ExitStatus.HUNG_UP
    is_written = True
    for stream in (sys.stdout, sys.stderr):
        # What still waits to be written to a full disk, or to nobody, can go nowhere.
        try:
            stream.flush()
        except OSError:
            is_written = False
    if has_hung_up or not is_written or any(thread.daemon for thread in threading.enumerate()):
        os._exit(status)
    sys.exit(status)
