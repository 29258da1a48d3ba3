"""What an action is: who takes it, its keys, and its words; no action stands here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Group(Enum):
    """Under which heading the help shows an action."""

    TRAINING = "Training"
    LESSON = "Lesson"
    QUESTION = "A question"
    ASKING = "While you ask with :"
    ANSWERING = "While the code asks for a line"
    EXERCISE = "Code and exercises"
    PANES = "Panes"
    CURVE = "Curve"
    CANVAS = "Canvas"
    TENSOR = "An opened tensor"
    LIST = "Lessons"
    HERE = "Here"
    APP = "Everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: who does it, its keys, and its words.

    ``method`` is `RECEIVER.NAME`, for the method `action_NAME` of the app ("app"), the screen
    ("screen"), the screen's widget with this id, or a desk of the player. ``label`` stands in the
    action bar, where an empty one keeps it out; ``help`` is its sentence in the help and the
    palette. ``keys`` are Textual's names, the first is the one shown.
    """

    method: str
    keys: str
    label: str
    help: str
    group: Group

    @property
    def receiver(self) -> str:
        """Who takes it: "app", "screen", the id of a widget, or the name of a desk."""
        return self.method.partition(".")[0]

    @property
    def name(self) -> str:
        """What it is called, its arguments included."""
        return self.method.partition(".")[2]

    @property
    def shown_key(self) -> str:
        """The first key as a person reads it on the keyboard."""
        return shown_key(self.keys.partition(",")[0])

    @property
    def shown_keys(self) -> str:
        """All keys, the first one first."""
        return " ".join(shown_key(key) for key in self.keys.split(","))

    @property
    def target(self) -> str:
        """The action as Textual runs it; the screen passes on what another of its parts takes."""
        if self.receiver in ("app", "screen"):
            return self.method
        return f"screen.pass_on({self.receiver!r}, {self.name!r})"

    @property
    def while_typing(self) -> Action:
        """The action with those of its keys alone that are no text."""
        keys = (key for key in self.keys.split(",") if key in _NO_TEXT or key.startswith("ctrl+"))
        return replace(self, keys=",".join(keys))


_NO_TEXT = frozenset({"escape", "enter", "tab", "f1", "f3", "shift+f3", "f5", "f8"})


def shown_key(key: str) -> str:
    """A key of Textual's name as a person reads it on the keyboard."""
    plain = key.removeprefix("ctrl+")
    named = _KEY_NAMES.get(key) or _KEY_NAMES.get(plain, plain)
    return named if plain == key or key in _KEY_NAMES else f"^{named}"


_KEY_NAMES = {
    "space": "space",
    "full_stop": ".",
    "comma": ",",
    "colon": ":",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "number_sign": "#",
    "at": "@",
    "question_mark": "?",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "underscore": "_",
    "shift+tab": "⇧tab",
    "shift+enter": "⇧enter",
    "shift+f3": "⇧f3",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}
