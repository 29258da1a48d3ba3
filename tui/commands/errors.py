"""Why a command cannot be carried out, in one line, and the status that says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol, Self

import click

from engine.lesson.model import LessonError, NotALesson
from engine.lesson.printable import printable_line
from engine.lesson.sentences import Translate
from tui.exit_status import ExitStatus, NotDone
from tui.language.preferred import preferred_language


def own_words() -> Translate:
    """What turns the words of the code into the language of the locale."""
    from tui.language.catalogue import translator

    return translator(preferred_language())


class Telling(Protocol):
    """An error that can say in any language what is wrong."""

    def said(self, translate: Translate) -> str:
        """What is wrong, translated."""


class OneLine(click.ClickException):
    """A message that is one line on stderr."""

    @classmethod
    def of(cls, error: Telling) -> Self:
        """What the error says, in the language of the locale."""
        return cls(printable_line(error.said(own_words())))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is."""
        click.echo(self.message, file=file or sys.stderr)


class Failed(OneLine):
    """A lesson is at fault."""

    exit_code = ExitStatus.FAILED


class Unable(OneLine):
    """The command is, or what it needs is not there."""

    exit_code = ExitStatus.UNABLE


def told_of(error: LessonError) -> OneLine:
    """What a command ends with that cannot read what it is given: whose fault it is counts."""
    return (Unable if isinstance(error, NotALesson) else Failed).of(error)


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Leave by a line that says why where nothing comes of a command; quietly at Ctrl+C.

    What is slow to import is imported in here: Ctrl+C may come while it is.
    """
    try:
        yield
    except LessonError as error:
        raise told_of(error) from error
    except NotDone as error:
        click.echo(error.said(own_words()), file=sys.stderr)
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(ExitStatus.INTERRUPTED)
