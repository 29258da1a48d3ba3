import subprocess
import sys
from pathlib import Path

import pytest

from engine.courses.folders import UnreadableLesson, list_lessons
from engine.courses.library import LessonNotFound, find_lesson
from engine.lesson.model import LessonError, LessonHeader
from engine.reading.header import read_header

HEADER = """# ---
# tutorch:
#   title: {en: Gradient descent, ko: 경사하강법}
#   summary: Down the bowl.
#   minutes: 15
# ---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("00_gradient_descent.py", "01_logistic.py", "10_mnist.py", "11_mnist.py"):
        (tmp_path / name).write_text(HEADER + "\n# %%\na = 1\n", encoding="utf-8")
    return tmp_path


def header_of(folder: Path, text: str, name: str = "lesson.py") -> LessonHeader:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_header(path)


# Headers


def test_a_header_holds_its_texts_in_both_languages(folder: Path) -> None:
    header = read_header(folder / "00_gradient_descent.py")

    assert header.title.texts == {"en": "Gradient descent", "ko": "경사하강법"}
    assert header.summary.in_language("ko") == "Down the bowl."
    assert header.minutes == 15


def test_a_header_is_read_without_looking_at_the_cells(tmp_path: Path) -> None:
    broken = HEADER + "\n# %%\nraise SystemExit(\n" + "#" * 20_000

    header = header_of(tmp_path, broken)

    assert header.minutes == 15


def test_only_the_head_of_a_file_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_bytes((HEADER + "# 말\n" * 10_000).encode() + b"\xff\xff")

    header = read_header(path)

    assert header.minutes == 15


def test_a_file_without_a_header_is_named_by_its_first_heading(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# ## 첫 수업\n#\n# What it is\n# about.\n\n# %%\na = 1\n"

    header = header_of(tmp_path, text)

    assert header.title.in_language("en") == "첫 수업"
    assert header.summary.in_language("en") == "What it is about."
    assert header.minutes is None


def test_a_script_is_named_by_its_docstring_or_its_file(tmp_path: Path) -> None:
    described = header_of(tmp_path, '"""Rolls a ball.\n\nDown a hill.\n"""\n', name="02_a-ball.py")
    long = header_of(tmp_path, '"""Rolls a ball\ndown."""\nimport math\n', name="02_a-ball.py")
    advertised = header_of(
        tmp_path, '"""More: https://x.y/z"""\nimport math\n', name="02_a-ball.py"
    )
    bare = header_of(tmp_path, "import math\n", name="02.py")

    assert described.title.in_language("en") == "Rolls a ball"
    assert described.summary.in_language("en") == "Down a hill."
    assert long.title.in_language("en") == "a ball"
    assert long.summary.in_language("en") == "Rolls a ball down."
    assert advertised.title.in_language("en") == "a ball"
    assert advertised.summary.in_language("en") == "More: https://x.y/z"
    assert bare.title.in_language("en") == "02"


def test_a_file_whose_name_says_nothing_is_named_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "word_language_model").mkdir()

    header = header_of(tmp_path / "word_language_model", "import math\n", name="main.py")

    assert header.title.in_language("en") == "word language model"


def test_a_header_without_a_title_borrows_the_heading(tmp_path: Path) -> None:
    text = "# ---\n# tutorch:\n#   minutes: 3\n# ---\n# %% [markdown]\n# # Borrowed\n"

    header = header_of(tmp_path, text)

    assert header.title.in_language("ko") == "Borrowed"


def test_a_header_of_another_tool_is_not_ours(tmp_path: Path) -> None:
    text = "# ---\n# jupyter:\n#   kernelspec: {name: python3}\n# ---\n# %%\na = 1\n"

    header = header_of(tmp_path, text, name="plain.py")

    assert header.title.in_language("en") == "plain"


# The list


def test_the_list_is_sorted_by_file_name(folder: Path) -> None:
    listed = list_lessons(folder)

    assert [item.path.name for item in listed] == [
        "00_gradient_descent.py",
        "01_logistic.py",
        "10_mnist.py",
        "11_mnist.py",
    ]


def test_a_file_that_cannot_be_read_is_a_line_that_says_why(folder: Path) -> None:
    (folder / "05_broken.py").write_text("# ---\n# tutorch: 3\n# ---\n")
    (folder / "06_broken.ipynb").write_text("{")

    listed = list_lessons(folder)

    problems = [item for item in listed if isinstance(item, UnreadableLesson)]
    assert [item.path.name for item in problems] == ["05_broken.py", "06_broken.ipynb"]
    assert problems[0].message.startswith("line 2: tutorch must be a mapping")
    assert len(listed) == 6


