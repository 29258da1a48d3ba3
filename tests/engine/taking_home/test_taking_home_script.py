"""What of a lesson's text a script has, and a notebook: nothing runs here but the script itself."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from playing import lesson_from
from taken_home import WORDS, run_bare

from engine.lesson.model import Lesson
from engine.protocol.outcomes import Outcome
from engine.protocol.places import LoopPass, Spot, Stand
from engine.reading.reader import read_lesson
from engine.taking_home.notebook import notebook_of
from engine.taking_home.script import script_of
from engine.taking_home.seeds import seed_of
from engine.taking_home.session import TakenChange, TakenSession, TakenStep
from engine.values.randomness import RandomState, random_state_kept, seed_all

LESSONS = sorted((Path(__file__).parents[3] / "lessons").glob("*.py"))
EXERCISE = """
    # ---
    # tutorch:
    #   title: Halves
    # ---

    # %% [markdown] lang="en"
    # Which is it?
    #
    # - [ ] one
    # - [x] two
    # %% [markdown] lang="ko"
    # 어느 것?
    #
    # - [ ] 하나
    # - [x] 둘
    # %% Halves tags=["parameters", "exercise"]
    half = ...
    # %% [markdown] tags=["hint"]
    # Divide.
    # %% tags=["solution"]
    half = 1 / 2
    # %% tags=["check"]
    assert half == 1 / 2
    # %% [markdown]
    # Then.
    # %% Later
    print(half)
    # %% view="every iteration"
    print("drawn")
"""


def session(lesson: Lesson, *changes: TakenChange, begun: int = 0, done: int = 0) -> TakenSession:
    """A session in which the first steps have begun, and fewer have ended."""
    steps = tuple(
        TakenStep(
            step, "" if step.cell is None else step.cell.source, step.index < begun,
            step.index < done,
        )
        for step in lesson.steps
    )  # fmt: skip
    return TakenSession(lesson, steps, changes, None, None, "en", WORDS)


def with_source(taken: TakenSession, index: int, source: str) -> TakenSession:
    steps = [*taken.steps]
    steps[index] = replace(steps[index], source=source)
    return replace(taken, steps=tuple(steps))


def kept(text: str, folder: Path) -> Path:
    path = folder / "taken.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_that_has_not_run_is_taken_as_it_is_but_for_its_exercises(
    path: Path, tmp_path: Path
) -> None:
    lesson = read_lesson(path)

    again = read_lesson(kept(script_of(session(lesson)).text, tmp_path))

    assert [step.title for step in again.steps] == [step.title for step in lesson.steps]
    assert [step.prose_in("ko") for step in again.steps] == [
        step.prose_in("ko") for step in lesson.steps
    ]
    assert [step.cell and unplaced(step.cell.source) for step in again.steps] == [
        step.cell and step.cell.source for step in lesson.steps
    ]
    assert [len(step.views) for step in again.steps] == [len(step.views) for step in lesson.steps]
    assert again.header.title == lesson.header.title


def test_a_program_finds_the_arguments_of_its_session_unless_it_is_given_others(
    tmp_path: Path,
) -> None:
    lesson = lesson_from("# %% Read\nimport sys\n\nprint(sys.argv[1:])\n", tmp_path)
    taken = replace(session(lesson), arguments=("--name", "it's", "안녕"))
    path = kept(script_of(taken).text, tmp_path)

    said = [
        subprocess.run(
            [sys.executable, path, *others], capture_output=True, encoding="utf-8", check=True
        ).stdout
        for others in ([], ["--name", "other"])
    ]

    assert said == ["""['--name', "it's", '안녕']\n""", "['--name', 'other']\n"]
    assert "sys.argv[1:] = ['--name'" in notebook_of(taken).text


def unplaced(source: str) -> str:
    """Code without the lines that have it find its lesson's folder."""
    return re.sub(r"if __import__.*\n    __file__ = .*\n", "", source)


