"""Formulas in prose as Unicode, and everything that only looks like one left alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from markdown_it import MarkdownIt

from tui.formulas.formulas import escape_markdown, formulas_in_line, formulas_to_unicode
from tui.formulas.latex import LatexError, latex_to_unicode

FORMULAS_OF_THE_COURSE = [
    (r"\hat{y} = XW + b", "ŷ = XW + b"),
    (r"MSE = \frac{1}{n} \Sigma \left(y - \hat{y} \right)^{2}", "MSE = 1/n Σ(y - ŷ)²"),
    (r"w_{n+1} = w_n - \gamma \nabla J(w_n)", "wₙ₊₁ = wₙ - γ∇J(wₙ)"),
    (r"w_{n+1} = w_n - \gamma \frac{\delta loss}{\delta w}", "wₙ₊₁ = wₙ - γ δloss/δw"),
    (
        r"p(x) = \frac{e^{b_1 + b_1 x_1}}{1 + e^{b_0 + b_1 x_1}}"
        r" = \frac{1}{1 + e^{-(b_0 + b_1 x_1)}}",
        "p(x) = e^(b₁ + b₁x₁)/(1 + e^(b₀ + b₁x₁)) = 1/(1 + e^(-(b₀ + b₁x₁)))",
    ),
    (
        r"p(X) = \frac{e^{XW}}{1 + e^{XW}} = \frac{1}{1 + e^{-(XW)}}",
        "p(X) = e^(XW)/(1 + e^(XW)) = 1/(1 + e^(-(XW)))",
    ),
    (
        r"\cos t = -\frac{1}{m} \sum y \log(p(X)) + (1 - y)(\log(1 - p(X)))",
        "cos t = -1/m Σ y log(p(X)) + (1 - y)(log(1 - p(X)))",
    ),
    (r"y = p(X)", "y = p(X)"),
    (r"y \neq p(X)", "y ≠ p(X)"),
    (
        r"\text{Loss} = -\sum_{i=1}^{\text{size}} \, y_i \cdot \log \, \hat{y}_i",
        "Loss = -Σᵢ₌₁ˢⁱᶻᵉ yᵢ · log ŷᵢ",
    ),
    (r"\sigma(x) = \frac{1}{1 + e^{-x}}", "σ(x) = 1/(1 + e⁻ˣ)"),
]

FORMULAS_OF_DEEP_LEARNING = [
    (
        r"\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
        "softmax(z)ᵢ = e^(zᵢ)/(Σⱼ₌₁ᴷ e^(zⱼ))",
    ),
    (
        r"H(p, q) = -\sum_{x \in \mathcal{X}} p(x) \log q(x)",
        "H(p, q) = -Σ_(x ∈ 𝒳) p(x) log q(x)",
    ),
    (r"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t", "mₜ = β₁mₜ₋₁ + (1 - β₁)gₜ"),
    (r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}", "m̂ₜ = mₜ/(1 - β₁ᵗ)"),
    (
        r"\theta_t = \theta_{t-1} - \alpha \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
        "θₜ = θₜ₋₁ - α m̂ₜ/(√v̂ₜ + ε)",
    ),
    (
        r"\frac{\partial L}{\partial w_1} = \frac{2}{m}\sum_i (\hat y_i - y_i) x_i",
        "∂L/∂w₁ = 2/m Σᵢ (ŷᵢ - yᵢ)xᵢ",
    ),
    (
        r"\text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V",
        "softmax(QKᵀ/√dₖ)V",
    ),
    (
        r"h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h)",
        "hₜ = tanh(Wₕₕhₜ₋₁ + Wₓₕxₜ + bₕ)",
    ),
    (
        r"\hat\theta = \operatorname*{argmin}_\theta \|y - X\theta\|^2",
        "θ̂ = argmin_θ ‖y - Xθ‖²",
    ),
    (
        r"\mathcal{L}(\theta) = \mathbb{E}_{x \sim p}[\log p_\theta(y \mid x)]",
        "ℒ(θ) = 𝔼_(x ~ p)[log p_θ(y | x)]",
    ),
    (
        r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
        "{x  if x > 0; 0  otherwise}",
    ),
    (r"\text{손실} = \frac{1}{n}\sum_{i=1}^{n} l_i", "손실 = 1/n Σᵢ₌₁ⁿ lᵢ"),
]

PARTS = [
    (r"\frac{a+b}{c}", "(a + b)/c"),
    (r"\frac{a}{b}", "a/b"),
    (r"\frac{1}{2m}", "1/(2m)"),
    (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
    (r"\ln \frac{p}{1 - p} = XW + b", "ln(p/(1 - p)) = XW + b"),
    (r"\log_2 \frac{a}{b}", "log₂(a/b)"),
    (r"\sin^2 \frac{x}{2}", "sin²(x/2)"),
    (r"\nabla \frac{a}{b}", "∇(a/b)"),
    (r"x / \frac{a}{b}", "x/(a/b)"),
    (r"\frac{a}{b} c", "(a/b) c"),
    (r"\frac{a}{b} \ln c", "(a/b) ln c"),
    (r"\frac{a}{b}\,\frac{c}{d}", "(a/b) c/d"),
    (r"\frac{a}{b} \cdot \frac{c}{d}", "a/b · c/d"),
    (r"\frac{a}{b}^2", "(a/b)²"),
    (r"{a + b}^2", "(a + b)²"),
    (r"{ab}^2", "ab²"),
    (r"c \frac{a}{b}", "c a/b"),
    (r"c + \frac{a}{b} - d", "c + a/b - d"),
    (r"\sqrt{x}", "√x"),
    (r"\sqrt{x+1}", "√(x + 1)"),
    (r"\sqrt[3]{x}", "³√x"),
    (r"x^2", "x²"),
    (r"x_i^2", "xᵢ²"),
    (r"W_q", "W_q"),
    (r"y_{\text{pred}} x", "y_pred x"),
    (r"a_{b_c}", "a_(b_c)"),
    (r"\bar{x}, \tilde{x}, \vec{v}", "x̄, x̃, v⃗"),
    (r"-x + -y", "-x + -y"),
    (r"W \in \mathbb{R}^{3}", "W ∈ ℝ³"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} 1 \\ 3 \end{bmatrix}^T", "[[1], [3]]ᵀ"),
    (r"a \leq b, c \to d", "a ≤ b, c → d"),
    (r"\text{one-hot}", "one-hot"),
    (r"f'(x)", "f′(x)"),
    (r"50\%", "50%"),
    (r"\tau_\text{mem}, x_\mathrm{o}^\mathbf{b}", "τₘₑₘ, xₒᵇ"),
    (r"p_\mathcal{N}(x)", "p_𝒩(x)"),
    (r"0 \lt x \gt y", "0 < x > y"),
    (r"f: \R \to \R", "f: ℝ → ℝ"),
    (r"\underbrace{a + b}_{c}", "(a + b)_c"),
    (r"\boxed{x}", "x"),
    (r"a \\ b \\ ", "a\nb"),
    (r"16\,\degree C", "16 °C"),
]


@pytest.mark.parametrize(("latex", "text"), FORMULAS_OF_THE_COURSE)
def test_formulas_of_the_course_are_readable(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(("latex", "text"), FORMULAS_OF_DEEP_LEARNING)
def test_formulas_of_deep_learning_are_readable(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(("latex", "text"), PARTS)
def test_parts_of_formulas_have_brackets_only_where_needed(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize("latex", [r"\frac{a", "a}", r"\foo{x}", "x_", r"\begin{foo} x \end{foo}"])
def test_a_formula_that_cannot_be_read_is_shown_as_written(latex: str) -> None:
    shown = formulas_to_unicode(f"a ${latex}$ b")

    assert _plain(shown) == f"a ${latex}$ b"


@pytest.mark.parametrize("latex", [r"\verb", r"\text \text", "{" * 3000 + "x" + "}" * 3000])
def test_what_the_parser_stumbles_over_is_an_error_of_ours(latex: str) -> None:
    with pytest.raises(LatexError):
        latex_to_unicode(latex)


@pytest.mark.parametrize(
    "markdown",
    [
        "no dollar at all",
        "costs $5 and $10",
        "from $5-$10 a month",
        r"costs \$5, or \$x\$",
        "`$x$` and ``a ` $y$``",
        "```python\ns = '$x$'\n```",
        "~~~\n$x$\n~~~",
        "- item\n\n  ```\n  $x$\n  ```",
        "```\nnever closed $x$",
        "one $ alone",
        "a $x\n\ny$ b",
        "$ x $",
        "$$x",
    ],
)
def test_what_is_no_formula_stays_as_it_is(markdown: str) -> None:
    assert formulas_to_unicode(markdown) == markdown


@pytest.mark.parametrize(
    ("title", "shown", "in_ascii"),
    [
        (r"The rate $\alpha$", "The rate α", "The rate alpha"),
        (r"$$\alpha$$: its *size* at $x_{obs}$", "α: its *size* at x_obs", None),
        (r"$\ell$-distances of $(\theta, x)$ pairs", "ℓ-distances of (θ, x) pairs", None),
        (r"$\begin{matrix}a\\b\end{matrix}$", "[[a], [b]]", None),
        (r"Of \begin{align*} y &= \frac{1}{x} \end{align*} we", "Of y = 1/x we", None),
    ],
)
def test_formulas_in_a_title_are_readable(title: str, shown: str, in_ascii: str | None) -> None:
    assert formulas_in_line(title) == shown
    assert in_ascii is None or formulas_in_line(title, in_ascii=True) == in_ascii


@pytest.mark.parametrize(
    "title", ["from $5 to $6", "!cp $one/$two", "!echo $HOME in $PATH", r"\$x\$", r"$\nosuch{$"]
)
def test_what_is_no_formula_stays_in_a_title(title: str) -> None:
    assert formulas_in_line(title) == title


def test_formulas_are_found_beside_prices_and_code() -> None:
    shown = formulas_to_unicode("`$a$` costs $5, but $x^2$-axis and 기울기는 $w_n$이다.")

    assert shown == "`$a$` costs $5, but x²-axis and 기울기는 wₙ이다."


def test_a_display_formula_is_a_quotation_of_its_own() -> None:
    shown = formulas_to_unicode("if\n$$y = p(X)$$\n, cost gets near to 0")

    assert _html(shown) == (
        "<p>if</p>\n<blockquote>\n<p>y = p(X)</p>\n</blockquote>\n<p>, cost gets near to 0</p>\n"
    )


def test_a_display_formula_over_several_lines_keeps_its_lines() -> None:
    shown = formulas_to_unicode("$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$")

    assert _html(shown) == "<blockquote>\n<p>a = b<br />\nc = d</p>\n</blockquote>\n"


def test_what_latex_takes_for_a_formula_needs_no_dollars() -> None:
    markdown = "Here\n\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}\nwith\n\n"
    code = "```\n\\begin{align}\nx\n\\end{align}\n```\n"

    shown = formulas_to_unicode(f"{markdown}{code}")

    assert shown == f"Here\n\n> a = b\\\n> c = d\n\nwith\n\n{code}"
    assert "> x = y" in formulas_to_unicode("\\begin{eqnarray*}x &=& y\\end{eqnarray*}")


def test_a_display_formula_in_a_list_stays_in_its_item() -> None:
    shown = formulas_to_unicode("- item\n  $$x^2$$\n- next")

    assert _html(shown).count("<li>") == 2
    assert "<blockquote>\n<p>x²</p>\n</blockquote>\n</li>" in _html(shown)


def test_a_display_formula_within_a_line_stays_in_it() -> None:
    assert formulas_to_unicode("the loss $$x^2$$ falls") == "the loss x² falls"


@pytest.mark.parametrize("latex", ["a * b * c", "p(y | x) < 1", r"x_q y_q", "-x", "[a](b)"])
def test_markdown_shows_every_character_of_a_formula(latex: str) -> None:
    quoted = _html(formulas_to_unicode(f"$${latex}$$"))

    assert quoted.startswith("<blockquote>\n<p>")
    assert "<em>" not in quoted
    assert "<ul>" not in quoted
    assert "<a" not in quoted


@pytest.mark.parametrize("text", ["- x", "+ x", "1. x", "2) x", "# x", "> x", "*a* _b_ `c` \\ & |"])
def test_escaped_text_reads_as_one_paragraph_of_itself(text: str) -> None:
    assert _plain(escape_markdown(text)) == text


def test_prose_without_a_formula_does_not_import_the_parser() -> None:
    code = (
        "import sys; from tui.formulas.formulas import formulas_to_unicode as convert;"
        "convert('costs $5'); assert 'pylatexenc' not in sys.modules;"
        "convert('$x$'); assert 'pylatexenc' in sys.modules"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def _html(markdown: str) -> str:
    return MarkdownIt("commonmark").render(markdown)


def _plain(markdown: str) -> str:
    """The text of Markdown that is one paragraph without markup."""
    blocks = MarkdownIt("commonmark").parse(markdown)
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    return "".join(child.content for child in blocks[1].children or [])


@pytest.mark.parametrize(
    "size",
    ["large", "Large", "LARGE", "huge", "Huge", "small", "tiny", "normalsize", "scriptstyle"],
)
@pytest.mark.parametrize("written", [r"\{size} x^2", r"{{\{size} x^2}}", r"\{size}{{x^2}}"])
def test_a_formula_that_says_its_size_is_readable(size: str, written: str) -> None:
    assert latex_to_unicode(written.format(size=size)) == "x²"


@pytest.mark.parametrize(
    "latex", [r"\color{red}{x}", r"\textcolor{red}{x}", r"x \label{eq:1}", r"x \tag{3}", r"{\bf x}"]
)
def test_what_a_line_of_text_cannot_show_hides_no_formula(latex: str) -> None:
    assert latex_to_unicode(latex) == "x"
