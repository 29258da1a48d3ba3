"""The shell: cells run as the lines of their file, and leave nothing behind when it is closed."""

from __future__ import annotations

import gc
import io
import json
import sys
import warnings
import weakref
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from playing import hooked_shell, lesson_from

from engine.errors.tracebacks import format_error
from engine.gate.gate import Gate
from engine.lesson.model import Cell, Lesson
from engine.notebook.shell import LessonShell
from engine.reading.reader import read_lesson

Open = Callable[[str], tuple[LessonShell, Lesson]]


@pytest.fixture
def open_shell(tmp_path: Path) -> Iterator[Open]:
    shells: list[LessonShell] = []

    def start(text: str) -> tuple[LessonShell, Lesson]:
        lesson = lesson_from(text, tmp_path)
        shells.append(hooked_shell(lesson, Gate())[0])
        return shells[-1], lesson

    yield start
    for shell in shells:
        shell.close()


def cell_of(lesson: Lesson, step: int = 0) -> Cell:
    cell = lesson.steps[step].cell
    assert cell is not None
    return cell


def run(open_shell: Open, text: str) -> tuple[str, BaseException | None, LessonShell]:
    shell, lesson = open_shell(text)
    with redirect_stdout(io.StringIO()) as printed:
        error = shell.run(cell_of(lesson))
    return printed.getvalue(), error, shell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x = 3\nx * 2", "6\n"),
        ("'안녕'", "'안녕'\n"),
        ("x = 3", ""),
        ("None", ""),
        ("3 + 4;", ""),
        ("3 + 4;  # not shown", ""),
        ("'a; b'", "'a; b'\n"),
        ("3 + 4  # shown; really", "7\n"),
        ("while False:\n    pass", ""),
        ("for i in []:\n    i", ""),
        ("1\n2", "2\n"),
    ],
)
def test_the_last_expression_is_shown(open_shell: Open, text: str, shown: str) -> None:
    printed, error, _ = run(open_shell, text)

    assert error is None
    assert printed == shown


@pytest.mark.parametrize("levels", [300, 900, 2500])
def test_what_nests_as_deeply_as_python_compiles_runs(open_shell: Open, levels: int) -> None:
    text = f"x = {'1 + ' * levels}1\nfor i in range(2):\n    x += i\nprint(x)"

    printed, error, _ = run(open_shell, text)

    assert error is None
    assert printed == f"{levels + 2}\n"


@pytest.mark.parametrize(
    "deep",
    [f"{'1 + ' * 20000}1", f"{'not ' * 20000}1", f"a{'.b()' * 20000}"],
    ids=["sum", "not", "calls"],
)
def test_what_nests_too_deeply_is_told_where_it_stands_and_runs_nothing(
    open_shell: Open, deep: str
) -> None:
    printed, error, shell = run(open_shell, f"print('first')\n\nx = {deep}\ny = 3")

    assert printed == ""
    assert isinstance(error, SyntaxError)
    assert (error.msg, error.lineno) == ("it is nested too deeply", 4)
    assert shell.refused is error
    assert sys.getrecursionlimit() < 10_000


def test_a_tensor_is_shown_as_it_is(open_shell: Open) -> None:
    printed, _, _ = run(open_shell, "import torch\ntorch.tensor([[1.0, 2.0], [3.0, 4.0]])")

    assert printed == "tensor([[1., 2.],\n        [3., 4.]])\n"


def test_a_shown_value_is_not_kept(open_shell: Open) -> None:
    _, _, shell = run(open_shell, "class Value:\n    pass\nvalue = Value()\nvalue")
    gone = weakref.ref(shell.namespace["value"])
    shell.namespace.clear()
    shell._shell.last_execution_result = None
    gc.collect()

    assert gone() is None


