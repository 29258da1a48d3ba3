"""The streams of a session's process: what is printed is written at once, whole, and as text."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pytest

from engine.kernel.streams import LessonStream


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    yield read, write
    os.close(read)
    os.close(write)


def test_what_is_written_has_gone_when_the_call_returns(pipe: tuple[int, int]) -> None:
    read, write = pipe

    count = LessonStream("<stdout>", write, is_terminal=True).write("하나\n")

    assert os.read(read, 100).decode() == "하나\n"
    assert count == 3


def test_half_a_character_pair_becomes_a_mark(pipe: tuple[int, int]) -> None:
    read, write = pipe

    LessonStream("<stdout>", write, is_terminal=True).write("\ud800")

    assert os.read(read, 100) == b"?"


def test_a_stream_that_was_closed_goes_on(pipe: tuple[int, int]) -> None:
    read, write = pipe
    stream = LessonStream("<stdout>", write, is_terminal=True)

    stream.close()
    stream.write("still here")

    assert os.read(read, 100) == b"still here"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_stream_says_whether_it_is_shown_on_a_terminal(
    pipe: tuple[int, int], is_terminal: bool
) -> None:
    stream = LessonStream("<stdout>", pipe[1], is_terminal=is_terminal)

    assert stream.isatty() is is_terminal
    assert stream.writable()


def test_a_stream_is_what_pythons_own_is(pipe: tuple[int, int]) -> None:
    stream = LessonStream("<stdout>", pipe[1], is_terminal=True)

    stream.reconfigure(errors="backslashreplace", line_buffering=True)

    said = (stream.name, stream.mode, stream.encoding, stream.errors, stream.newlines)
    assert said == ("<stdout>", "w", "utf-8", "backslashreplace", None)
    assert isinstance(stream, io.TextIOWrapper)
    assert stream.line_buffering
    assert stream.fileno() == stream.buffer.fileno() == pipe[1]


def test_bytes_and_descriptors_are_to_be_had_as_of_pythons_own(pipe: tuple[int, int]) -> None:
    read, write = pipe
    stream = LessonStream("<stdout>", write, is_terminal=True)

    stream.buffer.write(b"\xff")
    os.write(stream.fileno(), b"\xfe")

    assert os.read(read, 100) == b"\xff\xfe"


def test_the_stream_refuses_bytes_as_text_streams_do(pipe: tuple[int, int]) -> None:
    stream = LessonStream("<stdout>", pipe[1], is_terminal=True)

    with pytest.raises(TypeError, match="must be str, not bytes"):
        stream.write(b"bytes")  # type: ignore[arg-type]
