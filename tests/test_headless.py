import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.client.engine import Engine
from engine.reading.reader import read_lesson
from tui.exit_status import ExitStatus
from tui.headless.run import play

TRAINING = """
# %% [markdown] lang="en"
# ## Watch it fall

# %% [markdown] lang="ko"
# ## 내려가는 비용

# %% Training watch="cost"
for epoch in range(20):
    cost = 1 / (epoch + 1)
print("trained")

# %% A drawing view="every epoch"
print("\\033[31mdrawn at", epoch, "\\033[0m")

# %% Afterwards
print("after")
"""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _one_engine_for_all(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.headless.run.Engine", kept_engine)


def written(folder: Path, text: str) -> Path:
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    return path


def played(folder: Path, text: str, language: str = "en", *, in_ascii: bool = False) -> ExitStatus:
    lesson = read_lesson(written(folder, text))
    return play(lesson, device=None, language=language, in_ascii=in_ascii)


def test_what_is_no_canvas_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = played(tmp_path, '# %% canvas="digit"\ndigit = 1\n')

    assert status is ExitStatus.DONE
    assert "`digit` is no tensor; a canvas is a tensor of floats" in capsys.readouterr().err


# What goes where


def test_titles_progress_and_curves_go_to_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = played(tmp_path, TRAINING)

    output = capsys.readouterr()
    assert status is ExitStatus.DONE
    assert output.out == "trained\ndrawn at 19 \nafter\n"
    assert output.err.startswith("step 1/2 Watch it fall\n ─ cost\n")
    assert re.search(r"^step 1/2 done in [\d.]+ m?s$", output.err, re.MULTILINE)
    assert "\nstep 2/2 Afterwards\n" in output.err


def test_in_a_pipe_there_is_neither_a_bar_nor_a_colour(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played(tmp_path, TRAINING)

    errors = capsys.readouterr().err
    assert "\r" not in errors
    assert "\x1b" not in errors


def test_titles_are_in_the_language_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played(tmp_path, TRAINING, language="ko")

    assert capsys.readouterr().err.startswith("1/2단계 내려가는 비용\n")


def test_ascii_draws_the_curve_without_braille(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played(tmp_path, TRAINING, in_ascii=True)

    errors = capsys.readouterr().err
    assert errors.isascii()
    assert "cost" in errors


def test_no_colour_is_left_of_a_drawing_where_none_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    played(tmp_path, TRAINING)

    assert "\ndrawn at 19 \n" in capsys.readouterr().out


def test_a_curve_is_as_wide_as_the_columns_allow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")

    played(tmp_path, TRAINING)

    assert max(map(len, capsys.readouterr().err.splitlines())) == 50


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "cost is infinite from iteration 11 on, and nan from 21 on."),
        ("ko", "cost: 11번째 반복부터 무한대, 21번째 반복부터 nan입니다."),
    ],
)
def test_where_a_cost_stops_being_finite_is_said_under_the_curve(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, sentence: str
) -> None:
    text = """
# %% Diverging watch="cost"
import torch
w = torch.tensor(1.0)
for epoch in range(25):
    cost = w * w - w * 0
    w = w * 100
"""

    played(tmp_path, text, language)

    assert f"\n{sentence}\n" in capsys.readouterr().err


def test_a_cost_that_was_never_finite_takes_no_more_lines_than_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played(tmp_path, "# %% Bad\nfor epoch in range(9):\n    cost = float('nan')\n")

    told = capsys.readouterr().err.splitlines()
    assert told[1] == (
        "cost: every value here is nan or infinite. cost is nan from iteration 1 on."
    )
    assert told[2].startswith("step 1/1 done")


# How it ends


def test_a_failing_step_shows_its_traceback_and_is_the_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = played(tmp_path, "# %% Bad\nprint('before')\n1 / 0\n\n# %% Next\nprint('next')\n")

    output = capsys.readouterr()
    assert status is ExitStatus.FAILED
    assert output.out == "before\n"
    assert 'File "lesson.py", line 3' in output.err
    assert "ZeroDivisionError: division by zero\nstep 1/2 failed after" in output.err


def test_a_view_that_fails_fails_its_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = played(tmp_path, '# %% Fine\na = 1\n\n# %% Bad view="every epoch"\nmissing\n')

    assert status is ExitStatus.FAILED
    assert "NameError: name 'missing' is not defined" in capsys.readouterr().err


def test_a_device_that_is_not_there_gets_one_line_and_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = read_lesson(written(tmp_path, "# %% Never\nprint('never')\n"))

    status = play(lesson, device="cuda:99", language="en", in_ascii=False)

    output = capsys.readouterr()
    assert status is ExitStatus.UNABLE
    assert output.out == ""
    assert len(output.err.splitlines()) == 1
    assert "cuda" in output.err


def test_ctrl_c_stops_the_training_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = tmp_path / "begun"
    text = f"""
# %% Forever watch="cost"
from pathlib import Path
Path({str(begun)!r}).touch()
cost = 1.0
while True:
    cost = cost / 2

# %% Next
print("next")
"""

    def press() -> None:
        while not begun.exists():
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    status = played(tmp_path, text)

    output = capsys.readouterr()
    assert status is ExitStatus.INTERRUPTED
    assert output.out == ""
    assert "stopping the training; Ctrl+C again leaves at once\n" in output.err
    assert "step 1/2 stopped after" in output.err
    assert "Traceback" not in output.err


def test_a_step_that_ends_its_process_is_one_line_and_the_status_of_its_signal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# %% Bad\nimport ctypes\nprint('before', end='')\nctypes.string_at(0)\n\n# %% Next\n1\n"

    status = played(tmp_path, text)

    output = capsys.readouterr()
    assert status == 139
    assert output.out == "before"
    assert re.search(r"^step 1/2 ended its process after .*: SIGSEGV \(.*\)$", output.err, re.M)
    assert "Next" not in output.err


@pytest.mark.parametrize("status", [0, 3])
def test_the_command_leaves_with_the_status_with_which_a_step_ends_its_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    left = played(tmp_path, f"# %% Leave\nimport os\nos._exit({status})\n\n# %% Next\n1\n")

    output = capsys.readouterr()
    assert left == status
    assert re.search(
        rf"^step 1/2 ended its process after .*: exit status {status}$", output.err, re.M
    )
    assert "Next" not in output.err


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        (
            "import atexit, os\natexit.register(os._exit, 5)\n",
            5,
            r"the program ended its process as it was left: exit status 5",
        ),
        (
            "import builtins\nbuiltins.isinstance = None\n",
            ExitStatus.FAILED,
            r"tutorch: TypeError: .*\.py, line \d+\)\n"
            r"step 1/1 ended .* or tutorch has a mistake\)",
        ),
    ],
)
def test_a_run_whose_process_ends_where_no_code_of_a_step_runs_says_so_and_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, status: int, told: str
) -> None:
    left = played(tmp_path, text)

    assert left == status
    assert re.search(f"^{told}$", capsys.readouterr().err, re.M)
