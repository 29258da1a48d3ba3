"""A debugger where code has failed, after `%pdb`: it reads and writes as the lesson does."""

from __future__ import annotations

import pdb
import sys
import traceback

from engine.errors.tracebacks import leaves_no_trace


def look_into(error: Exception) -> None:
    """Have the learner look around where an error was raised, until they leave the debugger."""
    frames = error.__traceback__
    while frames is not None and leaves_no_trace(frames.tb_frame.f_code.co_filename):
        frames = frames.tb_next
    if frames is None:
        return
    sys.stdout.write("".join(traceback.format_exception_only(error)))
    debugger = pdb.Pdb(stdin=sys.stdin, stdout=sys.stdout, readrc=False)
    debugger.reset()
    debugger.interaction(None, frames)
