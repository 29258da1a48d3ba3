"""A played lesson as one page of HTML, which needs nothing else: no network and no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from engine.lesson.model import Cell
from engine.lesson.printable import printable, printable_line
from engine.protocol.events import SessionDied, StepEnded
from tui.exporting.answers import answered_questions
from tui.exporting.cells import drawing_svg
from tui.exporting.code import code_html
from tui.exporting.colours import PageColours, drawing_styles
from tui.exporting.curves import curves_svg, notes_of, shown_series, wants_log_scale
from tui.exporting.images import Images
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.exporting.prose import prose_html
from tui.exporting.texts import heading_of
from tui.exporting.written import written_html
from tui.formulas.formulas import formulas_in_line
from tui.language.catalogue import Translate
from tui.scrollback.ansi import parse_drawing
from tui.words.endings import death_remarks, exit_remarks
from tui.words.noticed import noticed_words
from tui.words.tracebacks import traceback_lines

_STYLES = Path(__file__).resolve().parents[2] / "assets" / "page.css"

# A browser that heeds it loads nothing, whatever a lesson has put into its prose.
_LOADS_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page_of(played: PlayedLesson, translate: Translate, images: Images) -> str:
    """The page: contents, and each step with its prose, code, output, curves and drawings."""
    colours = PageColours()
    header, language = played.lesson.header, played.language
    title = _line(header.title.in_language(language))
    summary = printable_line(header.summary.in_language(language))
    if _is_in_the_text(summary, played):
        summary = ""
    body = [
        '<header class="top">',
        f"<h1>{escape(title)}</h1>",
        *([f'<p class="summary">{escape(_line(summary))}</p>'] if summary else []),
        "</header>",
        *_contents(played, translate),
        "<main>",
        *(part for one in played.steps for part in _step(one, played, colours, translate, images)),
        "</main>",
        f"<footer>{escape(_made(played, translate))}</footer>",
    ]
    styles = [drawing_styles(), _STYLES.read_text(encoding="utf-8").strip(), colours.styles()]
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_LOADS_NOTHING}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="generator" content="{escape(played.made_by)}">',
        f"<title>{escape(title)}</title>",
        "<style>",
        *styles,
        "</style>",
        "</head>",
        "<body>",
    ]
    return "\n".join([*head, *body, "</body>", "</html>", ""])


def _line(title: str) -> str:
    return printable_line(formulas_in_line(title))


def _is_in_the_text(summary: str, played: PlayedLesson) -> bool:
    """Whether a summary is what the text begins with, as of a file that says none itself."""
    texts = (one.step.prose_in(played.language) for one in played.steps[:1])
    return any(" ".join(summary.split()).rstrip("…") in " ".join(text.split()) for text in texts)


def _contents(played: PlayedLesson, translate: Translate) -> Iterator[str]:
    """The steps by their titles, each a way to it."""
    if len(played.steps) < 2:
        return
    yield f"<nav><details><summary>{escape(translate('Steps'))}</summary>"
    yield "<ol>"
    for one in played.steps:
        title = escape(_line(one.step.title_in(played.language)))
        yield f'<li><a href="#step-{one.step.index + 1}">{title}</a></li>'
    yield "</ol></details></nav>"


def _made(played: PlayedLesson, translate: Translate) -> str:
    said = translate("{file}, played by {program}: what you see is what this run has made.")
    return said.format(file=printable_line(played.lesson.path.name), program=played.made_by)


def _step(
    one: PlayedStep,
    played: PlayedLesson,
    colours: PageColours,
    translate: Translate,
    images: Images,
) -> Iterator[str]:
    step, language = one.step, played.language
    number = translate("Step {number} of {count}").format(
        number=step.index + 1, count=len(played.steps)
    )
    yield f'<section class="step" id="step-{step.index + 1}">'
    yield f'<p class="number">{escape(number)}</p>'
    prose = step.prose_in(language)
    heading = heading_of(step, language)
    if heading is not None:
        yield f"<h2>{escape(_line(heading))}</h2>"
    if prose:
        yield f'<div class="prose">{prose_html(prose, images)}</div>'
    for asked in answered_questions(one, language, translate):
        yield f'<div class="question">{prose_html(asked.question, images)}'
        yield _folded(translate("Answer"), prose_html(asked.answer, images))
        yield "</div>"
    if step.cell is not None:
        yield from _exercise_hints(one, language, translate, images)
        yield code_html(_without_end(step.cell))
        yield from _came(one, language, colours, translate)
        if step.exercise is not None:
            yield _folded(translate("Solution"), code_html(_without_end(step.exercise.solution)))
    yield "</section>"


def _exercise_hints(
    one: PlayedStep, language: str, translate: Translate, images: Images
) -> Iterator[str]:
    if one.step.exercise is None:
        return
    hints = one.step.exercise.hints_in(language)
    yield f'<p class="label">{escape(translate("Exercise"))}</p>'
    for number, hint in enumerate(hints, 1):
        name = translate("Hint {number} of {count}").format(number=number, count=len(hints))
        yield _folded(name, prose_html(hint, images))


def _came(
    one: PlayedStep, language: str, colours: PageColours, translate: Translate
) -> Iterator[str]:
    """What the step wrote, recorded and drew, and how it ended where that was not well."""
    if one.end is None:
        yield f'<p class="note">{escape(translate("This step did not run."))}</p>'
        return
    yield written_html(one.output, colours)
    for noticed in one.noticed:
        yield f'<p class="note warning">⚠ {escape(noticed_words(noticed, translate))}</p>'
    yield from _ending(one.end, translate)
    yield from _curves(one, language, translate)
    if one.is_done and one.frame is not None:
        for view in one.frame.views:
            title = printable_line(view.title)
            if view.is_error:
                yield f'<p class="note bad">{escape(printable(view.text))}</p>'
                continue
            drawing = drawing_svg(parse_drawing(view.text), colours, title)
            yield f'<figure class="drawing">{drawing}'
            yield f"<figcaption>{escape(title)}</figcaption></figure>"


def _ending(end: StepEnded | SessionDied, translate: Translate) -> Iterator[str]:
    match end:
        case StepEnded(traceback=traceback, exit=left):
            if traceback is not None:
                told = map(printable, traceback_lines(traceback, translate))
                lines = escape("\n".join(told), quote=False)
                yield f'<pre class="written error">{lines}</pre>'
            remarks = exit_remarks(left, translate)[:1]
        case SessionDied(death=death):
            remarks = death_remarks(death, translate, is_by_force=False)
    for remark in remarks:
        kind = "note bad" if remark.is_good is False else "note"
        yield f'<p class="{kind}">{escape(remark.text)}</p>'


def _curves(one: PlayedStep, language: str, translate: Translate) -> Iterator[str]:
    series = shown_series(one.frame.series) if one.frame is not None else []
    title = translate("Curves of step {number}: {title}").format(
        number=one.step.index + 1, title=_line(one.step.title_in(language))
    )
    drawn = curves_svg(series, translate, title=title)
    if drawn:
        yield f'<figure class="curve">{drawn}</figure>'
        if wants_log_scale(series):
            again = curves_svg(series, translate, title=title, is_logarithmic=True)
            figure = f'<figure class="curve">{again}</figure>'
            yield _folded(translate("Logarithmic scale"), figure)
    for note in notes_of(series, translate):
        yield f'<p class="note warning">{escape(note)}</p>'


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>\n{inside}\n</details>"


def _without_end(cell: Cell) -> str:
    return cell.source.rstrip("\n")
