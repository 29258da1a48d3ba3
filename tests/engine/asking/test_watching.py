"""What the learner watches in a run: what is read of it, what is on the curve, and no trace."""

from __future__ import annotations

from collections.abc import Callable

import torch
from playing import Player, pause_at_start, series, step_and_wait, wait_until
from watched import TRAINING

from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain
from engine.protocol.watching import Watch, WatchedValue, WatchTrouble

Play = Callable[..., Player]

IN_A_FUNCTION = """
    # %% watch="cost"
    outside = 7
    def train():
        inside = 100
        for epoch in range(4):
            inside = inside + 1
            cost = inside / 2
        return cost
    train()
"""
NOTHING_RECORDED = """
    # %%
    total = 0
    for number in range(5):
        total += number
"""


def paused_watching(play: Play, text: str, *watches: Watch) -> Player:
    """A run of the first step that is paused where its second iteration has ended."""
    player = play(text)
    player.session.watch(0, watches)
    pause_at_start(player)
    step_and_wait(player, Grain.INNER)
    return player


def read(player: Player, text: str) -> WatchedValue:
    """What the newest frame says of an expression, once one says anything."""

    def is_there() -> bool:
        frame = player.session.frame
        return frame is not None and any(one.text == text for one in frame.watched)

    wait_until(is_there, f"a value of {text}")
    frame = player.session.frame
    assert frame is not None
    return next(one for one in frame.watched if one.text == text)


def names(frame: Frame | None) -> list[str]:
    assert frame is not None
    return [one.name for one in frame.series]


def test_each_pause_says_what_is_watched(play: Play) -> None:
    player = paused_watching(play, NOTHING_RECORDED, Watch("total * 2"))
    first = read(player, "total * 2")

    step_and_wait(player, Grain.INNER)

    assert (first.position, first.number) == (2, 2.0)
    assert (read(player, "total * 2").position, read(player, "total * 2").number) == (3, 6.0)


def test_what_is_watched_from_a_pause_on_is_read_there(play: Play) -> None:
    player = paused_watching(play, NOTHING_RECORDED)

    player.session.watch(0, (Watch("number"),))

    assert read(player, "number").number == 1.0


def test_what_is_watched_once_a_step_has_ended_is_read_in_what_it_has_left(play: Play) -> None:
    player = play(NOTHING_RECORDED)
    player.run()

    player.session.watch(0, (Watch("total"),))

    assert read(player, "total").number == 10.0


def test_it_is_read_in_the_function_that_the_run_stands_in(play: Play) -> None:
    player = paused_watching(
        play, IN_A_FUNCTION, Watch("inside + outside"), Watch("[inside for _ in range(2)]")
    )

    assert read(player, "inside + outside").number == 109.0
    assert read(player, "[inside for _ in range(2)]").said == "[102, 102]"


def test_what_it_says_is_its_number_or_its_shape_or_its_text(play: Play) -> None:
    texts = ("rate", "epoch", "rate > 1", "torch.arange(6.0).reshape(2, 3)", "'a\\nb'", "rate.hex")
    player = paused_watching(play, TRAINING, *map(Watch, texts))

    told = [read(player, text) for text in texts]

    assert [one.number for one in told] == [0.1, 1.0, 0.0, None, None, None]
    assert [one.said for one in told[:4]] == [
        "",
        "1",
        "False",
        "[2, 3] float32 min 0 mean 2.5 max 5",
    ]
    assert told[4].said == "'a\\nb'"
    assert "\n" not in told[5].said


def test_one_that_raises_says_so_and_the_others_are_read(play: Play) -> None:
    player = paused_watching(play, TRAINING, Watch("rate / 0"), Watch("missing"), Watch("rate"))

    assert read(player, "rate / 0").trouble is WatchTrouble.RAISED
    assert read(player, "rate / 0").said == "ZeroDivisionError: float division by zero"
    assert read(player, "missing").said == "NameError: name 'missing' is not defined"
    assert read(player, "rate").number == 0.1


def test_one_that_is_no_expression_says_so(play: Play) -> None:
    player = paused_watching(play, TRAINING, Watch("rate ="), Watch("rate"))

    assert read(player, "rate =").said.startswith("SyntaxError")
    assert read(player, "rate").number == 0.1


def test_one_that_takes_too_long_is_stopped_and_read_no_more_in_this_run(play: Play) -> None:
    endless = "sum(1 for _ in iter(int, 1))"
    player = paused_watching(play, TRAINING, Watch(endless, True), Watch("rate", True))
    first = read(player, endless)

    player.session.resume()
    ended = player.ended()

    assert first.trouble is WatchTrouble.TOO_LONG
    assert ended.outcome is Outcome.DONE
    assert read(player, endless) == first
    assert series(ended.frame, "rate").count > 0


