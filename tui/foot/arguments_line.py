"""The foot's line in which the arguments of the program are written."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from engine.lesson.printable import printable_line
from tui.foot.arguments_input import ArgumentsInput
from tui.look import Appearance
from tui.player.playback import Playback


class ArgumentsLine(Horizontal, can_focus=False):
    """Gives the lesson of a playback what stands in `sys.argv` behind its file.

    ``begin_with`` has it begin again with that, and says whether it does.
    """

    DEFAULT_CSS = """
    ArgumentsLine {
        display: none;
        height: 1;
        background: $surface;
        & > .-head { width: auto; padding: 0 1; color: $accent; }
        & > .-note { width: auto; padding: 0 1; color: $text-muted; }
        & > .-note.-wrong { color: $text-error; }
    }
    """

    def __init__(
        self,
        playback: Playback,
        appearance: Appearance,
        begin_with: Callable[[Sequence[str]], bool],
    ) -> None:
        super().__init__(id="arguments")
        self._playback = playback
        self._appearance = appearance
        self._begin_with = begin_with
        self._head = Static(markup=False, classes="-head")
        self._input = ArgumentsInput()
        self._note = Static(markup=False, classes="-note")

    def compose(self) -> ComposeResult:
        """The program, the field for what it is given, and what the keys do."""
        yield from (self._head, self._input, self._note)

    def action_begin_giving(self) -> None:
        self._head.update(printable_line(self._playback.lesson.path.name))
        self._say_what_keys_do()
        self.display = True
        self._input.begin(shlex.join(self._playback.arguments))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Begin again with what is written, or say that it cannot be read."""
        event.stop()
        try:
            arguments = shlex.split(event.value)
        except ValueError:
            translate = self._appearance.look.translate
            self._say(translate("a quotation is not closed"), is_wrong=True)
            return
        if self._begin_with(arguments):
            self._end()

    def on_input_changed(self) -> None:
        """What was wrong is said until something else is written."""
        self._say_what_keys_do()

    def on_line_input_left(self) -> None:
        """Leave them as they were."""
        self._end()

    def _say_what_keys_do(self) -> None:
        translate = self._appearance.look.translate
        self._say(translate("enter begins again with them, esc closes"))

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self._note.update(words)
        self._note.set_class(is_wrong, "-wrong")

    def _end(self) -> None:
        self.display = False
        if self._input.has_focus:
            self.screen.set_focus(None)