def test_code_finds_what_lies_beside_its_lesson_wherever_it_is_put(tmp_path: Path) -> None:
    text = "# %%\nfrom pathlib import Path\nprint(Path(__file__).with_suffix('.txt').read_text())\n"
    lesson = lesson_from(text, tmp_path)
    lesson.path.with_suffix(".txt").write_text("beside it")
    (elsewhere := tmp_path / "elsewhere").mkdir()
    taken = session(lesson, begun=1, done=1)

    (bare,) = run_bare(kept(script_of(taken).text, elsewhere))

    assert bare.printed == "beside it\n"
    cells = json.loads(notebook_of(taken).text)["cells"]
    assert repr(str(lesson.path)) in "".join(cells[-1]["source"])


def test_an_exercise_is_what_the_learner_wrote_without_its_solution(tmp_path: Path) -> None:
    lesson = lesson_from(EXERCISE, tmp_path)

    text = script_of(with_source(session(lesson, begun=2, done=2), 0, "half = 7")).text

    assert '# %% Halves tags=["parameters"]\nhalf = 7\n# %% [markdown]\n# Then.' in text
    assert "1 / 2" not in text
    (bare,) = run_bare(kept(text, tmp_path))
    assert bare.printed == "7\ndrawn\n"


def test_what_had_not_run_follows_an_end(tmp_path: Path) -> None:
    lesson = lesson_from("# %%\nprint(1)\n# %% Two\nprint(2)\n# %% Three\nprint(3)\n", tmp_path)

    (bare,) = run_bare(kept(script_of(session(lesson, begun=2, done=2)).text, tmp_path))

    assert bare.printed == "1\n2\n"
    assert bare.error == "SystemExit: "


def test_a_step_that_did_not_come_to_its_end_says_so(tmp_path: Path) -> None:
    lesson = lesson_from("# %%\nprint(1)\n", tmp_path)

    assert "# not run to its end\nprint(1)" in script_of(session(lesson, begun=1)).text


def test_magics_are_comments_and_what_is_no_python_too(tmp_path: Path) -> None:
    lesson = lesson_from(
        "# %%\n%matplotlib inline\nx = 1\nx?\n# %%\n%%bash\nls\n# %%\nfiles = !ls\n", tmp_path
    )

    text = script_of(session(lesson)).text

    assert "# %matplotlib inline\nx = 1\n# x?\n" in text
    assert "# no plain Python\n# %%bash\n# ls\n" in text
    assert "# no plain Python\n# files = !ls\n" in text
    (bare,) = run_bare(kept(text, tmp_path))
    assert bare.values["x"] == "1"


def test_a_lesson_in_a_notebook_and_one_of_a_gallery_are_taken_too(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Title\n\nText."},
        {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []},
    ]
    notebook = tmp_path / "a.ipynb"
    notebook.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}))
    gallery = tmp_path / "b.py"
    gallery.write_text(f'"""\nTitle\n=====\nText.\n"""\nx = 1\n{"#" * 79}\n# More.\ny = 2\n')

    texts = [script_of(session(read_lesson(path))).text for path in (notebook, gallery)]

    bare = run_bare(*(kept_as(f"{at}.py", text, tmp_path) for at, text in enumerate(texts)))
    assert [one.values["x"] for one in bare] == ["1", "1"]
    assert bare[1].values["y"] == "2"
    assert "# Text." in texts[0]


def kept_as(name: str, text: str, folder: Path) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_change_that_was_stopped_or_whose_place_is_gone_stands_in_a_comment(
    tmp_path: Path,
) -> None:
    lesson = lesson_from("# %%\nx = 1\nfor i in range(3):\n    x += i\n", tmp_path)
    ends = Spot(0, Stand.ITERATION_ENDS, 3, "", (LoopPass(3, 2, is_alone=True),))
    gone = Spot(0, Stand.ITERATION_ENDS, 99, "", (LoopPass(99, 2, is_alone=True),))
    changes = [TakenChange(ends, "x = 5", Outcome.STOPPED), TakenChange(gone, "x = 6")]

    document = script_of(session(lesson, *changes, begun=1, done=1))

    assert document.inexact == 2
    assert "# %%\n# not in this code: x = 5\n# not in this code: x = 6\nx = 1\n" in document.text


