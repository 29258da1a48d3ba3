"""The panes of the player: which are in sight, and what each shows of the playback."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from engine.lesson.model import Step
from engine.protocol.events import EngineFailed
from engine.protocol.frame import FrameRequest
from engine.protocol.status import Status
from tui.look import Look
from tui.player.layout import LOWER_PANES, TWO_COLUMNS_FROM, UPPER_PANES, Arrangement, arrangement
from tui.player.playback import Change, Playback
from tui.player.sight import sight_in_own_cell, sight_of
from tui.rendering.step_text import step_markdown
from tui.rendering.verdicts import (
    Remark,
    attempt_remarks,
    death_remarks,
    memory_remarks,
    prediction_remarks,
)
from tui.widgets.canvas_pane import CanvasPane
from tui.widgets.code_pane import CodePane
from tui.widgets.curve_pane import CurvePane
from tui.widgets.editor_pane import EditorPane
from tui.widgets.output_pane import OutputPane
from tui.widgets.pane_tabs import PANES
from tui.widgets.prose_pane import ProsePane
from tui.widgets.strip_pane import StripPane
from tui.widgets.tensor_pane import TensorPane
from tui.widgets.view_pane import ViewPane


class PlayerPanes(Container):
    """Lays the panes out for the width there is, and draws in those that are in sight.

    ``keep_edit`` is called with a step and its source as the learner writes.
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
        & > EditorPane:focus { border: round $accent; }
        &.-single > *, &.-single > .-active, &.-single > EditorPane:focus { border: none; }
    }
    """

    class Activated(Message):
        """Another pane is the active one, and those in sight stand as they stood."""

    class Arranged(Message):
        """Other panes are in sight, or of another size."""

    def __init__(self, keep_edit: Callable[[int, str], None]) -> None:
        super().__init__()
        self.active = "prose"
        self.in_sight: tuple[str, ...] = ()
        self.prose = ProsePane()
        self.code = CodePane()
        self.curve = CurvePane()
        self.output = OutputPane()
        self.tensors = TensorPane()
        self.view = ViewPane()
        self.canvas = CanvasPane()
        self.editor = EditorPane(keep_edit)
        self._edits = False
        self._language = ""
        self._lower = "output"
        self._upper = "curve"
        self._plan: tuple[Arrangement, list[Widget]] | None = None
        self._is_outgrown = False
        self.has_canvas = False

    @property
    def names(self) -> list[str]:
        """The panes that there are for this step."""
        return [name for name in PANES if name != "canvas" or self.has_canvas]

    @property
    def is_narrow(self) -> bool:
        """Whether there is room only for what the learner looks at now."""
        return self.screen.size.width < TWO_COLUMNS_FROM

    @property
    def has_bare_editor(self) -> bool:
        """Whether the editor is in sight, and has no frame that could say something of it."""
        return self.editor.display and self.has_class("-single")

    def compose(self) -> ComposeResult:
        """All of them, whichever are in sight."""
        yield from self._panes()

    def on_resize(self) -> None:
        """Have the panes drawn for their new size, which the bars below them change too."""
        self.post_message(self.Arranged())

    def on_strip_pane_resized(self, event: StripPane.Resized) -> None:
        """Have the panes drawn once all of them have the size that their new places give."""
        event.stop()
        if not self._is_outgrown:
            self._is_outgrown = True
            self.call_after_refresh(self._tell_arranged)

    def _tell_arranged(self) -> None:
        self._is_outgrown = False
        self.post_message(self.Arranged())

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
        if self.is_narrow:
            self.show_pane("prose")

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
        for pane in shown:
            self.move_child(pane, after=len(self.children) - 1)
        self.post_message(self.Arranged())

    def request(self, step: Step) -> FrameRequest:
        """The frame to ask for: its drawings should fill the view pane."""
        return self.view.request(len(step.views))

    def scroll_active(self, direction: str) -> None:
        """Scroll the active pane "up", "down", "page_up" or "page_down"."""
        pane = self._pane(self.active)
        getattr(pane, f"scroll_{direction}")(animate=False)

    async def draw_step(self, playback: Playback, language: str, look: Look) -> None:
        """Draw everything of the step that is shown."""
        for pane in self._panes():
            pane.border_title = look.translate(PANES[self._name_of(pane)])
        self._language = language
        step, work = playback.step, playback.work
        if self._edits != (step.exercise is not None):
            self._edits = step.exercise is not None
            self.lay_out()
        self._offer_canvas(step)
        text = step_markdown(step, work, playback.record.verdicts, language, look.translate)
        await self.prose.show_markdown(text)
        self.draw_code(playback, look)
        self.draw(Change.OUTPUT | Change.FRAME, playback, look)

    def _offer_canvas(self, step: Step) -> None:
        """Let the canvas of a step that has one stand where the curve stands else."""
        has_canvas = step.cell is not None and step.cell.canvas is not None
        if has_canvas == self.has_canvas:
            return
        self.has_canvas = has_canvas
        self._upper = "canvas" if has_canvas else "curve"
        if self.active == "canvas":
            self.active = "curve"
        self.lay_out()

    def draw(self, changes: Change, playback: Playback, look: Look) -> None:
        """Draw what has changed, in the panes that are in sight."""
        record = playback.record
        if Change.OUTPUT in changes and "output" in self.in_sight:
            if isinstance(playback.engine, EngineFailed):
                self.output.show_sentence(playback.engine.message, look)
            else:
                self.output.show_output(record.output, self._told(playback, look), look)
        if not changes & (Change.FRAME | Change.STATUS):
            return
        self._draw_canvas(playback, look)
        frame = record.frame
        if "curve" in self.in_sight:
            remarks = self._predicted(playback, look)
            self.curve.show_frame_curves(frame, remarks, look)
        if "tensors" in self.in_sight:
            changed = playback.standing.changes.names if playback.standing else ()
            self.tensors.show_tensors(frame.tensors if frame else (), changed, look)
        if "view" in self.in_sight:
            self._draw_view(playback, look)
        self.draw_code(playback, look)

    def _draw_canvas(self, playback: Playback, look: Look) -> None:
        if "canvas" in self.in_sight:
            frame, is_open = playback.record.frame, playback.status is Status.READY
            canvas = frame.canvas if frame else None
            self.canvas.show_canvas(playback.shown, canvas, look, is_open=is_open)

    def _draw_view(self, playback: Playback, look: Look) -> None:
        frame, cells = playback.record.frame, len(playback.step.views)
        drawings = frame.views if frame else ()
        if playback.can_be_redrawn:
            self.view.show_drawings(drawings, cells, look)
        else:
            self.view.show_old_drawings(drawings, cells, look)

    def _predicted(self, playback: Playback, look: Look) -> list[Remark]:
        questions = playback.step.questions_in(self._language)
        answers, verdicts = playback.work.answers, playback.record.verdicts
        return prediction_remarks(questions, answers, verdicts, look.translate)

    def _told(self, playback: Playback, look: Look) -> list[Remark]:
        """What the run says to the learner, once it has said it."""
        record = playback.record
        predicted = self._predicted(playback, look) if record.verdicts else []
        return [
            *memory_remarks(record.asked_in_vain, look.translate),
            *death_remarks(record.death, look.translate),
            *predicted,
            *attempt_remarks(record.attempt, self._language, look.translate),
        ]

    def draw_code(self, playback: Playback, look: Look) -> None:
        """Draw the code with the line that runs now or next, or where it broke."""
        if "code" in self.in_sight:
            cell = playback.step.cell
            if self._edits and cell is not None:
                self.editor.show_source(playback.shown, playback.source, cell.line)
                self.editor.mark(sight_in_own_cell(playback))
            else:
                self.code.show_sight(sight_of(playback), look)

    def on_click(self, event: Click) -> None:
        """Make the pane that was clicked the active one."""
        for pane in self._panes():
            if pane.region.contains(event.screen_x, event.screen_y) and pane.display:
                self.show_pane(self._name_of(pane))

    def _panes(self) -> tuple[Widget, ...]:
        lower = (self.output, self.tensors, self.view)
        return (self.prose, self.curve, self.canvas, self.code, self.editor, *lower)

    def _pane(self, name: str) -> Widget:
        """The pane of this name; in an exercise the code is in the editor."""
        return self.editor if name == "code" and self._edits else self.get_child_by_id(name)

    def _name_of(self, pane: Widget) -> str:
        return "code" if pane is self.editor else pane.id or self.active
