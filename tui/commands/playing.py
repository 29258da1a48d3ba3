"""`tutorch open`, which `tutorch LESSON` is short for, and `tutorch run`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from engine.lesson.parameters import ParameterError, read_setting
from tui.commands import naming
from tui.commands.errors import Unable, own_words, told_in_one_line
from tui.commands.naming import find, header_of
from tui.commands.options import ascii_option, device_option, watch_option
from tui.commands.plays import PlayCommand
from tui.language.characters import shows_all
from tui.language.preferred import preferred_language

_TICKS_A_SECOND = "120"

# How much memory moments may have together, in MiB, where the command line does not say.
_MOMENTS = 512


@click.command("open", cls=PlayCommand)
@click.argument("lessons", metavar="[LESSON]...", nargs=-1)
@device_option
@ascii_option
@watch_option
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
    paths = [find(lesson) for lesson in lessons]
    is_one = len(paths) == 1 and not paths[0].is_dir()
    if is_one:
        header_of(paths[0])
    elif arguments is not None:
        translate = own_words()
        raise Unable(translate("arguments are for one lesson: name one before --"))
    named = lessons[0] if is_one else "LESSON" if lessons else 0
    if not (naming.is_terminal(sys.stdin) and naming.is_terminal(sys.stdout)):
        translate = own_words()
        words = translate(
            "the lessons open in a terminal, and there is none here;"
            " to play one without: tutorch run {lesson}"
        )
        raise Unable(words.format(lesson=named))
    if os.environ.get("TERM") == "dumb":
        translate = own_words()
        words = translate(
            "this terminal calls itself dumb (TERM=dumb): no screen can be drawn there;"
            " to play a lesson without: tutorch run {lesson}"
        )
        raise Unable(words.format(lesson=named))
    # Textual lays a change out at one tick, and paints what is drawn for it at the next: a key
    # waits for both.
    os.environ.setdefault("TEXTUAL_FPS", _TICKS_A_SECOND)
    from tui.app import TutorchApp

    limit = 0 if no_moments else moments << 20
    app = TutorchApp(
        naming.LESSONS,
        paths[0] if is_one else None,
        device,
        in_ascii=in_ascii or not shows_all(sys.stderr),
        moments=limit,
        asked=watched,
        shelf=() if is_one else paths,
        trusts=trust,
        arguments=arguments,
    )
    app.run()
    sys.exit(app.return_code or 0)


@click.command("run", cls=PlayCommand)
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
@device_option
@ascii_option
@watch_option
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
    path = find(lesson)
    with told_in_one_line():
        from engine.reading.reader import read_lesson
        from tui.headless.run import play

        try:
            status = play(
                replace(read_lesson(path), asked=watched),
                device=device,
                language=preferred_language(),
                in_ascii=in_ascii,
                parameters=dict(read_setting(text) for text in settings),
                figures=figures,
                arguments=arguments or (),
            )
        except ParameterError as error:
            raise Unable.of(error) from error
    sys.exit(status)
