"""`W`: the session as a script, as a notebook, and its runs, in files where the app was started."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from driving import Player, opened, write_lesson
from warmed import WARM_PYTHON, warm_starts

from engine.reading.reader import read_lesson
from tui.dialogs.take_home import TakeHomeScreen
from tui.player.standing import changes_in_run

LESSON = """
    # ---
    # tutorch:
    #   title: {en: Falling, ko: 내려가기}
    # ---

    # %% [markdown] lang="en"
    # The cost falls.
    # %% [markdown] lang="ko"
    # 비용이 줄어든다.
    # %% Falling watch="cost"
    import random
    cost, rate = 64.0, 0.5
    for epoch in range(6):
        cost = cost * rate + random.random()
        print(epoch, cost)
    # %% Later
    print("never run")
"""


# It takes as long as a learner needs for a key.
SLOW = """
    # %% Falling watch="cost"
    import time
    lr = 0.5
    cost = 64.0
    for epoch in range(60):
        time.sleep(0.05)
        cost = cost - lr * cost
        print(epoch, cost)
"""


@pytest.fixture(autouse=True)
def started_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app is started in."""
    here = tmp_path / "started in"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


async def changed_amid(player: Player, text: str) -> None:
    """Run to the end of the second iteration, and change something there."""
    for position in (1, 2):
        await player.press("full_stop")
        await player.is_at(position)
    await change(player, text)


async def change(player: Player, text: str) -> None:
    await player.press("colon")
    for one in text:
        await player.press({" ": "space"}.get(one, one))
    await player.press("enter")
    await player.until(lambda: not player.playback.asking.waits, "the answer")
    await player.press("escape")


async def take(player: Player, down: int, folder: Path, suffix: str) -> Path:
    """Choose what stands so many rows down; the file that comes of it."""
    before = set(folder.glob(f"*.{suffix}"))
    await player.press("W")
    await player.until(lambda: isinstance(player.pilot.app.screen, TakeHomeScreen), "the choice")
    await player.press(*["down"] * down, "enter")
    await player.until(lambda: set(folder.glob(f"*.{suffix}")) - before, f"a .{suffix}")
    (path,) = set(folder.glob(f"*.{suffix}")) - before
    await player.reads(path.name)
    return path


