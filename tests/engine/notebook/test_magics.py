"""Magics: they work, or say in one line why they cannot, and the cell goes on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from playing import lesson_from

import engine.notebook.showing
from engine.lesson.model import Cell
from engine.notebook.shell import LessonShell


@dataclass(frozen=True)
class Ran:
    printed: str
    said: str
    error: BaseException | None
    shell: LessonShell


Run = Callable[[str], Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs the first cell of a text in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    shells: list[LessonShell] = []

    def run(text: str) -> Ran:
        lesson = lesson_from(text, tmp_path)
        shell = LessonShell(lesson, folder=str(tmp_path))
        shells.append(shell)
        cell = lesson.steps[0].cell
        assert cell is not None
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            error = shell.run(cell)
        return Ran(out.getvalue(), err.getvalue(), error, shell)

    yield run
    for shell in shells:
        shell.close()


# By what they do: directories, system, namespace, time, configuration, help.
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("%cd -q /\n%pwd", "'/'"),
        ("%env SOME=1\n%env SOME", "'1'"),
        ("!echo hi", "hi\n"),
        ("!exit 3\nprint(_exit_code)", "3\n"),
        ("files = !echo a; echo b\nprint(files)", "['a', 'b']\n"),
        ("%sx echo hi", "['hi']"),
        ("%%bash\necho hi", "hi\n"),
        ("%%shell\necho hi", "hi\n"),
        ("%%writefile note.txt\nhi", "Writing note.txt"),
        ("%%html\n<b>hi</b>", "hi\n"),
        ("%%latex\n$x$", "$x$"),
        ("%%svg\n<svg><text>hi</text></svg>", "(a drawing in SVG) hi"),
        ("y = 1\n%who", "y"),
        ("y = 1\n%xdel y\nprint('y' in globals())", "False\n"),
        ("y = 1\n%reset -f\nprint('y' in globals())", "False\n"),
        ("%precision 3\n3.14159", "3.142\n"),
        ("%xmode Plain", "Exception reporting mode: Plain"),
        ("%pdb", "turned ON"),
        ("%time 1 + 1", "Wall time"),
        ("%timeit -n 1 -r 1 1 + 1", "per loop"),
        ("%prun sum([1])", "function calls"),
        ("%lsmagic", "%matplotlib"),
        ("def f():\n    'what it does'\nf?", "what it does"),
        ("%load_ext autoreload\n%autoreload 2\nprint('on')", "on\n"),
        ("%config InlineBackend.figure_format = 'retina'\nprint('on')", "on\n"),
        ("%config InlineBackend\nprint('on')", "on\n"),
        ("y = [1]\n%store y\ny = 2\n%store -r y\nprint(y)", "[1]\n"),
        ("!echo hi > note.txt\n%less note.txt", "hi\n"),
        ("!echo hi > note.txt\n%more note.txt", "hi\n"),
        ("get_ipython().run_line_magic('matplotlib', 'inline')\nprint('on')", "on\n"),
        ("get_ipython().magic('pwd')", "/"),
        ("import tqdm\nprint(tqdm.notebook.tqdm is tqdm.tqdm)", "True\n"),
        ("from IPython import get_ipython\nprint(get_ipython() is None)", "False\n"),
        ("import builtins\nprint(hasattr(builtins, 'get_ipython'))", "True\n"),
        (
            "import sympy\nsympy.init_printing()\nx = sympy.Symbol('x')\ndisplay(x**31)\nx**32",
            " 31\nx  \n 32\nx  \n",
        ),
    ],
)
def test_a_magic_works(run: Run, text: str, shown: str) -> None:
    ran = run(text)

    assert ran.error is None
    assert shown in ran.printed
    assert ran.said == ""


def test_a_command_runs_in_the_shell_of_the_learner(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = tmp_path / "own_shell"
    shell.write_text('#!/bin/sh\necho "own shell: $2"\n', encoding="utf-8")
    shell.chmod(0o755)
    monkeypatch.setenv("SHELL", str(shell))

    assert run("!a {1..3}").printed == "own shell: a {1..3}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%debug", "%debug: an error is shown where it was raised"),
        ("%edit", "%edit: no editor opens here"),
        ("%gui qt", "%gui: no window opens here"),
        ("%hist", "%hist: no history of cells is kept"),
        ("%load_ext nothing_of_that_name", "nothing_of_that_name is not installed here"),
        ("%recall 1", "%recall: no history of cells is kept"),
        ("%matplotlib widget", "%matplotlib widget: figures are shown as pictures here"),
        ("%autosave 60", "%autosave: nothing is written here"),
        ("%connect_info", "%connect_info: no kernel can be reached here"),
        ("%pastebin 1", "%pastebin: nothing is sent to a website"),
        ("%nosuch 1", "%nosuch: there is no such magic here"),
        ("%conda install x", "%conda: this Python is of no conda environment"),
        ("%tb", "%tb: an error is shown where it was raised"),
    ],
)
def test_a_magic_that_cannot_work_says_so_and_the_cell_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setattr("engine.notebook.magics.sys.prefix", "/nowhere")
    monkeypatch.setattr(engine.notebook.showing, "find_spec", lambda _: True)
    monkeypatch.setattr("engine.notebook.figures.Figures.choose", lambda *_: None)

    ran = run(f"{text}\nprint('on')")

    assert ran.error is None
    assert said in ran.said
    assert ran.said.count("\n") == 1
    assert ran.printed == "on\n"


def test_a_file_that_is_loaded_is_shown_and_not_run(run: Run, tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_text("print('ran')\n", encoding="utf-8")

    ran = run("%load answer.py\nprint('on')")

    assert ran.printed == "on\n"
    assert ran.said.endswith("nothing of it has run:\n# %load answer.py\nprint('ran')\n")


def test_a_log_has_each_cell_once_and_the_values_that_are_shown(run: Run, tmp_path: Path) -> None:
    ran = run("%logstart -o -q log.py")
    cells = ["%%time\nx = 2", "x + 1", "%logstop", "x + 2"]

    for source in cells:
        ran.shell.run(Cell("", source, 1))

    logged = (tmp_path / "log.py").read_text(encoding="utf-8").splitlines()
    assert logged[-4:] == [
        "get_ipython().run_cell_magic('time', '', 'x = 2\\n')",
        *("x + 1", "#[Out]# 3", "get_ipython().run_line_magic('logstop', '')"),
    ]


def test_a_cell_magic_that_is_not_known_says_so(run: Run) -> None:
    ran = run("%%nosuch\nanything: at all")

    assert ran.error is None
    assert ran.said == "%%nosuch: there is no such magic here\n"


def test_matplotlib_that_is_not_installed_is_told_of(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.notebook.showing, "find_spec", lambda _: None)

    ran = run("%matplotlib inline\nprint('on')")

    assert ran.error is None
    assert ran.said == "%matplotlib: matplotlib is not installed here\n"
    assert ran.printed == "on\n"


@pytest.mark.parametrize("magic", ["%%time", "%%capture", "%%time\n%%capture kept"])
def test_code_under_a_magic_runs_on_its_own_lines(run: Run, magic: str) -> None:
    ran = run(f"{magic}\nx = 1\n\n1 / 0")

    assert isinstance(ran.error, ZeroDivisionError)
    frames = ran.error.__traceback__
    lines = []
    while frames is not None:
        if frames.tb_frame.f_code.co_filename.endswith("lesson.py"):
            lines.append(frames.tb_lineno)
        frames = frames.tb_next
    assert lines[-1] == 5 + magic.count("\n")


def test_the_value_of_a_timed_cell_is_shown_below_its_times(run: Run) -> None:
    ran = run("%%time\nprint('first')\n1 + 1")

    first, cpu, wall, last = ran.printed.splitlines()
    assert (first, cpu[:3], wall[:4], last) == ("first", "CPU", "Wall", "2")


def test_what_a_cell_shows_is_kept_by_capture(run: Run) -> None:
    ran = run("%%capture kept\nprint('quiet')\n1 + 1")

    assert ran.printed == ""
    kept = ran.shell.namespace["kept"]
    assert kept.stdout == "quiet\n"  # type: ignore[attr-defined]


def test_an_error_of_a_script_is_told_and_the_cell_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("x = 1\n1 / 0\n")

    ran = run("%run script.py\nprint('on')")

    assert ran.error is None
    assert ran.printed == "on\n"
    assert 'script.py", line 2' in ran.said
    assert "ZeroDivisionError" in ran.said
    assert "IPython" not in ran.said


def test_a_reset_leaves_what_loops_need(run: Run) -> None:
    ran = run("kept = __file__\n%reset -f\nfor i in range(3):\n    pass\nprint(i, __file__ != '')")

    assert ran.error is None
    assert ran.printed == "2 True\n"


def test_the_shell_is_that_of_nobody_once_it_is_closed(run: Run) -> None:
    from IPython.core.getipython import get_ipython

    ran = run("x = 1")
    assert get_ipython() is not None  # type: ignore[no-untyped-call]

    ran.shell.close()

    assert get_ipython() is None  # type: ignore[no-untyped-call]
