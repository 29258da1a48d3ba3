"""What is wrong with a lesson as its author wrote it, told without running a line of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.authoring.drawn_words import untranslated
from engine.authoring.findings import OfLanguages
from engine.authoring.mends import Mend
from engine.authoring.reading import reading_mends
from engine.courses.course import COURSE_FILE
from engine.courses.folders import Section, UnreadableLesson, list_lessons
from engine.lesson.findings import Finding, OfCourse
from engine.lesson.model import Cell, Lesson, LessonError, Prose, Step
from engine.lesson.sentences import sentence
from engine.reading.reader import read_with_mistakes


def to_check(paths: Sequence[Path]) -> tuple[list[Path], list[Mend]]:
    """The files of lessons, those in folders in their order, and what the folders give to mend."""
    files: list[Path] = []
    mends: list[Mend] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        try:
            found = list_lessons(path)
        except LessonError as error:
            mends.append(Mend(path, None, error.finding))
            continue
        if not found:
            mends.append(Mend(path, None, OfCourse.NO_LESSON_HERE.told()))
        for entry in found:
            if entry.path.name == COURSE_FILE and isinstance(entry, UnreadableLesson):
                mends.append(Mend(entry.path, entry.line, entry.finding))
            elif not isinstance(entry, Section):
                files.append(entry.path)
    return list(dict.fromkeys(files)), mends


def check_text(path: Path) -> tuple[Lesson | None, tuple[Mend, ...]]:
    """The lesson in a file, None where it cannot be read, and what its text alone gives to mend."""
    lesson, mistakes = read_with_mistakes(path)
    if lesson is None:
        return None, tuple(Mend(path, each.line, each.finding) for each in mistakes)
    languages = languages_of(lesson)
    mends = [
        *_header_mends(lesson, languages),
        *_step_mends(lesson, languages),
        *_check_mends(lesson, languages),
        *reading_mends(lesson, languages),
        *_titles_of_drawings(lesson, languages),
    ]
    return lesson, tuple(sorted(mends, key=lambda mend: mend.line or 0))


def languages_of(lesson: Lesson) -> tuple[str, ...]:
    """The languages that the lesson speaks, in the order of the file."""
    header = (*lesson.header.title.texts, *lesson.header.summary.texts)
    spoken = (part.language for step in lesson.steps for part in _parts(step))
    return tuple(language for language in dict.fromkeys((*header, *spoken)) if language)


def _parts(step: Step) -> tuple[Prose, ...]:
    return step.prose if step.exercise is None else (*step.prose, *step.exercise.hints)


def _header_mends(lesson: Lesson, languages: tuple[str, ...]) -> Iterator[Mend]:
    for key, text in (("title", lesson.header.title), ("summary", lesson.header.summary)):
        # A text for every language has the key "", and so has one that the header does not give.
        missing = _missing(text.texts, languages) if "" not in text.texts else ""
        if missing:
            finding = OfLanguages.HEADER_UNTRANSLATED.told(key=key, missing=missing)
            yield Mend(lesson.path, _header_line(lesson, key), finding)


def _header_line(lesson: Lesson, key: str) -> int:
    rows = enumerate(lesson.source.split("\n"), 1)
    return next((line for line, row in rows if re.match(rf"#\s+{key}:", row)), 1)


def _step_mends(lesson: Lesson, languages: tuple[str, ...]) -> Iterator[Mend]:
    for step in lesson.steps:
        hints = step.exercise.hints if step.exercise is not None else ()
        for parts, what, tags in (
            (step.prose, sentence("text"), ""),
            (hints, sentence("a hint"), ' tags=["hint"]'),
        ):
            spoken = {part.language: part for part in parts if part.language}
            missing = _missing(spoken, languages) if spoken else ""
            if missing:
                finding = OfLanguages.TEXT_UNTRANSLATED.told(
                    what=what,
                    written=", ".join(spoken),
                    missing=missing,
                    language=missing.split()[0],
                    tags=tags,
                )
                yield Mend(lesson.path, next(iter(spoken.values())).line, finding)


def _missing(given: Iterable[str], languages: Iterable[str]) -> str:
    """The languages that are not given, to be read; "" where none is missing."""
    there = set(given)
    return " and ".join(language for language in languages if language not in there)


def _check_mends(lesson: Lesson, languages: tuple[str, ...]) -> Iterator[Mend]:
    """Assertions that say nothing to the learner, or not in each language."""
    for step in lesson.steps:
        for check in step.exercise.checks if step.exercise is not None else ():
            for assertion in _assertions(check):
                finding = _speechless(assertion.msg, languages)
                if finding is not None:
                    yield Mend(lesson.path, assertion.lineno, finding)


def _titles_of_drawings(lesson: Lesson, languages: tuple[str, ...]) -> Iterator[Mend]:
    """What exported lessons write under drawings."""
    for view in (view for step in lesson.steps for view in step.views):
        yield from untranslated(lesson, languages, [view.title], view.line - 1)


def _assertions(check: Cell) -> Iterator[ast.Assert]:
    tree = ast.parse("\n" * (check.line - 1) + check.source)
    return (node for node in ast.walk(tree) if isinstance(node, ast.Assert))


def _speechless(message: ast.expr | None, languages: tuple[str, ...]) -> Finding | None:
    """What an assertion's message lacks; None where nothing, or where only a run could tell."""
    example = ", ".join(f'"{language}": "..."' for language in languages)
    if message is None:
        text = f"{{{example}}}" if len(languages) > 1 else '"..."'
        return OfLanguages.MESSAGE_MISSING.told(example=text)
    match message:
        case ast.Constant(value=str()) | ast.JoinedStr() if len(languages) > 1:
            return OfLanguages.MESSAGE_ONE_LANGUAGE.told(example=f"{{{example}}}")
        case ast.Dict(keys=keys):
            told = [key.value for key in keys if isinstance(key, ast.Constant)]
            missing = _missing(map(str, told), languages) if len(told) == len(keys) else ""
            if missing:
                return OfLanguages.MESSAGE_UNTRANSLATED.told(missing=missing)
    return None
