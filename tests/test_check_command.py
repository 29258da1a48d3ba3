import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warmed import python, warm_starts

from engine.client.engine import Engine
from tui import cli

ROOT = Path(__file__).parent.parent
TIME_OUT = 300
HEADER = "# ---\n# tutorch:\n#   title: A lesson\n# ---\n\n"
GOOD = "# %% One\nprint('a lesson that prints')\n"
BAD = "# %% Bad\na = 1 / 0\n"
QUESTION = HEADER + "# %% [markdown]\n# What?\n# - [ ] a\n# - [ ] b\n# %%\na = 1\n"
NO_CHECK = HEADER + '# %% tags=["exercise"]\na = 1\n# %% tags=["solution"]\na = 2\n'


@pytest.fixture(autouse=True)
def _one_engine_for_all(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.headless.check.Engine", kept_engine)


def tutorch(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.tutorch, list(map(str, arguments)), prog_name="tutorch")


def check_in_a_process(path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", "check", str(path)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **settings},
        timeout=TIME_OUT,
        check=False,
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "lesson.py") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_lesson_without_findings_gets_a_summary_and_0(written: Callable[..., Path]) -> None:
    result = tutorch("check", written(GOOD))

    assert result.exit_code == 0
    assert result.stdout == "0 findings in 1 lesson\n"
    assert result.stderr == ""


def test_a_step_that_kills_its_process_is_a_finding_with_the_signals_name(
    written: Callable[..., Path],
) -> None:
    deadly = written("# %%\nimport os\nos.abort()\n")

    result = tutorch("check", deadly)

    assert result.exit_code == 1
    (line, _) = result.stdout.splitlines()
    assert line == f"{deadly}:2: this step's process was ended by SIGABRT; mend it here or above"


def test_findings_of_all_lessons_are_lines_and_leave_with_1(written: Callable[..., Path]) -> None:
    empty, good, bad = written("", "empty.py"), written(GOOD), written(BAD, "bad.py")

    result = tutorch("check", empty, good, bad)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{empty}:1: the file is empty; write a `# %%` line and code under it",
        f"{bad}:2: this step fails when it runs (ZeroDivisionError: division by zero);"
        " mend it here or above",
        "2 findings in 3 lessons",
    ]


def test_a_lesson_is_checked_by_the_names_that_run_takes(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(GOOD, "03_words.py")
    monkeypatch.setattr("tui.commands.naming.LESSONS", path.parent)

    results = [tutorch("check", name) for name in ("3", "words", "03_words", path)]

    assert [result.exit_code for result in results] == [0, 0, 0, 0]


def test_without_a_name_the_usage_is_said() -> None:
    result = tutorch("check")

    assert result.exit_code == 2
    assert "Missing argument 'LESSON...'" in result.stderr


def test_a_device_that_is_not_there_gets_one_line_and_2(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)

    result = tutorch("check", written(GOOD), "--device", "cuda")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"torch finds no device 'cuda' here; .*\n", result.stderr)


