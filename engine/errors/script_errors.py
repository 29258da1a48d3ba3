"""Errors of scripts that a lesson runs by `%run`: the cell goes on after them, as in IPython."""

from __future__ import annotations

import sys
import traceback

from engine.errors.tracebacks import leaves_no_trace


def print_script_error() -> None:
    """Write the error that is being handled, from the script's first line on, to `sys.stderr`."""
    error = sys.exc_info()[1]
    if error is None:
        return
    told = traceback.TracebackException.from_exception(error)
    frames = [frame for frame in told.stack if not leaves_no_trace(frame.filename)]
    # What is before the script is the lesson's own cell, and what runs it.
    own = [at for at, frame in enumerate(frames) if frame.filename == "<string>"]
    told.stack = traceback.StackSummary.from_list(frames[own[-1] + 1 :] if own else frames)
    sys.stderr.write("".join(told.format()))
