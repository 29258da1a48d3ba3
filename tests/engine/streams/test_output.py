"""The streams of a session's process: what is printed is written at once, whole, and as text."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.streams.descriptors import HeavyDescriptor
from engine.streams.shared_text import TextReader, TextWriter
from engine.streams.streams import LessonStream


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    yield read, write
    os.close(read)
    os.close(write)


def stream_to(pipe: tuple[int, int], folder: Path, *, is_terminal: bool = True) -> LessonStream:
    """A stream as a session has it, which writes into the pipe."""
    TextReader(str(folder)).close()
    memory = TextWriter(str(folder), pipe[1])
    return LessonStream(HeavyDescriptor("<stdout>", pipe[1], memory, is_terminal=is_terminal))


def test_what_is_written_has_gone_when_the_call_returns(
    pipe: tuple[int, int], tmp_path: Path
) -> None:
    read, _ = pipe

    count = stream_to(pipe, tmp_path).write("하나\n")

    assert os.read(read, 100).decode() == "하나\n"
    assert count == 3


def test_half_a_character_pair_becomes_a_mark(pipe: tuple[int, int], tmp_path: Path) -> None:
    read, _ = pipe

    stream_to(pipe, tmp_path).write("\ud800")

    assert os.read(read, 100) == b"?"


def test_a_stream_that_was_closed_goes_on(pipe: tuple[int, int], tmp_path: Path) -> None:
    read, _ = pipe
    stream = stream_to(pipe, tmp_path)

    stream.close()
    stream.write("still here")

    assert os.read(read, 100) == b"still here"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_stream_says_whether_it_is_shown_on_a_terminal(
    pipe: tuple[int, int], is_terminal: bool, tmp_path: Path
) -> None:
    stream = stream_to(pipe, tmp_path, is_terminal=is_terminal)

    assert stream.isatty() is is_terminal
    assert stream.writable()


def test_a_stream_is_what_pythons_own_is(pipe: tuple[int, int], tmp_path: Path) -> None:
    stream = stream_to(pipe, tmp_path)

    stream.reconfigure(errors="backslashreplace", line_buffering=True)

    said = (stream.name, stream.mode, stream.encoding, stream.errors, stream.newlines)
    assert said == ("<stdout>", "w", "utf-8", "backslashreplace", None)
    assert isinstance(stream, io.TextIOWrapper)
    assert stream.line_buffering
    assert stream.fileno() == stream.buffer.fileno() == pipe[1]


def test_bytes_and_descriptors_are_to_be_had_as_of_pythons_own(
    pipe: tuple[int, int], tmp_path: Path
) -> None:
    read, _ = pipe
    stream = stream_to(pipe, tmp_path)

    stream.buffer.write(b"\xff")
    os.write(stream.fileno(), b"\xfe")

    assert os.read(read, 100) == b"\xff\xfe"


def test_the_stream_refuses_bytes_as_text_streams_do(pipe: tuple[int, int], tmp_path: Path) -> None:
    stream = stream_to(pipe, tmp_path)

    with pytest.raises(TypeError, match="must be str, not bytes"):
        stream.write(b"bytes")  # type: ignore[arg-type]
