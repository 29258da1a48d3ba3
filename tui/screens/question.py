"""A question asked before the run that answers it; nothing is judged here but a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option as Row

from engine.lesson.model import ChoiceQuestion, CurveQuestion, NumberQuestion, Question
from engine.progress.work import GivenAnswer
from engine.protocol.curves import Shape
from tui.look import Look
from tui.plots.sketches import draw_sketch
from tui.rendering.formulas import formulas_to_unicode
from tui.rendering.verdicts import shape_word
from tui.screens.framed import FramedScreen

_SHAPES = tuple(Shape)
_SCROLLING = {
    "up": "scroll_up",
    "down": "scroll_down",
    "pageup": "scroll_page_up",
    "pagedown": "scroll_page_down",
}


class QuestionScreen(FramedScreen[GivenAnswer | None]):
    """Asks one question, and ends with the answer; None where it was skipped.

    A choice is told at once whether it was right. Predictions are left for the run to judge.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Skip")]
    DEFAULT_CSS = """
    QuestionScreen > VerticalScroll {
        padding: 1 2;
        & > * { margin-bottom: 1; }
        & > OptionList { height: auto; max-height: 100%; border: none; padding: 0; }
        & > #told { display: none; margin-bottom: 0; }
    }
    QuestionScreen.-low > VerticalScroll {
        padding: 0 1;
        & > Static { margin-bottom: 0; }
    }
    """

    def __init__(self, question: Question, look: Look) -> None:
        super().__init__()
        self._look = look
        self._question = question
        self._answer: GivenAnswer | None = None
        self._frame = VerticalScroll(can_focus=False)
        self._told = Static(id="told", markup=False)

    def compose(self) -> ComposeResult:
        """The question, the ways to answer it, and room for what is said then."""
        translate = self._look.translate
        with self._frame as frame:
            frame.border_title = translate("Before you run it")
            frame.border_subtitle = translate("esc skips it this time")
            yield Static(_plain(self._question.text), markup=False)
            if isinstance(self._question, NumberQuestion):
                yield Input(placeholder=translate("a number, then enter"))
            else:
                yield OptionList(*self._rows(), markup=False)
            yield self._told

    def on_key(self, event: events.Key) -> None:
        """A digit chooses; once the answer is told, any key that does not scroll it goes on."""
        if self._answer is not None:
            event.stop()
            self._scroll_or_go_on(event.key)
            return
        rows = self.query(OptionList)
        digit = int(event.character) if event.character in tuple("123456789") else 0
        if rows and 1 <= digit <= rows.first().option_count:
            event.stop()
            self._choose(digit - 1)

    def on_click(self) -> None:
        """Once the answer is told, a click goes on."""
        if self._answer is not None:
            self.dismiss(self._answer)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click on a row answers."""
        self._choose(event.option_index)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A number is the answer; what is none is said."""
        try:
            number = float(event.value)
        except ValueError:
            mend = self._look.translate("{text} is no number; write one such as 0.5 or 1e-3")
            self._tell(Content.styled(mend.format(text=repr(event.value)), "$error"))
            return
        self.dismiss(number)

    def action_leave(self) -> None:
        """Skip the question; an answer that was given counts."""
        self.dismiss(self._answer)

    def _choose(self, index: int) -> None:
        match self._question:
            case CurveQuestion():
                self.dismiss(_SHAPES[index])
            case ChoiceQuestion() if self._answer is None:
                self._answer = index
                self._judge(self._question, index)

    def _judge(self, question: ChoiceQuestion, index: int) -> None:
        translate = self._look.translate
        rows = self.query_one(OptionList)
        rows.highlighted = index
        rows.disabled = True
        self._frame.border_subtitle = translate("enter goes on")
        explanation = _plain(question.options[index].explanation)
        if index == question.right:
            verdict = Content.styled(translate("Right."), "bold $success")
            self._tell(Content.assemble(verdict, "\n", explanation))
            return
        verdict = Content.styled(translate("Not quite."), "bold $error")
        right = _plain(question.options[question.right].text)
        mend = translate("The right answer: {answer}").format(answer=right)
        lines = [line for line in (explanation, mend) if line]
        self._tell(Content.assemble(verdict, "\n", "\n".join(lines)))

    def _scroll_or_go_on(self, key: str) -> None:
        if key in _SCROLLING and self._frame.max_scroll_y:
            getattr(self._frame, _SCROLLING[key])(animate=False)
        else:
            self.dismiss(self._answer)

    def _tell(self, content: Content) -> None:
        self._told.update(content)
        self._told.display = True
        self.call_after_refresh(self._told.scroll_visible, animate=False)

    def _rows(self) -> Sequence[Row]:
        match self._question:
            case ChoiceQuestion(options=options):
                return [
                    Row(f"{number}  {_plain(option.text)}")
                    for number, option in enumerate(options, 1)
                ]
        return [Row(self._sketched(number, shape)) for number, shape in enumerate(_SHAPES, 1)]

    def _sketched(self, number: int, shape: Shape) -> str:
        """A row of several lines: the little curve, and on its first line its number and word."""
        look = self._look
        first, *others = draw_sketch(shape, in_ascii=look.in_ascii)
        word = shape_word(shape, look.translate)
        return "\n".join([f"{number}  {first}  {word}", *(f"   {line}" for line in others)])


def _plain(markdown: str) -> str:
    """One paragraph of Markdown as plain words: formulas readable, marks of code and bold gone."""
    return formulas_to_unicode(markdown).replace("`", "").replace("**", "").replace("\\", "")
