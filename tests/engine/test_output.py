"""What cells print arrives as text, whoever prints it, and never without bound."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator

import pytest

from engine.kernel.audience import audience
from engine.kernel.event_queue import EventQueue
from engine.kernel.keyboard import Keyboard
from engine.kernel.output import LessonStream, LessonStreams
from engine.loops.gate import Gate
from engine.protocol.events import OutputWritten, StepStarted


def texts(events: EventQueue) -> list[str]:
    return [event.text for event in events.drain() if isinstance(event, OutputWritten)]


@pytest.fixture
def written() -> Iterator[list[str]]:
    """What the audience hears."""
    texts: list[str] = []
    audience.listen(texts.append)
    yield texts
    audience.listen(None)


def test_output_and_errors_arrive_in_their_order(written: list[str]) -> None:
    with LessonStreams(Keyboard(Gate())):
        print("하나")
        print("two", file=sys.stderr)
        sys.stdout.write("\r 50%")

    assert "".join(written) == "하나\ntwo\n\r 50%"


def test_what_another_thread_prints_arrives(written: list[str]) -> None:
    with LessonStreams(Keyboard(Gate())):
        thread = threading.Thread(target=print, args=("from a thread",))
        thread.start()
        thread.join()

    assert "".join(written) == "from a thread\n"


def test_a_thread_that_was_silenced_is_not_heard(written: list[str]) -> None:
    may_print = threading.Event()

    def print_late() -> None:
        may_print.wait()
        print("late")

    with LessonStreams(Keyboard(Gate())):
        thread = threading.Thread(target=print_late)
        thread.start()
        audience.silence_threads()
        may_print.set()
        thread.join()
        print("on")

    assert "".join(written) == "on\n"


def test_what_nobody_hears_is_kept_up_to_a_limit() -> None:
    with LessonStreams(Keyboard(Gate())):
        for number in range(300):
            print(f"{number:04d}" + "." * 995)

    unheard = audience.take_unheard()

    assert len(unheard) == 100_000
    assert unheard.startswith("0200")
    assert audience.take_unheard() == ""


def test_the_streams_come_back_after_an_error() -> None:
    before = sys.stdout, sys.stderr

    with pytest.raises(ValueError, match="told"), LessonStreams(Keyboard(Gate())):
        raise ValueError("told")

    assert (sys.stdout, sys.stderr) == before


def test_the_streams_come_back_from_whatever_a_lesson_put_there() -> None:
    before = sys.stdout
    streams, own = LessonStreams(Keyboard(Gate())), io.StringIO()

    with streams:
        sys.stdout = own
    between = sys.stdout
    with streams:
        print("to its own")

    assert between is before
    assert sys.stdout is before
    assert own.getvalue() == "to its own\n"


def test_streams_that_were_abandoned_are_never_in_place_again() -> None:
    before = sys.stdout
    streams = LessonStreams(Keyboard(Gate()))

    with streams:
        streams.abandon()
        while_it_runs = sys.stdout
    with streams:
        once_more = sys.stdout

    assert while_it_runs is once_more is sys.stdout is before


def test_a_stream_that_was_closed_goes_on(written: list[str]) -> None:
    with LessonStreams(Keyboard(Gate())):
        sys.stdout.close()
        print("still here", flush=True)

    assert written[0] == "still here"


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
