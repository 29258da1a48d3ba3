"""Signals that a cell handles, though it runs on another thread than Python's main one."""

from __future__ import annotations

from collections.abc import Callable

from remote import RemotePlayer

from engine.protocol.events import StepEnded, StopCaught
from engine.protocol.outcomes import Outcome

Play = Callable[..., RemotePlayer]


def test_what_a_handler_raises_is_raised_in_the_lesson(play_apart: Play) -> None:
    player = play_apart("""
        import signal
        def too_long(number, frame):
            raise TimeoutError("too long")
        before = signal.signal(signal.SIGALRM, too_long)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        try:
            while True:
                pass
        except TimeoutError as error:
            print(error, before == signal.SIG_DFL, signal.getsignal(signal.SIGALRM) is too_long)
    """)

    player.run()

    assert player.output() == "too long True True\n"


def test_a_stop_calls_the_handler_of_ctrl_c_and_the_next_one_ends_the_run(
    play_apart: Play,
) -> None:
    player = play_apart("""
        import signal
        signal.signal(signal.SIGINT, lambda *_: print("handled"))
        print("begun")
        while True:
            pass
    """)
    player.session.run_step(0)
    player.reads("begun")

    player.session.stop()
    player.reads("handled")
    player.wait_until(lambda: StopCaught(0, goes_on=True) in player.told, "the handling")
    player.session.stop()
    ended = player.ended()

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.STOPPED


def test_a_signal_that_cannot_be_handled_is_an_error_of_the_lesson(play_apart: Play) -> None:
    player = play_apart("""
        import signal
        signal.signal(signal.SIGKILL, print)
    """)

    ended = player.run()

    assert isinstance(ended, StepEnded)
    assert ended.traceback is not None
    assert ended.traceback.lines[-1].startswith("OSError")


def test_a_lesson_has_handled_what_it_sent_itself_when_it_goes_on(play_apart: Play) -> None:
    player = play_apart("""
        import os, signal
        signal.signal(signal.SIGTERM, lambda number, frame: print(number, frame.f_lineno))
        os.kill(os.getpid(), signal.SIGTERM)
        print("after it")
        signal.raise_signal(signal.SIGTERM)
        os.kill(os.getpid(), 0)
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            print("interrupted")
    """)

    player.run()

    assert player.output() == "15 4\nafter it\n15 6\ninterrupted\n"


def test_a_lesson_that_waits_for_a_signal_goes_on_when_it_has_come(play_apart: Play) -> None:
    player = play_apart("""
        import signal
        signal.signal(signal.SIGALRM, lambda *_: print("it rings"))
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        signal.pause()
        print("awake")
    """)

    player.run()

    assert player.output() == "it rings\nawake\n"
