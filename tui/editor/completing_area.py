"""A field to write Python in that asks the session what may follow, and offers it in a list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from textual import events
from textual.geometry import Offset
from textual.widgets.text_area import Edit, EditResult

from engine.protocol.completion import Completions, Writing, fitting_words
from tui.editor.code_area import CodeArea
from tui.rendering.widths import cell_width
from tui.widgets.awaited_words import AwaitedWords
from tui.widgets.word_list import WordList

_TAKEN_BY = frozenset({"tab", "enter"})
_MOVES = {"up": -1, "down": 1}


class CompletingArea(CodeArea):
    """Tab behind a word asks which words it may become; inside a call it is told what that takes.

    ``ask`` sends a question and returns whether it has; the answer comes to `take_answer`. The keys
    behind a tab wait for it, for a while, so that they mean the same however fast they come; what
    has been typed meanwhile makes it worthless. ``tell_signature`` is called with what the call
    takes that the cursor stands in, "" where it stands in none, and ``tell_nothing`` where tab has
    found none.
    """

    def __init__(
        self,
        name: str,
        ask: Callable[[Writing], bool],
        tell_signature: Callable[[str], None],
        tell_nothing: Callable[[], None],
    ) -> None:
        super().__init__(name)
        self.word_list = WordList(self._take)
        self._ask = ask
        self._tell_signature = tell_signature
        self._tell_nothing = tell_nothing
        self._numbers = count(1)
        self._asked: Writing | None = None
        self._awaited = AwaitedWords()
        self._start = 0
        self._offered: tuple[str, ...] = ()

    async def action_tab(self) -> None:
        if not self.selection.is_empty or not self._is_behind_word:
            self.indent()
        elif self._ask_about(wants_words=True):
            await self._awaited.wait()

    def on_key(self, event: events.Key) -> None:
        """While words are offered, keys choose among them; any other goes on with the writing."""
        if not self.word_list.is_open:
            return
        if event.key in _TAKEN_BY:
            self._take(self.word_list.marked)
        elif event.key in _MOVES:
            self.word_list.move(_MOVES[event.key])
        elif event.key == "escape":
            self.word_list.close()
        else:
            if not event.is_printable and event.key != "backspace":
                self.word_list.close()
            return
        event.stop()
        event.prevent_default()

    def on_mouse_down(self) -> None:
        """Offer nothing for a place that is left."""
        self.word_list.close()

    def on_blur(self) -> None:
        """Offer nothing where nothing is written."""
        self.word_list.close()
        self._tell_signature("")

    def edit(self, edit: Edit) -> EditResult:
        """Change the source; what is offered follows."""
        result = super().edit(edit)
        if self.word_list.is_open:
            self._narrow()
        return result

    def watch_selection(self) -> None:
        """Ask what the call takes that the cursor has come into."""
        if self.has_focus:
            self._ask_about(wants_words=False)

    def take_answer(self, answer: Completions) -> None:
        """Take what may follow, unless the question was another one."""
        asked = self._asked
        if asked is None or answer.number != asked.number:
            return
        self._awaited.note_come()
        if not self._stands_as(asked):
            return
        self._asked = None
        self._tell_signature(answer.signature)
        if not asked.wants_words:
            return
        self._start, self._offered = answer.start, answer.words
        if len(answer.words) == 1:
            self._take(answer.words[0])
        else:
            self._narrow()
            if not answer.words:
                self._tell_nothing()

    def _ask_about(self, *, wants_words: bool) -> bool:
        """Ask what may follow here; whether an answer is to come."""
        cursor = len(self._around(self.cursor_location, self.cursor_location)[0])
        self._asked = Writing(next(self._numbers), self.text, cursor, wants_words)
        self._awaited.note_asked()
        return self._ask(self._asked)

    def _stands_as(self, asked: Writing) -> bool:
        before, after = self._around(self.cursor_location, self.cursor_location)
        return before + after == asked.source and len(before) == asked.cursor

    @property
    def _is_behind_word(self) -> bool:
        row, column = self.cursor_location
        last = self.document.get_line(row)[:column][-1:]
        return last == "." or last == "_" or last.isalnum()

    def _narrow(self) -> None:
        """Offer those of the words that what is written now may become."""
        before, _ = self._around(self.cursor_location, self.cursor_location)
        word = before[self._start :]
        is_word = len(before) >= self._start and (not word or word.isidentifier())
        fitting = fitting_words(self._offered, word) if is_word else ()
        x, y = self.cursor_screen_offset
        self.word_list.offer(fitting, Offset(x - cell_width(word) - 1, y))

    def _take(self, word: str) -> None:
        before, _ = self._around(self.cursor_location, self.cursor_location)
        row, column = self.cursor_location
        self.word_list.close()
        self._put(word, (row, column - len(before) + self._start), (row, column))
