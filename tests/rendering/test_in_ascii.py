"""Any character in ASCII, cell for cell, and signs of prose and formulas written out."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from rich.cells import cell_len

from tui.filters.in_ascii import cells_in_ascii
from tui.formulas.formulas import formulas_to_ascii
from tui.formulas.spelling import spelled, spelled_formula, spelled_words


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("plain", "plain"),
        ("╭─╮│╰╯┼═║", "+-+|+++=|"),
        ("▁▂▃▄▅▆▇█", "_.-=+*%#"),
        ("·░▒▓█", ".-+%#"),
        ("⠁⡀⡇⣿⠀", "'.:# "),
        ("●○✓✗…•", "*o+x.*"),
        ("→←↑↓", "><^v"),
        ("↗↙↖↘", "//\\\\"),
        ("α ≤ β", "a < b"),
        ("x²ₙ é ŷ", "x2n e y"),
        ("x\u0302", "x"),
        ("🔎!", "* !"),
        ("학습률, 。", "학습률, 。"),
    ],
)
def test_characters_stand_for_others_cell_for_cell(text: str, ascii_text: str) -> None:
    assert cells_in_ascii(text) == ascii_text
    assert cell_len(ascii_text) == cell_len(text)


def test_nothing_that_is_no_letter_is_left_and_nothing_changes_its_width() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in ("Cs", "Cc", "Cn", "Co"):
            continue

        shown = cells_in_ascii(character)

        assert cell_len(shown) == cell_len(character), hex(code)
        if cell_len(character) < 2 and not shown.isascii():
            assert unicodedata.category(character)[0] in "LM", hex(code)


@pytest.mark.parametrize(
    ("formula", "ascii_text"),
    [
        ("ŷ = wx + b", "y_hat = wx + b"),
        ("wₙ₊₁ = wₙ - γ∇J(wₙ)", "w_(n+1) = w_n - gamma grad J(w_n)"),
        ("e⁻ᶻ", "e^(-z)"),
        ("x²", "x^2"),
        ("Wᵀx", "W^Tx"),
        ("2αx", "2 alpha x"),
        ("√v̂ₙ + √(a + b)", "sqrt(v_hat_n) + sqrt(a + b)"),
        ("³√x", "root_3(x)"),
        ("∂C/∂W₁ · h", "dC/dW_1 * h"),
        ("Σᵢ ΔΩ", "sum_i Delta Omega"),
        ("x′ ∈ ℝ", "x' in ℝ"),
    ],
)
def test_formulas_are_written_out(formula: str, ascii_text: str) -> None:
    assert spelled_formula(formula) == ascii_text


def test_prose_keeps_its_letters_and_loses_its_signs() -> None:
    assert spelled("평균·분산 → 3 · 4 ≤ x²") == "평균·분산 -> 3 * 4 <= x^2"


def test_keys_have_names() -> None:
    assert spelled_words("⇧← H") == "shift+left H"
    assert spelled_words("한국어") == "Korean"


def test_formulas_in_markdown_are_escaped_and_code_is_not_touched() -> None:
    shown = formulas_to_ascii("The rate $\\alpha_1$ → `α → β` and $x \\cdot y$.")

    assert shown == "The rate alpha\\_1 -> `α → β` and x \\* y."
