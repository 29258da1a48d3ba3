"""A played lesson as Markdown, with its curves, drawings and pictures as files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.lesson.plain import as_heading
from engine.lesson.printable import printable, printable_line
from engine.protocol.events import SessionDied, StepEnded
from engine.protocol.pictures import png_of
from tui.exporting.answers import answered_questions
from tui.exporting.cells import drawing_svg
from tui.exporting.colours import PageColours, alone
from tui.exporting.curves import curves_svg, notes_of, shown_series
from tui.exporting.images import Images
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.exporting.texts import fenced, folded, heading_of, hints_of, with_images
from tui.exporting.written import output_parts
from tui.language.catalogue import Translate
from tui.scrollback.ansi import parse_drawing
from tui.words.endings import death_remarks, exit_remarks
from tui.words.noticed import noticed_words
from tui.words.tracebacks import traceback_lines


@dataclass(frozen=True, slots=True)
class MarkdownDocument:
    """The text, and the files that it names, by their names below its folder."""

    text: str
    beside: dict[str, bytes] = field(default_factory=dict)


def markdown_of(
    played: PlayedLesson, folder: str, translate: Translate, images: Images
) -> MarkdownDocument:
    """The document; the files beside it are in `folder`."""
    writer = _Writer(folder, played.language, translate, images)
    title = printable_line(played.lesson.header.title.in_language(played.language))
    parts = [f"# {as_heading(title)}", *(part for one in played.steps for part in writer.step(one))]
    return MarkdownDocument("\n\n".join(part for part in parts if part) + "\n", writer.beside)


class _Writer:
    def __init__(self, folder: str, language: str, translate: Translate, images: Images) -> None:
        self.beside: dict[str, bytes] = {}
        self._folder = folder
        self._language = language
        self._translate = translate
        self._images = images

    def step(self, one: PlayedStep) -> Iterator[str]:
        step, language, translate = one.step, self._language, self._translate
        prose = step.prose_in(language)
        title = heading_of(step, language)
        if title is not None:
            yield f"## {as_heading(title)}"
        yield with_images(prose, self._local)
        for asked in answered_questions(one, language, translate):
            yield with_images(asked.question, self._local)
            yield folded(translate("Answer"), asked.answer)
        yield from hints_of(step, language, translate)
        if step.cell is None:
            return
        yield fenced(step.cell.source, "python")
        if one.end is None:
            yield f"*{translate('This step did not run.')}*"
        else:
            yield from self._written(one)
            yield from (f"⚠ {noticed_words(noticed, translate)}" for noticed in one.noticed)
            yield from self._ending(one.end)
            yield from self._drawn(one)
        if step.exercise is not None:
            yield folded(translate("Solution"), fenced(step.exercise.solution.source, "python"))

    def _written(self, one: PlayedStep) -> Iterator[str]:
        lines = one.output.lines
        for number, (part, picture) in enumerate(output_parts(one.output), 1):
            if picture is None:
                yield fenced("\n".join(lines[index] for index in part), "text")
            else:
                name = f"step-{one.step.index + 1}-figure-{number}.png"
                yield self._image(name, png_of(picture), lines[part.start])

    def _ending(self, end: StepEnded | SessionDied) -> Iterator[str]:
        match end:
            case StepEnded(traceback=traceback, exit=left):
                if traceback is not None:
                    told = map(printable, traceback_lines(traceback, self._translate))
                    yield fenced("\n".join(told), "text")
                remarks = exit_remarks(left, self._translate)[:1]
            case SessionDied(death=death):
                remarks = death_remarks(death, self._translate, is_by_force=False)
        yield from (f"*{remark.text}*" for remark in remarks)

    def _drawn(self, one: PlayedStep) -> Iterator[str]:
        if one.frame is None:
            return
        number, series = one.step.index + 1, shown_series(one.frame.series)
        title = self._translate("Curves of step {number}: {title}").format(
            number=number, title=printable_line(one.step.title_in(self._language))
        )
        curves = curves_svg(series, self._translate, title=title)
        if curves:
            yield self._image(
                f"step-{number}-curves.svg", alone(curves, PageColours()).encode(), title
            )
        yield from notes_of(series, self._translate)
        for at, view in enumerate(one.frame.views if one.is_done else (), 1):
            if view.is_error:
                yield fenced(printable(view.text), "text")
                continue
            colours, name = PageColours(), printable_line(view.title)
            drawing = alone(drawing_svg(parse_drawing(view.text), colours, name), colours)
            yield self._image(f"step-{number}-drawing-{at}.svg", drawing.encode(), name)

    def _local(self, name: str) -> str | None:
        """The name beside the document of a picture that the prose has."""
        found = self._images(name)
        if found is None:
            return None
        own = f"prose-{len(self.beside) + 1}.{found.kind.partition('+')[0]}"
        self.beside[own] = found.data
        return f"{self._folder}/{own}"

    def _image(self, name: str, data: bytes, words: str) -> str:
        self.beside[name] = data
        return f"![{words.translate(_NO_BRACKETS)}](<{self._folder}/{name}>)"


_NO_BRACKETS = str.maketrans("[]", "()")
