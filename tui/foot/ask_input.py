"""The line in which the learner writes what to ask: completed by tab, older ones by up and down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from textual import events
from textual.geometry import Offset
from textual.message import Message

from engine.protocol.completion import Completions, Writing, fitting_words
from tui.foot.line_input import LineInput
from tui.rendering.widths import cell_width
from tui.widgets.awaited_words import AwaitedWords
from tui.widgets.word_list import WordList

_MOVES = {"up": -1, "down": 1}


class AskInput(LineInput):
    """Takes one line of Python.

    ``ask_words`` sends a question about what may follow and returns whether it has; the answer
    comes to `take_words`, and the keys behind a tab wait for it. ``history`` is what was asked
    before, oldest first.
    """

    class WatchWanted(Message):
        """What is written, or was asked last, is to be watched."""

    class StopWanted(Message):
        """What was asked should end."""

    def __init__(
        self, ask_words: Callable[[Writing], bool], history: Sequence[str], word_list: WordList
    ) -> None:
        super().__init__()
        self._ask_words = ask_words
        self._history = history
        self._word_list = word_list
        # Below those of the editor, so that neither takes an answer that is the other's.
        self._numbers = count(-1, -1)
        self._asked: Writing | None = None
        self._awaited = AwaitedWords()
        self._start = 0
        self._offered: tuple[str, ...] = ()
        self._at = 0
        self._draft = ""

    def begin(self, text: str = "") -> None:
        """Take the keys, with this written behind the newest that was asked."""
        self._begin_writing(text)
        super().begin(text)

    def clear_written(self) -> None:
        """Begin with nothing written, behind the newest that was asked."""
        self._begin_writing("")

    def take(self, word: str) -> None:
        """Put a word in the place of what was written of it."""
        self._word_list.close()
        self.replace(word, self._start, self.cursor_position)

    def take_words(self, answer: Completions) -> None:
        """Take what may follow, unless what is written is another by now."""
        asked = self._asked
        if asked is None or answer.number != asked.number:
            return
        self._awaited.note_come()
        if not self._stands_as(asked):
            return
        self._asked = None
        self._start, self._offered = answer.start, answer.words
        if len(answer.words) == 1:
            self.take(answer.words[0])
        else:
            self._narrow()

    async def on_key(self, event: events.Key) -> None:
        """Keys choose among the words that are offered, or among what was asked before.

        Escape is the field's own where no words are offered.
        """
        match event.key:
            case "tab" | "enter" if self._word_list.is_open:
                self.take(self._word_list.marked)
            case "up" | "down" if self._word_list.is_open:
                self._word_list.move(_MOVES[event.key])
            case "escape" if self._word_list.is_open:
                self._word_list.close()
            case "tab":
                await self._ask_about_word()
            case "up" | "down":
                self._turn(_MOVES[event.key])
            case "ctrl+t":
                self.post_message(self.WatchWanted())
            case "ctrl+c" if self.selection.is_empty:
                self.post_message(self.StopWanted())
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_blur(self) -> None:
        """Offer nothing where nothing is written."""
        self._word_list.close()

    def on_input_changed(self) -> None:
        """What is offered follows what is written."""
        if self._word_list.is_open:
            self._narrow()

    def _begin_writing(self, text: str) -> None:
        self._word_list.close()
        self._at, self._draft = len(self._history), ""
        self._write(text)

    def _write(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    def _turn(self, by: int) -> None:
        """Write an older one (-1), or a newer one; behind the newest is what was being written."""
        at = self._at + by
        if not 0 <= at <= len(self._history):
            return
        if self._at == len(self._history):
            self._draft = self.value
        self._at = at
        self._write(self._draft if at == len(self._history) else self._history[at])

    async def _ask_about_word(self) -> None:
        last = self.value[: self.cursor_position][-1:]
        if last in (".", "_") or last.isalnum():
            number = next(self._numbers)
            self._asked = Writing(number, self.value, self.cursor_position, wants_words=True)
            self._awaited.note_asked()
            if self._ask_words(self._asked):
                await self._awaited.wait()

    def _stands_as(self, asked: Writing) -> bool:
        return (self.value, self.cursor_position) == (asked.source, asked.cursor)

    def _narrow(self) -> None:
        """Offer those of the words that what is written now may become."""
        before = self.value[: self.cursor_position]
        word = before[self._start :]
        is_word = len(before) >= self._start and (not word or word.isidentifier())
        fitting = fitting_words(self._offered, word) if is_word else ()
        x, y = self.cursor_screen_offset
        self._word_list.offer(fitting, Offset(x - cell_width(word) - 1, y))
