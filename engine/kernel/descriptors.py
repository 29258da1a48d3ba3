"""The process's descriptors 0, 1 and 2 while an interface has the terminal; one for the process.

What C code and child processes write there is heard by the `audience`, like what Python prints.
"""

from __future__ import annotations

import codecs
import ctypes
import fcntl
import os
import select
import sys
import threading
from contextlib import suppress

from engine.kernel.audience import Audience, audience
from engine.loops.forks import call_in_forked_child

# How much a pipe is asked to hold, and how much is read of one before others get their turn, in
# bytes. Code that keeps the interpreter to itself may write as much as a pipe holds.
_PIPE_SIZE = 1 << 20
_MOST_AT_ONCE = 1 << 20
_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = 0, 1, 2
_LINE_BUFFERED = 1


class Descriptors:
    """Leads 1 and 2 into a pipe, and 0 away from the keyboard, until they are given back.

    A thread of its own reads the pipe, so that a writer never waits for the interface.
    """

    def __init__(self, listeners: Audience) -> None:
        self._audience = listeners
        self._pipe: _Pipe | None = None
        self._terminal: tuple[int, int, int] | None = None
        self._is_child = False

    def lead_away(self) -> None:
        """From now on keep writers off the terminal, and readers off the keyboard."""
        if self._terminal is None:
            _make_c_output_line_buffered()
            standard = (_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR)
            zero, one, two = map(os.dup, standard)
            self._terminal = (zero, one, two)
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, _STANDARD_INPUT)
            os.close(nothing)
            self._open_pipe()

    def give_back(self) -> None:
        """Let them be as they were, and write there what nobody has heard."""
        if self._terminal is None:
            return
        self.flush()
        for descriptor, kept in enumerate(self._terminal):
            os.dup2(kept, descriptor)
            os.close(kept)
        self._terminal = None
        self._close_pipe()
        write_whole(_STANDARD_ERROR, self._audience.take_unheard().encode(errors="replace"))

    def catch_up(self) -> None:
        """Have what was written until now heard before what comes next."""
        pipe = self._pipe
        if pipe is not None and not self._is_child:
            pipe.read_what_is_there()

    def flush(self) -> None:
        """Have heard what was written until now, also what C code holds back in its buffers."""
        if self._pipe is not None and not self._is_child:
            ctypes.CDLL(None).fflush(None)
            self.catch_up()

    def leave_writers_behind(self) -> None:
        """Hear no more of the processes that were started until now: their next write ends them."""
        if self._pipe is not None:
            self._close_pipe()
            self._open_pipe()

    @property
    def is_heard_by_parent(self) -> bool:
        """Whether this is a forked process, and the one that it was forked from hears 1 and 2."""
        return self._is_child and self._pipe is not None

    def become_child(self) -> None:
        """Read nothing: what is in the pipe is for the process that this one was forked from."""
        self._is_child = True

    def _open_pipe(self) -> None:
        self._pipe = _Pipe(self._audience)
        for descriptor in (_STANDARD_OUTPUT, _STANDARD_ERROR):
            os.dup2(self._pipe.write_end, descriptor)
        self._pipe.start()

    def _close_pipe(self) -> None:
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            pipe.close()


class _Pipe:
    """One pipe, and the thread that reads it until it is closed."""

    def __init__(self, listeners: Audience) -> None:
        self._audience = listeners
        self._read_end, self.write_end = os.pipe()
        self._something_is_there = select.poll()
        self._something_is_there.register(self._read_end, select.POLLIN)
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            _enlarge(self._read_end)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._lock = threading.Lock()
        self._is_open = True
        self._thread = threading.Thread(target=self._read, name="tutorch-output", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Hear nothing more; a process that still writes is told that nobody reads."""
        with self._lock:
            self._is_open = False
        # One byte wakes the thread, which closes the end that it waits at; it may be awake already,
        # and have closed it.
        with suppress(BrokenPipeError):
            os.write(self.write_end, b"\n")
        os.close(self.write_end)
        self._thread.join()

    def read_what_is_there(self) -> bool:
        """Pass on what has been written; False once the pipe is closed."""
        with self._lock:
            left = _MOST_AT_ONCE
            while self._is_open and left > 0 and self._something_is_there.poll(0):
                data = os.read(self._read_end, left)
                left -= len(data)
                text = self._decoder.decode(data)
                if text:
                    self._audience.pass_on(text)
            return self._is_open

    def _read(self) -> None:
        waiting = select.poll()
        waiting.register(self._read_end, select.POLLIN)
        while True:
            waiting.poll()
            if not self.read_what_is_there():
                os.close(self._read_end)
                return


def _enlarge(pipe: int) -> None:
    try:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)
    except PermissionError:
        # The user's pipes hold as much as they may: this one stays as it is.
        return


def _make_c_output_line_buffered() -> None:
    """Have C code write each line as it ends, as it does to a terminal."""
    library = ctypes.CDLL(None)
    name = "__stdoutp" if sys.platform == "darwin" else "stdout"
    stream = ctypes.c_void_p.in_dll(library, name)
    library.setvbuf(stream, None, _LINE_BUFFERED, 0)


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all of `data`, in as many goes as it takes."""
    while data:
        data = data[os.write(descriptor, data) :]


descriptors = Descriptors(audience)

call_in_forked_child(descriptors, Descriptors.become_child)