def test_a_change_in_a_function_that_calls_itself_is_said_to_be_near(tmp_path: Path) -> None:
    text = "# %%\ndef f(n):\n    for i in range(n):\n        f(n - 1)\nf(3)\n"
    lesson = lesson_from(text, tmp_path)
    spot = Spot(0, Stand.ITERATION_ENDS, 3, "f", (LoopPass(3, 3, is_alone=False),))

    document = script_of(session(lesson, TakenChange(spot, "x = 1"), begun=1, done=1))

    assert document.inexact == 1
    assert "changed near here" in document.text
    (bare,) = run_bare(kept(document.text, tmp_path))
    assert bare.values["x"] == "1"


# Random numbers


def drawing(lesson: Lesson) -> TakenSession:
    return replace(session(lesson, begun=1, done=1), origin=RandomState.now().as_data())


DRAWS = "import random\nimport numpy as np\nimport torch\nx = random.random()\n" + (
    "y = np.random.rand()\nz = torch.rand(1).item()\n"
)


def test_a_script_draws_what_the_session_drew(tmp_path: Path) -> None:
    with random_state_kept():
        seed_all()
        taken = drawing(lesson_from(f"# %%\n{DRAWS}", tmp_path))
        drawn = [random.random(), np.random.rand(), torch.rand(1).item()]

    (bare,) = run_bare(kept(script_of(taken).text, tmp_path))

    assert [bare.values[name] for name in "xyz"] == [repr(float(value)) for value in drawn]


@pytest.mark.parametrize("draw", [random.random, np.random.rand, lambda: torch.rand(1)])
def test_numbers_that_no_seed_gives_are_said_to_be_others(draw: object, tmp_path: Path) -> None:
    assert callable(draw)
    with random_state_kept():
        seed_all()
        fresh = RandomState.now().as_data()
        draw()
        taken = drawing(lesson_from(f"# %%\n{DRAWS}", tmp_path))

    assert seed_of(fresh) is not None
    assert "# the session's random numbers are not here\nimport random" in script_of(taken).text


@pytest.mark.parametrize(
    ("source", "seeds"),
    [
        ("import torch\nrate = 0.1\ntorch.manual_seed(0)\nx = torch.rand(1)\n", []),
        ("import torch\nx = torch.rand(1)\ntorch.manual_seed(0)\n", ["torch.manual_seed"]),
        ("import torch\ndef f():\n    return torch.rand(1)\ntorch.manual_seed(0)\n", []),
        ("import random\nimport torch\nrandom.seed(1)\ntorch.manual_seed(0)\n", []),
        ("import random\nrandom.seed()\n", ["random.seed"]),
        ("import numpy as np\nx = np.random.rand()\n", ["numpy.random.seed"]),
        ("x = 1\n", []),
    ],
)
def test_only_what_the_code_does_not_seed_itself_is_seeded(
    source: str, seeds: Iterable[str], tmp_path: Path
) -> None:
    with random_state_kept():
        seed_all()
        number = seed_of(RandomState.now().as_data())
        taken = drawing(lesson_from(f"# %%\n{source}", tmp_path))

    text = script_of(taken).text

    assert [line for line in text.split("\n") if f"({number})" in line] == [
        f"{seed}({number})" for seed in seeds
    ]


# Notebooks


def test_a_notebook_has_questions_and_no_solution(tmp_path: Path) -> None:
    document = notebook_of(session(lesson_from(EXERCISE, tmp_path), begun=1, done=1))

    cells = json.loads(document.text)["cells"]

    assert [cell["source"] for cell in cells] == [
        "# Halves",
        "Which is it?\n\n- one\n- two",
        "half = ...",
        "Then.",
        "print(half)",
        'print("drawn")',
    ]
    counts = [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]
    assert counts == [1, None, None]