def test_a_notebook_finds_the_names_that_it_has_in_jupyter_and_no_file(tmp_path: Path) -> None:
    sources = ["1 + 1", "_ + 1", "'not shown';", "_, __, _1, Out, In[1], _i1, len(In)"]
    sources += ["'__file__' in globals()", "%reset -f\n'__file__' in globals()"]
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    path = tmp_path / "notebook.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    lesson = read_lesson(path)
    shell = LessonShell(lesson)

    with redirect_stdout(io.StringIO()) as printed:
        errors = [shell.run(cell_of(lesson, step)) for step in range(len(sources))]
    shell.close()

    assert errors == [None] * len(sources)
    assert (
        printed.getvalue() == "2\n3\n(3, 2, 2, {1: 2, 2: 3}, '1 + 1', '1 + 1', 5)\nFalse\nFalse\n"
    )


def test_a_notebook_has_a_history_of_its_cells_and_shows_their_source(tmp_path: Path) -> None:
    sources = ["def f():\n    return 7", "f()", "%macro again 2", "again"]
    sources += ["%history -o 2", "%rerun", "%pfile f"]
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    path = tmp_path / "notebook.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    lesson = read_lesson(path)
    shell = LessonShell(lesson)

    printed = []
    for step in range(len(sources)):
        with redirect_stdout(io.StringIO()) as out:
            error = shell.run(cell_of(lesson, step))
        assert error is None
        printed.append(out.getvalue())
    shell.close()

    assert "Macro `again` created" in printed[2]
    assert printed[3] == "7\n"
    assert printed[4] == "f()\n7\n"
    assert "=== Output: ===\nf()\n7\n" in printed[5]
    assert "    return 7\n" in printed[6]
    assert "cell_type" not in printed[6]


def test_tables_of_a_notebook_are_as_wide_as_in_jupyter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pandas"]:
        monkeypatch.delitem(sys.modules, name)
    (tmp_path / "pandas.py").write_text("def set_option(*given):\n    print(*given)\n")
    path = tmp_path / "notebook.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "source": "import pandas"}
    path.write_text(json.dumps({"nbformat": 4, "cells": [cell]}), encoding="utf-8")
    lesson = read_lesson(path)
    shell = LessonShell(lesson)

    with redirect_stdout(io.StringIO()) as printed:
        error = shell.run(cell_of(lesson))
    shell.close()
    del sys.modules["pandas"]

    assert error is None
    assert printed.getvalue() == "display.max_columns 20\n"


def test_an_error_is_returned_and_not_printed(
    open_shell: Open, capfd: pytest.CaptureFixture[str]
) -> None:
    printed, error, _ = run(open_shell, "x = 1\n1 / 0\n")

    assert isinstance(error, ZeroDivisionError)
    assert printed == ""
    assert capfd.readouterr() == ("", "")


def test_an_error_whose_class_says_it_is_nothing_is_returned(open_shell: Open) -> None:
    text = "class Empty(Exception):\n    def __bool__(self):\n        return False\nraise Empty"

    _, error, _ = run(open_shell, text)

    assert error is not None


