"""The panes of the player: which are in sight, and what each shows of the playback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from textual.app import ComposeResult
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from engine.protocol.events import EngineFailed
from engine.protocol.frame import FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.pictures import Picture
from engine.protocol.status import Status
from tui.actions import key_of
from tui.editor.editor_pane import EditorPane
from tui.editor.exercise_pane import ExercisePane
from tui.look import Appearance, Look
from tui.panes.canvas_pane import CanvasPane
from tui.panes.code_pane import CodePane
from tui.panes.curve_pane import CurvePane
from tui.panes.output_line import OutputLine
from tui.panes.output_pane import OutputPane
from tui.panes.pane_area import PaneArea
from tui.panes.pane_tabs import ABSENCES, PANES
from tui.panes.prose_pane import ProsePane
from tui.panes.tensor_pane import TensorPane
from tui.panes.view_pane import ViewPane
from tui.player.asked import asked_of
from tui.player.change import Change
from tui.player.drawn_beside import drawn_beside, output_shown
from tui.player.layout import LAST_LINE, TWO_COLUMNS_FROM, Arrangement, Wish, arrangement
from tui.player.news import news_of
from tui.player.offers import panes_of
from tui.player.playback import Playback
from tui.player.prose_pictures import has_pictures, pictures_in
from tui.player.remarks import (
    newest_remark_on_training,
    predicted_shapes,
    remarks_after_run,
    remarks_on_predictions,
    word_on_no_tensors,
)
from tui.player.shown_runs import runs_shown
from tui.player.sight import sight_of
from tui.rendering.step_text import help_markdown, prose_markdown


class PlayerPanes(PaneArea):
    """Lays the panes out for the width there is, and draws in those that are in sight.

    ``tell_written`` is called when the learner has changed a step's source.
    """

    DEFAULT_CSS = """
    PlayerPanes {
        height: 1fr;
        & > * { border: round $panel-lighten-2; border-title-color: $text-muted; }
        & > .-active {
            border: $active-frame $accent;
            border-title-color: $accent;
            border-title-style: bold;
        }
        & > ExercisePane:focus-within { border: $active-frame $accent; }
        & > ExercisePane.-solved {
            border: $active-frame $success;
            border-title-color: $success;
        }
        &.-single > *, &.-single > .-active, &.-single > ExercisePane.-solved { border: none; }
        &.-single > ExercisePane:focus-within { border: none; }
        & > OutputLine, & > .-folded { border: none; }
        &.-single > ViewPane, &.-single > ViewPane.-active { border-bottom: blank; }
    }
    """

    class Activated(Message):
        """Another pane is active, or one has news; those in sight stand where they stood."""

    def __init__(
        self, playback: Playback, appearance: Appearance, tell_written: Callable[[], None]
    ) -> None:
        super().__init__("panes", self._plan_for, self._pane)
        self.in_sight: tuple[str, ...] = ()
        self.news: frozenset[str] = frozenset()
        self.prose = ProsePane()
        self.code = CodePane()
        self.curve = CurvePane()
        self.output = OutputPane()
        self.tensors = TensorPane()
        self.view = ViewPane()
        self.canvas = CanvasPane()
        self.exercise = ExercisePane(playback, appearance, tell_written)
        self.last_line = OutputLine()
        self._playback = playback
        self._appearance = appearance
        self._has_editor = False
        self._choice = playback.choice
        self._choice.end_asking()
        self._wish: Wish | None = None
        self._plan: tuple[Arrangement, list[Widget]] | None = None

    @property
    def names(self) -> list[str]:
        """The panes that there are for this step."""
        return [name for name in PANES if name in self._choice.panes]

    @property
    def active(self) -> str:
        """The pane that keys scroll."""
        return self._choice.active

    @property
    def active_pane(self) -> Widget:
        """That pane itself."""
        return self._pane(self.active)

    @property
    def is_narrow(self) -> bool:
        """Whether there is room only for what the learner looks at now."""
        return self.screen.size.width < TWO_COLUMNS_FROM

    @property
    def first_line_of_code(self) -> int:
        """The first line of the code that is in sight, counted from 0."""
        return self._code.first_line_in_sight

    def keep_number_in_sight(self) -> None:
        """Scroll the code to the number that is in hand."""
        self._code.keep_number_in_sight()

    @property
    def _code(self) -> CodePane | EditorPane:
        return self.exercise.editor if self._has_editor else self.code

    @property
    def word_without_frame(self) -> str:
        """What the code's frame says of an edit, where the code in sight has none.

        That a step is no more the lesson's is said wherever its code is out of sight, too.
        """
        word = self.exercise.kept_word
        if "code" in self.in_sight:
            return word if self.has_class("-single") else ""
        return word if self._playback.step.exercise is None else ""

    def compose(self) -> ComposeResult:
        """All of them, whichever are in sight."""
        yield from self._panes()
        yield self.last_line

    # Layout

    def action_show_pane(self, name: str) -> None:
        if self._is_there_or_says_so(name):
            self.show_pane(name)

    def action_scroll(self, direction: str) -> None:
        pane = self._pane(self.active)
        scrolled = self.exercise.editor if pane is self.exercise else pane
        getattr(scrolled, f"scroll_{direction}")(animate=False)

    def action_draw(self) -> None:
        if not self._is_there_or_says_so("canvas"):
            return
        self.show_pane("canvas")
        playback = self._playback
        if playback.record.outcome is Outcome.DONE and playback.status is Status.READY:
            self.canvas.begin_drawing()
        else:
            waiting = self._appearance.look.translate("Here you can draw once the run has ended.")
            self.notify(waiting, markup=False)

    def action_enlarge(self) -> None:
        if len(self.in_sight) == 1 and not self._choice.wish.is_enlarged:
            words = self._appearance.look.translate("The pane has all the room already.")
            self.notify(words, markup=False)
            return
        self._choice.toggle_size()
        self.lay_out()

    def action_reset_layout(self) -> None:
        self._choice.reset(has_run=self._playback.record.frame is not None)
        self.forget_borders()
        self.lay_out()

    def show_pane(self, name: str) -> None:
        """Make a pane the active one, and bring it into sight."""
        self._choice.show(name)
        self.lay_out()

    def forget_step(self) -> None:
        """Know that the step that is shown may be another one in all that it has."""
        self.exercise.editor.forget()
        self.prose.questions.forget()

    def turn_page(self) -> None:
        """Begin a new step with its text, where there is room for little else."""
        self.curve.take_cursor_off()
        if self.exercise.has_focus_within and self._playback.step.exercise is None:
            # What is written there was the step's that has gone.
            self.screen.set_focus(None)
        self._choice.turn_page()
        if self.is_narrow:
            self._choice.begin_with_text()
        self.offer_panes()
        self.lay_out()

    def ask(self, question: int | None = None) -> None:
        """Bring a question of the text into sight, and give it the keys."""
        self._choice.ask()
        self.lay_out()
        self.prose.ask(question)

    def end_asking(self) -> None:
        """Let the keys go back to the player, and the panes to where they stood."""
        self.prose.questions.leave()
        self._choice.end_asking()
        self.lay_out()

    def watch_run(self) -> None:
        """Bring what the run shows into sight, where there is room only for the text."""
        self._choice.watch_run()
        self.lay_out()

    def prefer_output(self) -> None:
        """Let the output share the screen where not all panes have room."""
        if self.is_narrow:
            self._choice.show("output")
        self._choice.prefer("output")
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out for the size of the screen."""
        self._has_editor = self.exercise.is_in_place
        is_writing = self._has_editor and self.exercise.has_focus_within
        self._wish = replace(self._choice.wish, is_writing=is_writing)
        plan = arrangement(*self.screen.size, self._wish)
        shown = [self._pane(name) for name in plan.names]
        for pane in self._panes():
            pane.set_class(pane is self._pane(self.active), "-active")
        self.in_sight = tuple(name for name in plan.names if name != LAST_LINE)
        # At once, so that the tab of what comes into sight is not drawn twice.
        self.news = news_of(self._playback, self._choice.panes, self.in_sight)
        if self._plan == (plan, shown):
            self.post_message(self.Activated())
            return
        self._plan = plan, shown
        self.place_again()
        self.set_class(plan.is_single, "-single")
        if plan.folded is not None:
            self.prose.fold()
        else:
            self.prose.unfold()
        for pane in (*self._panes(), self.last_line):
            pane.display = pane in shown
        self.post_message(self.Arranged())

    def _plan_for(self, size: Size) -> Arrangement | None:
        return None if self._wish is None else arrangement(*size, self._wish)

    def offer_panes(self) -> None:
        """Offer the panes that the step has something for; its code may be the editor."""
        playback, before = self._playback, (self._has_editor, self._choice.panes)
        self._has_editor = self.exercise.is_in_place
        self._choice.offer(playback.shown, panes_of(playback))
        if (self._has_editor, self._choice.panes) != before:
            self.lay_out()

    def on_descendant_focus(self) -> None:
        """Give the code more room while it is written in."""
        self.lay_out()

    def on_descendant_blur(self) -> None:
        """Take that room back, unless another part of the editor has the keys next."""
        self.call_after_refresh(self.lay_out)

    def on_click(self, event: Click) -> None:
        """Make the pane that was clicked the active one; the output's last line shows it all."""
        if event.widget is self.last_line:
            self.show_pane("output")
            return
        for pane in self._panes():
            if pane.display and pane.region.contains(event.screen_x, event.screen_y):
                self._choice.activate(self._name_of(pane))
                self.lay_out()

    def on_exercise_pane_code_needed(self) -> None:
        """Bring the code into sight, as it is now."""
        self.show_pane("code")
        self.draw_code()

    async def on_exercise_pane_text_needed(self) -> None:
        """Bring the text into sight, with what it has more now."""
        self.show_pane("prose")
        await self._draw_text()

    # Drawing

    def request(self) -> FrameRequest:
        """The frame to ask for: its drawings should fill their panes."""
        request = self.view.request(len(self._playback.step.views))
        return replace(request, curve=self.curve.request, tensors=self.tensors.request)

    async def draw_step(self) -> None:
        """Draw everything of the step that is shown."""
        look = self._appearance.look
        for pane in self._panes():
            pane.border_title = look.translate(PANES[self._name_of(pane)])
        self.offer_panes()
        await self._draw_text()
        self.draw_code()
        self.draw(Change.OUTPUT | Change.FRAME)

    def draw(self, changes: Change) -> None:
        """Draw what has changed, in the panes that are in sight."""
        playback, look = self._playback, self._appearance.look
        record = playback.record
        self.offer_panes()
        self._tell_news()
        if Change.OUTPUT in changes and self.last_line.display:
            self.last_line.show_last_line(record.output, look)
        if Change.OUTPUT in changes and "output" in self.in_sight:
            if isinstance(playback.engine, EngineFailed):
                self.output.show_sentence(playback.engine.message, look)
            else:
                output = output_shown(playback, look.translate)
                self.output.show_output(output, remarks_after_run(playback, look), look)
        if not changes & (Change.FRAME | Change.STATUS):
            return
        frame = record.frame
        if "canvas" in self.in_sight:
            canvas, is_open = frame.canvas if frame else None, playback.status is Status.READY
            self.canvas.show_canvas(playback.shown, record, canvas, look, is_open=is_open)
        if "curve" in self.in_sight:
            remarks = remarks_on_predictions(playback, look)
            if "output" not in self.in_sight:
                remarks += newest_remark_on_training(playback, look)
            predicted = predicted_shapes(playback, look)
            self.curve.mark_changes(playback.changes_in_run)
            runs = runs_shown(playback, look.translate)
            outcome = playback.record.outcome
            self.curve.show_frame_curves(frame, runs, remarks, predicted, outcome, look)
        if "tensors" in self.in_sight:
            changed = playback.standing.changes.names if playback.standing else ()
            tensors = frame.tensors if frame else ()
            why_none = word_on_no_tensors(record.outcome, look.translate)
            watched = playback.watching.rows(playback.shown, frame)
            self.tensors.show_tensors(tensors, changed, look, why_none, watched)
        if "view" in self.in_sight:
            self._draw_view(look)
        self.draw_code()

    def draw_code(self) -> None:
        """Draw the code with the line that runs now or next, or where it broke."""
        if "code" not in self.in_sight:
            return
        if self._has_editor:
            self.exercise.show_code()
        else:
            self.code.show_sight(sight_of(self._playback), self._appearance.look)

    def draw_what_is_written(self) -> None:
        """Draw code that the learner has changed, where it is not the editor that shows it."""
        if not self._has_editor:
            self.draw_code()

    async def _draw_text(self) -> None:
        await self._find_pictures()
        # Not before: while a disk was waited for, another step may have come.
        playback, look = self._playback, self._appearance.look
        asked = asked_of(playback, look.language)
        has_told = await self.prose.show_step(playback.shown, *self._texts, asked, look)
        if has_told and "prose" not in self.in_sight:
            told = look.translate("Your answer is told: {key} shows why.")
            self.notify(told.format(key=key_of("show_pane('prose')")), markup=False)

    @property
    def _texts(self) -> tuple[str, str]:
        """The text of the step that is shown, and the help that was asked for, as Markdown."""
        playback, look = self._playback, self._appearance.look
        of = playback.step, playback.work, look.language, look.translate
        return prose_markdown(*of), help_markdown(*of)

    async def _find_pictures(self) -> None:
        """Have the text's pictures drawn; in plain ASCII they are told by their names alone."""
        look, text = self._appearance.look, "\n\n".join(self._texts)
        pictures: Mapping[str, Picture] = {}
        if has_pictures(text) and not look.in_ascii:
            pictures = await asyncio.to_thread(pictures_in, text, self._playback.lesson.path)
        self.prose.take_pictures(pictures, has_colours=look.has_colours)

    def _draw_view(self, look: Look) -> None:
        frame, cells = self._playback.record.frame, len(self._playback.step.views)
        beside = drawn_beside(self._playback, look.translate)
        if beside is not None:
            self.view.show_old_drawings(beside.views, cells, look)
            self.view.tell_whose(beside.name, beside.position, look)
            return
        drawings = frame.views if frame else ()
        self.view.tell_age(drawings, frame.position if frame else 0, look)
        if self._playback.can_be_redrawn:
            self.view.show_drawings(drawings, look)
        else:
            self.view.show_old_drawings(drawings, cells, look)

    def _tell_news(self) -> None:
        before = self.news
        self.news = news_of(self._playback, self._choice.panes, self.in_sight)
        if self.news != before:
            self.post_message(self.Activated())

    # Panes by name

    def _is_there_or_says_so(self, name: str) -> bool:
        is_there = name in self._choice.panes
        translate = self._appearance.look.translate
        if not is_there and name == "tensors":
            words = word_on_no_tensors(self._playback.record.outcome, translate)
            self.notify(words, markup=False)
        elif not is_there:
            self.notify(translate(ABSENCES[name]), markup=False)
        return is_there

    def _panes(self) -> tuple[Widget, ...]:
        lower = (self.output, self.tensors, self.view)
        return (self.prose, self.curve, self.canvas, self.code, self.exercise, *lower)

    def _pane(self, name: str) -> Widget:
        """The pane of this name; "code" is the editor where that stands in its place."""
        if name == "code" and self._has_editor:
            return self.exercise
        return self.get_child_by_id(name)

    def _name_of(self, pane: Widget) -> str:
        return "code" if pane is self.exercise else pane.id or self.active
