"""The field in which the arguments of the program are written, as in a shell."""

from __future__ import annotations

from tui.foot.line_input import LineInput


class ArgumentsInput(LineInput):
    """Takes the program's arguments."""
