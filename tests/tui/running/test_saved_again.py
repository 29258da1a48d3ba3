"""A file that is saved while it is played is read again in place, and keeps what is the same."""

from __future__ import annotations

from pathlib import Path

from driving import Player, opened, press, wait_for_list, wait_for_player, wait_until, write_lesson

from engine.protocol.outcomes import Outcome
from tui.app import TutorchApp
from tui.dialogs.trust import TrustScreen
from tui.foot.answer_line import AnswerLine

LESSON = """
    # %% [markdown]
    # ## Begin
    # Old words.
    # %% Begin
    start = 64.0
    print("begun")
    # %% Halving watch="cost"
    cost = start
    for epoch in range(20):
        cost = cost / 2
    print("halved")
    # %% Waiting
    name = input("name: ")
"""


def save(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


async def shows_code(player: Player, text: str) -> None:
    await player.until(lambda: text in player.playback.source, f"{text!r} in the code")


async def test_new_words_and_new_steps_after_it_leave_a_step_done(folder: Path) -> None:
    path = write_lesson(folder, LESSON)
    async with opened(path, size=(120, 40)) as player:
        await player.press("n")
        await player.run_step()
        curve = player.curve

        save(path, ("# Old", "# New\n# and more"), ("# %% Waiting", "# %% More\n# %% Waiting"))
        await player.reads("Read again: what has run is the same", "   9 cost = start")

        assert player.playback.shown == 1
        assert "halved" in player.output
        assert player.curve == curve
        assert player.playback.session.done == 2


async def test_a_changed_step_is_to_run_again_and_the_place_stays_at_its_title(
    folder: Path,
) -> None:
    path = write_lesson(folder, LESSON)
    async with opened(path, size=(120, 40)) as player:
        await player.press("n")
        await player.run_step()

        save(path, ("# %% Halving", "# %% Between\nstart = 8.0\n# %% Halving"))
        await player.reads("Read again: from step 2 on", "3/4")
        await player.run_step()

        assert player.playback.record_of(0).outcome is Outcome.DONE
        frame = player.record.frame
        assert frame is not None
        assert frame.series[0].newest == 8.0 / 2**20


async def test_what_runs_goes_on_until_it_ends_and_shows_new_words_meanwhile(
    folder: Path,
) -> None:
    path = write_lesson(folder, LESSON)
    async with opened(path, size=(120, 40)) as player:
        await player.press("n", "n", "space")
        line = player.screen.query_one(AnswerLine)
        await player.until(lambda: line.is_asked and line.has_focus, "the code to ask")

        save(path, ("# %% Waiting", "# %% [markdown]\n# Words of it.\n# %% Waiting"))
        await player.reads("read again when what runs has ended", "Words of it.")
        await player.press("A", "d", "a", "enter")
        await player.reads("Read again: what has run is the same")

        assert player.playback.session.done == 3


async def test_a_file_that_cannot_be_read_leaves_the_lesson_as_it_is_until_the_next_save(
    folder: Path,
) -> None:
    path = write_lesson(folder, LESSON)
    async with opened(path) as player:
        whole = path.read_text(encoding="utf-8")
        path.write_text("# ---\n# tutorch:\n#   titel: x\n# ---\n# %%\na = 1\n", encoding="utf-8")
        await player.reads("titel", "the lesson stays as it is")
        assert "start = 64.0" in player.playback.source

        path.write_text(whole.replace("64.0", "65.0"), encoding="utf-8")

        await shows_code(player, "start = 65.0")


async def test_what_the_learner_wrote_stays_where_the_files_own_code_is_another(
    folder: Path,
) -> None:
    path = write_lesson(folder, LESSON)
    async with opened(path, size=(120, 40)) as player:
        player.playback.edits.write(0, "start = 1.0")

        save(path, ("start = 64.0", "start = 32.0"))
        await player.reads("Step 1 is new in the file, and runs what you wrote in it.")
        assert player.playback.source == "start = 1.0"
        await player.press("x", "x")

        await shows_code(player, "start = 32.0")


async def test_a_file_that_was_let_run_is_asked_about_once_in_a_sitting(
    folder: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    path = write_lesson(theirs, LESSON)
    async with TutorchApp(folder, path).run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrustScreen), "the question")
        await press(pilot, "y")
        player = await wait_for_player(pilot)
        await player.is_ready()
        save(path, ("64.0", "32.0"))
        await shows_code(player, "32.0")
        await press(pilot, "escape")
        await wait_for_list(pilot)
        await press(pilot, "enter")

        again = await wait_for_player(pilot)

        assert "32.0" in again.playback.source