def test_one_that_changes_what_it_looks_at_is_read_no_more(play: Play) -> None:
    player = paused_watching(
        play, TRAINING, Watch("seen.append(1)"), Watch("norm(torch.ones(2, 3))")
    )

    step_and_wait(player, Grain.INNER)

    for text in ("seen.append(1)", "norm(torch.ones(2, 3))"):
        assert read(player, text).trouble is WatchTrouble.CHANGES
    assert read(player, "seen.append(1)").said == "seen"
    assert player.namespace["seen"] == [1]


def test_names_that_it_assigns_are_gone_again(play: Play) -> None:
    player = paused_watching(play, TRAINING, Watch("(fresh := 3) + (rate := 2)"))

    assert read(player, "(fresh := 3) + (rate := 2)").number == 5.0
    assert "fresh" not in player.namespace
    assert player.namespace["rate"] == 0.1


def test_a_run_that_is_watched_is_the_run_that_it_would_have_been(play: Play) -> None:
    plain = play(TRAINING)
    plain.run()
    alone = plain.output()
    texts = (
        "dropout(torch.ones(9)).sum()",
        "torch.rand(())",
        "random.random()",
        "(weights**2).sum()",
    )
    watched = play(TRAINING)

    watched.session.watch(0, tuple(Watch(text, True) for text in texts))
    ended = watched.run()

    assert watched.output() == alone + alone
    assert [series(ended.frame, text).count for text in texts] == [6, 6, 6, 6]


def test_no_graph_is_made(play: Play) -> None:
    player = paused_watching(play, TRAINING, Watch("(weights * 2).requires_grad"))

    assert read(player, "(weights * 2).requires_grad").said == "False"
    assert torch.is_grad_enabled()


def test_what_it_prints_is_no_output(play: Play) -> None:
    player = paused_watching(play, NOTHING_RECORDED, Watch("print('seen')"))

    assert read(player, "print('seen')").said == "None"
    assert player.output() == ""


def test_the_curve_has_a_value_of_each_iteration(play: Play) -> None:
    player = play(IN_A_FUNCTION)
    player.session.watch(0, (Watch("inside * 2", True), Watch("outside")))

    ended = player.run()

    assert names(ended.frame) == ["cost", "inside * 2"]
    curve = series(ended.frame, "inside * 2")
    assert curve.is_asked
    assert curve.positions.tolist() == [1, 2, 3, 4]
    assert curve.values.tolist() == [202.0, 204.0, 206.0, 208.0]


def test_a_step_that_records_nothing_has_a_curve_of_what_is_watched(play: Play) -> None:
    player = play(NOTHING_RECORDED)
    player.session.watch(0, (Watch("total", True),))

    ended = player.run()

    assert series(ended.frame, "total").values.tolist() == [0.0, 1.0, 3.0, 6.0, 10.0]
    assert ended.frame is not None
    assert not ended.frame.has_recorded


def test_a_name_that_the_step_records_is_on_the_curve_once(play: Play) -> None:
    player = play(IN_A_FUNCTION)
    player.session.watch(0, (Watch("cost", True),))

    assert names(player.run().frame) == ["cost"]


def test_what_is_no_number_has_no_curve(play: Play) -> None:
    player = play(TRAINING)
    player.session.watch(0, (Watch("weights", True),))

    assert names(player.run().frame) == ["cost"]


def test_what_is_taken_off_the_curve_is_drawn_no_more_and_can_be_put_on_again(play: Play) -> None:
    player = paused_watching(play, NOTHING_RECORDED, Watch("total", True))
    assert names(player.session.frame) == ["total"]

    player.session.watch(0, (Watch("total"),))
    wait_until(lambda: names(player.session.frame) == [], "no curve")
    step_and_wait(player, Grain.INNER)
    step_and_wait(player, Grain.INNER)
    player.session.watch(0, (Watch("total", True),))
    wait_until(lambda: names(player.session.frame) == ["total"], "its curve")

    assert series(player.session.frame, "total").positions.tolist() == [1, 2, 4]


def test_each_step_has_its_own(play: Play) -> None:
    player = play("# %% One\na = 1\n# %% Two\nb = 2\n")
    player.session.watch(0, (Watch("a"),))
    player.session.watch(1, (Watch("b"),))

    first, second = player.run(0).frame, player.run(1).frame

    assert first is not None
    assert second is not None
    assert [one.text for one in first.watched] == ["a"]
    assert [one.text for one in second.watched] == ["b"]
