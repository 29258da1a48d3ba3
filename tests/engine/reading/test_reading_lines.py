"""A cell knows its line in the file, whatever stands before it."""

from pathlib import Path

import pytest
from reading import HEADER, code_lines, lesson_of

from engine.reading.reader import read_lesson


@pytest.mark.parametrize("header", ["", HEADER, "#!/usr/bin/env python\n# coding: utf-8\n"])
def test_a_cell_knows_the_line_it_starts_on(tmp_path: Path, header: str) -> None:
    text = (
        "# %% One\n\n\nfirst = 1\n\n\n# %%\nsecond = 2\n# %% [markdown]\n# 말\n\n#%%\nthird = 3\n"
    )

    lesson = lesson_of(tmp_path, header + text)

    assert code_lines(lesson) == ["first = 1", "second = 2", "third = 3"]


def test_code_before_the_first_marker_is_a_cell(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "\n\nfirst = 1\n\n# %%\nsecond = 2\n")

    assert code_lines(lesson) == ["first = 1", "second = 2"]


def test_a_marker_in_a_string_starts_no_cell(tmp_path: Path) -> None:
    text = '# %%\ntext = """\n# %% not a cell\n"""\n\n# %%\nsecond = 2\n'

    lesson = lesson_of(tmp_path, text)

    assert [step.cell and step.cell.source for step in lesson.steps] == [
        'text = """\n# %% not a cell\n"""',
        "second = 2",
    ]
    assert code_lines(lesson) == ['text = """', "second = 2"]


def test_prose_in_a_string_leaves_the_lines_right(tmp_path: Path) -> None:
    text = '# %% [markdown]\n"""\n# A title\n\n한국어\n"""\n\n# %%\nsecond = 2\n'

    lesson = lesson_of(tmp_path, text)

    assert lesson.steps[0].prose[0].markdown == "# A title\n\n한국어"
    assert code_lines(lesson) == ["second = 2"]


def test_a_form_feed_and_a_line_separator_break_no_line(tmp_path: Path) -> None:
    text = "# %%\ntext = 'a\u2028b'\n\x0c\n# %%\nsecond = 2\n"

    lesson = lesson_of(tmp_path, text)

    assert code_lines(lesson) == ["text = 'a\u2028b'", "second = 2"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_bytes(b"\xef\xbb\xbf# %%\r\na = 1\r\n\r\n# %%\r\nb = 2\r\n")

    lesson = read_lesson(path)

    assert lesson.source == "# %%\na = 1\n\n# %%\nb = 2\n"
    assert code_lines(lesson) == ["a = 1", "b = 2"]


def test_commented_magics_come_alive_where_they_stand(tmp_path: Path) -> None:
    text = "# %%\na = 1\n# %timeit a\n# !ls\n\n# %%\nb = 2\n"

    lesson = lesson_of(tmp_path, text)

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "a = 1\n%timeit a\n!ls"
    assert code_lines(lesson) == ["a = 1", "b = 2"]


def test_comments_that_look_like_commands_stay_comments(tmp_path: Path) -> None:
    comments = '# cat the tensors\n# copy of w\n# %d is a number\n# why?\nt = """\n# %time it\n"""'

    cell = lesson_of(tmp_path, f"# %%\n{comments}\n").steps[0].cell

    assert cell is not None
    assert cell.source == comments


def test_a_cell_in_another_language_keeps_the_lines_right(tmp_path: Path) -> None:
    text = '# %% language="bash"\n# ls\n\n# %%\nsecond = 2\n'

    lesson = lesson_of(tmp_path, text)

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "%%bash\nls"
    assert code_lines(lesson)[1] == "second = 2"
