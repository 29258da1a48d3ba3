"""What stands in a traceback in place of calls is said in the reader's language."""

from __future__ import annotations

import linecache
from textwrap import dedent

import pytest

from engine.errors.tracebacks import format_error
from engine.protocol.outcomes import LessonTraceback
from tui.language.catalogue import translator
from tui.words.tracebacks import traceback_lines

LESSON = "/home/학생/lesson.py"

CASES = {
    """
    exec("1 / 0")
    """: ("    … 실행 중에 만들어진 코드 안의 호출 1개",),
    """
    import json
    namespace = {"loads": json.loads}
    exec("def f(text): loads(text)", namespace)
    namespace["f"]("{")
    """: ("    … 실행 중에 만들어진 코드, 표준 라이브러리 안의 호출 4개",),
    """
    def f():
        f()
    f()
    """: ("    … 위의 호출이 ",),
    """
    def f():
        g()
    def g():
        f()
    f()
    """: ("    … 위의 호출 2개가 ",),
    """
    import json
    def read():
        json.loads("{")
    errors = []
    for _ in range(2):
        try:
            read()
        except ValueError as error:
            errors.append(error)
    raise ExceptionGroup("둘", errors)
    """: ("    |     … 표준 라이브러리 안의 호출 3개",) * 2,
}


def broken(source: str) -> LessonTraceback:
    text = dedent(source).strip("\n") + "\n"
    linecache.cache[LESSON] = (len(text), None, text.splitlines(keepends=True), LESSON)
    try:
        exec(compile(text, LESSON, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        return format_error(error, LESSON)
    raise AssertionError("the lesson did not break")


@pytest.mark.parametrize("source", CASES)
def test_each_note_is_said_in_korean_where_it_stands(source: str) -> None:
    told = broken(source)

    lines = traceback_lines(told, translator("ko"))

    ours = [line for line in lines if "…" in line]
    assert len(ours) == len(CASES[source])
    for line, wanted in zip(ours, CASES[source], strict=True):
        assert line.startswith(wanted)
    theirs = [line for line in lines if "…" not in line]
    assert theirs == [line for line in told.lines if "…" not in line]


@pytest.mark.parametrize("source", CASES)
def test_in_english_they_are_as_they_were(source: str) -> None:
    told = broken(source)

    assert tuple(traceback_lines(told, translator("en"))) == told.lines
    assert not any("\0" in line for line in told.lines)


def test_a_learners_own_words_are_no_note() -> None:
    told = broken("raise ValueError('… \\0007\\0')")

    assert told.notes == ()
    assert told.lines[-1] == "ValueError: … \0007\0"
