"""reStructuredText of galleries as Markdown."""

from __future__ import annotations

import pytest

from engine.markup.rest import to_markdown


@pytest.mark.parametrize(
    ("rest", "markdown"),
    [
        ("Title\n=====\nText.", "# Title\nText."),
        ("*****\nTitle\n*****", "# Title"),
        ("Part\n----", "## Part"),
        ("Use ``x = 1`` here.", "Use `x = 1` here."),
        ("Use ``a ` b`` here.", "Use ``a ` b`` here."),
        (":math:`x^2`\\ -like :class:`~torch.nn.Module`\\ s", "$x^2$-like `torch.nn.Module`s"),
        (":doc:`The guide </guide>`", "`The guide`"),
        (
            "`A page <https://x.y>`_ and `one <https://z>`__",
            "[A page](https://x.y) and [one](https://z)",
        ),
        (
            "See docs_ and `The Guide`_.\n\n.. _docs: https://d\n.. _the guide: https://g",
            "See [docs](https://d) and [The Guide](https://g).",
        ),
        ("x_train, ``a_`` and y_ stay.", "x_train, `a_` and y_ stay."),
        (".. _a-label:\n\nText.", "Text."),
        (".. a comment\n   of two lines\n\nText.", "Text."),
        ("..\n   a comment\n\nText.", "Text."),
        (
            ".. note::\n   Mind ``this``.\n\n   And that.\n\nText.",
            "> **Note**\n>\n> Mind `this`.\n>\n> And that.\n\nText.",
        ),
        (".. warning:: Hot.", "> **Warning**\n>\n> Hot."),
        (".. admonition:: Own title\n\n   Text.", "> **Own title**\n>\n> Text."),
        (
            ".. figure:: /_static/a/thumb.png\n   :alt: A net\n   :width: 50%\n\n   The *caption*.",
            "![A net](/_static/a/thumb.png)\n\nThe *caption*.",
        ),
        (".. image:: a/thumb.png", "![thumb](a/thumb.png)"),
        (".. math:: y = x", "$$y = x$$"),
        (".. math::\n\n   a = b \\\\\n   c = d", "$$\na = b \\\\\nc = d\n$$"),
        (
            ".. code-block:: python\n   :linenos:\n\n   x = 1\n   # T\n   # ===\n   y = ``2``",
            "```python\nx = 1\n# T\n# ===\ny = ``2``\n```",
        ),
        (
            "Run this::\n\n    pip install x\n\nThen that.",
            "Run this:\n\n```\npip install x\n```\n\nThen that.",
        ),
        (".. raw:: html\n\n   <div><b>Bold</b></div>\n\nText.", "**Bold**\n\nText."),
        (".. raw:: latex\n\n   \\newpage\n\nText.", "Text."),
        (".. contents:: Contents\n   :depth: 2\n\nText.", "Text."),
        (
            "=== ===\na   b\n=== ===\n1   2\n=== ===",
            "```\n=== ===\na   b\n=== ===\n1   2\n=== ===\n```",
        ),
        (":Author: Jane", "Author: Jane"),
        ("* one\n* two\n\n  more", "* one\n* two\n\n  more"),
        ("#. one\n#. two", "1. one\n1. two"),
        ("(1) one\n(2) two", "1. one\n1. two"),
        ("| a line\n| and one\n\nText.", "a line  \nand one\n\nText."),
        ("It is so:\n>>> f(2)\n4\n\nText.", "It is so:\n\n```\n>>> f(2)\n4\n```\n\nText."),
        ("$ python a.py\n$ ls", "```\n$ python a.py\n$ ls\n```"),
        ("$ x $ is a formula", "$ x $ is a formula"),
        ("Usage:\n    a.py -x\n    a.py -y", "Usage:\n\n```\na.py -x\na.py -y\n```"),
        ("* item:\n    goes on", "* item:\n    goes on"),
        ("See:\n    https://a.b", "See:\n    https://a.b"),
        ("where:\n    ``x`` is given", "where:\n    `x` is given"),
    ],
)
def test_what_galleries_write_becomes_markdown(rest: str, markdown: str) -> None:
    assert to_markdown(rest) == markdown


@pytest.mark.parametrize(
    "rest", [".. note::", ".. figure::", ".. code-block::", "::", "..", ".. _:"]
)
def test_a_directive_without_a_body_hides_nothing_else(rest: str) -> None:
    assert to_markdown(f"Before.\n\n{rest}\n\nAfter.").endswith("After.")
