"""The line in which the learner writes what the code asks for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from engine.protocol.status import Asked
from tui.language.catalogue import Translate


class AnswerLine(Input):
    """In sight while code waits for a line; enter sends it, escape gives the step up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]
    DEFAULT_CSS = """
    AnswerLine, AnswerLine:focus {
        display: none;
        border: none;
        height: 1;
        padding: 0 1;
        background: $boost;
    }
    AnswerLine.-asked { display: block; }
    """

    class Written(Message):
        """The learner has sent a line."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class GivenUp(Message):
        """The learner will not write one."""

    def __init__(self) -> None:
        super().__init__(compact=True)

    @property
    def is_asked(self) -> bool:
        """Whether a line is being waited for."""
        return self.has_class("-asked")

    def ask(self, asked: Asked, translate: Translate) -> None:
        """Come into sight, empty, and take the keys."""
        self.value = ""
        self.password = asked is Asked.SECRET
        self.placeholder = translate("The code asks for a line: enter sends it, esc stops the step")
        self.add_class("-asked")
        self.focus()

    def leave(self) -> None:
        """Go out of sight, and leave the keys to the player."""
        self.value = ""
        self.remove_class("-asked")
        self.screen.set_focus(None)

    async def action_submit(self) -> None:
        """Send what is written."""
        self.post_message(self.Written(self.value))
        self.leave()

    def action_give_up(self) -> None:
        """Have the step stopped."""
        self.post_message(self.GivenUp())
        self.leave()
