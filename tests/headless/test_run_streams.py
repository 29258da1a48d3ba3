"""`tutorch run` where its streams are closed, full or read no more, as a shell can hand them on."""

import subprocess
from pathlib import Path

import pytest
from running import ENVIRONMENT, TIME_OUT, command, written

LESSON = "import sys\nprint('printed')\nprint('an error', file=sys.stderr)\nsys.exit(3)\n"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("streams"), LESSON)


def shelled(lesson: Path, behind: str) -> subprocess.CompletedProcess[str]:
    """What a shell makes of the command with this behind it."""
    return subprocess.run(
        ["bash", "-c", f'"$@" {behind}', "bash", *command(lesson)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=TIME_OUT,
        check=False,
    )


@pytest.mark.parametrize("behind", [">&-", "<&- >&-"])
def test_a_closed_stdout_takes_nothing_and_the_status_is_the_lessons(
    lesson: Path, behind: str
) -> None:
    ended = shelled(lesson, behind)

    assert ended.returncode == 3
    assert "an error\n" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("behind", ["2>&-", "2>/dev/full"])
def test_a_stderr_that_takes_nothing_costs_the_lesson_nothing(lesson: Path, behind: str) -> None:
    ended = shelled(lesson, behind)

    assert ended.returncode == 3
    assert ended.stdout == "printed\n"
    assert ended.stderr == ""


def test_a_full_stdout_is_one_line_and_status_1(lesson: Path) -> None:
    ended = shelled(lesson, ">/dev/full")

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1:] == [
        "the output cannot be written: No space left on device"
    ]


def test_a_reader_that_has_enough_is_no_mistake(tmp_path: Path) -> None:
    lesson = written(tmp_path, "for number in range(100000):\n    print('line', number)\n")

    ended = shelled(lesson, "| head -n 1")

    assert ended.stdout == "line 0\n"
    assert ended.stderr == "step 1/1 lesson\n"
