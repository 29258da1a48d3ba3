"""What screens tell the app; data alone, so that a screen need not know the app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message


@dataclass
class LessonChosen(Message):
    """The lesson in the file `path` should be opened."""

    path: Path


@dataclass
class LessonSavedAgain(Message):
    """A lesson's file was saved again: its source was ``before``, and is played as ``after``."""

    before: str
    after: str


class WorkNoted(Message):
    """Something that the learner did was noted; whether that went well is for the app to say."""
