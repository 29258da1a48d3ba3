"""Lines of Markdown as the words that they show, and words as Markdown that shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.lesson.plain import as_heading, plain_line
from engine.lesson.titles import opening_of, spoken_name, title_of
from engine.reading.header import read_header
from engine.reading.reader import read_lesson

MARKED = {
    "Training with `torch.cuda.amp`": "Training with torch.cuda.amp",
    "Tuning with [Ax](https://ax.dev/) on *CIFAR10*": "Tuning with Ax on CIFAR10",
    "[`nn.Linear`][docs] and __much more__, ~~not~~ _less_": "nn.Linear and much more, not less",
    "**G**enerative ***adversarial*** nets": "Generative adversarial nets",
    "[![Open in Colab](badge.svg)](https://x.y) Digits": "Digits",
    "![A plot](a.png)": "A plot",
    "<b>Data</b> &amp; <span style='color: red'>labels</span>": "Data & labels",
    "``nn.Modules`` and :class:`Trainer`": "nn.Modules and Trainer",
    r"1\. First": "1. First",
    "<https://x.y/_z_>": "https://x.y/_z_",
}
UNMARKED = (
    "r*sin(theta), r*cos(theta)",
    "2**3 and 2**4, *args and **kwargs",
    "__init__ of my_net_ and _x",
    "weights[i][j], Dict[str](x)",
    "a < b and c > d, a <T> of costs $5 and $6",
    r"Set-up of $\ell$ and $p(x)*2*$",
    "https://x.y/_z_",
    "*.py and *.txt",
)


@pytest.mark.parametrize("text", MARKED)
def test_a_line_is_shown_without_its_marks(text: str) -> None:
    assert plain_line(text) == MARKED[text]


@pytest.mark.parametrize("text", UNMARKED)
def test_what_only_looks_like_marks_stays(text: str) -> None:
    assert plain_line(text) == text


@pytest.mark.parametrize("text", [*UNMARKED, *MARKED.values(), "`**kwargs` [a](b) &lt;"])
def test_words_made_a_heading_are_shown_as_they_were(text: str) -> None:
    assert plain_line(as_heading(text)) == text


def test_what_a_reference_stands_for_turns_no_text_around() -> None:
    assert plain_line("a&#x202e;b") == "ab"


@pytest.mark.parametrize(
    ("comment", "title"),
    [
        ("# **Train** the `net`.", "Train the net"),
        ("# *** Data ***", "Data"),
        ("# `__init__` is first", "__init__ is first"),
        ("# > See https://x.y", "See https://x.y"),
        ("#### ____ Loss ____", "Loss"),
    ],
)
def test_a_comment_is_a_title_without_marks_and_rulers(comment: str, title: str) -> None:
    assert title_of(f"{comment}\nx = 1") == title


def test_a_title_of_few_words_is_cut_within_one() -> None:
    title = opening_of(f"table = make({'x' * 90})")

    assert title == f"table = make({'x' * 47} …"


def test_a_title_is_not_cut_within_a_formula() -> None:
    words = "a comment of just so many words that here"

    assert title_of(f"# {words} $\\mu_1, \\sigma_1, \\mu_2$ is cut") == f"{words} …"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("00_my-lesson", "my lesson"), ("_encoder_layer", "encoder layer"), ("_", "_"), ("07", "07")],
)
def test_a_name_of_a_file_is_spoken(name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken


def test_titles_and_summaries_of_a_file_are_plain(tmp_path: Path) -> None:
    path = tmp_path / "marked.py"
    path.write_text(
        "# %% [markdown]\n# # Learn `torch`\n#\n# With [all](x) of **it**.\n# %%\na = 1\n"
        "# %% [markdown]\n# ## *Second* part\n# %%\nb = 1\n# %% **Third** `part`\nc = 1\n"
        "# %% [markdown]\n# ## [![Colab](a.svg)](b)\n# %%\n# for `d`\nd = 1\n",
        encoding="utf-8",
    )

    lesson, header = read_lesson(path), read_header(path)

    assert header.title.in_language("en") == "Learn torch"
    assert header.summary.in_language("en") == "With all of it."
    titles = ["Learn torch", "Second part", "Third part", "for d"]
    assert [step.title for step in lesson.steps] == titles
    assert [step.title_in("ko") for step in lesson.steps] == titles
