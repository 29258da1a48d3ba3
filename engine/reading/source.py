"""A lesson file's bytes as text; what the text says is not this room's business."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tokenize import detect_encoding

from engine.lesson.findings import OfFile
from engine.lesson.model import LessonError, NotALesson

SUFFIXES = (".py", ".ipynb")
HEAD_BYTES = 16_384

# The largest text that is taken for a lesson, twenty times one of ours. Larger ones are data or
# made by a program, and would take minutes to read.
LARGEST = 500_000


def read_whole(path: Path) -> str:
    """The whole file as text, its lines ended by line feeds.

    Raises NotALesson where it is missing or not a `.py` or `.ipynb` file, LessonError where it is
    unreadable, neither UTF-8 nor what its script says, or too large for a lesson.
    """
    return _decoded(path, _bytes_of(path, -1))


def read_head(path: Path) -> str:
    """The whole lines among the file's first 16 KiB; raises as `read_whole` does."""
    raw = _bytes_of(path, HEAD_BYTES)
    if len(raw) == HEAD_BYTES:
        raw = raw[: raw.rfind(b"\n") + 1] or raw
    return _decoded(path, raw)


def _bytes_of(path: Path, size: int) -> bytes:
    """The first `size` bytes, all where it is negative."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotALesson(path, None, OfFile.NO_SUCH_FILE.told()) from error
    except OSError as error:
        raise _closed(path, error) from error
    _check_kind(path, status)
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise _closed(path, error) from error


def _check_kind(path: Path, status: os.stat_result) -> None:
    """That it is a file, of a name and a size that lessons have."""
    if stat.S_ISDIR(status.st_mode):
        raise NotALesson(path, None, OfFile.FOLDER_FOR_A_FILE.told())
    if path.suffix not in SUFFIXES:
        raise NotALesson(path, None, OfFile.ANOTHER_ENDING.told())
    if not stat.S_ISREG(status.st_mode):
        raise NotALesson(path, None, OfFile.NOT_A_FILE.told())
    # A notebook may be large with pictures, which are no part of the lesson.
    if path.suffix == ".py" and status.st_size > LARGEST:
        raise too_large(path, status.st_size)


def too_large(path: Path, size: int) -> LessonError:
    """The mistake of a text of `size` bytes or characters, more than `LARGEST`."""
    return LessonError(path, None, OfFile.TOO_LARGE.told(megabytes=size / 1e6))


def _closed(path: Path, error: OSError) -> LessonError:
    return LessonError(path, None, OfFile.UNREADABLE_FILE.told(why=error.strerror))


def _decoded(path: Path, raw: bytes) -> str:
    if b"\0" in raw:
        line = _line_at(raw, raw.index(b"\0"))
        raise LessonError(path, line, OfFile.NOT_TEXT.told())
    try:
        text = raw.decode(_encoding_of(path, raw))
    except UnicodeDecodeError as error:
        line = _line_at(raw, error.start)
        raise LessonError(path, line, OfFile.NOT_UTF_8.told()) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_of(path: Path, raw: bytes) -> str:
    """What a comment on a script's first two lines says, as Python reads it; else UTF-8."""
    if path.suffix == ".py":
        # What is no encoding, and what is none of its characters, is told where it is decoded.
        with suppress(SyntaxError):
            return detect_encoding(BytesIO(raw).readline)[0]
    return "utf-8-sig"


def _line_at(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1
