"""The command line: a thin door that names lessons and hands them on.

Nothing heavy may enter before a command asks for it: no torch, textual, IPython or jupytext.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import threading
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import IO, Any, NoReturn, TextIO

import click

from engine.lesson.folders import iter_lessons
from engine.lesson.header import read_header
from engine.lesson.library import LessonNotFound, find_lesson
from engine.lesson.model import LessonError, LessonHeader
from engine.lesson.parameters import ParameterError, read_setting
from engine.lesson.printable import printable_line
from tui.exit_status import ExitStatus
from tui.headless.lesson_lines import lesson_lines
from tui.headless.streams import CANNOT_WRITE, open_closed_streams, say_cannot_write
from tui.language.preferred import preferred_language

LESSONS = Path(__file__).resolve().parent.parent / "lessons"

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
  N    the lesson ended itself with this status, as by sys.exit(N)
  1    a step failed, a lesson cannot be read, or check found something
  2    nothing can run: a wrong command, no such lesson, device or terminal
  129  the terminal has gone (SIGHUP)
  130  a run was stopped by Ctrl+C
  143  something else asked for the end (SIGTERM)
"""

_TICKS_A_SECOND = "120"

_DEVICE = re.compile(r"cpu|mps|cuda(:\d+)?")


def main() -> NoReturn:
    """Run the command that the command line names, and leave the process with its status."""
    open_closed_streams()
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


class _Door(click.Group):
    """A group where what is no command is a lesson to open, and nothing at all is the list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `open` before whatever begins with neither a command nor a question of ours."""
        known = {*self.commands, *ctx.help_option_names, "--version"}
        if not args or args[0] not in known:
            args = ["open", *args]
        return super().parse_args(ctx, args)


class _Plays(click.Command):
    """A command whose ``arguments``, what stands behind `--`, are for the lesson; else None."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is for the lesson out of the command line."""
        at = args.index("--") if "--" in args[1:] else len(args)
        try:
            left = super().parse_args(ctx, args[:at])
        except click.UsageError as error:
            if isinstance(error, click.NoSuchOption) or "unexpected extra" in error.message:
                told = error.format_message().rstrip(".")
                mend = "what is for the lesson itself stands behind --"
                raise click.UsageError(f"{told}; {mend}", ctx) from error
            raise
        ctx.params["arguments"] = tuple(args[at + 1 :]) if at < len(args) else None
        return left

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Show that there may be more."""
        return [*super().collect_usage_pieces(ctx), "[-- ARGUMENT...]"]


class _OneLine(click.ClickException):
    """A message that is one line on stderr."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is."""
        click.echo(self.message, file=file or sys.stderr)


class _Failed(_OneLine):
    exit_code = ExitStatus.FAILED


class _Unable(_OneLine):
    exit_code = ExitStatus.UNABLE


def _print_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    try:
        click.echo(f"tutorch {metadata.version('tutorch')}")
    except metadata.PackageNotFoundError:
        click.echo("tutorch, run from its sources: it is not installed, so it has no version")
    ctx.exit()


def _check_device(_ctx: click.Context, _option: click.Parameter, device: str | None) -> str | None:
    if device is None or _DEVICE.fullmatch(device):
        return device
    raise click.BadParameter(f"{device!r} is none of cpu, cuda, cuda:N, mps")


# How much memory moments may have together, in MiB, where the command line does not say.
_MOMENTS = 512

_device_option = click.option(
    "--device",
    metavar="cpu|cuda|cuda:N|mps",
    callback=_check_device,
    help="Make this torch's default device.",
)
_language_option = click.option(
    "--language", type=click.Choice(["en", "ko"]), help="Its texts; else those of the locale."
)
_ascii_option = click.option(
    "--ascii", "in_ascii", is_flag=True, help="Draw everything in plain ASCII."
)


