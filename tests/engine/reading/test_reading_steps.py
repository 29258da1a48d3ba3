"""Which cells of a file make one step, and what the step is called."""

from pathlib import Path

from reading import HEADER, lesson_of


def test_a_step_is_the_prose_before_a_cell_together_with_it(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# First.\n\n# %%\na = 1\n\n# %% [markdown]\n# Second.\n\n# %%\nb = 2\n"

    steps = lesson_of(tmp_path, text).steps

    assert [(step.prose[0].markdown, step.cell and step.cell.source) for step in steps] == [
        ("First.", "a = 1"),
        ("Second.", "b = 2"),
    ]


def test_prose_after_the_last_cell_is_a_closing_step(tmp_path: Path) -> None:
    text = "# %%\na = 1\n\n# %% [markdown]\n# ## Farewell\n"

    closing = lesson_of(tmp_path, text).steps[-1]

    assert closing.cell is None
    assert (closing.index, closing.title) == (1, "Farewell")


def test_a_view_cell_belongs_to_the_step_before(tmp_path: Path) -> None:
    text = '# %% Train\na = 1\n\n# %% Ball view="every epoch"\nprint(a)\n\n# %% Next\nb = 2\n'

    steps = lesson_of(tmp_path, text).steps

    assert [step.title for step in steps] == ["Train", "Next"]
    assert [(view.title, view.view) for view in steps[0].views] == [("Ball", "every epoch")]


def test_a_title_comes_from_the_cell_then_the_heading_then_the_code(tmp_path: Path) -> None:
    text = (
        "# %% [markdown]\n# # Heading\n\n# %% Own title\na = 1\n\n"
        "# %% [markdown]\n# ## Heading ##\n\n# %%\nb = 2\n\n# %%\nc = 3\n"
    )

    titles = [step.title for step in lesson_of(tmp_path, text).steps]

    assert titles == ["Own title", "Heading", "c = 3"]


def test_a_heading_in_a_language_is_the_title_in_it(tmp_path: Path) -> None:
    text = '# %% [markdown] lang="ko"\n# ## 데이터 준비\n\n# %% The data\na = 1\n'

    step = lesson_of(tmp_path, text).steps[0]

    assert step.title_in("ko") == "데이터 준비"
    assert step.title == "The data"


def test_a_comment_in_a_code_fence_is_no_heading(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# ```python\n# # not this\n# ```\n# ## This\n\n# %%\na = 1\n"

    step = lesson_of(tmp_path, text).steps[0]

    assert step.title == "This"


def test_prose_is_kept_for_each_language(tmp_path: Path) -> None:
    text = (
        '# %% [markdown] lang="en"\n# Cost\n\n# %% [markdown] lang="ko"\n# 비용\n\n'
        "# %% [markdown]\n# $w$\n\n# %%\na = 1\n"
    )

    step = lesson_of(tmp_path, text).steps[0]

    assert step.prose_in("ko") == "비용\n\n$w$"
    assert step.prose_in("en") == "Cost\n\n$w$"


def test_a_cell_keeps_its_metadata_and_tags(tmp_path: Path) -> None:
    text = '# %% Train watch="cost accuracy" show="W b" tags=["slow", "long"]\na = 1\n'

    cell = lesson_of(tmp_path, HEADER + text).steps[0].cell

    assert cell is not None
    assert (cell.title, cell.watch, cell.show) == ("Train", ("cost", "accuracy"), ("W", "b"))
    assert cell.tags == ("slow", "long")


def test_a_step_without_a_heading_is_called_by_its_first_sentence(tmp_path: Path) -> None:
    prose = {
        "> **Look** at `this`, e.g. here.\n> Then go": "Look at this, e.g. here",
        "```\nno\n```\n\n| no |\n\n2. The costs:": "The costs",
        "***": "b = 1",
    }
    comments = ["".join(f"# {line}\n" for line in text.split("\n")) for text in prose]
    cells = [f"# %% [markdown]\n{comment}\n# %%\nb = 1\n" for comment in comments]

    steps = lesson_of(tmp_path, "\n".join([*cells, "# %%\n# draw(b)\n"])).steps

    assert [step.title for step in steps] == [*prose.values(), "draw(b)"]
