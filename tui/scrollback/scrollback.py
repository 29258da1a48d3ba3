"""What a cell has written, as lines a terminal would show; a model that no widget may enter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.strip import Strip

from engine.lesson.printable import printable
from engine.protocol.pictures import Picture
from tui.scrollback.ansi import (
    ESCAPE_PAIR,
    ESCAPE_STRING,
    PLAIN,
    TAB_WIDTH,
    apply_sgr,
)
from tui.scrollback.line import Line, PictureLine

SCREEN_ROWS = 24
"""How far "home" lies above the last line, and how far the cursor may be sent below it."""

# How much memory pictures may take, in bytes.
_MOST_OF_PICTURES = 64_000_000


class Scrollback:
    """The newest `max_lines` lines of an output, each of at most `max_columns` characters.

    It obeys newline, carriage return, backspace, tab, SGR colours, and of the cursor sequences
    those that progress bars and clear-and-redraw loops use: up, down, right, left, home, erase
    in line and erase in display. Any other sequence is ignored. One may be cut in two between
    calls of `write`.
    """

    def __init__(self, max_lines: int = 10_000, max_columns: int = 10_000) -> None:
        self.max_lines = max_lines
        self.max_columns = max_columns
        self._dropped = 0
        self._lines = [Line("", PLAIN, max_columns)]
        self._row = 0
        self._column = 0
        self._pen = PLAIN
        self._unfinished = ""

    def write(self, text: str) -> None:
        """Adds what was written, at the cursor."""
        if self._unfinished:
            text = self._unfinished + text
            self._unfinished = ""
        if "\x1b" not in text and "\r" not in text and "\b" not in text and "\t" not in text:
            self._write_lines(text)
        else:
            self._write_sequences(text)
        self._drop_oldest()

    def show_picture(
        self, number: int, picture: Picture, words: str, *, is_update: bool = False
    ) -> None:
        """Adds a picture on a line of its own, with `words` under it.

        With `is_update` it takes the place of the newest one that has this number, if one has.
        """
        line = PictureLine(number, picture, words, self.max_columns)
        at = self._row_of_picture(number) if is_update else None
        if at is not None:
            self._lines[at] = line
            return
        if not self.is_at_line_start:
            self._newline()
        self._lines.insert(self._row, line)
        self._row += 1
        self._let_pictures_go()
        self._drop_oldest()

    def _row_of_picture(self, number: int) -> int | None:
        for row in reversed(range(len(self._lines))):
            line = self._lines[row]
            if isinstance(line, PictureLine) and line.number == number and line.picture:
                return row
        return None

    def _let_pictures_go(self) -> None:
        """Keeps of the oldest pictures no more than their words, where all take too much memory."""
        size = 0
        for row in reversed(range(len(self._lines))):
            line = self._lines[row]
            if isinstance(line, PictureLine) and line.picture is not None:
                size += len(line.picture.packed)
                if size > _MOST_OF_PICTURES:
                    self._lines[row] = PictureLine(line.number, None, line.text, self.max_columns)

    def picture(self, index: int) -> Picture | None:
        """What line `index` shows above its words; None where it is a line of text."""
        line = self._lines[index]
        return line.picture if isinstance(line, PictureLine) else None

    def copy(self) -> Scrollback:
        """Another one that holds the same, and goes its own way from here on."""
        other = Scrollback(self.max_lines, self.max_columns)
        other.__dict__.update(self.__dict__)
        # Only these can be written to again, by a cursor that goes up.
        still = max(len(self._lines) - SCREEN_ROWS - 1, 0)
        still = min(still, self._row)
        other._lines = [*self._lines[:still], *(line.copy() for line in self._lines[still:])]
        return other

    @property
    def lines(self) -> Sequence[str]:
        """Every line kept, oldest first, without colours."""
        return [line.text for line in self._lines[: self.line_count]]

    @property
    def line_count(self) -> int:
        """How many lines are kept; nothing written is no line, an unfinished one counts."""
        return len(self._lines) - (not self._lines[-1].runs)

    @property
    def is_at_line_start(self) -> bool:
        """Whether the next character stands first on its line."""
        return self._column == 0 and not self._lines[self._row].runs

    @property
    def dropped_lines(self) -> int:
        """How many older lines were given up to stay within `max_lines`."""
        return self._dropped

    def line(self, index: int) -> Line:
        """Line `index`, from 0, the oldest kept; it may be written to later."""
        return self._lines[index]

    def strip(self, index: int) -> Strip:
        """Line `index`, as wide as it is long."""
        return self._lines[index].strip

    def text(self) -> str:
        """All lines kept, for copying, each ended by a newline but an unfinished last one."""
        return "\n".join(line.text for line in self._lines)

    def clear(self) -> None:
        """Forgets everything written, also the colour and the count of dropped lines."""
        self._erase_all()
        self._pen = PLAIN
        self._unfinished = ""
        self._dropped = 0

    def _write_lines(self, text: str) -> None:
        """Writes text whose only control character with a meaning is the newline."""
        first, *others = printable(text).split("\n")
        self._put(first)
        if not others:
            return
        if self._row < len(self._lines) - 1:
            for part in others:
                self._newline()
                self._put(part)
            return
        *finished, last = others
        skipped = max(len(finished) - self.max_lines, 0)
        if skipped:
            self._dropped += len(self._lines) + skipped
            self._lines = []
        pen, limit = self._pen, self.max_columns
        self._lines += [Line(part, pen, limit) for part in finished[skipped:]]
        self._lines.append(Line("", pen, limit))
        self._row, self._column = len(self._lines) - 1, 0
        self._put(last)

    def _write_sequences(self, text: str) -> None:
        cut = _UNFINISHED.search(text)
        if cut:
            self._unfinished = cut[0]
            text = text[: cut.start()]
        end = 0
        for token in _TOKEN.finditer(text):
            if token.start() > end:
                self._write_lines(text[end : token.start()])
            end = token.end()
            if token["control"]:
                self._control(token["control"])
            elif token["final"]:
                self._sequence(token["parameters"], token["final"])
            elif token[0] == "\x1bc":
                self._erase_all()
        if end < len(text):
            self._write_lines(text[end:])

    def _control(self, character: str) -> None:
        match character:
            case "\r":
                self._column = 0
            case "\b":
                self._column = max(self._column - 1, 0)
            case "\t":
                line = self._lines[self._row]
                target = (self._column // TAB_WIDTH + 1) * TAB_WIDTH
                line.pad(min(target, self.max_columns))
                self._column = min(target, self.max_columns)

    def _sequence(self, parameters: str, final: str) -> None:
        if final == "m":
            self._pen = (
                apply_sgr(self._pen, parameters) if _SGR.fullmatch(parameters) else self._pen
            )
            return
        numbers = [int(part) if part.isdecimal() else 0 for part in parameters.split(";")]
        count = max(numbers[0], 1)
        match final:
            case "A":
                self._row = max(self._row - count, 0)
            case "B":
                self._move_to(self._row + min(count, SCREEN_ROWS))
            case "C":
                self._column = min(self._column + count, self.max_columns)
            case "D":
                self._column = max(self._column - count, 0)
            case "H" | "f":
                top = max(len(self._lines) - SCREEN_ROWS, 0)
                self._move_to(top + min(count, SCREEN_ROWS) - 1)
                self._column = min(max([*numbers, 0][1], 1) - 1, self.max_columns)
            case "K":
                self._lines[self._row].erase(self._column, numbers[0])
            case "J" if numbers[0] == 0:
                self._lines[self._row].erase(self._column, 0)
                del self._lines[self._row + 1 :]
            case "J" if numbers[0] in (2, 3):
                self._erase_all()

    def _put(self, text: str) -> None:
        if text:
            self._column = self._lines[self._row].put(self._column, text, self._pen)

    def _newline(self) -> None:
        self._move_to(self._row + 1)
        self._column = 0

    def _move_to(self, row: int) -> None:
        for _ in range(row + 1 - len(self._lines)):
            self._lines.append(Line("", self._pen, self.max_columns))
        self._row = row

    def _erase_all(self) -> None:
        self._lines = [Line("", PLAIN, self.max_columns)]
        self._row = 0
        self._column = 0

    def _drop_oldest(self) -> None:
        excess = self.line_count - self.max_lines
        if excess <= 0:
            return
        del self._lines[:excess]
        self._row = max(self._row - excess, 0)
        self._dropped += excess


_TOKEN = re.compile(
    rf"(?P<control>[\r\b\t])|\x1b\[(?P<parameters>[0-?]{{0,64}})[ -/]*(?P<final>[@-~])"
    rf"|{ESCAPE_STRING}|{ESCAPE_PAIR}"
)
_UNFINISHED = re.compile(
    r"\x1b(?:[ -/]{0,8}|\[[0-?]{0,64}[ -/]{0,8}|[\]PX^_][^\x07\x1b\n]{0,256}\x1b?)\Z"
)
_SGR = re.compile(r"[0-9;:]*")
