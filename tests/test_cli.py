import os
import re
import subprocess
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tui import cli
from tui.rendering.widths import cell_width

ROOT = Path(__file__).parent.parent
LESSON = "# %% One\na = 1\n"
HEAVY = ("torch", "textual", "IPython", "jupytext", "numpy")


NOTHING_ELSE = {"shelf": [], "trusts": False, "arguments": None, "asked": ()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two lessons, which the commands take for ours."""
    for name in ("00_descent.py", "01_logits.py"):
        (tmp_path / name).write_text(LESSON)
    monkeypatch.setattr("tui.commands.naming.LESSONS", tmp_path)
    return tmp_path


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the app was opened with, in place of the app; there is a terminal."""
    calls: list[dict[str, object]] = []

    class App:
        return_code = 0

        def __init__(
            self,
            folder: Path,
            lesson: Path | None = None,
            device: str | None = None,
            *,
            in_ascii: bool = False,
            moments: int,
            asked: tuple[str, ...],
            shelf: Sequence[Path],
            trusts: bool,
            arguments: tuple[str, ...] | None,
        ) -> None:
            calls.append(
                {
                    "folder": folder,
                    "lesson": lesson,
                    "device": device,
                    "in_ascii": in_ascii,
                    "moments": moments,
                    "asked": asked,
                    "shelf": list(shelf),
                    "trusts": trusts,
                    "arguments": arguments,
                }
            )

        def run(self) -> None:
            pass

    module = types.ModuleType("tui.app")
    module.TutorchApp = App  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", module)
    monkeypatch.setattr("tui.commands.naming.is_terminal", lambda _stream: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return calls


def tutorch(*arguments: str) -> Result:
    return CliRunner().invoke(cli.tutorch, list(arguments), prog_name="tutorch")


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


# Asking


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


# Opening the app


def test_nothing_at_all_opens_the_list(folder: Path, opened: list[dict[str, object]]) -> None:
    result = tutorch()

    assert result.exit_code == 0
    asked = {"lesson": None, "device": None, "in_ascii": False, "moments": 512 << 20}
    assert opened == [{"folder": folder, **NOTHING_ELSE, **asked}]


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["--moments", "64"], {"moments": 64 << 20}),
        (["--no-moments"], {"moments": 0}),
        (["--trust"], {"trusts": True}),
        (["--watch", "lr", "--watch", "self.cost"], {"asked": ("lr", "self.cost")}),
    ],
)
def test_an_option_is_handed_to_the_app(
    opened: list[dict[str, object]], arguments: list[str], given: dict[str, object]
) -> None:
    tutorch("1", *arguments)

    assert [{name: call[name] for name in given} for call in opened] == [given]


@pytest.mark.parametrize(
    "arguments",
    [
        ["1", "--device", "cuda:0", "--ascii"],
        ["--device", "cuda:0", "--ascii", "1"],
        ["open", "01_logits", "--ascii", "--device", "cuda:0"],
    ],
)
def test_a_lesson_opens_with_its_options_before_or_behind_it(
    folder: Path, opened: list[dict[str, object]], arguments: list[str]
) -> None:
    tutorch(*arguments)

    lesson = folder / "01_logits.py"
    asked = {"lesson": lesson, "device": "cuda:0", "in_ascii": True, "moments": 512 << 20}
    assert opened == [{"folder": folder, **NOTHING_ELSE, **asked}]


@pytest.mark.parametrize(
    ("behind", "given"),
    [(["--"], ()), (["--", "--lr", "0.1", "--", "-x"], ("--lr", "0.1", "--", "-x"))],
)
def test_what_stands_behind_two_dashes_is_for_the_lesson(
    opened: list[dict[str, object]], behind: list[str], given: tuple[str, ...]
) -> None:
    tutorch("1", "--ascii", *behind)

    assert [(call["in_ascii"], call["arguments"]) for call in opened] == [(True, given)]


def test_an_option_that_is_none_of_ours_is_said_to_stand_behind_two_dashes(folder: Path) -> None:
    result = tutorch("run", "1", "--epochs", "3")

    assert result.exit_code == 2
    assert (
        "No such option '--epochs'; what is for the lesson itself stands behind --" in result.stderr
    )


@pytest.mark.parametrize("name", ["", "a b", "1x", "self.", "loss.item()"])
def test_what_is_no_name_is_not_watched(folder: Path, name: str) -> None:
    result = tutorch("run", "1", "--watch", name)

    assert result.exit_code == 2
    assert f"{name!r} is no name; write one, such as loss or self.cost" in result.stderr


@pytest.mark.parametrize("name", ["mine", "./mine", "mine/"])
def test_a_folder_here_is_listed_whatever_it_is_called(
    folder: Path,
    opened: list[dict[str, object]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)

    result = tutorch(name)

    assert result.exit_code == 0
    assert [(call["lesson"], call["shelf"]) for call in opened] == [(None, [Path("mine")])]


def test_a_terminal_that_draws_no_screen_is_told_the_way_without(
    folder: Path, opened: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")

    result = tutorch("1")

    assert (result.exit_code, opened) == (2, [])
    assert result.stderr.endswith("to play a lesson without: tutorch run 1\n")


def test_several_lessons_are_listed(folder: Path, opened: list[dict[str, object]]) -> None:
    tutorch("0", "1")

    paths = [folder / "00_descent.py", folder / "01_logits.py"]
    assert [(call["lesson"], call["shelf"]) for call in opened] == [(None, paths)]


def test_a_lesson_called_like_a_command_opens_by_its_path(
    folder: Path, opened: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "list.py").write_text(LESSON)
    monkeypatch.chdir(folder)

    tutorch("./list.py")

    assert [call["lesson"] for call in opened] == [Path("list.py")]


def test_the_exit_status_is_the_one_of_the_app(
    opened: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["tui.app"].TutorchApp, "return_code", 1)

    result = tutorch()

    assert result.exit_code == 1


def test_without_a_terminal_one_line_names_the_command_that_needs_none(folder: Path) -> None:
    result = tutorch("1")

    assert result.exit_code == 2
    assert result.stderr.endswith("to play one without: tutorch run 1\n")
    assert len(result.stderr.splitlines()) == 1


# Leaving


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
