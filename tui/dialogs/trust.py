"""Whether a file that did not come with tutorch may run: asked before its first line does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from engine.lesson.model import Lesson
from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import TRUST_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.drawn_text import DrawnText
from tui.dialogs.framed import FramedScreen
from tui.look import Look
from tui.rendering.widths import cell_width, pad, wrap_words
from tui.words.trust import file_facts


class TrustScreen(FramedScreen[bool]):
    """Ends with True where the learner lets the file run.

    Enter is no answer: one that was pressed twice in the list would give it unread.
    """

    BINDINGS = bindings((*TRUST_ACTIONS, HELP))
    keys: ClassVar[Sequence[Action]] = (*TRUST_ACTIONS, HELP)
    DEFAULT_CSS = """
    TrustScreen > VerticalScroll {
        padding: 0 2;
        border: round $warning;
        border-title-color: $warning;
    }
    TrustScreen.-high > VerticalScroll { padding: 1 2; }
    """

    def __init__(self, lesson: Lesson, look: Look) -> None:
        super().__init__()
        self._lesson = lesson
        self._look = look
        translate = look.translate
        self._frame = DrawnText(
            translate("May this file run?"), translate("y lets it run, esc leaves it"), self._facts
        )

    def compose(self) -> ComposeResult:
        yield self._frame

    def _facts(self, width: int) -> Content:
        """What is known of the file."""
        translate = self._look.translate
        before = translate("It did not come with tutorch, and nothing of it has run yet.")
        after = translate(
            "It can do on this computer whatever you can do. You are asked again when it changes."
        )
        facts = file_facts(self._lesson, translate)
        names = max(cell_width(name) for name, _ in facts) + 2
        parts = [*(Content(line) for line in wrap_words(before, width)), Content("")]
        for name, value in facts:
            rows = [
                row
                for line in value.split("\n")
                for row in wrap_words(line, max(width - names, 1)) or [""]
            ]
            for at, row in enumerate(rows):
                shown = pad(name if at == 0 else "", names)
                parts.append(Content.assemble((shown, "$text-muted"), row))
        parts += [Content(""), *(Content(line) for line in wrap_words(after, width))]
        return Content("\n").join(parts)
