"""What the player says of its session: which words at which state, and which key is the way out."""

from __future__ import annotations

import pytest

from engine.lesson.model import LocalText
from engine.protocol.outcomes import Outcome
from engine.protocol.statements import NextStatement, StatementChanges
from engine.protocol.status import Status
from engine.protocol.verdicts import Check, CheckFinding, Fault, Verdict
from tui.language.catalogue import as_written, translator
from tui.rendering.glyphs import ASCII
from tui.words.status_words import (
    State,
    changed_words,
    speed_word,
    state_words,
    status_word,
    word_of_running,
)


def words(state: State) -> list[str]:
    return state_words(state, as_written)


def test_a_quiet_session_says_only_that_it_is_ready() -> None:
    assert words(State(Status.READY)) == ["ready"]


def test_all_that_is_known_stands_in_one_order() -> None:
    standing = NextStatement(9, StatementChanges(("cost",)))
    state = State(
        Status.PAUSED,
        standing=standing,
        seconds=3.0,
        speed=30.0,
        device="cpu",
        kept="kept",
    )

    assert words(state) == ["paused", "kept", "changed: cost", "3s", "at most 30 it/s", "cpu"]


def test_a_step_that_runs_unseen_is_named() -> None:
    assert words(State(Status.RUNNING, elsewhere=2)) == ["running step 3"]


@pytest.mark.parametrize("status", [Status.LOADING, Status.WAITING])
def test_a_lesson_that_begins_again_imports_nothing(status: Status) -> None:
    state = State(status, elsewhere=2, device="cpu", begins_again=True)

    assert words(state) == ["starting again", "cpu"]


@pytest.mark.parametrize("status", [Status.RUNNING, Status.PAUSED])
def test_what_runs_has_begun(status: Status) -> None:
    assert words(State(status, begins_again=True)) == words(State(status))


def test_what_is_imported_later_is_not_called_a_new_beginning() -> None:
    state = State(Status.WAITING, elsewhere=2, device="cpu")

    assert words(state) == ["importing torch, then step 3 runs", "cpu"]


def test_a_run_without_a_frame_says_how_long_it_has_run_also_at_its_first_moment() -> None:
    assert words(State(Status.RUNNING, seconds=0.0)) == ["running", "0s"]


def test_the_words_are_in_the_language_of_the_translation() -> None:
    korean = state_words(State(Status.RUNNING, elsewhere=0), translator("ko"))

    assert korean != words(State(Status.RUNNING, elsewhere=0))


@pytest.mark.parametrize(
    ("status", "outcome", "word"),
    [
        (Status.READY, None, "run"),
        (Status.READY, Outcome.DONE, "again"),
        (Status.RUNNING, None, "pause"),
        (Status.PAUSING, None, "resume"),
        (Status.PAUSED, Outcome.DONE, "resume"),
    ],
)
def test_the_key_is_called_by_what_it_does_now(
    status: Status, outcome: Outcome | None, word: str
) -> None:
    assert word_of_running(status, outcome, as_written) == word


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_word(status: Status) -> None:
    assert status_word(status, None)


@pytest.mark.parametrize(
    ("status", "outcome", "word"),
    [
        (Status.READY, None, "ready"),
        (Status.READY, Outcome.DONE, "done"),
        (Status.READY, Outcome.FAILED, "failed"),
        (Status.READY, Outcome.STOPPED, "stopped"),
        (Status.RUNNING, Outcome.DONE, "running"),
        (Status.LOADING, None, "importing torch"),
    ],
)
def test_an_outcome_is_told_only_while_nothing_runs(
    status: Status, outcome: Outcome | None, word: str
) -> None:
    assert status_word(status, outcome) == word


def test_what_a_statement_changed_is_told_by_name() -> None:
    standing = NextStatement(9, StatementChanges(("cost",), ("W",), ("W.grad",)))

    assert changed_words(standing, as_written) == "changed: cost W W.grad"


def test_many_changed_names_are_cut() -> None:
    standing = NextStatement(9, StatementChanges(tuple(f"weight_{number}" for number in range(9))))

    words = changed_words(standing, as_written, ASCII)

    assert words == "changed: weight_0 weight_1 weight_..."


@pytest.mark.parametrize("standing", [None, NextStatement(9, StatementChanges())])
def test_nothing_is_told_where_nothing_changed(standing: NextStatement | None) -> None:
    assert changed_words(standing, as_written) == ""


@pytest.mark.parametrize(
    ("speed", "word"), [(None, ""), (1.0, "at most 1 it/s"), (1000.0, "at most 1000 it/s")]
)
def test_the_speed_is_told_in_words(speed: float | None, word: str) -> None:
    assert speed_word(speed) == word


def verdict(*holds: bool) -> Verdict:
    """Checks that hold or do not."""
    finding = CheckFinding(Fault.FAILED, 1, LocalText({"": "no"}))
    words = LocalText({"": "must hold"})
    return Verdict(tuple(Check(words, one, None if one else finding) for one in holds))


def test_an_attempt_is_told_by_how_many_checks_hold() -> None:
    failed = State(Status.READY, Outcome.DONE, verdict=verdict(True, False))
    passed = State(Status.READY, Outcome.DONE, verdict=verdict(True, True))

    assert words(failed) == ["✗ 1 of 2 checks"]
    assert words(passed) == ["✓ 2 of 2 checks"]
    assert words(State(Status.READY, verdict=verdict(False))) == ["✗ 0 of 1 check"]
    assert state_words(failed, as_written, ASCII) == ["x 1 of 2 checks"]


def test_an_attempt_that_does_not_pass_has_the_colour_of_failure() -> None:
    assert status_word(Status.READY, Outcome.DONE, verdict(False)) == "failed"
    assert status_word(Status.READY, Outcome.DONE, verdict(True)) == "done"


def test_the_checks_of_before_are_not_told_while_the_step_runs_again() -> None:
    assert words(State(Status.RUNNING, Outcome.DONE, verdict=verdict(False))) == ["running"]
