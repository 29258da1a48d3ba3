"""What is raised in a lesson's code to stop it."""

from __future__ import annotations


class LessonStopped(BaseException):
    """Raised inside a lesson's loop to stop it; no `except Exception` of a lesson catches it."""


class LessonInterrupted(KeyboardInterrupt):
    """Raised where the learner stops a run first: a lesson may catch it, as it does Ctrl+C's."""


class RaisedByHandler(BaseException):
    """A second class of what a lesson's handler of a signal raised, and is raised in its code."""
