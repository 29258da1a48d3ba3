"""`tutorch export`: a lesson is played, and a document of the run is written."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result
from markup import Markup
from running import ENVIRONMENT, TIME_OUT
from warmed import WARM_PYTHON

from engine.client.engine import Engine
from engine.reading.reader import read_lesson
from tui import cli

LESSON = """\
# ---
# tutorch:
#   title: {en: Falling, ko: 내려가기}
#   summary: {en: By halves., ko: 반씩.}
# ---

# %% [markdown] lang="en"
# ## The cost falls
# By $\\frac{1}{2}$ each time. **Why?**
#
# What is half of two?
#
# - [ ] Four
#   That is twice two.
# - [x] One
#   Twice one is two.
#
# And the end?
#
# - [?] `cost` ± 0.1
#   It halves six times.

# %% [markdown] lang="ko"
# ## 비용이 내려갑니다
# 반씩 줄어듭니다.
#
# 2의 절반은?
#
# - [ ] 4
#   두 배입니다.
# - [x] 1
#   1의 두 배가 2입니다.
#
# 끝은?
#
# - [?] `cost` ± 0.1
#   여섯 번 반이 됩니다.

# %% Falling watch="cost"
import random

cost = 64.0
for epoch in range(6):
    cost = cost / 2
    print("비용", epoch, cost)
print(f"drawn {random.random():.6f}")

# %% A drawing view="every epoch"
print("\\x1b[31m▄▄\\x1b[0m | 그림")

# %% [markdown] lang="ko" tags=["words"]
# - `A drawing`: 그림 하나

# %% [markdown]
# Yours.

# %% The answer tags=["exercise"]
answer = None

# %% [markdown] tags=["hint"]
# More than 41.

# %% tags=["solution"]
answer = 42

# %% tags=["check"]
assert answer == 42, "it must be 42"
"""

FAILING = """\
# %% First
print("it began")

# %% Second
raise ValueError("not <this> one")

# %% Third
print("never said")
"""


@pytest.fixture
def export_here(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Result]:
    """Runs the command with the one engine that is there, in a folder of its own."""
    monkeypatch.setattr("tui.headless.export.Engine", kept_engine)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli.tutorch, ["export", *map(str, arguments)])


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "falling.py"
    path.write_text(LESSON, encoding="utf-8")
    return path


def bare(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*WARM_PYTHON, str(path)],
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=TIME_OUT,
        check=False,
    )


def test_a_page_has_all_of_a_lesson_and_of_its_run(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    done = export_here(lesson, "--to", "html")

    assert (done.exit_code, done.stdout) == (0, "")
    assert "step 1/2 The cost falls" in done.stderr
    text = (tmp_path / "falling.html").read_text(encoding="utf-8")
    page = Markup(text)
    assert page.all("html")[0]["lang"] == "en"
    assert [one["content"] for one in page.all("meta") if one.get("name") == "generator"]
    assert page.loaded() == []
    assert page.all("script") == []
    for words in (
        *("Falling", "By halves.", "The cost falls", "By 1/2 each time.", "Yours."),
        *(
            "What is half of two?",
            "✓ One: Twice one is two.",
            "cost: it is 1. It halves six times.",
        ),
        *("for epoch in range ( 6 ):", "비용 5 1.0", "answer = 42", "More than 41.", "| 그림"),
        *("cost: 6 values, lowest 1, highest 32, at the end 1.",),
    ):
        assert words.replace(" ", "") in page.text.replace(" ", ""), words
    assert len(page.all("circle", "dot")) % 6 == 0
    assert len(page.all("section", "step")) == 2


def test_a_page_is_in_the_language_that_is_asked_for(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    export_here(lesson, "--to", "html", "--language", "ko", "--output", "out.html")

    page = Markup((tmp_path / "out.html").read_text(encoding="utf-8"))
    assert page.all("html")[0]["lang"] == "ko"
    assert "비용이 내려갑니다" in page.text
    assert "그림 하나" in page.text
    assert "정답" in page.text
    assert "The cost falls" not in page.text


def test_a_script_prints_bare_what_the_run_has_printed(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    export_here(lesson, "--to", "md")
    export_here(lesson, "--to", "py", "--output", "plain.py")
    first, second = bare(tmp_path / "plain.py"), bare(tmp_path / "plain.py")

    written = (tmp_path / "plain.py").read_text(encoding="utf-8")
    assert first.stdout.startswith("비용 0 32.0\n")
    # The lesson seeds nothing: the script has the random numbers of its own run.
    assert first.stdout == second.stdout
    assert not re.search(r"tutorch|watch=|view=|tags=", written)
    assert len(read_lesson(tmp_path / "plain.py").steps) >= 2


def test_a_notebook_holds_what_its_cells_print(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    export_here(lesson, "--to", "ipynb")

    text = (tmp_path / "falling.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert "watch" not in text
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    program = tmp_path / "cells.json"
    program.write_text(json.dumps([cell.source for cell in cells]), encoding="utf-8")
    run = tmp_path / "run.py"
    run.write_text(
        "import json, sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        f"for source in json.load(open({str(program)!r})):\n"
        "    shell.run_cell(source, store_history=True).raise_error()\n",
        encoding="utf-8",
    )
    attached = "".join(output.text for cell in cells for output in cell.outputs)
    assert bare(run).stdout == attached
    assert "drawn 0." in attached


def test_markdown_has_its_pictures_beside_it(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    export_here(lesson, "--to", "md")

    text = (tmp_path / "falling.md").read_text(encoding="utf-8")
    named = re.findall(r"\(<(falling_files/[^>]+)>\)", text)
    assert len(named) == 2
    for name in named:
        Markup((tmp_path / name).read_text(encoding="utf-8"))
    assert "비용 5 1.0" in text
    assert "<summary>Answer</summary>" in text


def test_a_step_that_fails_is_in_the_document_and_in_the_status(
    export_here: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "failing.py"
    path.write_text(FAILING, encoding="utf-8")

    done = export_here(path, "--to", "html")

    page = Markup((tmp_path / "failing.html").read_text(encoding="utf-8"))
    assert done.exit_code == 1
    assert "failed: ValueError: not <this> one" in done.stderr
    assert "it began" in page.text
    assert "ValueError: not <this> one" in page.text
    assert "This step did not run." in page.text


def test_nothing_is_replaced_unasked_and_the_lesson_never(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    (tmp_path / "falling.html").write_text("mine", encoding="utf-8")

    refused = export_here(lesson, "--to", "html")
    itself = export_here(lesson, "--to", "py", "--force")
    nowhere = export_here(lesson, "--to", "html", "--output", "no/such/page.html")

    assert (refused.exit_code, refused.stderr) == (
        2,
        "falling.html is there already: --force replaces it\n",
    )
    assert itself.exit_code == nowhere.exit_code == 2
    assert "is the lesson itself" in itself.stderr
    assert (tmp_path / "falling.html").read_text(encoding="utf-8") == "mine"
    assert lesson.read_text(encoding="utf-8") == LESSON


_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.mark.timeout(300)
@pytest.mark.skipif(_BROWSER is None, reason="there is no chromium here")
def test_a_browser_shows_the_page_without_a_complaint(
    export_here: Callable[..., Result], lesson: Path, tmp_path: Path
) -> None:
    export_here(lesson, "--to", "html")
    assert _BROWSER is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    command = [_BROWSER, *options, f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom"]

    shown = subprocess.run(
        [*command, (tmp_path / "falling.html").as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_OUT,
        check=True,
    )

    assert "CONSOLE" not in shown.stderr
    assert "<desc>cost: 6 values" in shown.stdout
    assert "비용" in shown.stdout
