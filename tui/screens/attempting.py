"""What a learner does in a step besides watching it: answer questions, write code, draw."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import SuspendNotSupported

from engine.lesson.model import Cell, Exercise
from engine.progress.work import Answer
from engine.protocol.events import Outcome
from engine.protocol.status import Grain, Status
from tui.screens.difference import DifferenceScreen
from tui.screens.playing import PlayingScreen
from tui.screens.question import QuestionScreen
from tui.terminal.external_editor import NoEditor, edited_outside
from tui.widgets.canvas_pane import CanvasPane
from tui.widgets.find_field import FindField


class AttemptingScreen(PlayingScreen):
    """The part of the player that takes answers, edits and strokes; the panes show them."""

    # Questions

    def run_shown(self, grain: Grain | None) -> None:
        """Run the step that is shown, once its questions that are open have been asked."""
        if self.playback.step.cell is None:
            self._say(self.app.look.translate("This step has no code to run."))
        else:
            self._ask_and_run(self.playback.shown, self.playback.open_questions, grain)

    def _ask_and_run(self, step: int, questions: Sequence[int], grain: Grain | None) -> None:
        """Ask the first of the questions, and once it is closed the others; then run the step."""
        if not questions:
            self._session.run_step(step, grain)
            return
        first, *others = questions

        async def go_on(answer: Answer | None) -> None:
            if answer is not None:
                self.playback.answer(step, first, answer)
                await self.draw_step()
            self._ask_and_run(step, others, grain)

        question = self.playback.lesson.steps[step].questions_in(self.app.language)[first]
        self.app.push_screen(QuestionScreen(question), go_on)

    # Exercises

    def action_edit(self) -> None:
        """Write in the code."""
        if self._exercise() is not None:
            self._show_code()
            # At once: what is typed next must not be taken for the player's keys.
            self.set_focus(self._panes.editor)

    def action_end_writing(self) -> None:
        """Give the keys back to the player."""
        self.set_focus(None)

    def action_run_edit(self) -> None:
        """Run what was written, from where the step began, and show what comes of it."""
        if self._exercise() is None:
            return
        if self._panes.is_narrow:
            self._panes.show_pane("output")
        else:
            self._panes.prefer_lower("output")
        if self._session.status in (Status.READY, Status.LOADING):
            self.run_shown(None)
        else:
            self._session.restart_step(self.playback.shown)

    async def action_hint(self) -> None:
        """Show the next hint."""
        exercise = self._exercise()
        if exercise is None:
            return
        if self.playback.work.hints == len(exercise.hints_in(self.app.language)):
            self._say(self.app.look.translate("There are no more hints."))
        else:
            self.playback.ask_for_hint()
        await self._show_text()

    async def action_solution(self) -> None:
        """Show the author's solution under the text."""
        if self._exercise() is not None:
            self.playback.show_solution()
            await self._show_text()

    def action_difference(self) -> None:
        """Show the edit against the starter."""
        cell = self._starter()
        if cell is None:
            return
        if self.playback.work.edit is None:
            self._say(self.app.look.translate("This is the starter: you have changed nothing."))
        else:
            translate = self.app.look.translate
            self.app.push_screen(DifferenceScreen(cell.source, self.playback.source, translate))

    def action_starter(self) -> None:
        """Bring the starter back."""
        cell = self._starter()
        if cell is not None:
            self._show_code()
            self._panes.editor.put_source(cell.source)

    def action_edit_outside(self) -> None:
        """Write in the learner's own editor, which has the terminal until it ends."""
        if self._exercise() is None:
            return
        self._show_code()
        try:
            source = self._source_from_outside()
        except (NoEditor, SuspendNotSupported) as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._panes.editor.put_source(source)

    def _source_from_outside(self) -> str:
        with self.app.suspend():
            # What is raised in here would leave the terminal suspended, so it waits.
            try:
                return edited_outside(self.playback.source)
            except NoEditor as error:
                trouble = error
        raise trouble

    # The canvas

    def on_canvas_pane_painted(self, event: CanvasPane.Painted) -> None:
        """Put what was painted into the lesson's tensor."""
        self._session.paint(event.step, event.pixels, event.stroke)

    def action_draw(self) -> None:
        """Let the keys move the pen."""
        if not self.has_canvas():
            return
        self._panes.show_pane("canvas")
        if self.playback.record.outcome is Outcome.DONE:
            self._panes.canvas.begin_drawing()

    def has_canvas(self) -> bool:
        """Whether the step that is shown has a canvas; where it has none, that is said."""
        if not self._panes.has_canvas:
            self._say(self.app.look.translate("This step has no canvas."))
        return self._panes.has_canvas

    # Finding in the editor

    def action_find(self) -> None:
        """Open the line that takes what to find."""
        if self._exercise() is not None:
            self._show_code()
            self._find_field.open(self.app.look.translate("Find: enter or f3 next, esc closes"))

    def action_find_again(self, direction: str) -> None:
        """Find what was looked for last, "next" or "previous"."""
        if self._exercise() is not None and self._find_field.words:
            self._find(self._find_field.words, direction)

    def on_find_field_asked(self, event: FindField.Asked) -> None:
        """Select what is looked for, as it is typed."""
        self._find(event.words, event.direction)

    def on_find_field_closed(self) -> None:
        """Go on writing where it was found."""
        self._find_field.display = False
        self.set_focus(self._panes.editor)

    def _find(self, words: str, direction: str) -> None:
        translate = self.app.look.translate
        found = self._panes.editor.find(words, direction)
        if found is None:
            self._find_field.tell(translate("not found") if words else "")
            return
        place = translate("{number} of {count}")
        self._find_field.tell(place.format(number=found.number, count=found.count))

    def _show_code(self) -> None:
        self._panes.show_pane("code")
        self._panes.draw_code(self.playback, self.app.look)

    async def _show_text(self) -> None:
        self._panes.show_pane("prose")
        await self.draw_step()

    def _starter(self) -> Cell | None:
        return self.playback.step.cell if self._exercise() is not None else None

    def _exercise(self) -> Exercise | None:
        """The exercise that is shown; where there is none, that is said."""
        exercise = self.playback.step.exercise
        if exercise is None:
            self._say(self.app.look.translate("This step is no exercise."))
        return exercise
