"""Processes that a lesson starts by spawn: they run what is played, whatever is on the disk."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playing import lesson_from
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.lesson.model import Cell, Lesson
from engine.lesson.parameters import with_parameters
from engine.notebook.played_main import PlayedMain
from engine.protocol.events import StepEnded
from engine.protocol.outcomes import Outcome
from engine.reading.reader import read_lesson

Play = Callable[..., RemotePlayer]

STARTING = """
# %% Parameters tags=["parameters"]
scale = 2

# %%
!echo magic
def work(queue):
    queue.put(scale * factor)
factor = 3

# %%
if __name__ == "__main__":
    import multiprocessing
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=work, args=(queue,))
    process.start()
    print(queue.get(timeout=100))
    process.join()
"""


def test_a_process_has_the_values_that_were_set_and_the_edits(play_apart: Play) -> None:
    player = play_apart(STARTING, parameters={"scale": 10})
    edit = player.session.lesson.steps[1].cell
    assert edit is not None
    player.session.set_source(1, edit.source.replace("factor = 3", "factor = 2\nfactor += 5"))

    ended = player.run(2)

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.DONE
    assert player.output(2) == "70\n"


POOL = """
import multiprocessing
by = 2
def scaled(x):
    return by * x
print("once")
with multiprocessing.get_context("spawn").Pool(1) as pool:
    print(pool.map(scaled, [1, 2]))
"""


def test_a_notebook_starts_a_pool_outside_of_any_guard(engine: Engine, tmp_path: Path) -> None:
    with RemotePlayer.on(engine, notebook_of(POOL, tmp_path)) as player:
        player.run(0)

        assert player.output(0) == "once\n[2, 4]\n"


def test_a_pool_that_its_own_processes_would_start_again_is_told(play_apart: Play) -> None:
    ended = play_apart(POOL).run(0)

    assert isinstance(ended, StepEnded)
    assert "each process of this pool runs the whole file" in str(ended.traceback)


def test_a_pool_under_a_guard_of_another_kind_plays(play_apart: Play) -> None:
    with_pool = "with multiprocessing"
    before, _, started = POOL.partition(with_pool)
    inner = (with_pool + started).replace("\n", "\n    ")
    guarded = f"{before}if multiprocessing.current_process().name == 'MainProcess':\n    {inner}"

    player = play_apart(guarded)
    player.run(0)

    assert player.output(0).endswith("[2, 4]\n")


def notebook_of(source: str, folder: Path) -> Lesson:
    """A notebook of one cell."""
    cells = [{"cell_type": "code", "source": source, "metadata": {}}]
    path = folder / "lesson.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}))
    return read_lesson(path)


def main_of(lesson: Lesson, folder: Path, *ran: Cell) -> str:
    """The file that a process would run as the lesson's main file."""
    played = PlayedMain(lesson, folder, lambda source: source.replace("!", "get_ipython().run#"))
    for cell in ran:
        played.note(cell)
    return played._main(str(lesson.path))


def text_in(path: str) -> str:
    """What a file that stands in for a lesson's runs."""
    [line] = [line for line in Path(path).read_text().splitlines() if line.startswith("_played")]
    text = eval(line.partition(" = ")[2])
    assert isinstance(text, str)
    return text


def in_new_process(path: str) -> dict[str, Any]:
    """The names that a file makes as a process that was started runs it."""
    return runpy.run_path(path, run_name="__mp_main__")


def test_what_a_notebook_imports_of_the_future_holds_in_a_process_that_is_started(
    tmp_path: Path,
) -> None:
    source = "from __future__ import annotations\ndef f(x: Nothing) -> None:\n    pass"

    made = in_new_process(main_of(notebook_of(source, tmp_path), tmp_path))

    assert made["f"].__annotations__ == {"x": "Nothing", "return": "None"}


def test_a_function_that_cannot_be_made_again_says_so_where_it_is_called(tmp_path: Path) -> None:
    source = "twice = len('ab')\n\ndef f(x, by=twice):\n    return by * x"
    main = ModuleType("__mp_main__")

    vars(main).update(in_new_process(main_of(notebook_of(source, tmp_path), tmp_path)))

    with pytest.raises(RuntimeError, match=r"f cannot be made .*'twice' is not defined.*by fork"):
        main.f(1)
    assert not hasattr(main, "never_named")


def test_a_pool_is_told_of_a_function_that_its_processes_cannot_make(play_apart: Play) -> None:
    player = play_apart("""
        import multiprocessing
        if __name__ == "__main__":
            def inner(x):
                return x + 1
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                pool.map(inner, [1])
    """)

    ended = player.run()

    assert isinstance(ended, StepEnded)
    assert "inner cannot be made" in str(ended.traceback)


def test_a_file_that_is_played_as_it_is_is_run_itself(tmp_path: Path) -> None:
    lesson = lesson_from("# %%\nx = 1\n", tmp_path)

    assert main_of(lesson, tmp_path) == str(lesson.path)


def test_a_value_that_was_set_stands_on_its_line(tmp_path: Path) -> None:
    text = '# %% tags=["parameters"]\nscale = 2\n\n# %%\nx = scale\n'
    lesson = with_parameters(lesson_from(text, tmp_path), {"scale": 7})

    assert text_in(main_of(lesson, tmp_path)) == text.replace("scale = 2", "scale = 7")


def test_a_file_that_has_changed_on_the_disk_is_not_run(tmp_path: Path) -> None:
    text = "# %%\nx = 1\n"
    lesson = lesson_from(text, tmp_path)
    lesson.path.write_text("# %%\nx = 2\n")

    assert text_in(main_of(lesson, tmp_path)) == text


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("!ls\nx = 1", "pass\nx = 1"),
        ("if True:\n    !ls\nx = 1", "if True:\n    pass\nx = 1"),
        ("files = !ls\nx = 1", "files = None\nx = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%bash\nls\nrm x", "\n\n"),
    ],
)
def test_magics_do_nothing_and_no_line_moves(tmp_path: Path, cell: str, plain: str) -> None:
    lesson = lesson_from(f"# %%\n{cell}\n\n# %%\ny = 2\n", tmp_path)

    assert text_in(main_of(lesson, tmp_path)) == f"# %%\n{plain}\n\n# %%\ny = 2\n"


def test_a_notebook_is_run_as_its_code(tmp_path: Path) -> None:
    assert "x = 1" in text_in(main_of(notebook_of("x = 1", tmp_path), tmp_path))


def test_what_python_cannot_read_is_told_with_its_line_and_the_mend(tmp_path: Path) -> None:
    lesson = lesson_from("# %%\nx = 1\n\n# %%\ny = 2\n", tmp_path)
    cell = lesson.steps[1].cell
    assert cell is not None
    broken = Cell(cell.title, "y = = 2", cell.line)

    with pytest.raises(RuntimeError, match=r"lesson\.py:5: .*cannot read this line.*by fork"):
        main_of(lesson, tmp_path, broken)
