"""Whatever a file says, nothing of it that a terminal would obey is shown: without a screen."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from controls import BIDIRECTIONAL, NASTY, controls_in, texts
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.authoring.checking import check_text
from engine.courses.folders import UnreadableLesson, list_lessons
from engine.courses.library import LessonNotFound, find_lesson
from engine.lesson.model import ChoiceQuestion, Lesson, LessonError, LessonHeader, LocalText
from engine.lesson.parameters import ParameterError, with_parameters
from engine.lesson.printable import printable, printable_line, printable_markdown
from engine.progress.work import StepWork
from engine.reading.reader import read_lesson
from tui import cli
from tui.formulas.formulas import formulas_to_unicode
from tui.headless.lesson_lines import lesson_lines
from tui.headless.page import Page
from tui.language.catalogue import as_written
from tui.rendering.code import draw_code, highlight, visible
from tui.rendering.palette import DARK
from tui.rendering.remarks import Remark, draw_remarks
from tui.rendering.status_line import draw_status
from tui.rendering.step_text import help_markdown, prose_markdown
from tui.words.questions import AskedQuestion, offered_answers, told_words

LESSON = """# ---
# tutorch:
#   title: {{en: {title}, {language}: {title}}}
#   summary: {summary}
# ---

# %% [markdown]
# {prose}
#
# {prose} {question}?
#
# - [ ] {answer}
#   {explanation}
# - [x] right

# %% {heading} tags=["exercise"]
a = 1  # {code}

# %% [markdown] tags=["hint"]
# {hint}

# %% tags=["solution"]
a = 2  # {code}

# %% tags=["check"]
assert a == 2, {message}
"""
BROKEN = """# ---
# tutorch:
#   {key}: 1
# ---

# %% [markdown] lang={language} tags=[{tag}]
# - [?] `{code}`

# %% view={view}
a = = 1  # {code}
"""

# What stands in the file as it is ends its line at these; zero makes the file no text.
IN_LINE = texts(without="\0\r\n")
QUOTED = texts().map(json.dumps)
FILE_NAMES = texts(without="\0/").map(lambda name: f"00_{name}.py")


@dataclass(frozen=True)
class Written:
    """A lesson's text, and the name of the file that it stands in."""

    text: str
    name: str


def written(template: str) -> st.SearchStrategy[Written]:
    """Lessons made from `template`, each of its gaps filled by a text of its own."""
    parts = {
        **dict.fromkeys(("title", "summary", "message", "language", "tag", "view"), QUOTED),
        **dict.fromkeys(("prose", "question", "answer", "explanation", "hint"), IN_LINE),
        **dict.fromkeys(("heading", "code", "key"), IN_LINE),
    }
    filled = st.fixed_dictionaries(parts).map(lambda given: template.format(**given))
    return st.builds(Written, filled, FILE_NAMES)


PROFILE = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
NASTY_NAME = f"00_{NASTY.replace('/', '')}.py"[:60] + ".py"
NASTY_LESSON = Written(
    LESSON.format(
        **dict.fromkeys(("title", "summary", "message", "language"), json.dumps(NASTY)),
        **dict.fromkeys(("prose", "question", "answer", "explanation"), NASTY),
        **dict.fromkeys(("hint", "heading", "code"), NASTY),
    ),
    NASTY_NAME,
)


@pytest.fixture(autouse=True, scope="module")
def _folders_that_pytest_takes_away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("shown")))
        yield


def in_folder(one: Written) -> Path:
    path = Path(tempfile.mkdtemp(prefix="lessons")) / one.name
    path.write_text(one.text, encoding="utf-8")
    return path


def is_readable(path: Path) -> bool:
    try:
        read_lesson(path)
    except LessonError:
        return False
    return True


