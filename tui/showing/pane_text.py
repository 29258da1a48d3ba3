"""What of a pane can be taken along as text; no widget, and nothing of what is drawn."""

from __future__ import annotations

import numpy as np

from engine.lesson.model import ChoiceQuestion
from engine.protocol.events import EngineFailed
from engine.protocol.frame import Floats
from tui.look import Look
from tui.player.playback import Playback
from tui.rendering.step_text import help_markdown, prose_markdown
from tui.showing.asked import asked_of
from tui.showing.drawing_text import drawing_text
from tui.showing.drawn_beside import drawn_beside
from tui.showing.plain_prose import plain_prose
from tui.showing.sight import sight_of
from tui.showing.tensor_text import tensor_text
from tui.words.questions import AskedQuestion, told_words

SEARCHABLE = frozenset({"prose", "code", "output", "tensors"})
"""The panes that have words."""


def has_something(pane: str, playback: Playback) -> bool:
    """Whether a pane of the step that is shown has anything to copy yet."""
    record = playback.record
    frame = record.frame
    match pane:
        case "output":
            return bool(record.output.line_count) or isinstance(playback.engine, EngineFailed)
        case "prose" | "code":
            return True
    if frame is None:
        return False
    match pane:
        case "curve":
            return bool(frame.curves or frame.series)
        case "tensors":
            return bool(frame.tensors)
        case "view":
            return bool(frame.views)
        case _:
            return frame.canvas is not None and bool(frame.canvas.pixels.size)


def pane_text(pane: str, playback: Playback, look: Look) -> str:
    """What a pane of the step that is shown says, as plain text; "" where that is nothing.

    Code is as the learner has it, output without colours; of tensors and of a canvas these are the
    numbers. A curve is none of these: its values come from the session (`taking_along/session.py`).
    """
    record = playback.record
    frame = record.frame
    match pane:
        case "prose":
            return _prose(playback, look)
        case "code":
            return _code(playback)
        case "output":
            engine = playback.engine
            return engine.message if isinstance(engine, EngineFailed) else record.output.text()
        case "tensors":
            return "\n\n".join(map(tensor_text, frame.tensors)) if frame is not None else ""
        case "view":
            beside = drawn_beside(playback, look.translate)
            own = () if frame is None else frame.views
            drawings = own if beside is None else beside.views
            return "\n\n".join(drawing_text(drawing.text) for drawing in drawings)
        case _:
            canvas = frame.canvas if frame is not None else None
            return _pixels(canvas.pixels) if canvas is not None else ""


def _prose(playback: Playback, look: Look) -> str:
    """The text with its questions, what was told of them, and the help."""
    step, work, words = playback.step, playback.work, (look.language, look.translate)
    asked = (_question(one, look) for one in asked_of(playback, look.language))
    parts = [prose_markdown(step, work, *words), *asked, help_markdown(step, work, *words)]
    return plain_prose("\n\n".join(part for part in parts if part))


def _question(asked: AskedQuestion, look: Look) -> str:
    question = asked.question
    options = question.options if isinstance(question, ChoiceQuestion) else ()
    listed = "\n".join(f"- {option.text}" for option in options)
    told = told_words(asked, look.translate, look.write_formulas)
    return "\n\n".join(part for part in (question.text, listed, told) if part)


def _code(playback: Playback) -> str:
    """The step's code; while it stands in a function of another step, that step's."""
    cell = sight_of(playback).cell
    return "" if cell is None else cell.source


def _pixels(pixels: Floats) -> str:
    return "\n".join("\t".join(f"{value:.4g}" for value in row) for row in np.atleast_2d(pixels))
