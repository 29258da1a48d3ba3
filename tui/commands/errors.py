"""Why a command cannot be carried out, in one line, and the status that says so."""

from __future__ import annotations

import sys
from typing import IO, Any

import click

from tui.exit_status import ExitStatus


class OneLine(click.ClickException):
    """A message that is one line on stderr."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is."""
        click.echo(self.message, file=file or sys.stderr)


class Failed(OneLine):
    """A lesson is at fault."""

    exit_code = ExitStatus.FAILED


class Unable(OneLine):
    """The command is, or what it needs is not there."""

    exit_code = ExitStatus.UNABLE
