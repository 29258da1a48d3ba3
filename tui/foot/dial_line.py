"""The foot's line of the number that the learner turns: what it is, and what came of turning it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static, TextArea

from tui.actions.named import key_of
from tui.editing.dials import Dial
from tui.editing.numbers import NumberRefusal, numbers_in
from tui.experiments.turning import (
    dial_of,
    next_dial,
    pointed_at,
    put,
    source_with,
    turned_text,
)
from tui.foot.dial_input import DialInput
from tui.look import Appearance, Look
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.runs.turned_words import named_number, trouble_words, turn_words


class DialLine(Horizontal, can_focus=False):
    """Chooses a number in the code of the step that is shown, turns it and sets it.

    Several numbers are raced: `race` begins that, or says in words why it cannot.
    """

    DEFAULT_CSS = """
    DialLine {
        display: none;
        height: auto;
        max-height: 3;
        background: $surface;
        & > .-head { width: auto; max-width: 50%; padding: 0 0 0 1; color: $accent; }
        & > .-note { width: 1fr; height: auto; padding: 0 1 0 2; color: $text-muted; }
        & > .-note.-wrong { color: $text-error; }
    }
    """

    def __init__(
        self,
        playback: Playback,
        appearance: Appearance,
        panes: PlayerPanes,
        race: Callable[[Dial, tuple[str, ...]], str],
    ) -> None:
        super().__init__(id="dials")
        self._race = race
        self._playback = playback
        self._appearance = appearance
        self._panes = panes
        self._head = Static(markup=False, classes="-head")
        self._input = DialInput()
        self._note = Static(markup=False, classes="-note")
        self._wrong = ""
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """The number, the field for another, and what is said of it."""
        yield from (self._head, self._input, self._note)

    @property
    def takes_digits(self) -> bool:
        """Whether a digit begins a number to be set: one is in hand, and the code is looked at."""
        return dial_of(self._playback) is not None and self._panes.active == "code"

    # What the learner does

    def action_choose(self, by: int) -> None:
        dial = next_dial(self._playback, by, self._panes.step_code.first_line_in_sight)
        if dial is None:
            words = self._look.translate("There is no number to turn in this code.")
            self.notify(words, markup=False)
            return
        self._panes.show_pane("code")
        self._take(dial)

    def action_turn(self, direction: int) -> None:
        dial = dial_of(self._playback)
        if dial is None:
            self.action_choose(1)
            return
        text = turned_text(dial, direction)
        if text is None:
            self._wrong = self._look.translate("It goes no further this way.")
            self.take_in()
        else:
            self._put(text)

    def action_begin_setting(self, typed: str = "") -> None:
        if dial_of(self._playback) is not None:
            self._wrong = ""
            self._input.begin(typed)
            self.take_in()

    def action_let_go(self) -> None:
        self._playback.dialling.choose(self._playback.shown, None)
        self._input.end()
        self._draw_all()

    def point_at(self, line: int, column: int) -> None:
        """Take the number in hand that stands at a place of the code; where none does, let go."""
        dial = pointed_at(self._playback, line, column)
        if dial is not None:
            self._take(dial)
        elif dial_of(self._playback) is not None:
            self.action_let_go()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Set the number that was typed, or say why it is none."""
        event.stop()
        typed = numbers_in(event.value)
        dial = dial_of(self._playback)
        if dial is None:
            self.action_let_go()
        elif isinstance(typed, NumberRefusal):
            self._refuse(trouble_words(typed, self._look.translate))
        elif len(typed) > 1:
            why_not = self._race(dial, typed)
            if why_not:
                self._refuse(why_not)
            else:
                self.on_line_input_left()
        elif dial.must_be_whole and not typed[0].lstrip("-").isdigit():
            self._refuse(self._look.translate("Only a whole number can stand here."))
        elif source_with(self._playback, dial, typed[0]) is None:
            self._refuse(self._look.translate("With this the code would be no Python."))
        else:
            self._input.end()
            self._put(typed[0])

    def on_input_changed(self) -> None:
        """What was wrong is said until something else is written."""
        self._wrong = ""
        self.take_in()

    def on_line_input_left(self) -> None:
        """Leave the number as it is."""
        self._wrong = ""
        self._input.end()
        self.take_in()

    # Showing

    def take_in(self) -> None:
        """Show the number in hand, and what has come of the newest turn."""
        dial, look = dial_of(self._playback), self._look
        if dial is not None and isinstance(self.screen.focused, TextArea):
            # The code is written in from now on.
            self.action_let_go()
            return
        if dial is None and self._input.display:
            self._input.end()
        is_typing = self._input.display
        told = self._playback.dialling.live.told
        shown = (dial, self._wrong, is_typing, told, self.takes_digits, look)
        if shown == self._shown:
            return
        self._shown = shown
        self.display = dial is not None
        if dial is None:
            return
        text = "" if is_typing else dial.text
        self._head.update(named_number(dial.name, text, self._line_of(dial), look.translate))
        self._note.update(self._wrong or self._words(is_typing=is_typing))
        self._note.set_class(bool(self._wrong), "-wrong")

    def _line_of(self, dial: Dial) -> int:
        """The line of the file in which a number of the step that is shown stands, from 1."""
        cell = self._playback.edits.cell_of(self._playback.shown)
        return dial.line + (1 if cell is None else cell.line)

    def _words(self, *, is_typing: bool) -> str:
        translate, told = self._look.translate, self._playback.dialling.live.told
        if is_typing:
            return translate("a number: enter sets it, esc leaves it as it is")
        if told is not None:
            return turn_words(told, translate)
        hint = (
            translate("{down} {up} turn it, a number sets it, esc lets it go")
            if self.takes_digits
            else translate("{down} {up} turn it, enter sets it, esc lets it go")
        )
        return hint.format(down=key_of("turn(-1)"), up=key_of("turn(1)"))

    def _take(self, dial: Dial) -> None:
        self._wrong = ""
        self._playback.dialling.live.forget()
        self._playback.dialling.choose(self._playback.shown, dial)
        self._draw_all()
        self._panes.step_code.keep_number_in_sight()

    def _put(self, text: str) -> None:
        dial = dial_of(self._playback)
        if dial is None:
            return
        self._wrong = ""
        # The editor has the source before it is changed, so that undo brings that back.
        self._panes.exercise.show_code()
        put(self._playback, dial, text)
        self._panes.exercise.editor.put_number(dial, text)
        self._draw_all()

    def _refuse(self, words: str) -> None:
        self._wrong = words
        self.take_in()

    def _draw_all(self) -> None:
        self._panes.drawing.draw_code()
        self.take_in()

    @property
    def _look(self) -> Look:
        return self._appearance.look
