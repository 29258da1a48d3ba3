"""What is on its way to a terminal: known where it answers, estimated where it does not."""

from __future__ import annotations

from tui.terminal.backlog import Backlog

SPEED = 10_000
KERNEL = 20_000
UPDATE = 10_000


def asked(backlog: Backlog, count: int, now: float) -> None:
    """An update of so many bytes that the kernel takes at once, with a question at its end."""
    backlog.write(count)
    backlog.take(count, now, waited=False)
    backlog.ask(now)


def measured() -> tuple[Backlog, float]:
    """A silent terminal that has made writers wait for ten thousand bytes, and when that was."""
    backlog = Backlog()
    backlog.write(KERNEL + UPDATE)
    backlog.take(KERNEL, 0.0, waited=False)
    for piece in range(1, 21):
        backlog.take(500, piece * 500 / SPEED, waited=True)
    return backlog, UPDATE / SPEED


def test_a_terminal_that_takes_all_at_once_is_never_behind() -> None:
    backlog = Backlog()

    backlog.write(1_000_000)
    backlog.take(1_000_000, 0.0, waited=False)

    assert not backlog.is_long(0.0)


def test_what_the_kernel_has_not_taken_is_on_its_way() -> None:
    backlog = Backlog()

    backlog.write(UPDATE)

    assert backlog.is_long(0.0)


def test_a_terminal_that_answers_is_behind_until_it_has_answered() -> None:
    backlog = Backlog()
    asked(backlog, 0, 0.0)
    backlog.answer()

    asked(backlog, UPDATE, 1.0)

    assert backlog.is_long(1.0)
    backlog.answer()
    assert not backlog.is_long(1.0)


def test_a_little_on_its_way_holds_nothing_back() -> None:
    backlog = Backlog()
    asked(backlog, 0, 0.0)
    backlog.answer()

    asked(backlog, 100, 1.0)

    assert not backlog.is_long(1.0)


def test_an_answer_that_never_comes_is_not_waited_for_without_end() -> None:
    backlog = Backlog()
    asked(backlog, 0, 0.0)
    backlog.answer()
    asked(backlog, UPDATE, 1.0)

    assert not backlog.is_asking(60.0)
    assert not backlog.is_long(60.0)


def test_what_is_taken_after_a_late_answer_was_given_up_is_not_waited_for() -> None:
    backlog = Backlog()
    asked(backlog, 0, 0.0)
    backlog.answer()
    backlog.write(2 * UPDATE)
    backlog.ask(1.0)
    backlog.take(UPDATE, 1.0, waited=True)
    assert backlog.is_long(600.0)

    backlog.take(UPDATE, 600.0, waited=True)

    assert not backlog.is_long(600.0)


def test_a_silent_terminal_that_made_writers_wait_is_behind_by_what_the_kernel_holds() -> None:
    backlog, now = measured()

    assert backlog.is_long(now)
    assert backlog.is_long(now + 0.5 * KERNEL / SPEED)
    assert not backlog.is_long(now + 2 * KERNEL / SPEED)


def test_an_update_for_a_slow_silent_terminal_takes_the_time_that_it_needs() -> None:
    backlog, now = measured()
    now += 2 * KERNEL / SPEED

    backlog.write(UPDATE)
    backlog.take(UPDATE, now, waited=False)

    assert backlog.is_long(now + 0.5 * UPDATE / SPEED)
    assert not backlog.is_long(now + 2 * UPDATE / SPEED)


def test_a_terminal_that_was_slow_is_believed_to_be_fast_again_after_a_while() -> None:
    backlog, now = measured()
    now += 1000.0

    backlog.write(UPDATE)
    backlog.take(UPDATE, now, waited=False)

    assert not backlog.is_long(now)