@PROFILE
@given(one=written(LESSON) | written(BROKEN))
@example(one=NASTY_LESSON)
def test_the_list_shows_no_controls(one: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_folder(one).parent
    monkeypatch.setattr("tui.commands.naming.LESSONS", folder)

    found = list_lessons(folder)
    lines = lesson_lines(found, "en", None) + lesson_lines(found, "ko", 40)
    output = CliRunner().invoke(cli.tutorch, ["list"]).output

    assert [controls_in(line) for line in lines] == [[], []]
    assert controls_in(output, allowed="\n") == []
    assert output.count("\n") == 1


@PROFILE
@given(one=written(LESSON))
@example(one=NASTY_LESSON)
def test_the_player_is_given_no_controls_to_show(one: Written) -> None:
    path = in_folder(one)
    assume(is_readable(path))

    lesson = read_lesson(path)
    step = lesson.steps[0]
    questions = step.questions_in("en")
    title = lesson.header.title.in_language("en")
    work = StepWork({0: 0}, hints=1, solution_shown=True)
    prose = prose_markdown(step, work, "en", as_written)
    prose += help_markdown(step, work, "en", as_written)
    status = draw_status(title, step.title_in("en"), 0, [None], [], 200, DARK)
    assert isinstance(questions[0], ChoiceQuestion)
    write = formulas_to_unicode
    told = told_words(AskedQuestion(questions[0], 0, is_right=False), as_written, write)
    asked = [questions[0].text, told, *offered_answers(questions[0], {}, as_written, write)]

    assert controls_in(status.text) == []
    assert controls_in(step.title_in("en")) == []
    assert controls_in(prose, allowed="\n\t") == []
    assert [controls_in(text, allowed="\t") for text in asked] == [[]] * 4


@PROFILE
@given(source=texts(without="\r"))
@example(source=NASTY)
def test_code_is_drawn_without_controls_and_with_as_many_characters(source: str) -> None:
    drawn = [strip.text for strip in (*highlight(source, DARK), *draw_code(source, 1, 1, 20, DARK))]

    assert [controls_in(line) for line in drawn] == [[]] * len(drawn)
    assert len(visible(source)) == len(source)
    assert controls_in(visible(source), allowed="\n\t") == []


@PROFILE
@given(one=written(LESSON) | written(BROKEN))
@example(one=NASTY_LESSON)
def test_what_check_finds_is_told_without_controls(one: Written) -> None:
    _, findings = check_text(in_folder(one))

    assert [controls_in(str(finding)) for finding in findings] == [[]] * len(findings)


@PROFILE
@given(text=texts())
def test_what_a_run_tells_has_no_controls(text: str) -> None:
    stderr = io.StringIO()
    page = Page(io.StringIO(), stderr)
    header = LessonHeader(Path(text), LocalText({}), LocalText({}), None)
    lesson = Lesson(header, (), "")

    with pytest.raises(ParameterError) as refused:
        with_parameters(lesson, {"epochs": 1})
    page.write_plain([f'File "{text}", line 1', f"    a = {text}"])
    told = draw_remarks([Remark(text, False)], 20, DARK, in_ascii=False)

    assert controls_in(str(refused.value)) == []
    assert controls_in(stderr.getvalue(), allowed="\n\t") == []
    assert [controls_in(strip.text) for strip in told] == [[]] * len(told)


@PROFILE
@given(name=FILE_NAMES)
def test_names_that_are_offered_have_no_controls(name: str) -> None:
    folder = in_folder(Written("# %%\na = 1\n", name)).parent

    with pytest.raises(LessonNotFound) as nothing_found:
        find_lesson("no such lesson", folder)

    assert controls_in(str(nothing_found.value)) == []


def test_a_lesson_whose_title_writes_the_clipboard_is_listed_by_its_words(tmp_path: Path) -> None:
    title = json.dumps("\x1b]52;c;aGkh\x07Descent\nby\tgradient")
    (tmp_path / "0.py").write_text(f"# ---\n# tutorch:\n#   title: {title}\n# ---\n# %%\na = 1\n")

    (header,) = list_lessons(tmp_path)

    assert isinstance(header, LessonHeader)
    assert header.title.in_language("en") == "]52;c;aGkhDescent by gradient"


def test_a_title_of_controls_alone_is_none(tmp_path: Path) -> None:
    title = json.dumps("\u202e\x1b")
    (tmp_path / "0.py").write_text(f"# ---\n# tutorch:\n#   title: {title}\n# ---\n# %%\na = 1\n")

    (found,) = list_lessons(tmp_path)

    assert isinstance(found, UnreadableLesson)
    assert "title must be a text" in found.message


def test_prose_keeps_its_lines_and_tabs_and_a_title_has_one_space_for_each() -> None:
    assert printable("a\n\tb\x07") == "a\n\tb"
    assert printable_line(" a \n\t b\x85c  d ") == "a b c  d"


def test_half_a_character_in_a_file_name_is_replaced() -> None:
    assert printable_line("caf\udce9") == "caf\ufffd"


@pytest.mark.parametrize(
    "kept", ["가 é 👩‍👩‍👧 ½", "a < b &amp; c", "&alpha;", "&#955;", "R&D; 5 &lt 6"]
)
def test_prose_without_controls_stays_as_it_is(kept: str) -> None:
    assert printable_markdown(kept) == kept


def test_every_control_is_taken_from_markdown_also_where_it_is_spelled() -> None:
    spelled = [f"&#{ord(control)};&#x{ord(control):X};" for control in sorted(BIDIRECTIONAL)]

    assert printable_markdown("a&lrm;&rlm;&#12;&#27;b") == "ab"
    assert printable_markdown("".join(spelled)) == ""