def printed_bare(path: Path) -> list[str]:
    with warm_starts():
        done = subprocess.run([*WARM_PYTHON, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


async def test_a_script_prints_bare_what_the_session_printed(
    folder: Path, started_in: Path
) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        await changed_amid(player, "rate=2")
        await player.press("space")
        await player.has_ended()

        path = await take(player, 0, started_in, "py")

        shown = [line for line in player.record.output.lines if ":" not in line]
        assert printed_bare(path) == shown
        assert "rate=2" in path.read_text()
        assert len(read_lesson(path).steps) == 3


async def test_a_script_ends_where_the_run_is_paused(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        await changed_amid(player, "rate=2")
        await player.press("full_stop")
        await player.is_at(3)

        path = await take(player, 0, started_in, "py")

        shown = [line for line in player.record.output.lines if ":" not in line]
        assert len(shown) == 3
        assert printed_bare(path) == shown


TORCH = """
    # %% Fit watch="loss"
    import torch
    from torch import nn
    from torch.utils.data import DataLoader, TensorDataset

    x = torch.randn(32, 2)
    data = DataLoader(TensorDataset(x, x.sum(1, keepdim=True)), batch_size=8, shuffle=True)
    model = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.2), nn.Linear(8, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

    def step(inputs, wanted):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(inputs), wanted)
        loss.backward()
        optimizer.step()
        return loss.item()

    for epoch in range(3):
        for inputs, wanted in data:
            loss = step(inputs, wanted)
            print(epoch, loss)
    print(sum(parameter.sum().item() for parameter in model.parameters()))
"""


async def test_a_training_that_seeds_nothing_comes_out_the_same_to_the_last_bit(
    folder: Path, started_in: Path
) -> None:
    async with opened(write_lesson(folder, TORCH), (120, 40)) as player:
        for position in (1, 2, 3):
            await player.press("full_stop")
            await player.is_at(position)
        await player.press("comma")
        await player.is_at(2)
        await change(player, "optimizer.param_groups[0]['lr']=0.3")
        await player.press("space")
        await player.has_ended()

        path = await take(player, 0, started_in, "py")

        shown = [line for line in player.record.output.lines if ":" not in line]
        assert len(shown) == 13
        assert printed_bare(path) == shown


async def test_an_edit_is_in_the_script_in_its_place(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        source = player.playback.source.replace("64.0", "32.0")
        player.playback.edits.write(0, source)
        await player.run_step()

        path = await take(player, 0, started_in, "py")

        assert "cost, rate = 32.0, 0.5" in path.read_text()
        assert printed_bare(path) == [*player.record.output.lines]


async def test_a_change_after_the_place_that_was_gone_back_to_is_no_more(
    folder: Path, started_in: Path
) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        await changed_amid(player, "rate=2")
        await player.press("full_stop")
        await player.is_at(3)
        await change(player, "cost=9")
        await player.press("comma")
        await player.is_at(2)
        await player.press("space")
        await player.has_ended()

        path = await take(player, 0, started_in, "py")

        assert [one.text for one in player.playback.session.changes] == ["rate=2"]
        assert "cost=9" not in path.read_text()
        shown = [line for line in player.record.output.lines if ":" not in line]
        assert printed_bare(path) == shown


async def test_a_number_that_was_turned_while_it_trained_is_turned_in_the_script_too(
    folder: Path, started_in: Path
) -> None:
    lesson = write_lesson(folder, SLOW)
    async with opened(lesson, (120, 40)) as player:
        await player.press("2", "number_sign", "space")
        await player.until(lambda: len(player.record.output.lines) > 3, "some iterations")
        await player.press("left_curly_bracket")
        await player.until(lambda: changes_in_run(player.playback), "the change")
        await player.has_ended()

        path = await take(player, 0, started_in, "py")

        shown = [line for line in player.record.output.lines if "→" not in line]
        assert 2 < changes_in_run(player.playback)[0].place.position < 60
        assert printed_bare(path) == shown


async def test_a_notebook_has_texts_of_one_language_and_what_was_written(
    folder: Path, started_in: Path
) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        await player.run_step()

        path = await take(player, 1, started_in, "ipynb")

        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        kinds = [cell["cell_type"] for cell in cells]
        assert kinds == ["markdown", "markdown", "code", "code"]
        assert cells[1]["source"] == "The cost falls."
        assert "".join(cells[2]["outputs"][0]["text"]) == player.record.output.text()
        assert cells[3]["outputs"] == []
        nbformat = pytest.importorskip("nbformat")
        nbformat.validate(nbformat.read(path, as_version=4))


async def test_the_runs_are_a_table_with_a_column_for_each(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        for position in (1, 2, 3):
            await player.press("full_stop")
            await player.is_at(position)
        await player.press("comma")
        await player.is_at(2)

        path = await take(player, 2, started_in, "csv")

        rows = [line.split(",") for line in path.read_text().split()]
        assert rows[0] == ["iteration", "cost"]
        assert [row[0] for row in rows[1:]] == ["1", "2", "3"]

        await change(player, "rate=2")
        await player.press("full_stop")
        await player.is_at(3)
        path = await take(player, 2, started_in, "csv")

        rows = [line.split(",") for line in path.read_text().splitlines()]
        assert rows[0][:2] == ["iteration", "cost"]
        assert [name[:6] for name in rows[0][2:]] == ["cost ("]
        assert rows[1][1] == rows[1][2]
        assert rows[3][1] != rows[3][2]


async def test_without_a_curve_that_is_said(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        await player.press("W", "down", "down", "enter")

        await player.reads("No curve yet")
        assert [*started_in.iterdir()] == []


async def test_no_file_is_written_over(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, LESSON), (120, 40)) as player:
        first = await take(player, 0, started_in, "py")
        second = await take(player, 0, started_in, "py")

        assert [first.name, second.name] == ["lesson-session-1.py", "lesson-session-2.py"]
