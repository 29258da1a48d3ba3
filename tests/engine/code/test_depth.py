"""Code that nests deeply: what Python still reads, and what may be gone through."""

from __future__ import annotations

import warnings

import pytest

from engine.code.depth import shallow_tree, tree_or_none

TOO_DEEP_FOR_PYTHON = "a = " + "-" * 20_000 + "1"
LONG_SUM = "a = " + " + ".join(["1"] * 400)


@pytest.mark.parametrize("source", ["a = (", "a = '\0'", TOO_DEEP_FOR_PYTHON])
def test_what_is_no_python_has_no_tree(source: str) -> None:
    assert tree_or_none(source) is None


def test_a_tree_too_deep_to_be_visited_is_a_tree() -> None:
    tree = tree_or_none(LONG_SUM)

    assert tree is not None
    assert len(tree.body) == 1
    with pytest.raises(SyntaxError, match="nested too deeply"):
        shallow_tree(LONG_SUM)


def test_a_tree_is_made_without_a_word() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        shallow_tree("a = 1if True else 2")
        tree_or_none("a = '\\d'")

    assert said == []


def test_a_tree_has_nothing_told_again_that_is_told_once() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default")
        for _ in range(3):
            warnings.warn("once", stacklevel=1)
            shallow_tree("a = '\\d'")

    assert [str(one.message) for one in said] == ["once"]
