"""Finding in the code: the field under the editor, and who has the keys once it closes."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.editor.editor_pane import EditorPane
from tui.look import Appearance
from tui.widgets.find_field import FindField


class CodeFinder(Vertical, can_focus=False):
    """Selects what is found in an editor; `bring_code` has that in sight."""

    DEFAULT_CSS = "CodeFinder { height: auto; }"

    def __init__(
        self, editor: EditorPane, appearance: Appearance, bring_code: Callable[[], None]
    ) -> None:
        super().__init__()
        self._editor = editor
        self._appearance = appearance
        self._bring_code = bring_code
        self._field = FindField()
        self._finds_for_player = False

    def compose(self) -> ComposeResult:
        yield self._field

    def open(self, *, for_player: bool) -> None:
        """Take what to find; the keys go back to the player then, or else to the editor."""
        self._finds_for_player = for_player
        self._bring_code()
        words = self._appearance.look.translate("Find: enter or f3 next, esc closes")
        self._field.open(words)

    def close(self) -> None:
        """Take nothing more; who has the keys now is the caller's business."""
        self._field.display = False

    def find_again(self, direction: str) -> None:
        """Find the "next" place of the words that were found last, or the "previous"."""
        if self._field.words:
            self._find(self._field.words, direction)

    def on_find_field_asked(self, event: FindField.Asked) -> None:
        """Select what is looked for, as it is typed."""
        event.stop()
        self._find(event.words, event.direction)

    def on_find_field_closed(self, event: FindField.Closed) -> None:
        """Go on where it was found: with writing, or with what the player does."""
        event.stop()
        self.close()
        self.screen.set_focus(None if self._finds_for_player else self._editor)

    def _find(self, words: str, direction: str) -> None:
        translate = self._appearance.look.translate
        found = self._editor.find(words, direction)
        if found is None:
            self._field.tell(translate("not found") if words else "")
            return
        place = translate("{number} of {count}")
        self._field.tell(place.format(number=found.number, count=found.count))
