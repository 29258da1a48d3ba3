"""The panes of the player: which are in sight, and what each shows of the playback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from engine.protocol.events import EngineFailed, Outcome
from engine.protocol.frame import FrameRequest
from engine.protocol.status import Status
from tui.look import Appearance, Look
from tui.player.layout import (
    LOWER_PANES,
    TWO_COLUMNS_FROM,
    UPPER_PANES,
    Arrangement,
    arrangement,
    has_canvas,
)
from tui.player.playback import Change, Playback
from tui.player.remarks import predicted_shapes, remarks_after_run, remarks_on_predictions
from tui.player.sight import sight_of
from tui.rendering.step_text import step_markdown
from tui.widgets.canvas_pane import CanvasPane
from tui.widgets.code_pane import CodePane
from tui.widgets.curve_pane import CurvePane
from tui.widgets.exercise_pane import ExercisePane
from tui.widgets.output_pane import OutputPane
from tui.widgets.pane_tabs import PANES
from tui.widgets.prose_pane import ProsePane
from tui.widgets.strip_pane import StripPane
from tui.widgets.tensor_pane import TensorPane
from tui.widgets.view_pane import ViewPane


class PlayerPanes(Container):
    """Lays the panes out for the width there is, and draws in those that are in sight.

    ``tell_written`` is called when the learner has changed an exercise's source.
    """

    DEFAULT_CSS = """
    PlayerPanes {
        layout: grid;
        height: 1fr;
        & > * { border: round $panel-lighten-2; border-title-color: $text-muted; }
        & > .-active {
            border: round $accent;
            border-title-color: $accent;
            border-title-style: bold;
        }
        & > ExercisePane:focus-within { border: round $accent; }
        &.-single > *, &.-single > .-active, &.-single > ExercisePane:focus-within { border: none; }
    }
    """

    class Activated(Message):
        """Another pane is the active one; those in sight stand where they stood."""

    class Arranged(Message):
        """Other panes are in sight, or of another size."""

    def __init__(
        self, playback: Playback, appearance: Appearance, tell_written: Callable[[], None]
    ) -> None:
        super().__init__(id="panes")
        self.active = "prose"
        self.in_sight: tuple[str, ...] = ()
        self.has_canvas = False
        self.prose = ProsePane()
        self.code = CodePane()
        self.curve = CurvePane()
        self.output = OutputPane()
        self.tensors = TensorPane()
        self.view = ViewPane()
        self.canvas = CanvasPane()
        self.exercise = ExercisePane(playback, appearance, tell_written)
        self._playback = playback
        self._appearance = appearance
        self._is_exercise = False
        self._lower = "output"
        self._upper = "curve"
        self._plan: tuple[Arrangement, list[Widget]] | None = None
        self._is_outgrown = False

    @property
    def names(self) -> list[str]:
        """The panes that there are for this step."""
        return [name for name in PANES if name != "canvas" or self.has_canvas]

    @property
    def is_narrow(self) -> bool:
        """Whether there is room only for what the learner looks at now."""
        return self.screen.size.width < TWO_COLUMNS_FROM

    @property
    def shows_bare_exercise(self) -> bool:
        """Whether the exercise is in sight, and has no frame that could say something of it."""
        return self.exercise.display and self.has_class("-single")

    def compose(self) -> ComposeResult:
        """All of them, whichever are in sight."""
        yield from self._panes()

    # Layout

    def action_show_pane(self, name: str) -> None:
        if name != "canvas" or self._has_canvas_or_says_so():
            self.show_pane(name)

    def action_scroll(self, direction: str) -> None:
        pane = self._pane(self.active)
        scrolled = self.exercise.editor if pane is self.exercise else pane
        getattr(scrolled, f"scroll_{direction}")(animate=False)

    def action_draw(self) -> None:
        if not self._has_canvas_or_says_so():
            return
        self.show_pane("canvas")
        if self._playback.record.outcome is Outcome.DONE:
            self.canvas.begin_drawing()

    def show_pane(self, name: str) -> None:
        """Make a pane the active one, and bring it into sight."""
        self.active = name
        if name in LOWER_PANES:
            self._lower = name
        if name in UPPER_PANES:
            self._upper = name
        self.lay_out()

    def turn_page(self) -> None:
        """Begin a new step with its text, where there is room for little else."""
        self.curve.action_take_cursor_off()
        if self.is_narrow:
            self.show_pane("prose")

    def prefer_drawing_or_output(self) -> None:
        """Let the drawing of a step that has one share the screen, else what its code writes."""
        self.prefer_lower("view" if self._playback.step.views else "output")

    def prefer_lower(self, name: str) -> None:
        """Let `name` share the screen with the curve where not all panes have room."""
        self._lower = name
        if self.active in LOWER_PANES and not self.is_narrow:
            self.active = name
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out for the width of the screen."""
        plan = arrangement(self.screen.size.width, self.active, self._lower, self._upper)
        shown = [self._pane(name) for name in plan.order]
        for pane in self._panes():
            pane.set_class(pane is self._pane(self.active), "-active")
        if self._plan == (plan, shown):
            self.post_message(self.Activated())
            return
        self._plan = plan, shown
        self.in_sight = plan.order
        self.set_class(len(plan.order) == 1, "-single")
        self.styles.grid_size_columns = plan.columns
        self.styles.grid_size_rows = plan.rows
        for pane in self._panes():
            pane.display = pane in shown
        # Moving a pane costs a layout, and mostly they stand in their order already.
        if [child for child in self.children if child in shown] != shown:
            for pane in shown:
                self.move_child(pane, after=len(self.children) - 1)
        self.post_message(self.Arranged())

    def on_resize(self) -> None:
        """Have the panes drawn for their new size, which the bars below them change too."""
        self.post_message(self.Arranged())

    def on_strip_pane_resized(self, event: StripPane.Resized) -> None:
        """Have the panes drawn once all of them have the size that their new places give."""
        event.stop()
        if not self._is_outgrown:
            self._is_outgrown = True
            self.call_after_refresh(self._tell_arranged)

    def on_click(self, event: Click) -> None:
        """Make the pane that was clicked the active one."""
        for pane in self._panes():
            if pane.region.contains(event.screen_x, event.screen_y) and pane.display:
                self.show_pane(self._name_of(pane))

    def on_exercise_pane_code_needed(self) -> None:
        """Bring the code into sight."""
        self.show_pane("code")

    async def on_exercise_pane_text_needed(self) -> None:
        """Bring the text into sight, with what it has more now."""
        self.show_pane("prose")
        await self._draw_text()

    def _tell_arranged(self) -> None:
        self._is_outgrown = False
        self.post_message(self.Arranged())

    # Drawing

    def request(self) -> FrameRequest:
        """The frame to ask for: its drawings should fill the view pane."""
        return replace(self.view.request(len(self._playback.step.views)), curve=self.curve.request)

    async def draw_step(self) -> None:
        """Draw everything of the step that is shown."""
        look = self._appearance.look
        for pane in self._panes():
            pane.border_title = look.translate(PANES[self._name_of(pane)])
        self._offer_panes()
        await self._draw_text()
        self.draw_code()
        self.draw(Change.OUTPUT | Change.FRAME)

    def draw(self, changes: Change) -> None:
        """Draw what has changed, in the panes that are in sight."""
        playback, look = self._playback, self._appearance.look
        record = playback.record
        if Change.OUTPUT in changes and "output" in self.in_sight:
            if isinstance(playback.engine, EngineFailed):
                self.output.show_sentence(playback.engine.message, look)
            else:
                self.output.show_output(record.output, remarks_after_run(playback, look), look)
        if not changes & (Change.FRAME | Change.STATUS):
            return
        frame = record.frame
        if "canvas" in self.in_sight:
            canvas, is_open = frame.canvas if frame else None, playback.status is Status.READY
            self.canvas.show_canvas(playback.shown, record, canvas, look, is_open=is_open)
        if "curve" in self.in_sight:
            remarks = remarks_on_predictions(playback, look)
            self.curve.show_frame_curves(frame, remarks, predicted_shapes(playback, look), look)
        if "tensors" in self.in_sight:
            changed = playback.standing.changes.names if playback.standing else ()
            self.tensors.show_tensors(frame.tensors if frame else (), changed, look)
        if "view" in self.in_sight:
            self._draw_view(look)
        self.draw_code()

    def draw_code(self) -> None:
        """Draw the code with the line that runs now or next, or where it broke."""
        if "code" not in self.in_sight:
            return
        if self._is_exercise:
            self.exercise.show_code()
        else:
            self.code.show_sight(sight_of(self._playback), self._appearance.look)

    async def _draw_text(self) -> None:
        playback, look = self._playback, self._appearance.look
        verdicts = playback.record.verdicts
        text = step_markdown(playback.step, playback.work, verdicts, look.language, look.translate)
        await self.prose.show_markdown(text)

    def _draw_view(self, look: Look) -> None:
        frame, cells = self._playback.record.frame, len(self._playback.step.views)
        drawings = frame.views if frame else ()
        if self._playback.can_be_redrawn:
            self.view.show_drawings(drawings, cells, look)
        else:
            self.view.show_old_drawings(drawings, cells, look)

    # Panes by name

    def _offer_panes(self) -> None:
        """Put the editor where the code is in an exercise, and a canvas where the curve is else."""
        step = self._playback.step
        before = self._is_exercise, self.has_canvas
        self._is_exercise, self.has_canvas = step.exercise is not None, has_canvas(step)
        if self.has_canvas != before[1]:
            self._upper = "canvas" if self.has_canvas else "curve"
            if self.active == "canvas":
                self.active = "curve"
        if (self._is_exercise, self.has_canvas) != before:
            self.lay_out()

    def _has_canvas_or_says_so(self) -> bool:
        if not self.has_canvas:
            translate = self._appearance.look.translate
            self.notify(translate("This step has no canvas."), markup=False)
        return self.has_canvas

    def _panes(self) -> tuple[Widget, ...]:
        lower = (self.output, self.tensors, self.view)
        return (self.prose, self.curve, self.canvas, self.code, self.exercise, *lower)

    def _pane(self, name: str) -> Widget:
        """The pane of this name; "code" is the exercise's in an exercise."""
        if name == "code" and self._is_exercise:
            return self.exercise
        return self.get_child_by_id(name)

    def _name_of(self, pane: Widget) -> str:
        return "code" if pane is self.exercise else pane.id or self.active
