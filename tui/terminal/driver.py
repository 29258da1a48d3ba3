"""How the app holds the terminal: it never waits for it, and hears when it has gone."""

from __future__ import annotations

import codecs
import os
import selectors
import signal
import termios
from contextlib import suppress
from functools import cached_property
from time import monotonic

from rich.cells import cell_len
from textual.drivers.linux_driver import LinuxDriver
from textual.events import CursorPosition, Key
from textual.message import Message

from tui.exit_status import ExitStatus
from tui.terminal.graphics import Graphics, may_be_asked
from tui.terminal.orderly import OrderlyApp
from tui.terminal.output import Output
from tui.terminal.signals import call_at_the_limit, end_soon
from tui.terminal.thrift import thrifty
from tui.terminal.typed import KeyParser

# How long the terminal may take over the last that is written to it, in seconds.
_LAST_MOMENT = 1.0
_BETWEEN_LOOKS = 0.1
# No mouse, no reports, plain keys, the screen that was there before, a cursor, no colours.
_LEAVING = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[<u"
    b"\x1b[?1049l\x1b[?25h\x1b[0m"
)
_MOST_KEYS = 4096
_QUIT = "ctrl+backslash"
_CELL_FOR_CELL = "cell for cell"
# Of xterm and its kin, shift+f3 is what an answer would be that says "line 1, column 2".
_LIKE_SHIFT_F3 = (1, 0)


class PlayerDriver(LinuxDriver):
    """Reads keys as Textual's own does, and writes by an `Output`."""

    _output: Output | None = None
    _is_lent = False

    @cached_property
    def graphics(self) -> Graphics:
        """The pictures that the terminal draws, if it does."""
        return Graphics(self.write)

    class Vanished(Message):
        """Sent to the app when its terminal has gone."""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not shown yet what was written: more would queue up."""
        return self._output is not None and self._output.is_behind

    def write(self, data: str) -> None:
        """Have `data` written, in a moment or as late as the terminal takes it."""
        file = self._file
        if self._output is not None and file is not None:
            self._output.write(thrifty(data).encode(file.encoding, _CELL_FOR_CELL))

    def end_update(self) -> None:
        """An update of the screen has been written to its end."""
        if self._output is not None:
            self._output.ask_if_answered()

    def start_application_mode(self) -> None:
        """Take the screen and the keyboard."""
        assert self._file is not None
        self._output = Output(self._file.fileno(), self._vanish)
        call_at_the_limit(self._give_back_at_once)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._output.ask()
        if may_be_asked(os.environ) and not self.graphics.is_there:
            self.graphics.ask()

    def suspend_application_mode(self) -> None:
        """Give the terminal to another program for a while."""
        self._is_lent = True
        try:
            super().suspend_application_mode()
        finally:
            self._is_lent = False

    def stop_application_mode(self) -> None:
        """Give screen and keyboard back; unless they are lent, the process ends soon."""
        if not self._is_lent:
            end_soon(ExitStatus(self._app.return_code or ExitStatus.DONE))
            self.graphics.take_all_back()
        if self._output is not None:
            # An answer that came later would be typed into the shell.
            self._output.wait_for_answers(monotonic() + _LAST_MOMENT)
        super().stop_application_mode()
        if self._output is not None:
            # What has the terminal next may stop this process before its thread has written.
            self._output.wait_until_taken(monotonic() + _LAST_MOMENT)

    def close(self) -> None:
        """Let go of the terminal, once all that was drawn is on it or it takes no more."""
        super().close()
        if self._output is not None:
            self._output.end(monotonic() + _LAST_MOMENT)
        call_at_the_limit(None)

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal says, but answers to the output's questions.

        Ctrl and the backslash are the signal that they are where the terminal minds its keys.
        """
        if isinstance(message, Key) and message.key == _QUIT:
            os.kill(os.getpid(), signal.SIGQUIT)
            return
        if isinstance(message, Key) and isinstance(self._app, OrderlyApp):
            self._app.expect(message)
        if not isinstance(message, CursorPosition):
            super().process_message(message)
            return
        was_asked = self._output is not None and self._output.answer()
        if not was_asked and (message.x, message.y) == _LIKE_SHIFT_F3:
            super().process_message(Key("shift+f3", None))

    def run_input_thread(self) -> None:
        """Read keys until input is no longer wanted, or the terminal has gone."""
        parser = KeyParser(self._debug)
        encoding = "utf-8" if self._file is None else self._file.encoding
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        with selectors.SelectSelector() as keyboard:
            keyboard.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if keyboard.select(_BETWEEN_LOOKS):
                    data = self._read_keys()
                    if not data:
                        self._vanish()
                        return
                    for message in parser.feed(self.graphics.heard(decoder.decode(data))):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _give_back_at_once(self) -> None:
        """Leave the terminal as it was, where that takes no time and the app is of no help."""
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        if self._output is not None:
            self._output.write(_LEAVING)
            self._output.end(monotonic() + _LAST_MOMENT / 10)

    def _read_keys(self) -> bytes:
        """What was typed; nothing once the terminal has gone."""
        try:
            return os.read(self.fileno, _MOST_KEYS)
        except OSError:
            return b""

    def _vanish(self) -> None:
        end_soon(ExitStatus.HUNG_UP)
        self.send_message(self.Vanished())


def _marked(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that the terminal's encoding lacks, in as many cells."""
    assert isinstance(error, UnicodeEncodeError)
    return "?" * cell_len(error.object[error.start : error.end]), error.end


codecs.register_error(_CELL_FOR_CELL, _marked)