def test_what_is_no_lesson_is_not_listed(folder: Path) -> None:
    for name in ("__init__.py", ".hidden.py", "README.md", "data.csv"):
        (folder / name).write_text("a = 1\n")

    listed = list_lessons(folder)

    assert len(listed) == 4


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="missing: the lessons' folder cannot be read"):
        list_lessons(tmp_path / "missing")


# Names


@pytest.mark.parametrize(
    "name",
    [
        "0",
        "000",
        "Gradient-Descent",
        "00_gradient_descent",
        "gradient_descent",
        "00_gradient_descent.py",
    ],
)
def test_a_lesson_is_found_by_number_stem_or_part(folder: Path, name: str) -> None:
    found = find_lesson(name, folder)

    assert found == folder / "00_gradient_descent.py"


def test_a_lesson_is_found_by_its_path(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "own.py"
    elsewhere.write_text("a = 1\n")

    found = find_lesson(str(elsewhere), folder)

    assert found == elsewhere


def test_a_wrong_name_gets_the_nearest_in_one_line(folder: Path) -> None:
    with pytest.raises(LessonNotFound) as caught:
        find_lesson("gradient_decent", folder)

    message = str(caught.value)
    assert message == "no lesson is called 'gradient_decent'; the nearest: 00_gradient_descent"


def test_a_file_here_that_is_named_without_its_ending_is_named(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path_factory.mktemp("here")
    (here / "my_lesson.py").write_text("a = 1\n")
    monkeypatch.chdir(here)

    with pytest.raises(LessonNotFound) as caught:
        find_lesson("my_lesson", folder)

    assert str(caught.value) == (
        "no lesson is called 'my_lesson'; the file here is named with its ending: my_lesson.py"
    )


@pytest.mark.parametrize("name", ["missing/mnist.py", "./gradient_descent.py"])
def test_a_path_that_leads_nowhere_is_said_to_be_no_file(folder: Path, name: str) -> None:
    with pytest.raises(LessonNotFound) as caught:
        find_lesson(name, folder)

    assert str(caught.value) == (
        f"there is no file {name!r}; check the path, or name a lesson of the list"
    )


@pytest.mark.parametrize("name", ["7", "zzz"])
def test_a_name_like_no_other_gets_some_that_there_are(folder: Path, name: str) -> None:
    with pytest.raises(LessonNotFound, match="the nearest: 00_gradient_descent, 01_logistic"):
        find_lesson(name, folder)


def test_a_file_that_cannot_be_played_is_said_to_be_what_it_is(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    Path("dangling.py").symlink_to("gone.py")
    Path("round.py").symlink_to("round.py")
    Path("notes.txt").touch()

    said = {}
    for name in ("dangling.py", "round.py", "notes.txt", "file.py", "decent.py"):
        with pytest.raises(LessonNotFound) as caught:
            find_lesson(name, folder)
        said[name] = str(caught.value)

    assert said == {
        "dangling.py": "'dangling.py' is a link to 'gone.py', which is not there;"
        " name the file itself",
        "round.py": "'round.py' is a link to 'round.py', which is not there; name the file itself",
        "notes.txt": "'notes.txt' is no lesson: those end in .py or .ipynb",
        "file.py": "there is no file 'file.py' here, and no lesson is called so",
        "decent.py": "there is no file 'decent.py' here; the nearest lessons: 00_gradient_descent",
    }


def test_a_name_that_two_lessons_have_asks_for_a_path(folder: Path) -> None:
    with pytest.raises(LessonNotFound, match=r"10_mnist\.py, .*11_mnist\.py; name one"):
        find_lesson("mnist", folder)


def test_a_folder_without_lessons_says_so(tmp_path: Path) -> None:
    with pytest.raises(LessonNotFound, match="there are none"):
        find_lesson("0", tmp_path)


def test_listing_imports_nothing_heavy(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from engine.courses.folders import list_lessons;"
        f"list_lessons(Path({str(folder)!r}));"
        "heavy = {'torch', 'numpy', 'textual', 'jupytext', 'nbformat', 'IPython', 'plotext'};"
        "print(sorted(heavy & set(sys.modules)))"
    )

    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.strip() == "[]"
