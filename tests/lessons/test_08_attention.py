import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from bare import printed_by
from golden import expected_of

from engine.code.names import assigned_names
from engine.lesson.model import Lesson
from engine.reading.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "08_attention.py"
BOOK = FILE.parents[1] / "assets" / "texts" / "alice.txt"
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the shortened lesson prints as a script of another folder, colours taken off."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shortened = folder / "lessons" / FILE.name
    shortened.parent.mkdir()
    (folder / "assets").symlink_to(FILE.parents[1] / "assets")
    source = FILE.read_text(encoding="utf-8")
    for name, value in expected_of(FILE).shortened.items():
        before = next(line for line in source.splitlines() if line.startswith(f"{name} = "))
        source = source.replace(before, f"{name} = {value}")
    shortened.write_text(source, encoding="utf-8")
    return COLOUR.sub("", printed_by(shortened, folder))


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


def test_attention_by_hand_is_that_of_torch(output: str) -> None:
    [difference] = re.findall(r"largest difference: (\S+)", output)

    assert float(difference) < 1e-6


def test_places_make_the_difference_between_guessing_and_reversing(output: str) -> None:
    blind, _ = re.findall(r"iteration 200: loss (\d\.\d{3})\n", output)
    reversing, writing = re.findall(r"iteration 200: loss (\d\.\d{4})\n", output)

    assert float(blind) > 1.7
    assert float(reversing) < 0.02
    assert float(writing) < 0.02


def test_it_reverses_as_many_as_it_was_taught_and_no_fewer(output: str) -> None:
    shares = dict(re.findall(r"(\d) digits: ([\d.]+)% right", output))

    assert float(shares["8"]) > 99.5
    assert max(float(shares[count]) for count in "7654") < 60


def test_dice_are_predicted_only_by_looking_ahead(output: str) -> None:
    cheating, as_it_stands, honest = re.findall(r"\nloss (\d\.\d{3})\n", output)

    assert float(cheating) == float(as_it_stands) < 0.3
    assert float(honest) == pytest.approx(2.303, abs=0.02)


def test_it_writes_a_question_backwards(output: str) -> None:
    assert "31415926>62951413\n" in output


def test_the_book_is_as_long_as_the_text_says(output: str) -> None:
    book = BOOK.read_text(encoding="utf-8")

    assert f"{len(book):,} characters, {len(set(book))} different" in output
    assert len(book.encode()) < 300_000


def test_the_text_says_what_the_book_is(lesson: Lesson) -> None:
    book = BOOK.read_text(encoding="utf-8")

    assert f"{len(book):,} characters, {len(set(book))} different" in lesson.source
    assert f"글자 {len(book):,}개이고 서로 다른 글자는 {len(set(book))}개" in lesson.source


def test_questions_of_all_three_kinds_are_asked(lesson: Lesson) -> None:
    asked = Counter(
        type(question).__name__ for step in lesson.steps for question in step.questions_in("ko")
    )

    assert asked == {"ChoiceQuestion": 5, "NumberQuestion": 6, "CurveQuestion": 1}


def test_views_change_no_name_that_the_step_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = names_used_by(step.cell.source) if step.cell else set()
        for view in step.views:
            assert not used & {*assigned_names(view.source)}, view.title


def names_used_by(source: str) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
