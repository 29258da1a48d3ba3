import sys
from pathlib import Path

import pytest
from commanding import LESSON, tutorch

NOTHING_ELSE = {"shelf": [], "trusts": False, "arguments": None, "asked": ()}


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
