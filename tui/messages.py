"""What screens tell the app; data alone, so that a screen need not know the app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from engine.lesson.model import Lesson


@dataclass
class LessonChosen(Message):
    """The lesson in the file `path` should be opened."""

    path: Path


@dataclass
class LessonSavedAgain(Message):
    """The file of the lesson that is played was saved again, and is played as it is now."""

    before: Lesson
    after: Lesson


class WorkNoted(Message):
    """Something that the learner did was noted; whether that went well is for the app to say."""
