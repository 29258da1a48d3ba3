"""A session tells what a run says to predictions and to an attempt at an exercise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, ends, wait_until

from engine.judging import jury
from engine.protocol.curves import Shape
from engine.protocol.events import ExerciseJudged, PredictionJudged, StepEnded, StepStarted
from engine.protocol.outcomes import Outcome
from engine.protocol.verdicts import CurveVerdict, Fault, NumberVerdict, Verdict

Play = Callable[..., Player]

HALVING = """# ---
# tutorch:
#   title: Halving
# ---

# %% [markdown]
# What will the cost be?
#
# - [?] `cost` ± 10 %
#   Half of it goes with each epoch.
#
# How will its curve look?
#
# - [~] `cost`
#   It levels off.

# %% Halving watch="cost"
cost = 64.0
for epoch in range(20):
    cost = cost / 2
"""

DOUBLE = """# ---
# tutorch:
#   title: Twice
# ---

# %%
base = 3

# %% Double tags=["exercise"]
doubled = base

# %% tags=["solution"]
doubled = base * 2

# %% tags=["check"]
{check}

# %%
after = doubled + 1
"""
CHECK = 'assert doubled == 6, f"expected 6, got {doubled}"'
DOUBLE_LINE = 10


@pytest.fixture
def doubling(play: Play) -> Player:
    return play(DOUBLE.format(check=CHECK))


def predictions(player: Player) -> dict[int, NumberVerdict | CurveVerdict | str]:
    judged = [event for event in player.events() if isinstance(event, PredictionJudged)]
    return {event.question: event.verdict for event in judged}


def verdicts(player: Player) -> list[Verdict]:
    return [event.verdict for event in player.events() if isinstance(event, ExerciseJudged)]


def test_the_run_says_what_the_predicted_number_is(play: Play) -> None:
    player = play(HALVING)
    player.session.predict(0, 0, 1.0)

    player.run()

    assert predictions(player) == {0: NumberVerdict(64 / 2**20, right=False)}


def test_the_run_says_which_shape_the_predicted_curve_has(play: Play) -> None:
    player = play(HALVING)
    player.session.predict(0, 1, Shape.CONVERGES)

    player.run()

    verdict = predictions(player)[1]
    assert isinstance(verdict, CurveVerdict)
    assert (verdict.facts.shape, verdict.right) == (Shape.CONVERGES, True)


def test_a_prediction_that_the_run_cannot_answer_says_why(play: Play) -> None:
    player = play(HALVING.replace("range(20)", "range(2)"))
    player.session.predict(0, 1, Shape.CONVERGES)

    player.run()

    assert predictions(player) == {1: "cost has 2 values; a shape takes at least 3"}


def test_a_step_that_fails_judges_nothing(play: Play) -> None:
    player = play(HALVING.replace("cost / 2", "cost / 0"))
    player.session.predict(0, 0, 1.0)

    ended = player.run()

    assert ended.outcome is Outcome.FAILED
    assert predictions(player) == {}


def test_the_verdict_comes_after_the_end_of_the_step(play: Play) -> None:
    player = play(HALVING)
    player.session.predict(0, 0, 1.0)

    player.run()

    kinds = [type(event) for event in player.events()]
    assert kinds.index(StepEnded) < kinds.index(PredictionJudged)


def test_the_starter_is_judged_as_an_attempt(doubling: Player) -> None:
    doubling.run(1)

    assert [verdict.messages_in("en") for verdict in verdicts(doubling)] == [("expected 6, got 3",)]


def test_the_learners_source_runs_in_place_of_the_starter(doubling: Player) -> None:
    doubling.session.set_source(1, "doubled = base + base")

    doubling.run(1)

    assert [verdict.passed for verdict in verdicts(doubling)] == [True]


def test_later_steps_run_after_the_learners_result(doubling: Player) -> None:
    doubling.session.set_source(1, "doubled = 10")

    doubling.run(2)

    assert doubling.namespace["after"] == 11


def test_an_edit_after_the_run_replays_what_has_run_on_other_source(doubling: Player) -> None:
    doubling.run(1)
    doubling.session.set_source(1, "doubled = 10")

    doubling.run(2)

    assert doubling.namespace["after"] == 11


def test_taking_the_edit_back_runs_the_starter_again(doubling: Player) -> None:
    doubling.session.set_source(1, "doubled = 10")
    doubling.run(1)
    doubling.session.set_source(1, None)

    doubling.run(2)

    assert doubling.namespace["after"] == 4


def test_an_attempt_on_the_way_to_another_step_is_not_judged(doubling: Player) -> None:
    doubling.run(2)

    assert verdicts(doubling) == []


def test_a_traceback_points_into_the_learners_lines(doubling: Player) -> None:
    doubling.session.set_source(1, "one = 1\ntwo = 2\n\nnothing_here  # 내 코드")

    ended = doubling.run(1)

    assert ended.traceback is not None
    assert ended.traceback.line == DOUBLE_LINE + 3
    assert "    nothing_here  # 내 코드" in ended.traceback.lines


def test_a_check_without_end_is_ended_and_told_as_itself(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jury, "_PATIENCE", 0.1)
    player = play(DOUBLE.format(check="while True:\n    pass"))

    player.run(1)

    (finding,) = verdicts(player)[0].findings
    assert finding.fault is Fault.ENDLESS
    assert "had not ended after 0.1 s" in finding.message_in("en")


def test_a_check_that_catches_everything_is_ended_too(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jury, "_PATIENCE", 0.1)
    stubborn = "caught = 0\nwhile caught < 2:\n    try:\n        while True:\n            pass\n"
    stubborn += "    except BaseException:\n        caught += 1"
    player = play(DOUBLE.format(check=stubborn))

    player.run(1)
    player.run(2)

    assert ends(player)[-1] == (2, Outcome.DONE)


@pytest.mark.parametrize("code", ["1 / 0", "raise KeyboardInterrupt", "raise SystemExit(3)"])
def test_a_check_that_raises_is_told_as_itself_and_takes_nothing_down(
    play: Play, code: str
) -> None:
    player = play(DOUBLE.format(check=code))

    player.run(1)
    player.run(2)

    assert [finding.fault for finding in verdicts(player)[0].findings] == [Fault.BROKEN]
    assert ends(player)[-1] == (2, Outcome.DONE)


def test_a_stop_ends_a_check_without_a_verdict(play: Play) -> None:
    player = play(DOUBLE.format(check="while True:\n    pass"))
    player.session.run_step(1)
    wait_until(lambda: (1, Outcome.DONE) in ends(player), "the check to begin")

    player.session.stop()

    player.ended()
    assert verdicts(player) == []


def test_what_a_check_prints_is_output_of_the_step(play: Play) -> None:
    player = play(DOUBLE.format(check="print('checking')"))

    player.run(1)

    assert player.output() == "checking\n"
    assert player.events().count(StepStarted(1)) == 1
