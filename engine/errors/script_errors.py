"""Errors of scripts, told as Python tells them: those that a lesson runs by `%run`, and its own."""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress

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


def call_own_hook(error: BaseException, path: str) -> None:
    """Call what the script at `path` has put in the place of `sys.excepthook`, if it has.

    What it raises itself is left out, as the error is told in any case.
    """
    if sys.excepthook is sys.__excepthook__:
        return
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != path:
        frames = frames.tb_next
    with suppress(Exception):
        sys.excepthook(type(error), error, frames)
