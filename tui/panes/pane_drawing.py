"""What each pane is given to show: functions from a playback to one pane."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

from engine.protocol.events import EngineFailed
from engine.protocol.pictures import Picture
from engine.protocol.status import Status
from tui.look import Appearance, Look
from tui.panes.canvas_pane import CanvasPane
from tui.panes.curve_pane import CurvePane
from tui.panes.output_pane import OutputPane
from tui.panes.tensor_pane import TensorPane
from tui.panes.view_pane import ViewPane
from tui.player.playback import Playback
from tui.player.standing import can_be_redrawn, changes_in_run, next_statement
from tui.prose.prose_pane import ProsePane
from tui.prose.prose_pictures import has_pictures, pictures_in
from tui.rendering.remarks import Remark
from tui.rendering.step_text import help_markdown, prose_markdown
from tui.showing.asked import asked_of
from tui.showing.drawn_beside import drawn_beside, output_shown
from tui.showing.remarks import (
    newest_remark_on_training,
    predicted_shapes,
    remarks_after_run,
    remarks_on_predictions,
    word_on_no_drawing,
    word_on_no_output,
    word_on_no_tensors,
    word_on_the_way,
)
from tui.showing.shown_runs import runs_shown


def draw_output(pane: OutputPane, playback: Playback, look: Look, told: Collection[Remark]) -> None:
    """Show what the step has written, or why nothing can run; not what is `told` elsewhere."""
    if isinstance(playback.engine, EngineFailed):
        pane.show_sentence(playback.engine.message, look)
    else:
        output = output_shown(playback, look.translate)
        remarks = remarks_after_run(playback, look, told)
        none = word_on_no_output(told, look.translate)
        pane.show_output(output, remarks, look, word_on_the_way(playback, look.translate) or none)


def draw_canvas(pane: CanvasPane, playback: Playback, look: Look) -> None:
    """Show the pixels to paint on."""
    record, is_open = playback.record, playback.status is Status.READY
    canvas = record.frame.canvas if record.frame else None
    pane.show_canvas(playback.shown, record, canvas, look, is_open=is_open)


def draw_curve(pane: CurvePane, playback: Playback, look: Look, in_sight: Collection[str]) -> None:
    """Show the curves of the step's runs, and what was said of them.

    What a pane says that is `in_sight` is not said over the curve, which has its rows: the text
    what came of predictions, the output what the teacher remarks.
    """
    work = playback.work
    is_judged = bool(playback.record.verdicts) or work.told.keys() >= work.answers.keys()
    is_told = is_judged and "prose" in in_sight
    remarks = [] if is_told else remarks_on_predictions(playback, look)
    if "output" not in in_sight:
        remarks += newest_remark_on_training(playback, look)
    predicted = predicted_shapes(playback, look)
    pane.mark_changes(changes_in_run(playback))
    runs, record = runs_shown(playback, look.translate), playback.record
    pane.show_frame_curves(record.frame, runs, remarks, predicted, record.outcome, look)


def draw_tensors(pane: TensorPane, playback: Playback, look: Look) -> None:
    """Show the tensors, those marked that the last statement changed, and what is watched."""
    record, statement = playback.record, next_statement(playback)
    changed = statement.changes.names if statement is not None else ()
    tensors = record.frame.tensors if record.frame else ()
    none = word_on_no_tensors(record.outcome, look.translate)
    why_none = word_on_the_way(playback, look.translate) or none
    watched = playback.watching.rows(playback.shown, record.frame)
    pane.show_tensors(tensors, changed, look, why_none, watched)


def draw_view(pane: ViewPane, playback: Playback, look: Look) -> None:
    """Show the step's own drawings, where they are old or another run's as such."""
    frame, cells = playback.record.frame, len(playback.step.views)
    beside = drawn_beside(playback, look.translate)
    if beside is not None:
        pane.show_old_drawings(beside.views, playback.lesson.words, cells, look)
        pane.tell_whose(beside.name, beside.position, look)
        return
    drawings = frame.views if frame else ()
    pane.tell_age(drawings, frame.position if frame else 0, look)
    if not drawings:
        none = word_on_no_drawing(playback, look.translate)
        pane.show_none(word_on_the_way(playback, look.translate) or none, look)
    elif can_be_redrawn(playback):
        pane.show_drawings(drawings, look)
    else:
        pane.show_old_drawings(drawings, playback.lesson.words, cells, look)


async def draw_text(pane: ProsePane, playback: Playback, appearance: Appearance) -> bool:
    """Show the text, its pictures and its questions; whether an answer is told since then."""
    look = appearance.look
    text = "\n\n".join(_texts(playback, look))
    pictures: Mapping[str, Picture] = {}
    # In plain ASCII pictures are told by their names alone.
    if has_pictures(text) and not look.in_ascii:
        pictures = await asyncio.to_thread(pictures_in, text, playback.lesson.path)
    pane.take_pictures(pictures, has_colours=look.has_colours)
    # Once more: while a disk was waited for, another step or language may have come.
    look = appearance.look
    asked = asked_of(playback, look.language)
    return await pane.show_step(playback.shown, *_texts(playback, look), asked, look)


def _texts(playback: Playback, look: Look) -> tuple[str, str]:
    """The text of the step that is shown, and the help that was asked for, as Markdown."""
    of = playback.step, playback.work, look.language, look.translate
    return prose_markdown(*of), help_markdown(*of)
