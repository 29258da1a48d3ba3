"""What cells print arrives as text, whoever prints it, and never without bound."""

from __future__ import annotations

import sys
import threading

import pytest

from engine.events import EventQueue, OutputWritten, StepStarted
from engine.output import LessonStream, captured_output


def texts(events: EventQueue) -> list[str]:
    return [event.text for event in events.drain() if isinstance(event, OutputWritten)]


def test_output_and_errors_arrive_in_their_order() -> None:
    written: list[str] = []

    with captured_output(written.append):
        print("하나")
        print("two", file=sys.stderr)
        sys.stdout.write("\r 50%")

    assert "".join(written) == "하나\ntwo\n\r 50%"


def test_what_another_thread_prints_arrives() -> None:
    written: list[str] = []

    with captured_output(written.append):
        thread = threading.Thread(target=print, args=("from a thread",))
        thread.start()
        thread.join()

    assert "".join(written) == "from a thread\n"


def test_the_streams_come_back_after_an_error() -> None:
    before = sys.stdout, sys.stderr

    with pytest.raises(ValueError, match="told"), captured_output(lambda _: None):
        raise ValueError("told")

    assert (sys.stdout, sys.stderr) == before


def test_the_stream_says_that_it_is_a_terminal_of_utf_8() -> None:
    stream = LessonStream(lambda _: None)

    assert stream.isatty()
    assert stream.writable()
    assert stream.encoding == "utf-8"


def test_the_stream_refuses_bytes_as_text_streams_do() -> None:
    stream = LessonStream(lambda _: None)

    with pytest.raises(TypeError, match="must be str, not bytes"):
        stream.write(b"bytes")  # type: ignore[arg-type]


def test_texts_that_wait_together_become_one() -> None:
    events = EventQueue()
    events.write(0, "a")
    events.write(0, "b")
    events.put(StepStarted(1))
    events.write(1, "c")

    assert events.drain() == [OutputWritten(0, "ab"), StepStarted(1), OutputWritten(1, "c")]
    assert events.drain() == []


def test_of_output_without_end_the_newest_is_kept_and_the_rest_counted() -> None:
    events = EventQueue()
    for number in range(3000):
        events.write(0, f"{number:04d}" + "." * 996)

    (event,) = events.drain()

    assert isinstance(event, OutputWritten)
    assert len(event.text) == 1_000_000
    assert event.text.endswith("2999" + "." * 996)
    assert event.left_out == 2_000_000


def test_one_text_beyond_the_limit_is_cut() -> None:
    events = EventQueue()
    events.write(0, "x" * 1_500_000)

    (event,) = events.drain()

    assert isinstance(event, OutputWritten)
    assert (len(event.text), event.left_out) == (1_000_000, 500_000)


def test_a_cell_cannot_take_the_keys_from_the_player() -> None:
    with captured_output([].append), pytest.raises(EOFError, match="keyboard"):
        input()
