"""The panes of the player: which of them are in sight, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from textual.app import ComposeResult
from textual.events import Click
from textual.geometry import Size
from textual.widget import Widget

from tui.editor.exercise_pane import ExercisePane
from tui.layout.arrangement import LAST_LINE, TWO_COLUMNS_FROM, Arrangement, Wish, arrangement
from tui.look import Appearance
from tui.panes.canvas_pane import CanvasPane
from tui.panes.code_pane import CodePane
from tui.panes.curve_pane import CurvePane
from tui.panes.output_line import OutputLine
from tui.panes.output_pane import OutputPane
from tui.panes.pane_area import PaneArea
from tui.panes.pane_tabs import PANES
from tui.panes.step_code import StepCode
from tui.panes.step_drawing import StepDrawing
from tui.panes.tensor_pane import TensorPane
from tui.panes.view_pane import ViewPane
from tui.player.playback import Playback
from tui.prose.prose_pane import ProsePane
from tui.rendering.remarks import Remark
from tui.showing.news import news_of
from tui.showing.offers import offer_of, promises_output


class PlayerPanes(PaneArea):
    """Lays the panes out for the width there is; ``drawing`` draws in those that are in sight.

    ``tell_written`` is called when the learner has changed a step's source, ``tell_active`` where
    another pane is active or one has news: at once, so that all that shows it is painted together.
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
        & > OutputLine, & > .-folded, &.-asking > ProsePane { border: none; }
        &.-single > ViewPane, &.-single > ViewPane.-active { border-bottom: blank; }
    }
    """

    def __init__(
        self,
        playback: Playback,
        appearance: Appearance,
        tell_written: Callable[[], None],
        tell_active: Callable[[], None],
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
        self._tell_active = tell_active
        self.step_code = StepCode(self.code, self.exercise, playback, appearance)
        self.drawing = StepDrawing(self, playback, appearance)
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

    def compose(self) -> ComposeResult:
        """All of them, whichever are in sight."""
        yield from self.every_pane()
        yield self.last_line

    # Layout

    def show_pane(self, name: str) -> None:
        """Make a pane the active one, and bring it into sight."""
        self._choice.show(name)
        self.lay_out()

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
        self._make_room_for(question)
        self.prose.ask(question)
        # Where the step has only just been turned to, nothing of it has its height before.
        self.call_after_refresh(self._make_room_once_it_is_laid_out, question)

    def _make_room_for(self, question: int | None) -> None:
        self._choice.ask(self.prose.questions.rows_of(question))
        self.lay_out()

    def _make_room_once_it_is_laid_out(self, question: int | None) -> None:
        rows = self.prose.questions.rows_of(question)
        asked = self._wish is not None and self._wish.asked_rows
        if self.prose.questions.has_keys and rows != asked:
            self._make_room_for(question)

    def end_asking(self) -> None:
        """Let the keys go back to the player, and the panes to where they stood."""
        self.prose.questions.leave()
        self._choice.end_asking()
        self.lay_out()

    def watch_run(self) -> None:
        """Bring what the run shows into sight, where there is room only for the text.

        A canvas gives its room to the curve until it is there again. Code that stands there for a
        number to be turned in it gives way too: what the number does is seen in the run.
        """
        playback = self._playback
        self._choice.leave(self._emptied())
        if self.is_narrow and playback.dialling.chosen(playback.shown, playback.source):
            self._choice.leave_code()
        self._choice.watch_run()
        self.lay_out()

    def _emptied(self) -> frozenset[str]:
        """The panes that a run which begins has emptied.

        Where there is room only for the output or the code, checks speak in that which is shown.
        """
        empty = offer_of(self._playback).empty
        is_exercise = self._playback.step.exercise is not None
        return empty - {"output"} if self.is_narrow and is_exercise else empty

    def follow_code(self) -> None:
        """Bring the code into sight of a run that goes by statements, where all has no room."""
        if self.is_narrow:
            self._choice.leave(self._emptied())
            self._choice.follow_code()
            self.lay_out()
        else:
            self.watch_run()

    def watch_race(self) -> None:
        """Bring the curves of a race into sight, where there is room only for text or code."""
        if self.is_narrow:
            self._choice.leave_code()
        self._choice.watch_run()
        self.lay_out()

    def watch_edit(self) -> None:
        """Let the output of what was written share the screen, where not all panes have room."""
        step = self._playback.step
        if step.exercise is None or promises_output(step):
            self._choice.prefer("output")
        if self.is_narrow and step.exercise is not None:
            self._choice.show("output")
        elif self.is_narrow:
            self._choice.leave_code()
            self._choice.watch_run()
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out for the size of the screen."""
        self.step_code.look_again()
        is_writing = self.step_code.is_written and self.exercise.has_focus_within
        self._wish = replace(self._choice.wish, is_writing=is_writing)
        plan = arrangement(*self.app.size, self._wish)
        shown = [self._pane(name) for name in plan.names]
        for pane in self.every_pane():
            pane.set_class(pane is self._pane(self.active), "-active")
        self.in_sight = tuple(name for name in plan.names if name != LAST_LINE)
        # At once, so that the tab of what comes into sight is not drawn twice.
        self.news = news_of(self._playback, self._choice.panes, self._looked_at)
        self._tell_active()
        if self._plan == (plan, shown):
            return
        self._plan = plan, shown
        self.place_again()
        self.set_class(plan.is_single, "-single")
        # Where rows are few, the text has no frame to spare any for.
        self.set_class(self._wish.is_asked and self.is_narrow, "-asking")
        if plan.folded == "prose":
            self.prose.fold()
        else:
            self.prose.unfold()
        for code in (self.code, self.exercise):
            code.set_class(plan.folded == "code", "-folded")
        for pane in (*self.every_pane(), self.last_line):
            pane.display = pane in shown
        self.post_message(self.Arranged())

    @property
    def is_narrow(self) -> bool:
        """Whether there is room only for what the learner looks at now."""
        return self.app.size.width < TWO_COLUMNS_FROM

    def _plan_for(self, size: Size) -> Arrangement | None:
        return None if self._wish is None else arrangement(*size, self._wish)

    def offer_panes(self) -> None:
        """Offer the panes that the step has something for; its code may be the editor."""
        playback, choice = self._playback, self._choice
        before = self.step_code.pane, choice.panes, choice.wish
        self.step_code.look_again()
        offer = offer_of(playback, self._told)
        choice.offer(playback.shown, offer.panes, offer.empty)
        if (self.step_code.pane, choice.panes, choice.wish) != before:
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
        for pane in self.every_pane():
            if pane.display and pane.region.contains(event.screen_x, event.screen_y):
                self._choice.activate(self.name_of(pane))
                self.lay_out()

    def on_exercise_pane_code_needed(self) -> None:
        """Bring the code into sight, as it is now."""
        self.show_pane("code")
        self.drawing.draw_code()

    async def show_text(self) -> None:
        """Bring the text into sight, with what it has more now."""
        self.show_pane("prose")
        await self.drawing.draw_text()

    @property
    def _told(self) -> Collection[Remark]:
        """What stands whole under the code in sight of what the last run said."""
        return self.step_code.told if "code" in self.in_sight else ()

    @property
    def _looked_at(self) -> Collection[str]:
        """The panes in sight, and the output where all that it has stands under the code."""
        told = self._told
        has_more = not told or "output" not in offer_of(self._playback, told).empty
        return self.in_sight if has_more else (*self.in_sight, "output")

    def look_for_news(self) -> None:
        """See which panes out of sight have news now."""
        before = self.news
        self.news = news_of(self._playback, self._choice.panes, self._looked_at)
        if self.news != before:
            self._tell_active()

    # Panes by name

    def every_pane(self) -> tuple[Widget, ...]:
        """All of them but the output's last line, whichever are in sight."""
        lower = (self.output, self.tensors, self.view)
        return (self.prose, self.curve, self.canvas, self.code, self.exercise, *lower)

    def _pane(self, name: str) -> Widget:
        """The pane of this name; "code" is the editor where that stands in its place."""
        if name == "code":
            return self.step_code.pane
        return self.get_child_by_id(name)

    def name_of(self, pane: Widget) -> str:
        """The name of a pane, which the two that show code share."""
        return "code" if pane is self.exercise else pane.id or self.active
