"""A race: several values of a number from one moment, drawn live, each a run in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from descending import DESCENT, descended, goes_back_to, names, now_of
from driving import opened, text_of, write_lesson
from racing import final, is_over, races, run_named

from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from tui.dialogs.runs import RunsScreen
from tui.player.update import Update

RANDOM = """
    # %% Random watch="cost"
    import random
    import torch
    lr = 0.1
    cost = 64.0
    for epoch in range(20):
        cost = cost - lr * cost * random.random() * torch.rand(()).item()
"""
OPTIONS = """
    # %% Options
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()
    print("the rate is", args.lr)
    # %% Descent watch="cost"
    cost = 64.0
    for epoch in range(40):
        cost = cost - args.lr * cost
"""
ENDLESS = """
    # %% Endless watch="cost"
    import time
    lr = 0.1
    cost = 64.0
    epochs = 30
    for epoch in range(epochs):
        cost = cost - lr * cost
    while lr > 1:
        cost = cost - cost / 1000
        time.sleep(0.005)
"""


async def test_three_values_are_three_runs_that_end_at_the_right_numbers(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await races(player, "lr: 0.2 0.3 0.5")
        await is_over(player)

        assert names(player) == ["lr 0.1", "lr 0.2", "lr 0.3", "lr 0.5"]
        for value in (0.2, 0.3, 0.5):
            run = run_named(player, f"lr {value}")
            assert final(run) == pytest.approx(64 * (1 - value) ** 40)
            assert run.outcome is Outcome.DONE
        assert now_of(player) == "lr 0.1"
        assert "lr = 0.1" in player.playback.source


async def test_they_stand_on_the_curve_and_in_the_list(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await races(player, "lr: 0.2 0.5")
        await is_over(player)
        await player.reads("The race of lr is over", "lr 0.2", "lr 0.5")

        await player.press("B")
        await player.reads("Runs of this step")
        await player.press("enter")
        await player.is_at(40)

        assert now_of(player) == "lr 0.5"
        assert "lr = 0.5" in player.playback.source

        # No iteration is left: what comes after the loop may differ all the same.
        await races(player, "lr: 0.3 0.4")
        await is_over(player)
        await player.reads("No iteration came after")

        ended = run_named(player, "lr 0.3")
        assert (ended.origin.position, ended.outcome) == (40, Outcome.DONE)
        assert final(ended) == final(run_named(player, "lr 0.4"))


async def test_from_here_they_leave_the_run_where_it_is_paused(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await races(player, "lr: 0.5 0.02")
        await is_over(player)

        assert names(player) == ["run 1", "lr 0.5", "lr 0.02"]
        for value in (0.5, 0.02):
            run = run_named(player, f"lr {value}")
            assert final(run) == pytest.approx(64 * 0.9**14 * (1 - value) ** 26)
            assert run.origin.position == 14
        assert player.position == 14

        # Before the first iteration nothing has its name yet: there the code differs.
        player.playback.session.go_to(Place(1))
        await player.is_at(0)
        await races(player, "lr: 0.3 0.2")
        await is_over(player)

        assert final(run_named(player, "lr 0.3")) == pytest.approx(64 * 0.7**40)


async def test_all_of_them_begin_from_the_same_random_numbers(folder: Path) -> None:
    async with opened(write_lesson(folder, RANDOM), (120, 40)) as player:
        await player.press("3")
        await player.run_step()
        await races(player, "cost: 64.0 32.0 16.0")
        await is_over(player)

        whole = player.playback.record.frame
        assert whole is not None
        ends = [final(run) for run in player.playback.runs.left(0)]
        scale = whole.series[0].newest or 0.0
        assert sorted(ends) == pytest.approx([scale / 4, scale / 2])


async def test_a_number_of_a_step_before_is_raced_from_that_one(folder: Path) -> None:
    async with opened(write_lesson(folder, OPTIONS), (120, 40)) as player:
        await player.press("n", "3")
        await player.run_step()
        await races(player, "lr: 0.2 0.5")
        await is_over(player)

        assert names(player) == ["lr 0.1", "lr 0.2", "lr 0.5"]
        assert final(run_named(player, "lr 0.2")) == pytest.approx(64 * 0.8**40)

        # What its step wrote there is not known; of the code that is.
        player.playback.runs.enter(run_named(player, "lr 0.5"))
        player.playback.session.go_to(Place(1, True, 40), run_named(player, "lr 0.5").number)
        await player.is_at(40)
        assert "default=0.5" in player.playback.edits.source_with(
            0, player.playback.works.of(0).edit
        )
        assert player.playback.record_of(0).output.lines == []

        await goes_back_to(player, 10)
        await races(player, "lr: 0.02 0.25")
        await is_over(player)
        branch = run_named(player, "lr 0.25")
        assert final(branch) == pytest.approx(64 * 0.5**10 * 0.75**30)

        player.playback.give_arguments(["--lr", "0.3"])
        await races(player, "lr: 0.02 0.25")
        await player.reads("lr comes from the command line")


async def test_a_key_stops_it(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("3")
        await player.run_step()
        await races(player, "lr: 2 3")
        await player.reads("training: ", "stops them", "V stop race")
        await player.until(
            lambda: all(run.series for run in player.playback.runs.racing(0)), "their curves"
        )
        await player.press("V")
        await is_over(player)

        assert "stop race" not in text_of(player.pilot)
        assert all(run.outcome is Outcome.STOPPED for run in player.playback.runs.left(0))
        assert len(player.playback.runs.left(0)) == 2


async def test_the_stop_key_stops_it_too_and_all_its_runs_stay_in_the_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.client.racing.processors", lambda: 1)
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("3")
        await player.run_step()
        await races(player, "lr: 2 3")
        await player.until(
            lambda: any(run.series for run in player.playback.runs.racing(0)), "a curve"
        )
        await player.press("4", "1", "S", "z", "n", "p")
        await player.press("B")
        await player.reads("Runs of this step", "trains, at", "waits")
        await player.press("escape", "s")
        await is_over(player)

        await player.press("B")
        await player.reads("lr 2", "lr 3")
        screen = player.pilot.app.screen
        assert isinstance(screen, RunsScreen)
        # Which of the others is ahead hangs on when the race was stopped.
        assert {one.name: one.outcome for one in screen._listed} == {
            "lr 0.1": Outcome.DONE,
            "lr 2": Outcome.STOPPED,
            "lr 3": Outcome.STOPPED,
        }
        assert (screen._listed[2].name, screen._listed[2].facts.final) == ("lr 3", None)
        await player.press("j", "j", "enter")
        await player.reads("This run ended before it had a value.")


async def test_the_curve_of_a_step_that_has_not_run_comes_over_its_code_as_it_is_raced(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, DESCENT), (80, 24)) as player:
        await player.run_step()
        await player.press("n", "number_sign")
        assert player.panes.in_sight == ("code",)

        await races(player, "lr: 0.2 0.3")

        await player.until(lambda: "curve" in player.panes.in_sight, "the curve")


async def test_a_run_that_fails_hurts_no_other(folder: Path) -> None:
    fails = """
        # %% Fails watch="cost"
        lr = 0.1
        cost = 64.0
        for epoch in range(20):
            cost = cost - lr * cost
            assert lr < 1 or epoch < 10, "too large"
    """
    async with opened(write_lesson(folder, fails), (120, 40)) as player:
        await player.press("3")
        await player.run_step()
        await races(player, "lr: 0.5 1.5")
        await is_over(player)

        assert run_named(player, "lr 0.5").outcome is Outcome.DONE
        assert run_named(player, "lr 1.5").outcome is Outcome.FAILED
        await player.reads("lr 1.5 failed: AssertionError: too large")


async def test_whose_drawing_is_shown_is_said(folder: Path) -> None:
    drawn = """
        # %% Drawn watch="cost"
        import time
        lr = 0.1
        cost = 64.0
        epochs = 20
        for epoch in range(epochs):
            cost = cost - lr * cost
        while lr > 1:
            cost = cost - cost / 1000
            time.sleep(0.005)
        # %% A number view="every iteration"
        print(f"the rate is {lr}")
    """
    async with opened(write_lesson(folder, drawn), (120, 40)) as player:
        await player.run_step()
        await player.press("6")
        await player.reads("the rate is 0.1")

        await races(player, "lr: 2 3")
        await player.until(lambda: "the rate is 3" in player.pane("view").text, "the newest one")
        await player.reads("of lr 3, at")
        racing = player.playback.runs.racing
        await player.until(lambda: all(run.views for run in racing(0)), "the drawings of both")
        await player.press("V")
        await is_over(player)
        await player.until(lambda: "the rate is 0.1" in player.pane("view").text, "that of now")
        assert "of lr 3" not in text_of(player.pilot)

        player.playback.runs.bring_to_front(run_named(player, "lr 2"))
        player.panes.drawing.draw(Update.FRAME)
        await player.reads("the rate is 2", "of lr 2, at")


async def test_the_picture_of_a_run_is_shown_while_it_trains_and_kept_with_it(
    folder: Path,
) -> None:
    shown = ENDLESS.replace(
        "while lr > 1:",
        """from IPython.display import display
    from PIL import Image
    display(Image.new("RGB", (8, 8), (int(lr), 0, 0)))
    while lr > 1:""",
    )
    async with opened(write_lesson(folder, shown), (120, 40)) as player:
        await player.run_step()
        await player.press("4")

        await races(player, "lr: 2 3")
        await player.until(lambda: "lr 3 · Figure 1" in player.output, "its picture")
        await player.until(lambda: "lr 3" in player.curve, "its curve")
        await player.press("V")
        await is_over(player)
        await player.until(lambda: "lr 3" not in player.output, "the output of now")

        await player.press("B")
        await player.reads("Runs of this step", "lr 3")
        # How far each has come is how they are ranked.
        listing, wanted = player.pilot.app.screen, run_named(player, "lr 3")
        assert isinstance(listing, RunsScreen)
        for _ in listing._listed:
            if listing._marked is not wanted:
                await player.press("down")
        await player.press("enter")
        await player.until(lambda: "lr = 3" in player.playback.source, "that run")
        await player.until(lambda: "Figure 1" in player.output, "its picture")
