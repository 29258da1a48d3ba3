"""A lesson file's bytes as text; what the text says is not this room's business."""

from __future__ import annotations

from pathlib import Path

from engine.lesson import LessonError

SUFFIXES = (".py", ".ipynb")
HEAD_BYTES = 16_384


def read_whole(path: Path) -> str:
    """The whole file as text, its lines ended by line feeds.

    Raises LessonError where it is missing, not a `.py` or `.ipynb` file, unreadable, empty or not
    UTF-8.
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
    if path.is_dir():
        raise LessonError(path, None, "this is a folder; name a .py or .ipynb file in it")
    if not path.exists():
        raise LessonError(path, None, "there is no such file; check the name")
    if path.suffix not in SUFFIXES:
        raise LessonError(path, None, "not a .py or .ipynb file; save the lesson as one of these")
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror}); check its permissions"
        raise LessonError(path, None, problem) from error


def _decoded(path: Path, raw: bytes) -> str:
    if b"\0" in raw:
        line = _line_at(raw, raw.index(b"\0"))
        raise LessonError(path, line, "this is not text (a zero byte); save the file as UTF-8 text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(raw, error.start)
        raise LessonError(path, line, "this line is not UTF-8; save the file as UTF-8") from error
    if not text.strip():
        raise LessonError(path, 1, "the file is empty; write a `# %%` line and code under it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_at(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1
