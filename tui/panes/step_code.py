"""The code of the step that is shown, where it is read or where it is written: one pane of two."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from tui.editor.exercise_pane import ExercisePane
from tui.look import Appearance
from tui.panes.code_pane import CodePane
from tui.player.playback import Playback
from tui.rendering.remarks import Remark
from tui.showing.sight import sight_of


class StepCode:
    """Shows the code in its pane, or in the editor where that stands in the pane's place."""

    def __init__(
        self, code: CodePane, exercise: ExercisePane, playback: Playback, appearance: Appearance
    ) -> None:
        self.is_written = False
        self._code = code
        self._exercise = exercise
        self._playback = playback
        self._appearance = appearance

    @property
    def pane(self) -> Widget:
        """The one of the two panes that stands there."""
        return self._exercise if self.is_written else self._code

    @property
    def told(self) -> Sequence[Remark]:
        """What stands whole under the code, where it is in sight, of what the last run said."""
        return self._exercise.told if self.is_written else ()

    @property
    def first_line_in_sight(self) -> int:
        """The first line of the code that is in sight, counted from 0."""
        if self.is_written:
            return self._exercise.editor.first_line_in_sight
        return self._code.first_line_in_sight

    def keep_number_in_sight(self) -> None:
        """Scroll the code to the number that is in hand."""
        if self.is_written:
            self._exercise.editor.keep_number_in_sight()
        else:
            self._code.keep_number_in_sight()

    def look_again(self) -> None:
        """See which of the two stands there now."""
        self.is_written = self._exercise.is_in_place

    def draw(self) -> None:
        """Draw the code with the line that runs now or next, or where it broke."""
        if self.is_written:
            self._exercise.show_code()
        else:
            self._code.show_sight(sight_of(self._playback), self._appearance.look)
