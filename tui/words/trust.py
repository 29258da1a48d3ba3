"""What is said of a file that did not come with tutorch, before anything of it runs."""

from __future__ import annotations

from engine.lesson.imports import imported_modules, shell_commands
from engine.lesson.model import Lesson
from engine.lesson.printable import printable_line
from tui.language.catalogue import Translate

_MOST_COMMANDS = 3


def file_facts(lesson: Lesson, translate: Translate) -> list[tuple[str, str]]:
    """What the file is and what its code would use: names, and what stands beside them."""
    lines = lesson.source.count("\n") + (not lesson.source.endswith("\n"))
    size = translate("{size} kB, lines: {lines}, steps: {steps}").format(
        size=f"{len(lesson.source.encode('utf-8', 'replace')) / 1000:.1f}",
        lines=lines,
        steps=sum(step.cell is not None for step in lesson.steps),
    )
    modules = imported_modules(lesson)
    facts = [
        (translate("File"), printable_line(str(lesson.path))),
        (translate("Size"), size),
        (translate("Imports"), ", ".join(modules) if modules else translate("nothing")),
    ]
    commands = shell_commands(lesson)
    if commands:
        shown = [printable_line(command) for command in commands[:_MOST_COMMANDS]]
        more = ["…"] if len(commands) > _MOST_COMMANDS else []
        facts.append((translate("Shell"), "\n".join([*shown, *more])))
    return facts
