import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commanding import tutorch

from tui.rendering.widths import cell_width

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "textual", "IPython", "jupytext", "numpy")


def python(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("question", ["--help", "list"])
def test_a_question_is_answered_without_importing_anything_heavy(question: str) -> None:
    answer = python(f"""
import sys
from tui.cli import main
sys.argv = ["tutorch", {question!r}]
try:
    main()
except SystemExit as leaving:
    print(leaving.code, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
""")

    assert answer.stderr == "0 []\n"
    assert answer.stdout


def test_help_shows_the_commands_examples_and_exit_statuses() -> None:
    result = tutorch("--help")

    assert result.exit_code == 0
    for part in ("list ", "open ", "run ", "check ", "tutorch run 0 --device cuda", "130  "):
        assert part in result.output
    assert max(map(len, result.output.splitlines())) <= 80
    assert tutorch("-h").output == result.output


def test_a_korean_shell_gets_korean_help_of_every_command_and_korean_mistakes() -> None:
    told = python("""
import os
os.environ.update(LC_ALL="ko_KR.UTF-8", LANGUAGE="")
from click.testing import CliRunner
from tui.cli import have_click_speak, tutorch
have_click_speak()
for words in (["--help"], *([name, "--help"] for name in tutorch.commands), ["run", "--sett", "a"]):
    print(CliRunner().invoke(tutorch, words, prog_name="tutorch").output)
""").stdout

    hangul = re.compile("[가-힣]")
    lines = [line for line in told.splitlines() if line.strip()]
    assert len(lines) > 90, "help of all commands"
    assert [line for line in lines if not hangul.search(line)] == []
    assert [line for line in lines[:-1] if cell_width(line) > 80] == []
    assert "'--sett' 옵션은 없습니다. 비슷한 옵션: '--set'" in told


def test_the_version_begins_with_the_name() -> None:
    result = tutorch("--version")

    assert result.exit_code == 0
    assert result.output.startswith("tutorch")


def test_the_package_answers_as_a_module() -> None:
    answer = python("import runpy, sys; sys.argv = ['tui', '-h']; runpy.run_module('tui')")

    assert answer.stdout.startswith("Usage: tutorch ")


# Naming a lesson


@pytest.mark.parametrize("command", [["run"], ["open"], []])
def test_a_name_that_is_not_there_gets_one_line_with_the_nearest(
    folder: Path, command: list[str]
) -> None:
    result = tutorch(*command, "decent")

    assert result.exit_code == 2
    assert result.stderr == "no lesson is called 'decent'; the nearest: 00_descent\n"
    assert result.stdout == ""


@pytest.mark.parametrize("command", [["run"], ["open"], []])
def test_a_lesson_that_cannot_be_read_gets_one_line_with_its_place(
    folder: Path, command: list[str]
) -> None:
    path = folder / "02_broken.py"
    path.write_bytes(b"a = 1\n\0")

    result = tutorch(*command, "2")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path}:2: this is not text")
    assert len(result.stderr.splitlines()) == 1


NO_LESSONS = {
    "a_folder": "a_folder: this is a folder; name a .py or .ipynb file in it",
    "a_table.csv": "'a_table.csv' is no lesson: those end in .py or .ipynb",
    "/dev/null": "'/dev/null' is no lesson: those end in .py or .ipynb",
    "a_pipe.py": "a_pipe.py: this is a pipe or a device; save the lesson as a file",
}


@pytest.mark.parametrize("name", NO_LESSONS)
@pytest.mark.parametrize("command", ["run", "export --to md", "record", "reset"])
def test_what_is_no_lesson_is_a_mistake_of_the_command(
    folder: Path, command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a_folder").mkdir()
    Path("a_table.csv").touch()
    os.mkfifo("a_pipe.py")
    behind = ["out.cast"] if command == "record" else []

    result = tutorch(*command.split(), name, *behind)

    assert result.exit_code == 2
    assert result.stderr == f"{NO_LESSONS[name]}\n"


@pytest.mark.parametrize("device", ["gpu", "cuda:", "cuda:x", "cpu:0"])
def test_a_device_of_no_known_name_is_refused(folder: Path, device: str) -> None:
    result = tutorch("run", "0", "--device", device)

    assert result.exit_code == 2
    assert f"{device!r} is none of cpu, cuda, cuda:N, mps" in result.stderr


@pytest.mark.parametrize(
    ("word", "meant"), [("lisst", "list"), ("chek", "check"), ("help", "--help")]
)
def test_a_word_that_is_nearly_a_command_gets_its_name(folder: Path, word: str, meant: str) -> None:
    result = tutorch(word)

    assert result.exit_code == 2
    words = f"{word!r} is neither a command nor a lesson; the nearest: tutorch {meant}\n"
    assert result.stderr == words


def test_leaving_waits_for_no_thread_that_is_still_at_work() -> None:
    left = python("""
import atexit, sys, threading
from tui import cli
threading.Thread(target=threading.Event().wait, daemon=True).start()
atexit.register(print, "the interpreter was taken down")
print("written before", end="")
sys.argv = ["tutorch", "--version"]
cli.main()
""")

    assert left.returncode == 0
    assert left.stdout.startswith("written before")
    assert "taken down" not in left.stdout
    assert left.stderr == ""
