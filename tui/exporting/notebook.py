"""A played lesson as a notebook: its texts, its code as it ran, and what the run has made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from engine.lesson.plain import as_heading
from engine.lesson.printable import printable_line
from engine.protocol.events import StepEnded
from engine.protocol.pictures import png_of
from engine.taking_home.notebook_cells import (
    NotebookPart,
    code_cell,
    error_output,
    notebook_text,
    picture_output,
    text_cell,
    written_output,
)
from tui.exporting.answers import answered_questions
from tui.exporting.images import Images
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.exporting.taken import cells_to_take
from tui.exporting.texts import fenced, folded, heading_of, hints_of, with_images
from tui.exporting.written import output_parts
from tui.language.catalogue import Translate


def notebook_of(played: PlayedLesson, translate: Translate, images: Images) -> str:
    """The notebook as JSON; it needs nothing of tutorch's to run."""
    sources = cells_to_take(played, translate)
    title = printable_line(played.lesson.header.title.in_language(played.language))
    cells = [] if _begins_with_title(played) else [text_cell(f"# {as_heading(title)}")]
    count = 0
    for one in played.steps:
        count += one.end is not None
        cells += _cells(one, played.language, sources, count, translate, images)
    return notebook_text(cells)


def _begins_with_title(played: PlayedLesson) -> bool:
    first = played.steps[0].step.prose_in(played.language) if played.steps else ""
    return first.lstrip().startswith("# ")


def _cells(
    one: PlayedStep,
    language: str,
    sources: Mapping[int, str],
    count: int,
    translate: Translate,
    images: Images,
) -> Iterator[NotebookPart]:
    step = one.step
    prose = step.prose_in(language)
    title = heading_of(step, language)
    parts = [] if title is None else [f"## {as_heading(title)}"]
    parts += [prose] if prose else []
    for asked in answered_questions(one, language, translate):
        parts += [asked.question, folded(translate("Answer"), asked.answer)]
    parts += hints_of(step, language, translate)
    if parts:
        yield text_cell(with_images("\n\n".join(parts), lambda name: _address(name, images)))
    if step.cell is None:
        return
    has_run = one.end is not None
    yield code_cell(sources[step.index], list(_outputs(one)), count if has_run else None)
    if step.exercise is not None:
        solution = fenced(step.exercise.solution.source, "python")
        yield text_cell(folded(translate("Solution"), solution))
    drawn = one.frame.views if one.is_done and one.frame is not None else ()
    for view, drawing in zip_longest(step.views, drawn):
        text = "" if drawing is None or drawing.is_error else drawing.text
        yield code_cell(view.source.rstrip("\n"), written_output(text))


def _address(name: str, images: Images) -> str | None:
    found = images(name)
    return None if found is None else found.address


def _outputs(one: PlayedStep) -> Iterator[NotebookPart]:
    lines = one.output.lines
    for part, picture in output_parts(one.output):
        if picture is None:
            yield from written_output("".join(f"{lines[index]}\n" for index in part))
        else:
            yield picture_output(png_of(picture), lines[part.start])
    if isinstance(one.end, StepEnded) and one.end.traceback is not None:
        yield error_output(one.end.traceback.lines)
