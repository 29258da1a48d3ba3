"""`tutorch list` and `tutorch reset`: which lessons there are, and what was done in them."""

from __future__ import annotations

import shutil
import sys

import click

from engine.courses.folders import iter_lessons
from engine.lesson.model import LessonError
from tui.commands import naming
from tui.commands.errors import Failed, own_words, told_of
from tui.commands.naming import find, header_of
from tui.commands.spoken import SpokenCommand
from tui.headless.streams import say
from tui.language.characters import shows_all
from tui.language.preferred import preferred_language


@click.command("list", cls=SpokenCommand)
@click.argument("folders", metavar="[FOLDER]...", nargs=-1)
def list_command(folders: tuple[str, ...]) -> None:
    """List the lessons: number, title, minutes, summary.

    Those in a FOLDER are listed by their paths, folders in it as sections.
    """
    from tui.headless.lesson_lines import lesson_lines

    paths = [find(folder) for folder in folders] or [naming.LESSONS]
    try:
        found = tuple(iter_lessons(paths))
    except LessonError as error:
        raise told_of(error) from error
    if not found:
        translate = own_words()
        words = translate("there are no lessons in {folders}")
        say(words.format(folders=", ".join(map(str, paths))))
    width = shutil.get_terminal_size().columns if naming.is_terminal(sys.stdout) else None
    in_ascii = not shows_all(sys.stdout)
    for line in lesson_lines(
        found, preferred_language(), width, by_path=bool(folders), in_ascii=in_ascii
    ):
        say(line)


@click.command("reset", cls=SpokenCommand)
@click.argument("lesson", required=False)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def reset_command(lesson: str | None, yes: bool) -> None:
    """Forget what was done in LESSON, or in all lessons.

    Language and theme stay as they were chosen.
    """
    header = None if lesson is None else header_of(find(lesson))
    translate = own_words()
    if header is None:
        what = translate("every lesson")
    else:
        what = header.title.in_language(preferred_language())
    asks = translate("Forget what was done in {what}?").format(what=what)
    if not yes and not click.confirm(asks):
        say(translate("Nothing was forgotten."))
        return
    from engine.progress.keeping import open_progress
    from engine.progress.places import state_folder
    from tui.words.keeping import keeping_words

    progress = open_progress(state_folder())
    progress.reset(None if header is None else progress.key_of(header))
    progress.close()
    if not progress.is_kept:
        why = "" if progress.notice is None else keeping_words(progress.notice, translate)
        raise Failed(translate("nothing was forgotten: {why}").format(why=why))
    say(translate("Forgotten: what was done in {what}.").format(what=what))