def _check_names(
    _ctx: click.Context, _option: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    for name in names:
        if not all(part.isidentifier() for part in name.split(".")):
            raise click.BadParameter(f"{name!r} is no name; write one, such as loss or self.cost")
    return names


_watch_option = click.option(
    "--watch",
    "watched",
    metavar="NAME",
    multiple=True,
    callback=_check_names,
    help="Draw the curve of this name too; may be given again.",
)


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


@tutorch.command("open", cls=_Plays)
@click.argument("lessons", metavar="[LESSON]...", nargs=-1)
@_device_option
@_ascii_option
@_watch_option
@click.option(
    "--moments",
    metavar="MIB",
    type=click.IntRange(1),
    default=_MOMENTS,
    show_default=True,
    help="Keep moments to go back to, in so much memory.",
)
@click.option(
    "--no-moments",
    is_flag=True,
    help="Keep none: going back runs everything again up to there.",
)
@click.option("--trust", is_flag=True, help="Run files of others without asking first.")
def open_app(
    lessons: tuple[str, ...],
    device: str | None,
    in_ascii: bool,
    watched: tuple[str, ...],
    moments: int,
    no_moments: bool,
    trust: bool,
    arguments: tuple[str, ...] | None,
) -> None:
    """Open LESSON, or a list; `tutorch LESSON` is short for it.

    It finds each ARGUMENT in sys.argv, now and when it is opened again
    without any.
    """
    paths = [_find(lesson) for lesson in lessons]
    is_one = len(paths) == 1 and not paths[0].is_dir()
    if is_one:
        _read_header(paths[0])
    elif arguments is not None:
        raise _Unable("arguments are for one lesson: name one before --")
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        raise _Unable(
            "the lessons open in a terminal, and there is none here;"
            f" to play one without: tutorch run {lessons[0] if lessons else 0}"
        )
    # Textual lays a change out at one tick, and paints what is drawn for it at the next: a key
    # waits for both.
    os.environ.setdefault("TEXTUAL_FPS", _TICKS_A_SECOND)
    from tui.app import TutorchApp

    limit = 0 if no_moments else moments << 20
    app = TutorchApp(
        LESSONS,
        paths[0] if is_one else None,
        device,
        in_ascii=in_ascii,
        moments=limit,
        asked=watched,
        shelf=() if is_one else paths,
        trusts=trust,
        arguments=arguments,
    )
    app.run()
    sys.exit(app.return_code or 0)


@tutorch.command("list")
@click.argument("folders", metavar="[FOLDER]...", nargs=-1)
def list_command(folders: tuple[str, ...]) -> None:
    """List the lessons: number, title, minutes, summary.

    Those in a FOLDER are listed by their paths, folders in it as sections.
    """
    paths = [_find(folder) for folder in folders] or [LESSONS]
    try:
        found = tuple(iter_lessons(paths))
    except LessonError as error:
        raise _Failed(str(error)) from error
    if not found:
        click.echo(f"there are no lessons in {', '.join(map(str, paths))}")
    width = shutil.get_terminal_size().columns if _is_terminal(sys.stdout) else None
    for line in lesson_lines(found, preferred_language(), width, by_path=bool(folders)):
        click.echo(line)


@tutorch.command("run", cls=_Plays)
@click.argument("lesson")
@click.option(
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    help="Run with this value of a parameter; may be given again.",
)
@click.option(
    "--save-figures",
    "figures",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the figures that LESSON shows in this folder, as PNG files.",
)
@_device_option
@_ascii_option
@_watch_option
def run_command(
    lesson: str,
    settings: tuple[str, ...],
    figures: Path | None,
    device: str | None,
    in_ascii: bool,
    watched: tuple[str, ...],
    arguments: tuple[str, ...] | None,
) -> None:
    """Play LESSON from its first step to its last, without a screen.

    What the lesson prints goes to stdout as it is. Titles, progress and
    curves go to stderr. It finds each ARGUMENT in sys.argv.
    """
    path = _find(lesson)
    try:
        from engine.lesson.reader import read_lesson
        from tui.headless.figures import FiguresFolderError
        from tui.headless.run import play

        status = play(
            replace(read_lesson(path), asked=watched),
            device=device,
            language=preferred_language(),
            in_ascii=in_ascii,
            parameters=dict(read_setting(text) for text in settings),
            figures=figures,
            arguments=arguments or (),
        )
    except LessonError as error:
        raise _Failed(str(error)) from error
    except FiguresFolderError as error:
        raise _Unable(str(error)) from error
    except ParameterError as error:
        raise _Unable(str(error)) from error
    except KeyboardInterrupt:
        status = ExitStatus.INTERRUPTED
    sys.exit(status)


@tutorch.command("export", cls=_Plays)
@click.argument("lesson")
@click.option(
    "--to",
    "kind",
    type=click.Choice(["html", "ipynb", "md", "py"]),
    required=True,
    help="A page alone in its file, a notebook, Markdown, or a plain script.",
)
@click.option(
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Write to this file instead of one named after LESSON, here.",
)
@click.option("--force", is_flag=True, help="Replace what is there already.")
@_language_option
@_device_option
def export_command(
    lesson: str,
    kind: str,
    output: Path | None,
    force: bool,
    language: str | None,
    device: str | None,
    arguments: tuple[str, ...] | None,
) -> None:
    """Play LESSON without a screen, and make a document of the run.

    It has the text, the code, and what this run wrote, drew and recorded,
    also where a step fails: the exit status says so, as of `run`. LESSON
    finds each ARGUMENT in sys.argv.
    """
    path = _find(lesson)
    try:
        from engine.lesson.reader import read_lesson
        from tui.headless.documents import CannotWrite, export
        from tui.headless.export import CannotPlay

        status = export(
            read_lesson(path),
            kind,
            output,
            overwrites=force,
            language=language or preferred_language(),
            device=device,
            arguments=arguments or (),
        )
    except LessonError as error:
        raise _Failed(str(error)) from error
    except CannotWrite as error:
        raise _Unable(str(error)) from error
    except CannotPlay as error:
        click.echo(str(error), err=True)
        status = error.status
    except KeyboardInterrupt:
        status = ExitStatus.INTERRUPTED
    sys.exit(status)


def _read_size(_ctx: click.Context, _option: click.Parameter, size: str) -> tuple[int, int]:
    columns, _, rows = size.partition("x")
    if columns.isdecimal() and rows.isdecimal():
        numbers = int(columns), int(rows)
        if all(least <= one <= 1000 for least, one in zip((80, 24), numbers, strict=True)):
            return numbers
    raise click.BadParameter(f"{size!r} is no size; write columns and rows from 80x24 on")


@tutorch.command("record")
@click.argument("lesson")
@click.argument("output", metavar="OUT.cast", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--size",
    metavar="COLUMNSxROWS",
    default="120x40",
    show_default=True,
    callback=_read_size,
    help="How large the terminal is that is recorded.",
)
@click.option("--force", is_flag=True, help="Replace what is there already.")
@_language_option
@_device_option
def record_command(
    lesson: str,
    output: Path,
    size: tuple[int, int],
    force: bool,
    language: str | None,
    device: str | None,
) -> None:
    """Have the player play LESSON by its keys, and record it for asciinema.

    Each step is read, its questions are answered, and it is run and looked
    at, at a pace at which it can be followed. Nothing of it counts as done.
    """
    path = _find(lesson)
    try:
        from engine.lesson.reader import read_lesson
        from tui.headless.export import CannotPlay
        from tui.recording.record import CannotRecord, record

        status = record(
            read_lesson(path),
            output,
            columns=size[0],
            rows=size[1],
            overwrites=force,
            language=language or preferred_language(),
            device=device,
            folder=LESSONS,
        )
    except LessonError as error:
        raise _Failed(str(error)) from error
    except CannotRecord as error:
        raise _Unable(str(error)) from error
    except CannotPlay as error:
        click.echo(str(error), err=True)
        status = error.status
    except KeyboardInterrupt:
        status = ExitStatus.INTERRUPTED
    sys.exit(status)


@tutorch.command("new")
@click.argument("name")
def new_command(name: str) -> None:
    """Write a small lesson to begin with, as NAME.py.

    It has text in two languages, a training, a question and an exercise.
    A file that is there is never overwritten.
    """
    from engine.authoring.beginning import CannotBegin, begin_lesson

    try:
        path = printable_line(shlex.quote(str(begin_lesson(name))))
    except CannotBegin as error:
        raise _Unable(printable_line(str(error))) from error
    click.echo(f"Written: {path}")
    click.echo(f"  tutorch {path}        plays it, and shows what you save at once")
    click.echo(f"  tutorch check {path}  tells what to mend in it")


@tutorch.command("check")
@click.argument("lessons", metavar="LESSON...", nargs=-1, required=True)
@_device_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Write findings for people, for a program, or for GitHub.",
)
def check_command(lessons: tuple[str, ...], device: str | None, form: str) -> None:
    """Tell authors what to mend in each LESSON.

    Reads it, runs every step, and runs every exercise twice: its solution
    must pass its check, and what the learner starts from must fail it.
    Of a folder, every lesson in it is checked.
    """
    paths, missing = [], []
    for lesson in lessons:
        try:
            paths.append(_find(lesson))
        except _Unable as error:
            missing.append(error)
    if not paths:
        raise missing[0]
    for each in missing:
        each.show()
    from engine.authoring.rehearsal import CannotRun
    from tui.headless.check import Form, check

    try:
        status = check(paths, device=device, language=preferred_language(), form=Form(form))
    except CannotRun as error:
        raise _Unable(str(error)) from error
    except KeyboardInterrupt:
        status = ExitStatus.INTERRUPTED
    sys.exit(ExitStatus.UNABLE if missing and status != ExitStatus.INTERRUPTED else status)


