"""`tutorch new` and `tutorch check`, for authors."""

from __future__ import annotations

import shlex
import sys

import click

from engine.lesson.printable import printable_line
from tui.commands.errors import Unable, own_words
from tui.commands.naming import find
from tui.commands.options import device_option
from tui.commands.spoken import SpokenCommand
from tui.exit_status import ExitStatus
from tui.headless.streams import say
from tui.language.preferred import preferred_language


@click.command("new", cls=SpokenCommand)
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
        raise Unable.of(error) from error
    translate = own_words()
    say(translate("wrote {path}").format(path=path))
    for words in (
        translate("  tutorch {path}        plays it, and shows what you save at once"),
        translate("  tutorch check {path}  tells what to mend in it"),
    ):
        say(words.format(path=path))


@click.command("check", cls=SpokenCommand)
@click.argument("lessons", metavar="LESSON...", nargs=-1, required=True)
@device_option
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
            paths.append(find(lesson))
        except Unable as error:
            missing.append(error)
    if not paths:
        raise missing[0]
    for each in missing:
        each.show()
    from engine.authoring.rehearsal import CannotRun
    from tui.headless.check import ReportForm, check

    try:
        status = check(paths, device=device, language=preferred_language(), form=ReportForm(form))
    except CannotRun as error:
        raise Unable.of(error) from error
    except KeyboardInterrupt:
        status = ExitStatus.INTERRUPTED
    sys.exit(ExitStatus.UNABLE if missing and status != ExitStatus.INTERRUPTED else status)