def test_ctrl_c_ends_the_check_quietly(written: Callable[..., Path], tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    path = written("# %%\nopen('begun', 'w').close()\nwhile True:\n    pass\n")
    with (
        warm_starts(),
        subprocess.Popen(
            python("-m", "tui", "check", path),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as checking,
    ):
        while not begun.exists():
            time.sleep(0.02)
        checking.send_signal(signal.SIGINT)
        printed, errors = checking.communicate(timeout=TIME_OUT)

    assert checking.returncode == 130
    assert (printed, errors) == (b"", b"")


def test_on_a_terminal_what_is_run_stands_on_a_line_that_goes_away(
    written: Callable[..., Path],
) -> None:
    ours, theirs = pty.openpty()
    with (
        warm_starts(),
        subprocess.Popen(
            python("-m", "tui", "check", written(GOOD)),
            stdout=subprocess.PIPE,
            stderr=theirs,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        ) as checking,
    ):
        os.close(theirs)
        checking.wait(TIME_OUT)
        said = os.read(ours, 65536).decode()
        os.close(ours)
        assert checking.stdout is not None
        printed = checking.stdout.read()

    assert "lesson.py: step 1/1 One" in said
    assert said.endswith("\r\x1b[K")
    assert printed == b"0 findings in 1 lesson\n"


def test_words_that_stdout_cannot_write_do_not_end_the_check(written: Callable[..., Path]) -> None:
    path = written("# %%\nraise ValueError('안녕')\n")

    ended = check_in_a_process(path, PYTHONUTF8="0", PYTHONIOENCODING="ascii")

    assert ended.returncode == 1
    assert r"(ValueError: \uc548\ub155)" in ended.stdout
    assert ended.stderr == ""


# Every way in says the same of a file that is no lesson; some that are none for check can be played

BAD_INPUTS: dict[str, tuple[str, bytes, int | None]] = {
    "bad YAML": ("a.py", b"# ---\n# tutorch:\n#   title: [a\n# ---\n# %%\na = 1\n", 3),
    "no cells": ("a.py", b"# %% [markdown]\n# Only prose.\n", 2),
    "a syntax error": ("a.py", b"# %%\na = 1\nfor a in\n", 3),
    "unknown metadata": ("a.py", HEADER.encode() + b'# %% wach="cost"\na = 1\n', 6),
    "wrong metadata": ("a.py", HEADER.encode() + b"# %% watch=3\na = 1\n", 6),
    "no right answer": ("a.py", QUESTION.encode(), 8),
    "no check": ("a.py", NO_CHECK.encode(), 6),
    "not UTF-8": ("a.py", "# %%\n# 한국어\n".encode("cp949"), 2),
    "empty": ("a.py", b"", 1),
    "5 MB": ("a.py", b"a = 1\n" * 850_000, None),
    "binary": ("a.py", bytes(range(256)), 1),
    "a broken notebook": ("a.ipynb", b"{", 1),
}


PLAYED = {"no cells", "a syntax error", "empty"}


@pytest.mark.parametrize(
    ("command", "what"),
    [
        *(("check", what) for what in BAD_INPUTS),
        *(("run", what) for what in BAD_INPUTS if what not in PLAYED),
    ],
)
def test_bad_input_gets_one_line_with_file_line_and_mend(
    tmp_path: Path, command: str, what: str
) -> None:
    name, content, line = BAD_INPUTS[what]
    path = tmp_path / name
    path.write_bytes(content)

    result = tutorch(command, path)

    place = str(path) if line is None else f"{path}:{line}"
    said = (result.stdout if command == "check" else result.stderr).splitlines()
    assert result.exit_code == 1
    assert re.fullmatch(rf"{re.escape(place)}: .+; .+", said[0])
    assert said[1:] == (["1 finding in 1 lesson"] if command == "check" else [])


def test_a_folder_without_lessons_is_a_finding(tmp_path: Path) -> None:
    result = tutorch("check", tmp_path)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{tmp_path}: there is no lesson in this folder; ")


@pytest.mark.parametrize("command", ["run", "check", "open"])
def test_a_missing_file_gets_one_line_whatever_the_command(tmp_path: Path, command: str) -> None:
    result = tutorch(command, tmp_path / "missing.py")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "there is no file" in result.stderr
    assert len(result.stderr.splitlines()) == 1


# Several lessons


def test_what_is_there_is_checked_though_another_is_missing(written: Callable[..., Path]) -> None:
    good = written(GOOD)

    result = tutorch("check", good, good.parent / "missing.py")

    assert result.exit_code == 2
    assert "missing.py" in result.stderr
    assert result.stdout == "0 findings in 1 lesson\n"


def test_every_lesson_in_a_folder_is_checked(written: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    written(GOOD, "a.py")
    bad = written(BAD, "part/b.py")
    course = written('order = ["gone.py"]\n', "course.toml")

    result = tutorch("check", tmp_path)

    assert result.exit_code == 1
    assert f"{course}:1: order names 'gone.py'" in result.stdout
    assert f"{bad}:2: " in result.stdout
    assert result.stdout.endswith("2 findings in 2 lessons\n")


# For programs


def test_json_has_each_finding_with_its_kind_and_its_mend(written: Callable[..., Path]) -> None:
    bad, good = written(BAD, "bad.py"), written(GOOD)

    result = tutorch("check", "--format", "json", bad, good)

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": str(bad),
            "line": 2,
            "kind": "step-fails",
            "message": "this step fails when it runs (ZeroDivisionError: division by zero)",
            "mend": "mend it here or above",
        }
    ]
    assert json.loads(tutorch("check", "--format", "json", good).stdout) == []


def test_github_is_told_file_line_and_message_in_its_own_form(written: Callable[..., Path]) -> None:
    bad = written("# %%\nraise ValueError('90 %, or more')\n", "a:b,c.py")

    result = tutorch("check", "--format", "github", bad)

    assert result.exit_code == 1
    place = f"file={bad.parent}/a%3Ab%2Cc.py,line=2,title=step-fails"
    assert result.stdout.splitlines()[0] == (
        f"::error {place}::this step fails when it runs (ValueError: 90 %25, or more);"
        " mend it here or above"
    )


def test_a_step_after_one_that_ends_the_program_is_never_come_to(
    written: Callable[..., Path],
) -> None:
    path = written("# %%\nimport sys\nsys.exit()\n# %%\na = 1\n")

    result = tutorch("check", path)

    assert result.stdout.splitlines() == [
        f"{path}:5: no run comes to this step: line 3 above ends the program;"
        " end it in the last step, or move this one",
        "1 finding in 1 lesson",
    ]