@tutorch.command("reset")
@click.argument("lesson", required=False)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def reset_command(lesson: str | None, yes: bool) -> None:
    """Forget what was done in LESSON, or in all lessons.

    Language and theme stay as they were chosen.
    """
    header = None if lesson is None else _read_header(_find(lesson))
    what = "every lesson" if header is None else header.title.in_language(preferred_language())
    if not yes and not click.confirm(f"Forget what was done in {what}?"):
        click.echo("Nothing was forgotten.")
        return
    from engine.progress.keeping import open_progress
    from engine.progress.places import state_folder

    progress = open_progress(state_folder())
    progress.reset(None if header is None else progress.key_of(header))
    progress.close()
    if not progress.is_kept:
        raise _Failed(f"nothing was forgotten: {progress.notice}")
    click.echo(f"Forgotten: what was done in {what}.")


def _find(name: str) -> Path:
    try:
        return find_lesson(name, LESSONS)
    except LessonNotFound as error:
        if Path(name).is_dir():
            return Path(name)
        raise _Unable(str(error)) from error
    except LessonError as error:
        raise _Failed(str(error)) from error


def _read_header(path: Path) -> LessonHeader:
    try:
        return read_header(path)
    except LessonError as error:
        raise _Failed(str(error)) from error


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is a terminal; a stream that was closed before Python began is None."""
    return stream is not None and stream.isatty()


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
