import linecache
from pathlib import Path
from textwrap import dedent
from traceback import walk_tb

import pytest

import engine
from engine.errors.tracebacks import format_error, is_ours
from engine.protocol.outcomes import LessonTraceback, TracebackNote

LESSON = "/home/학생/lessons/00_gradient_descent.py"


def broken(source: str) -> LessonTraceback:
    """The traceback of a lesson with this source, run as `LESSON`."""
    return format_error(error_of(source), LESSON)


def error_of(source: str) -> BaseException:
    text = dedent(source).strip("\n") + "\n"
    linecache.cache[LESSON] = (len(text), None, text.splitlines(keepends=True), LESSON)
    try:
        exec(compile(text, LESSON, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        return error
    raise AssertionError("the lesson did not break")


def test_an_error_deep_inside_torch_is_told_by_the_line_of_the_lesson() -> None:
    told = broken("""
        import torch

        model = torch.nn.Sequential(torch.nn.Linear(3, 1))
        hypothesis = model(torch.ones(2, 4)) * 2
    """)

    assert told.line == 4
    assert told.lines[:3] == (
        "Traceback (most recent call last):",
        '  File "00_gradient_descent.py", line 4, in <module>',
        "    hypothesis = model(torch.ones(2, 4)) * 2",
    )
    # Later versions of Python draw the name that is called as tildes.
    assert told.lines[3].replace("~", "^") == "                 ^^^^^^^^^^^^^^^^^^^^^^^"
    assert told.lines[4].startswith("    … ")
    assert told.lines[4].endswith(" calls inside torch")
    assert told.lines[5:] == (
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x4 and 3x1)",
    )


def test_calls_of_ours_leave_no_trace() -> None:
    told = broken("from engine.values.tensors import pinned_tensors\n\npinned_tensors({}, 3)")

    assert told.line == 3
    assert len([line for line in told.lines if "File" in line or "…" in line]) == 1
    assert told.lines[-1] == "TypeError: 'int' object is not iterable"


def test_a_wrong_call_of_a_magic_is_told_without_what_ipython_raised_it_from() -> None:
    told = broken("""
        from IPython.core.interactiveshell import InteractiveShell

        InteractiveShell.instance().run_line_magic("run", "--nothing")
    """)

    assert told.line == 3
    assert told.lines[-1].startswith("UsageError: option --nothing not recognized")
    assert sum(line.startswith("Traceback") for line in told.lines) == 1


def test_a_lesson_run_by_ipython_shows_nothing_of_it() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    class QuietShell(InteractiveShell):
        def showtraceback(self, *_: object, **__: object) -> None:
            return

    shell = QuietShell()
    result = shell.run_cell("values = [1, 2]\nvalues[2]", store_history=False)
    error = result.error_in_exec
    assert error is not None
    *_, (frame, _) = walk_tb(error.__traceback__)

    told = format_error(error, frame.f_code.co_filename)

    assert told.line == 2
    assert told.lines[0] == "Traceback (most recent call last):"
    assert told.lines[1].endswith(", line 2, in <module>")
    assert "interactiveshell" not in "".join(told.lines)
    assert told.lines[-1] == "IndexError: list index out of range"


def test_calls_outside_the_lesson_are_named_by_where_they_are() -> None:
    told = broken('import json\n\njson.loads("{")')

    assert told.lines[-2] == "    … 3 calls inside the standard library"


def test_code_that_was_never_in_a_file_is_said_to_be_generated() -> None:
    told = broken('exec("1 / 0")')

    assert told.line == 1
    assert told.lines[-2] == "    … 1 call inside generated code"


def test_a_run_of_calls_names_every_place_it_went_through() -> None:
    told = broken("""
        import json

        namespace = {"loads": json.loads}
        exec("def f(text): loads(text)", namespace)
        namespace["f"]("{")
    """)

    assert told.line == 5
    assert told.lines[-2] == "    … 4 calls inside generated code and the standard library"
    assert told.notes == (
        TracebackNote(
            line=len(told.lines) - 2,
            text="4 calls inside generated code and the standard library",
            calls=4,
            places=("generated code", "the standard library"),
        ),
    )


def test_a_lesson_line_called_back_by_torch_is_kept() -> None:
    told = broken("""
        import torch

        class Layer(torch.nn.Module):
            def forward(self, x):
                return x / 0

        Layer()(1)
    """)

    places = [line.strip() for line in told.lines if "line" in line or "…" in line]
    assert places == [
        'File "00_gradient_descent.py", line 7, in <module>',
        "… 2 calls inside torch",
        'File "00_gradient_descent.py", line 5, in forward',
    ]
    assert told.line == 5


def test_a_cause_is_told_before_its_consequence() -> None:
    told = broken("""
        try:
            1 / 0
        except ZeroDivisionError as error:
            raise ValueError("learning rate") from error
    """)

    text = "\n".join(told.lines)
    assert text.index("ZeroDivisionError") < text.index("direct cause") < text.index("ValueError:")
    assert told.line == 4


def test_the_error_being_handled_is_told_too() -> None:
    told = broken('try: 1 / 0\nexcept ZeroDivisionError: int("비용")')

    assert "During handling of the above exception, another exception occurred:" in told.lines
    assert told.line == 2


def test_from_none_hides_what_was_handled() -> None:
    told = broken('try: 1 / 0\nexcept ZeroDivisionError: raise ValueError("비용") from None')

    assert "division by zero" not in "\n".join(told.lines)
    assert told.lines[-1] == "ValueError: 비용"


def test_a_cause_caught_inside_a_library_says_where() -> None:
    error = error_of("""
        import json
        try:
            json.loads("{")
        except ValueError as error:
            inner = error
        inner.__traceback__ = inner.__traceback__.tb_next
        raise RuntimeError("outer") from inner
    """)

    told = format_error(error, LESSON)

    assert told.lines[:2] == (
        "Traceback (most recent call last):",
        "    … 3 calls inside the standard library",
    )


def test_the_members_of_a_group_are_told_by_their_own_lines() -> None:
    told = broken("""
        def slope(weight):
            return 1 / weight

        errors = [ValueError("비용")]
        try:
            slope(0)
        except ZeroDivisionError as error:
            errors.append(error)
        raise ExceptionGroup("두 오류", errors)
    """)

    text = "\n".join(told.lines)
    assert "ExceptionGroup: 두 오류 (2 sub-exceptions)" in text
    assert "    | ValueError: 비용" in told.lines
    assert '    |   File "00_gradient_descent.py", line 2, in slope' in told.lines
    assert told.line == 9


def test_the_line_of_a_group_made_elsewhere_is_a_member_s() -> None:
    group = ExceptionGroup("group", [error_of("x = 1\n1 / 0")])

    assert format_error(group, LESSON).line == 2


def test_notes_follow_the_message() -> None:
    told = broken("""
        try:
            int("x")
        except ValueError as error:
            error.add_note("참고: 숫자여야 합니다")
            raise
    """)

    assert told.lines[-1] == "참고: 숫자여야 합니다"
    assert told.line == 2


def test_a_syntax_error_shows_its_line_and_caret_and_no_calls() -> None:
    told = broken("x = 1\nfor i in range(3) print(i)")

    assert told.line == 2
    assert told.lines[:-1] == (
        '  File "00_gradient_descent.py", line 2',
        "    for i in range(3) print(i)",
        "                      ^^^^^",
    )
    assert told.lines[-1].startswith("SyntaxError: ")


def test_a_syntax_error_found_while_the_lesson_runs_is_the_line_that_ran() -> None:
    told = broken('x = 1\neval("1 +")')

    assert told.line == 2
    assert told.lines[-1].startswith("SyntaxError")


@pytest.mark.parametrize(
    ("source", "remark"),
    [
        ("def f(n): return f(n)\nf(1)", "    … the call above, "),
        ("def f(n): return g(n)\ndef g(n): return f(n)\nf(1)", "    … the 2 calls above, "),
        (
            "from torch.nn import Module\nclass Layer(Module):\n"
            "    def forward(self, x): return self(x)\nLayer()(1)",
            "    … the call above, ",
        ),
    ],
    ids=["itself", "each other", "through torch"],
)
def test_a_recursion_is_said_once_with_a_count(source: str, remark: str) -> None:
    told = broken(source)

    assert len(told.lines) < 20
    assert any(line.startswith(remark) for line in told.lines)
    assert told.line is not None


def test_two_calls_of_a_line_are_both_shown() -> None:
    told = broken("def countdown(n):\n    return countdown(n - 1) if n else 1 / 0\ncountdown(1)")

    assert sum("in countdown" in line for line in told.lines) == 2


def test_an_error_that_cannot_say_itself_is_still_told() -> None:
    told = broken("class Odd(Exception):\n    def __str__(self): return 1 / 0\nraise Odd")

    assert told.lines[-1] == "Odd: <exception str() failed>"
    assert told.line == 3


def test_carets_stand_under_code_after_korean_text() -> None:
    told = broken('비용 = {"없음": 1}["비용"]')

    # A Korean character is two columns wide: here it is written as two underscores.
    assert told.lines[2] == '    비용 = {"없음": 1}["비용"]'
    assert told.lines[3] == "    " + " " * len("____ = ") + "~" * len('{"____": 1}') + "^" * 8


def test_carets_stand_under_a_syntax_error_after_korean_text() -> None:
    told = broken('name = "비용"; for i in range(3): print(i)')

    assert told.lines[1] == '    name = "비용"; for i in range(3): print(i)'
    assert told.lines[2] == "    " + " " * len('name = "____"; ') + "^^^"


def test_an_error_without_a_traceback_has_no_line() -> None:
    assert format_error(ValueError("비용"), LESSON) == LessonTraceback(("ValueError: 비용",), None)


@pytest.mark.parametrize(
    ("filename", "ours"),
    [
        ("engine/loops/runtime.py", True),
        ("tui/screens/player.py", True),
        ("lessons/00_gradient_descent.py", False),
        ("engine_of_mine.py", False),
    ],
)
def test_ours_is_what_lies_in_our_two_packages(filename: str, ours: bool) -> None:
    root = Path(engine.__file__).parent.parent

    assert is_ours(str(root / filename)) is ours
