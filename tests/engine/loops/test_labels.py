"""What the bar of a loop is called."""

from __future__ import annotations

import ast

import pytest

from engine.loops.labels import label_of


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("for epoch in range(9)", "epoch"),
        ("for x, y in loader", "x, y"),
        ("for i, (x, y) in enumerate(loader)", "i, (x, y)"),
        ("for epoch, cost, loop in sealed()", "epoch"),
        ("for [kernel_size, padding, stride] in sizes", "kernel_size"),
        ("for (batch_images, batch_labels), row in loader", "batch_images"),
        ("for head, *everything_else in rows", "head"),
        ("for *everything_before, last in rows", "*everything_before"),
        ("for self.epoch in range(9)", "self.epoch"),
        ("for _ in range(150)", "range(150)"),
        ("for __ in loader", "loader"),
        ("for _, _ in pairs", "pairs"),
        ("for _, x in pairs", "x"),
        ("for _, (x, y) in pairs", "x, y"),
        ("for (_, _), x, y in pairs", "x, y"),
        ("for _, (batch_images, _), batch_labels in pairs", "batch_images"),
        ("for _ in range(first_of_all, last_of_all)", "range(first_of_all, last_of…"),
        ("while loss > 0.1", "while loss > 0.1"),
    ],
)
def test_a_loop_is_called_by_the_words_of_its_own_line(line: str, label: str) -> None:
    [loop] = ast.parse(f"{line}: pass").body

    assert isinstance(loop, ast.For | ast.While)
    assert label_of(loop) == label
