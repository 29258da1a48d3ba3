"""`tutorch run`: what it prints, and the status that it leaves with."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from running import ROOT, command, run, written
from warmed import WARM_PYTHON

LESSON_0 = ROOT / "lessons" / "00_gradient_descent.py"


def test_what_a_lesson_prints_reaches_stdout_byte_for_byte(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
# %% One
import sys
print("50%\\r100%", "한글", end="\\t")
sys.stdout.flush()
sys.stdout.buffer.write(b"\\xff\\x00raw\\n")
print("a warning", file=sys.stderr)
print(sys.stdout.isatty(), end="")

# %% Two
print("no line ends here", end="")
""",
    )
    bare = run([sys.executable, str(path)])

    headless = run(command(path))

    assert headless.stdout == bare.stdout
    assert headless.returncode == 0
    assert b"a warning\n" in headless.stderr


def test_errors_are_told_as_errors_after_the_output_has_been_closed(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
# %% Closing
import os
import sys
os.close(1)

# %% Writing
print("late", file=sys.stderr)
""",
    )

    done = run(command(path))

    assert b"late" in done.stderr
    assert b"late" not in done.stdout


def test_lesson_0_prints_the_golden_numbers_as_python_does() -> None:
    said = re.compile(
        r"(Epoch|epoch|lowest|z diff|torch\.Size|\[Param|tensor\().*|.*requires_grad.*"
    )
    bare = run([*WARM_PYTHON, str(LESSON_0)]).stdout.decode()

    headless = run(command("0"))

    lines = headless.stdout.decode().splitlines()
    golden = [line for line in bare.splitlines() if said.fullmatch(line)]
    assert [line for line in lines if line in golden] == golden
    assert (
        "Epoch 100/100 hypothesis: tensor([152.7695, 183.6982, 180.9592, 197.0628, 140.1332])"
        " Cost: 1.564298"
    ) in lines
    assert headless.returncode == 0


def test_in_one_pipe_titles_stand_before_and_ends_behind_the_prints(tmp_path: Path) -> None:
    text = """
# %% One watch="cost"
for epoch in range(20):
    cost = 1 / (epoch + 1)
print("trained")

# %% View view="every epoch"
print("drawn")

# %% Two
print("after")

# %% [markdown]
# ## Read this
"""

    both = run(command(written(tmp_path, text)), stderr=subprocess.STDOUT)

    said = both.stdout.decode()
    order = ["step 1/3 One", "trained", "drawn", "─ cost", "step 1/3 done", "step 2/3", "after"]
    places = [said.index(part) for part in order]
    assert places == sorted(places)


def test_the_command_leaves_with_1_when_a_step_fails(
    tmp_path: Path, run_here: Callable[..., Result]
) -> None:
    ended = run_here(written(tmp_path, "# %% Bad\nraise ValueError('no')\n"))

    assert ended.exit_code == 1
    assert "ValueError: no" in ended.stderr


PARAMETERS = """
# %% Parameters tags=["parameters"]
epochs = 5
learning_rate = 0.5

# %% Training
print(epochs, learning_rate)
"""


def test_parameters_are_set_by_options(tmp_path: Path, run_here: Callable[..., Result]) -> None:
    path = written(tmp_path, PARAMETERS)

    ended = run_here(path, "--set", "epochs=1", "--set", "learning_rate=2")

    assert ended.stdout == "1 2.0\n"
    assert ended.exit_code == 0


@pytest.mark.parametrize("setting", ["epoch=1", "epochs=fast", "epochs='1'", "epochs"])
def test_a_parameter_that_cannot_be_set_is_one_line_and_status_2(
    tmp_path: Path, run_here: Callable[..., Result], setting: str
) -> None:
    ended = run_here(written(tmp_path, PARAMETERS), "--set", setting)

    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "epoch" in ended.stderr


def test_what_the_teacher_has_noticed_goes_to_stderr_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
# %% Forgetful
def doubled(number):
    2 * number

print("so far")
print(doubled(3) + 1)
""",
    )

    headless = run(command(path))

    assert headless.stdout == b"so far\n"
    told = headless.stderr.decode()
    assert "⚠ Line 3: doubled() returns nothing, and what it made is used: return it." in told
    assert told.index("TypeError") < told.index("⚠ Line 3")
