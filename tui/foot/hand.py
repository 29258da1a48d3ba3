"""What the keys go to, by the widget that has the focus."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.foot.answer_line import AnswerLine
from tui.foot.ask_input import AskInput
from tui.foot.dial_input import DialInput
from tui.keys.situation import Hand
from tui.panes.canvas_pane import CanvasPane
from tui.prose.question_card import QuestionCard
from tui.prose.questions import Questions


def hand_of(focused: Widget | None) -> Hand:
    """What the keys go to while this widget has the focus; None: to the player."""
    match focused:
        case TextArea():
            return Hand.EDITOR
        case CanvasPane():
            return Hand.PEN
        case AnswerLine():
            return Hand.ANSWER
        case AskInput():
            return Hand.ASK
        case DialInput():
            return Hand.DIAL
        case Questions():
            return Hand.QUESTION
        case Input(parent=QuestionCard()):
            return Hand.QUESTION
        case Input():
            return Hand.FIELD
        case _:
            return Hand.PLAYER
