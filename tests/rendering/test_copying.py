"""What is copied and saved of a pane, and what is said of it: no app."""

from __future__ import annotations

import xml.dom.minidom

import numpy as np
import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.tensors import TensorSnapshot
from tui.language.catalogue import as_written, translator
from tui.rendering.palette import DARK
from tui.showing.drawing_text import drawing_text
from tui.showing.plain_prose import plain_prose
from tui.showing.tensor_text import tensor_text
from tui.taking_along.picture import svg_of
from tui.terminal.clipboard import MOST_BYTES, is_taken
from tui.words.copying import copied_words, too_long_words


def test_lines_are_counted_and_a_single_one_is_shown() -> None:
    assert copied_words("one\ntwo\nthree\n", as_written) == "3 lines copied"
    assert copied_words("  cost = 1\n", as_written) == "Copied: cost = 1"
    assert copied_words("x" * 100, as_written) == f"Copied: {'x' * 39}…"
    assert copied_words("one\ntwo", translator("ko")) == "2줄을 복사했습니다"


def test_a_clipboard_takes_so_many_bytes_and_a_korean_letter_is_three() -> None:
    assert is_taken("x" * MOST_BYTES)
    assert not is_taken("x" * (MOST_BYTES + 1))
    assert not is_taken("가" * (MOST_BYTES // 3 + 1))
    assert "130 kB" in too_long_words("x" * 130_000, MOST_BYTES, as_written)


def test_a_drawing_that_is_copied_tells_by_characters_what_its_colours_did() -> None:
    two_curves, two_pixels = "\x1b[31m⠉⠉\x1b[34m⠒⠒ ", "\x1b[38;2;255;255;255;48;2;0;0;0m▀"

    assert drawing_text(f"{two_curves}\x1b[0m  \n") == "⠉⠉++"
    # Over pixels the first curve has a mark too, which tells it from them.
    assert drawing_text(f"{two_curves}\n{two_pixels}\x1b[0m  \n") == "ooxx\n*"


def test_prose_is_plain_text_a_paragraph_a_line() -> None:
    prose = r"""
## Cost 비용
It **falls** to $w^2$
and `stays` \* [there](https://example.org).

1. first
2. second
   - inner

> said

```python
x = 1
```

| a | b |
| - | - |
| 1 | 2 |
"""

    assert plain_prose(prose).split("\n\n") == [
        "Cost 비용",
        "It falls to w² and stays * there.",
        "1. first\n2. second\n   - inner",
        "said",
        "x = 1",
        "a\tb\n1\t2",
    ]


def snapshot(shape: tuple[int, ...], corner: list[list[float]]) -> TensorSnapshot:
    values = np.array(corner, dtype=np.float64)
    mask = np.zeros(values.shape, dtype=np.bool_)
    return TensorSnapshot("W", shape, "float32", "cpu", True, values, mask, None, None, None)


@pytest.mark.parametrize(
    ("shape", "corner", "text"),
    [
        ((2, 2), [[1, 2.5], [3, float("nan")]], "W  [2, 2]  float32\n1\t2.5\n3\tnan"),
        ((9, 7, 2), [[1, 2], [3, 4]], "W[0, :2, :]  [9, 7, 2]  float32\n1\t2\n3\t4"),
        ((900,), [[1, 2]], "W[:2]  [900]  float32\n1\t2"),
        ((), [[0.125]], "W  []  float32\n0.125"),
    ],
)
def test_a_tensor_says_which_of_its_values_follow(
    shape: tuple[int, ...], corner: list[list[float]], text: str
) -> None:
    assert tensor_text(snapshot(shape, corner)) == text


def test_a_picture_is_svg_with_each_text_as_wide_as_its_cells() -> None:
    line = Strip([Segment("비용 <1>", Style(color="#ff0000")), Segment(" ab")])

    picture = xml.dom.minidom.parseString(svg_of([line, line], DARK))

    texts = picture.getElementsByTagName("text")
    assert [text.firstChild.data for text in texts[:2]] == ["비용\xa0<1>", "\xa0ab"]
    widths = [float(text.getAttribute("textLength")) for text in texts[:2]]
    assert widths == pytest.approx([8 * 12.2, 3 * 12.2])
    assert "http" not in picture.documentElement.toxml().replace("http://www.w3.org/2000/svg", "")
