"""`tutorch export` and `tutorch record`: what is made of a lesson that is played."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tui.commands import naming
from tui.commands.errors import own_words, told_in_one_line
from tui.commands.naming import find
from tui.commands.options import device_option, language_option
from tui.commands.plays import PlayCommand
from tui.commands.spoken import SpokenCommand
from tui.language.preferred import preferred_language


@click.command("export", cls=PlayCommand)
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
@language_option
@device_option
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
    path = find(lesson)
    with told_in_one_line():
        from engine.reading.reader import read_lesson
        from tui.headless.documents import export

        status = export(
            read_lesson(path),
            kind,
            output,
            overwrites=force,
            language=language or preferred_language(),
            device=device,
            arguments=arguments or (),
        )
    sys.exit(status)


def _read_size(_ctx: click.Context, _option: click.Parameter, size: str) -> tuple[int, int]:
    columns, _, rows = size.partition("x")
    if columns.isdecimal() and rows.isdecimal():
        numbers = int(columns), int(rows)
        if all(least <= one <= 1000 for least, one in zip((80, 24), numbers, strict=True)):
            return numbers
    translate = own_words()
    words = translate("{size!r} is no size; write columns and rows from 80x24 on")
    raise click.BadParameter(words.format(size=size))


@click.command("record", cls=SpokenCommand)
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
@language_option
@device_option
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
    path = find(lesson)
    with told_in_one_line():
        from engine.reading.reader import read_lesson
        from tui.recording.record import record

        status = record(
            read_lesson(path),
            output,
            columns=size[0],
            rows=size[1],
            overwrites=force,
            language=language or preferred_language(),
            device=device,
            folder=naming.LESSONS,
        )
    sys.exit(status)
