"""What the steps of a lesson are known by: found again, whatever stands around them."""

from __future__ import annotations

from pathlib import Path

from playing import lesson_from
from titled import lesson

from engine.lesson.keys import step_keys


def test_steps_are_known_by_the_titles_of_their_cells() -> None:
    before = lesson("/a.py", "Train", "Look", "Train", "", "")
    after = lesson("/a.py", "New", "Train", "Look", "Train", "", "")

    keys = step_keys(before)

    assert keys == ("Train #1", "Look #1", "Train #2", "a #1", "a #2", "closing")
    assert step_keys(after) == ("New #1", *keys)


def test_other_prose_changes_no_key(tmp_path: Path) -> None:
    text = (
        "# %% [markdown]\n# # {0}\n\n# %% Train\na = 1\n\n# %%\na = 2\n\n# %% [markdown]\n# {0}\n"
    )

    before = step_keys(lesson_from(text.format("One"), tmp_path))
    after = step_keys(lesson_from(text.format("Two"), tmp_path))

    assert before == after == ("Train #1", "a #1", "closing")


def test_a_new_step_changes_no_key_of_steps_without_titles(tmp_path: Path) -> None:
    first = "# %%\nimport math\n"
    new = "# %%\nmath.pi\n"
    others = "# %%\n# Training\nx = 1\n# %%\nfor y in range(3):\n    x += y\n# %%\nprint(x)\n"

    before = step_keys(lesson_from(first + others, tmp_path))
    after = step_keys(lesson_from(first + new + others, tmp_path))

    assert before[:3] == ("import math #1", "Training #1", "for y in range(3) #1")
    assert after[2:4] == before[1:3]


def test_no_title_makes_two_keys_the_same() -> None:
    keys = step_keys(lesson("/a.py", "A", "A #1", "A", "#1", "", "closing"))

    assert len(set(keys)) == len(keys)


def test_one_letter_spelled_in_two_ways_is_one_key() -> None:
    composed, decomposed = "\uac00", "\u1100\u1161"

    assert step_keys(lesson("/a.py", composed)) == step_keys(lesson("/a.py", decomposed))
