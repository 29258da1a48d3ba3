from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from tui import cli

FORMULA = r"""# ---
# tutorch:
#   title: The rate $\alpha$
# ---

# %%
a = 1
"""
FIRST = """# ---
# tutorch:
#   title: {en: Gradient descent, ko: 경사하강법}
#   summary: {en: Roll down the bowl., ko: 그릇을 굴러 내려갑니다.}
#   minutes: 5
# ---

# %%
a = 1
"""
SECOND = """# ---
# tutorch:
#   title: {en: Logits, ko: 로짓과 소프트맥스 함수}
#   summary: {en: Scores into chances., ko: 점수를 확률로 바꿉니다.}
#   minutes: 20
# ---

# %%
b = 1
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two lessons, which the commands take for ours; the locale is English."""
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    (lessons / "00_descent.py").write_text(FIRST, encoding="utf-8")
    (lessons / "01_logits.py").write_text(SECOND, encoding="utf-8")
    monkeypatch.setattr("tui.commands.naming.LESSONS", lessons)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return lessons


def listed(*folders: str) -> Result:
    return CliRunner().invoke(cli.tutorch, ["list", *folders])


def test_the_list_says_number_title_minutes_and_summary(folder: Path) -> None:
    result = listed()

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "0  Gradient descent   5 min  Roll down the bowl.",
        "1  Logits            20 min  Scores into chances.",
    ]


def test_columns_stay_aligned_where_korean_takes_two_cells(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")

    lines = listed().output.splitlines()

    assert [line.split()[1] for line in lines] == ["경사하강법", "로짓과"]
    assert len({cell_len(line[: line.index("분")]) for line in lines}) == 1


def test_the_stronger_setting_of_the_locale_chooses_the_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    result = listed()

    assert "Gradient descent" in result.output


def test_a_file_that_cannot_be_read_is_a_line_that_says_why(folder: Path) -> None:
    (folder / "02_broken.py").write_text("# ---\n# tutorch:\n#   titel: x\n# ---\n# %%\na = 1\n")

    result = listed()

    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 3
    line = result.output.splitlines()[2]
    assert line.startswith("2  02_broken.py cannot be read: line 3: ")
    assert "did you mean title?" in line


def test_a_lesson_without_a_number_is_listed_by_the_name_that_runs_it(folder: Path) -> None:
    (folder / "extra.py").write_text(FIRST, encoding="utf-8")

    lines = listed().output.splitlines()

    assert [line.split()[0] for line in lines] == ["0", "1", "extra"]


def test_on_a_terminal_no_summary_runs_over_the_edge(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.commands.naming.is_terminal", lambda _stream: True)
    monkeypatch.setenv("COLUMNS", "40")

    lines = listed().output.splitlines()

    assert [cell_len(line) for line in lines] == [40, 40]
    assert all(line.endswith("…") for line in lines)


def test_an_empty_folder_is_said_to_be_empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()

    result = listed()

    assert result.output == f"there are no lessons in {folder}\n"


def test_a_missing_folder_fails_the_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.commands.naming.LESSONS", folder / "gone")

    result = listed()

    assert result.exit_code == 1
    assert "the lessons' folder cannot be read" in result.stderr


# Folders of others


def test_lessons_of_a_folder_are_named_by_their_paths(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine" / "nets").mkdir(parents=True)
    (tmp_path / "mine" / "start.py").write_text(FIRST, encoding="utf-8")
    (tmp_path / "mine" / "nets" / "deep.py").write_text(SECOND, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    lines = listed("mine").stdout.splitlines()

    assert [line.split("  ")[0] for line in lines] == [
        "mine/start.py",
        "",
        "nets",
        "mine/nets/deep.py",
    ]


def test_a_folder_that_is_not_there_gets_one_line(folder: Path) -> None:
    result = listed("./nowhere")

    assert result.exit_code == 2
    assert (
        result.stderr
        == "there is no file './nowhere'; check the path, or name a lesson of the list\n"
    )


def test_formulas_in_titles_are_readable(folder: Path) -> None:
    (folder / "02_rate.py").write_text(FORMULA, encoding="utf-8")

    result = CliRunner().invoke(cli.tutorch, ["list"])

    assert "The rate α" in result.output
