"""The cells of a notebook of format 4, and the file that holds them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

NotebookPart = dict[str, Any]
"""A cell or an output, as the format has them."""


def notebook_text(cells: Iterable[NotebookPart]) -> str:
    """A notebook of these cells as JSON."""
    notebook = {
        "cells": [{"id": f"cell-{at}", **cell} for at, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3", "language": "python", "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }  # fmt: skip
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def text_cell(markdown: str) -> NotebookPart:
    """A cell of text."""
    return {"cell_type": "markdown", "metadata": {}, "source": markdown}


def code_cell(
    source: str, outputs: Sequence[NotebookPart] = (), count: int | None = None
) -> NotebookPart:
    """A cell of code with its outputs; `count` is its number among those that ran."""
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def written_output(text: str) -> list[NotebookPart]:
    """What a cell has written; nothing where that is none."""
    return [{"output_type": "stream", "name": "stdout", "text": text}] if text else []


def picture_output(png: bytes, words: str) -> NotebookPart:
    """A picture that a cell has shown, and the words that stand for it."""
    data = {"image/png": b64encode(png).decode(), "text/plain": words}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def error_output(lines: Sequence[str]) -> NotebookPart:
    """An error by the lines of its traceback, of which the last names its kind and says it."""
    kind, _, said = (lines[-1] if lines else "").partition(": ")
    return {"output_type": "error", "ename": kind, "evalue": said, "traceback": list(lines)}
