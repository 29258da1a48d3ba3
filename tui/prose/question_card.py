"""One question in the text: what it asks, its answers, and what is told of the one given."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Input, Static

from engine.lesson.model import NumberQuestion
from tui.look import Look
from tui.plots.sketches import draw_sketch
from tui.words.questions import (
    SHAPES,
    AnswerState,
    AskedQuestion,
    answer_place,
    offered_answers,
    plain,
    standings,
    told_words,
)

_MARK_CLASSES = {
    AnswerState.CHOSEN: "-chosen",
    AnswerState.RIGHT: "-right",
    AnswerState.WRONG: "-wrong",
}


class AnswerRow(Horizontal):
    """One answer to choose, with its number and its mark; a click on it gives it."""

    DEFAULT_CSS = """
    AnswerRow {
        height: auto;
        & > .mark { width: 5; }
        & > .answer { width: 1fr; }
        &.-chosen { text-style: bold; color: $accent; }
        &.-right { color: $text-success; text-style: bold; }
        &.-wrong { color: $text-error; }
        &.-lit { background: $boost; text-style: bold; }
        &.-open:hover { background: $boost; }
        &.-out { display: none; }
    }
    """

    @dataclass
    class Clicked(Message):
        """The answer at this place is given."""

        place: int

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place = place
        self._mark = Static(classes="mark", markup=False)
        self._answer = Static(classes="answer", markup=False)

    def compose(self) -> ComposeResult:
        """The number, and the answer beside it."""
        yield from (self._mark, self._answer)

    def show(self, answer: str, standing: AnswerState, look: Look, *, is_lit: bool) -> None:
        """Show the answer, and what is to be said of it."""
        marks = {
            AnswerState.CHOSEN: look.glyphs.chosen,
            AnswerState.RIGHT: look.glyphs.right,
            AnswerState.WRONG: look.glyphs.wrong,
        }
        mark = look.glyphs.output if is_lit else marks.get(standing, " ")
        self._mark.update(f"{mark} {self._place + 1}  ")
        self._answer.update(answer)
        self.set_class(standing is AnswerState.OUT, "-out")
        self.set_class(is_lit, "-lit")
        for one, name in _MARK_CLASSES.items():
            self.set_class(one is standing, name)

    def on_click(self, event: Click) -> None:
        """Give this answer."""
        event.prevent_default()
        self.post_message(self.Clicked(self._place))


class QuestionCard(Vertical):
    """Shows one question; keys come to it through what holds it."""

    DEFAULT_CSS = """
    QuestionCard {
        height: auto;
        margin-top: 1;
        & > .asked { text-style: bold; }
        & > Input, & > Input:focus {
            border: none;
            height: 1;
            padding: 0 1;
            background: $boost;
        }
        & > Input.-out { display: none; }
        & > .told { display: none; }
    }
    .-folded QuestionCard > AnswerRow, .-folded QuestionCard.-untold > Input {
        display: none;
    }
    .-folded QuestionCard.-told > AnswerRow.-right,
    .-folded QuestionCard.-told > AnswerRow.-wrong {
        display: block;
    }
    """

    @dataclass
    class Answered(Message):
        """An answer to choose was given: the one at this place."""

        card: QuestionCard
        place: int

    @dataclass
    class Written(Message):
        """A number was written, which may be none."""

        card: QuestionCard
        text: str

    @dataclass
    class Wanted(Message):
        """It was clicked, and should take the keys."""

        card: QuestionCard

    def __init__(self, asked: AskedQuestion, look: Look) -> None:
        super().__init__()
        self.asked = asked
        self.field = Input(compact=True) if isinstance(asked.question, NumberQuestion) else None
        self.lit: int | None = None
        self._look = look
        self._has_keys = False
        self._trouble = ""
        self._asked = Static(classes="asked", markup=False)
        self._rows = [AnswerRow(place) for place in range(len(standings(asked)))]
        self.told = Static(classes="told", markup=False)

    def compose(self) -> ComposeResult:
        """The question, the ways to answer it, and what is told then."""
        yield self._asked
        yield from self._rows
        if self.field is not None:
            yield self.field
        yield self.told

    def on_mount(self) -> None:
        """Show it as it was made."""
        self._draw()

    def show(self, asked: AskedQuestion, look: Look) -> None:
        """Show it as it stands now."""
        if (asked, look) != (self.asked, self._look):
            self.asked, self._look = asked, look
            self._draw()

    @property
    def answer_count(self) -> int:
        """How many answers there are to choose from."""
        return len(self._rows)

    def give_keys(self) -> None:
        """Mark it as the one that the keys answer."""
        self._has_keys = True
        self.lit = answer_place(self.asked.question, self.asked.answer) or 0
        self._draw()

    def take_keys(self) -> None:
        """Mark it no more."""
        self._has_keys = False
        self._trouble = ""
        self.lit = None
        self._draw()

    def move(self, by: int) -> None:
        """Light the answer above or below."""
        if self._rows and self.lit is not None:
            self.lit = (self.lit + by) % len(self._rows)
            self._draw()

    def say(self, trouble: str) -> None:
        """Say what is wrong with what was written."""
        self._trouble = trouble
        self._draw()

    def on_answer_row_clicked(self, event: AnswerRow.Clicked) -> None:
        """Give the answer that was clicked."""
        event.stop()
        if self.asked.is_open:
            self.post_message(self.Answered(self, event.place))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was written."""
        event.stop()
        self.post_message(self.Written(self, event.value))

    def on_click(self, event: Click) -> None:
        """Take the keys, unless an answer was clicked."""
        if self.asked.is_open and not isinstance(event.widget, AnswerRow):
            self.post_message(self.Wanted(self))

    def _draw(self) -> None:
        asked, look = self.asked, self._look
        translate = look.translate
        self._asked.update(plain(asked.question.text, look.write_formulas))
        sketches = {shape: draw_sketch(shape, in_ascii=look.in_ascii) for shape in SHAPES}
        answers = offered_answers(asked.question, sketches, translate, look.write_formulas)
        found = standings(asked)
        for place, (row, answer, standing) in enumerate(
            zip(self._rows, answers, found, strict=True)
        ):
            row.show(answer, standing, look, is_lit=self._has_keys and place == self.lit)
            row.set_class(asked.is_open, "-open")
        if self.field is not None:
            self.field.placeholder = translate("a number, then enter")
            can_write = asked.is_open and (self._has_keys or asked.answer is None)
            self.field.set_class(not can_write, "-out")
        self.set_class(not asked.is_told, "-untold")
        self.set_class(asked.is_told, "-told")
        told = self._told()
        self.told.update(told)
        self.told.display = bool(told.plain)

    def _told(self) -> Content:
        if self._trouble:
            return Content.styled(self._trouble, "$text-error")
        look, glyphs = self._look, self._look.glyphs
        words = told_words(self.asked, look.translate, look.write_formulas)
        match self.asked.is_right:
            case True:
                return Content.assemble((f"{glyphs.right} ", "bold $text-success"), words)
            case False:
                return Content.assemble((f"{glyphs.wrong} ", "bold $text-error"), words)
        return Content.styled(words, "$text-muted")