def test_sys_exit_is_an_error_like_any_other(
    open_shell: Open, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    printed, error, _ = run(open_shell, "import sys\nsys.exit('enough')")

    assert isinstance(error, SystemExit)
    assert printed == ""
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_lines_count_in_the_file(open_shell: Open) -> None:
    shell, lesson = open_shell("# %%\nx = 1\n\n# %% [markdown]\n# 설명\n\n# %%\n\n   \n\n1 / 0\n")

    error = shell.run(cell_of(lesson, 1))

    assert error is not None
    trace = error.__traceback__
    assert trace is not None
    while trace.tb_next:
        trace = trace.tb_next
    assert trace.tb_frame.f_code.co_filename == str(lesson.path)
    assert trace.tb_lineno == 11


@pytest.mark.parametrize(
    ("source", "line"),
    [("x = 1\nfor i in range(3)\n    pass", 41), ("if 1:\n        x = 1\n    y = 2", 42)],
    ids=["no colon", "indent"],
)
def test_a_cell_that_cannot_be_compiled_names_its_line(
    open_shell: Open, source: str, line: int
) -> None:
    shell, lesson = open_shell("# %%\nx = 1")

    error = shell.run(Cell("", source, 40))

    assert isinstance(error, SyntaxError)
    assert (error.filename, error.lineno) == (str(lesson.path), line)


def test_a_syntax_error_shows_the_line_as_the_learner_wrote_it(open_shell: Open) -> None:
    shell, lesson = open_shell("# %%\nx = 3\n")
    edited = replace(cell_of(lesson), source="half x = 3")

    error = shell.run(edited)

    assert error is not None
    assert format_error(error, str(lesson.path)).lines[1] == "    half x = 3"


def test_what_python_thinks_of_a_cell_is_said_once_and_on_its_line(open_shell: Open) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        _, error, _ = run(open_shell, "x = 3\ny = 1if x else 2")

    assert error is None
    assert [Path(one.filename).name for one in said] == ["lesson.py"]


def test_what_is_said_once_is_said_once_in_all_cells(open_shell: Open, tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text("import warnings\ndef say(): warnings.warn('once')\n")
    shell, lesson = open_shell("# %%\nimport loud\nloud.say()\n# %%\nx = '\\d'\nloud.say()\n")

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default")
        errors = [shell.run(cell_of(lesson, step)) for step in range(2)]

    assert errors == [None, None]
    assert [str(one.message) for one in said if one.filename.endswith("loud.py")] == ["once"]


def test_magics_run(open_shell: Open) -> None:
    shell, _ = open_shell("x = 1")

    error = shell.run(Cell("", "%precision 2\nfor i in range(2):\n    x = i", 1))

    assert error is None


def test_future_statements_reach_later_cells(open_shell: Open) -> None:
    shell, lesson = open_shell(
        "# %%\nfrom __future__ import annotations\n\n# %%\ndef f(x: Missing) -> None: ...\n"
    )

    errors = [shell.run(cell_of(lesson, step)) for step in (0, 1)]

    assert errors == [None, None]


def test_the_source_of_a_lessons_function_is_found(open_shell: Open) -> None:
    printed, error, _ = run(
        open_shell,
        "import inspect\ndef 더하기(a):\n    return a + 1\nprint(inspect.getsource(더하기))",
    )

    assert error is None
    assert printed == "def 더하기(a):\n    return a + 1\n\n"


def test_a_module_beside_the_lesson_is_imported(open_shell: Open, tmp_path: Path) -> None:
    (tmp_path / "beside_the_lesson.py").write_text("value = 7")

    _, error, shell = run(open_shell, "import beside_the_lesson\nx = beside_the_lesson.value")

    sys.modules.pop("beside_the_lesson")
    assert error is None
    assert shell.namespace["x"] == 7


def test_what_a_cell_prints_is_not_kept(open_shell: Open) -> None:
    _, _, shell = run(open_shell, "for i in range(100):\n    print('x' * 100)")

    kept = getattr(shell._shell.history_manager, "outputs", {})
    assert not kept


def test_a_closed_shell_and_its_names_are_let_go(tmp_path: Path) -> None:
    lesson = lesson_from("class Value:\n    pass\nvalue = Value()", tmp_path)
    shell = hooked_shell(lesson, Gate())[0]
    shell.run(cell_of(lesson))
    gone = weakref.ref(shell.namespace["value"])
    folder = Path(shell._folder.name)

    shell.close()
    del shell
    gc.collect()

    assert gone() is None
    assert not folder.exists()


def test_the_learners_own_folders_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    lesson = lesson_from("x = 1", tmp_path)

    shell = hooked_shell(lesson, Gate())[0]
    shell.run(cell_of(lesson))
    shell.close()

    assert list(home.iterdir()) == []


def test_a_notebook_imports_from_the_folder_that_it_has_moved_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cloned").mkdir()
    (tmp_path / "cloned" / "moved_to.py").write_text("found = 'here'", encoding="utf-8")
    path = tmp_path / "lesson.ipynb"
    source = "%cd -q cloned\nimport moved_to\nmoved_to.found"
    cell = {"cell_type": "code", "source": source}
    path.write_text(json.dumps({"nbformat": 4, "cells": [cell]}), encoding="utf-8")
    lesson = read_lesson(path)
    shell = hooked_shell(lesson, Gate())[0]

    with redirect_stdout(io.StringIO()) as printed:
        error = shell.run(cell_of(lesson))
    shell.close()

    assert error is None
    assert printed.getvalue() == "'here'\n"
