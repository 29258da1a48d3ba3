"""Tensors as lines of text."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from rich.style import Style
from textual.strip import Strip

from engine.protocol.tensors import TensorSnapshot
from tui.plots.corner import format_values
from tui.plots.tensors import draw_tensors
from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.palette import DARK


def _snapshot(
    values: npt.ArrayLike,
    name: str = "W",
    shape: tuple[int, ...] | None = None,
    dtype: str = "float32",
    device: str = "cpu",
    requires_grad: bool = False,
    changed: npt.ArrayLike = False,
) -> TensorSnapshot:
    """A snapshot as the engine makes it of a tensor whose corner is `values`."""
    array = np.asarray(values, dtype=np.float64)
    corner = np.atleast_2d(array)
    finite = corner[np.isfinite(corner)]
    return TensorSnapshot(
        name=name,
        shape=array.shape if shape is None else shape,
        dtype=dtype,
        device=device,
        requires_grad=requires_grad,
        corner=corner,
        changed=np.broadcast_to(np.asarray(changed, dtype=bool), corner.shape).copy(),
        lowest=float(finite.min()) if finite.size else None,
        highest=float(finite.max()) if finite.size else None,
        mean=float(finite.mean()) if finite.size else None,
    )


def _texts(snapshot: TensorSnapshot, width: int = 80) -> list[str]:
    return [strip.text for strip in draw_tensors([snapshot], width, DARK)]


def _style_of(strips: list[Strip], word: str) -> Style:
    for strip in reversed(strips):
        for segment in strip:
            if segment.text.strip() == word:
                assert segment.style is not None
                return segment.style
    raise AssertionError(f"{word} is not drawn")


@pytest.mark.parametrize(("glyphs", "mark"), [(UNICODE, "◆ "), (ASCII, "* ")])
def test_the_heads_of_changed_tensors_carry_a_mark(glyphs: Glyphs, mark: str) -> None:
    tensors = [_snapshot([1.0], "W"), _snapshot([1.0], "W.grad")]

    strips = draw_tensors(tensors, 50, DARK, glyphs, changed=("W.grad",))

    heads = [strip.text for strip in strips if "float32" in strip.text]
    assert [head[: len(mark) + 1] for head in heads] == ["W  ", f"{mark}W"]


@pytest.mark.parametrize("width", range(4, 60))
def test_a_marked_head_is_no_wider_than_its_pane(width: int) -> None:
    tensor = _snapshot([1.0], "a.long.name.of.a.tensor", requires_grad=True)

    strips = draw_tensors([tensor], width, DARK, changed=(tensor.name,))

    assert all(strip.cell_length <= width for strip in strips)


def test_a_weight_is_drawn_with_head_statistics_and_values() -> None:
    weight = _snapshot([[0.7187], [0.6141], [-0.684]], requires_grad=True)

    assert _texts(weight) == [
        "W  [3, 1]  float32  cpu  requires_grad",
        "min -0.6840  mean 0.2163  max 0.7187",
        " 0.7187",
        " 0.6141",
        "-0.6840",
    ]


@pytest.mark.parametrize(
    ("values", "dtype", "row"),
    [
        ([152.7695, 183.6982], "float32", " 152.8  183.7"),
        ([73, 80, -75], "float32", " 73.  80. -75."),
        ([1.5, 0, -1], "float32", " 1.500     0. -1.000"),
        ([1, 0, -5, 123], "int64", "   1    0   -5  123"),
        ([1, 0], "bool", "  True  False"),
        ([1.234e9, -1e-9], "float32", "  1.234e9 -1.000e-9"),
        ([152.7695, 0.0001], "float32", " 152.8   1e-4"),
        ([math.nan, 1.5, math.inf, -math.inf], "float32", "   nan  1.500    inf   -inf"),
    ],
)
def test_values_have_one_width_and_four_digits(values: list[float], dtype: str, row: str) -> None:
    assert _texts(_snapshot(values, dtype=dtype))[-1] == row


def test_statistics_go_on_in_the_next_line_where_they_do_not_fit() -> None:
    weight = replace(_snapshot([0.5, -0.5]), norm=0.7071, moved=0.0123)

    assert _texts(weight)[1] == "min -0.5000  mean 0  max 0.5000  norm 0.7071  change 0.01230"
    assert _texts(weight, 36)[1:3] == [
        "min -0.5000  mean 0  max 0.5000",
        "norm 0.7071  change 0.01230",
    ]


def test_what_is_not_finite_is_counted() -> None:
    strips = draw_tensors([replace(_snapshot([1.5, math.nan]), nans=1, infinities=1200)], 80, DARK)

    assert strips[1].text.endswith("nan 1  inf 1,200")
    assert _style_of(strips, "1,200").color == Style.parse(DARK.bad).color


@pytest.mark.parametrize(("glyphs", "sign"), [(UNICODE, "≈"), (ASCII, "~")])
def test_statistics_of_a_sample_say_so(glyphs: Glyphs, sign: str) -> None:
    sampled = replace(_snapshot([1.5, 2.5], shape=(1000,)), looked_at=100)

    strips = draw_tensors([sampled], 80, DARK, glyphs)

    assert strips[1].text == f"{sign} min 1.500  mean 2  max 2.500  nan ?  inf ?"


def test_a_sample_of_whole_numbers_misses_no_nan() -> None:
    sampled = replace(_snapshot([1, 2], shape=(1000,), dtype="int64"), looked_at=100)

    assert "nan" not in draw_tensors([sampled], 80, DARK)[1].text


def test_a_gradient_stands_beside_its_tensor() -> None:
    tensors = [
        _snapshot([[1.5], [2.5]], "W"),
        _snapshot([[-8.0], [4.0]], "W.grad"),
        _snapshot(0.5, "b"),
    ]

    texts = [strip.text for strip in draw_tensors(tensors, 80, DARK)]

    assert [(text[:6].strip(), text[41:48].strip()) for text in texts] == [
        ("W  [2,", "W.grad"),
        ("min 1.", "min -8"),
        ("1.500", "-8."),
        ("2.500", "4."),
        ("", ""),
        ("b  []", ""),
        ("0.500", ""),
    ]


def test_in_a_narrow_pane_a_gradient_stands_below_its_tensor() -> None:
    tensors = [_snapshot(1.5, "W"), _snapshot(-8.0, "W.grad")]

    texts = [strip.text for strip in draw_tensors(tensors, 40, DARK)]

    assert [text.split()[0] for text in texts if text] == ["W", "1.500", "W.grad", "-8."]


def test_a_gradient_whose_tensor_is_not_shown_stands_alone() -> None:
    strips = draw_tensors([_snapshot(-8.0, "W.grad")], 80, DARK)

    assert strips[0].text.startswith("W.grad")


def test_a_scalar_is_one_value_without_statistics() -> None:
    assert _texts(_snapshot(3.14159)) == ["W  []  float32  cpu", " 3.142"]


def test_a_tensor_of_four_dimensions_says_which_slice_is_shown() -> None:
    texts = _texts(_snapshot([[1.5, 2.5]], shape=(8, 3, 1, 2)))

    assert texts[2:] == ["[0, 0, :, :]", " 1.500  2.500"]


def test_complex_numbers_are_said_to_be_magnitudes() -> None:
    assert _texts(_snapshot([5.0, 1.5], dtype="complex64"))[2:] == ["magnitudes", " 5.000  1.500"]


def test_an_empty_tensor_says_so() -> None:
    assert _texts(_snapshot(np.zeros((0, 3))))[1:] == ["empty: it has no values"]


def test_a_tensor_without_readable_values_says_so() -> None:
    meta = _snapshot(np.zeros((0, 0)), shape=(2, 3), device="meta")

    assert _texts(meta)[1:] == ["its values cannot be shown"]


def test_rows_and_columns_that_the_corner_leaves_out_are_dotted() -> None:
    texts = _texts(_snapshot([[1.5, 2.5], [3.5, 4.5]], shape=(784, 128)))

    assert texts[2:] == [" 1.500  2.500 …", " 3.500  4.500 …", "     ⋮      ⋮"]


def test_columns_that_do_not_fit_are_dotted() -> None:
    texts = _texts(_snapshot([[1.5, 2.5, 3.5, 4.5]]), width=16)

    assert texts[-1] == " 1.500  2.500 …"


def test_columns_that_just_fit_are_not_dotted() -> None:
    assert _texts(_snapshot([[1.5, 2.5]]), width=13)[-1] == " 1.500  2.500"


def test_ascii_dots_are_ascii() -> None:
    strips = draw_tensors([_snapshot([[1.5]], shape=(2, 2))], 40, DARK, ASCII)

    assert [strip.text for strip in strips][2:] == [" 1.500 ...", "     :"]


def test_values_are_coloured_by_size_against_the_largest() -> None:
    strips = draw_tensors([_snapshot([-1.5, 0, 1.5, 0.75])], 80, DARK)

    colours = [_style_of(strips, word).color for word in ("-1.500", "0.", "1.500", "0.750")]
    names = [colour.name for colour in colours if colour]
    assert [name.lower() for name in names[:3]] == [DARK.negative, DARK.dim, DARK.positive]
    assert names[3].lower() not in (DARK.dim, DARK.positive)


def test_values_that_are_not_finite_are_bad_and_leave_the_scale_alone() -> None:
    strips = draw_tensors([_snapshot([math.nan, math.inf, 1.5])], 80, DARK)

    assert _style_of(strips, "nan").color == Style.parse(DARK.bad).color
    assert _style_of(strips, "inf").color == Style.parse(DARK.bad).color
    assert _style_of(strips, "1.500").color == Style.parse(DARK.positive).color


def test_changed_values_can_be_told_without_colour() -> None:
    strips = draw_tensors([_snapshot([1.5, 2.5], changed=[[True, False]])], 80, DARK)

    changed, unchanged = _style_of(strips, "1.500"), _style_of(strips, "2.500")
    assert (changed.bold, changed.underline) == (True, True)
    assert not unchanged.bold
    assert not unchanged.underline


@pytest.mark.parametrize("width", [1, 4, 8, 14, 20, 30, 60, 120])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    values = np.random.default_rng(0).normal(0, 100, (16, 16))
    tensors = [
        _snapshot(
            values, name="아주 긴 이름의 가중치 행렬", shape=(4, 784, 128), requires_grad=True
        ),
        _snapshot(np.zeros((0, 3)), name="비어 있음"),
        _snapshot([1e30, -1e-30, math.nan]),
    ]

    widths = [strip.cell_length for strip in draw_tensors(tensors, width, DARK)]

    assert max(widths) <= width


def test_a_narrow_head_keeps_name_and_shape() -> None:
    weight = _snapshot([[0.5]], shape=(784, 128), device="cuda:0", requires_grad=True)

    assert _texts(weight, 46)[0] == "W  [784, 128]  float32  cuda:0  requires_grad"
    assert _texts(weight, 40)[0] == "W  [784, 128]  float32  requires_grad"
    assert _texts(weight, 30)[0] == "W  [784, 128]  requires_grad"
    assert _texts(weight, 14)[0] == "W  [784, 128]"


def test_korean_names_are_cut_by_cells() -> None:
    assert _texts(_snapshot([0.5], name="가중치_행렬"), 12)[0] == "가중치…  [1]"


def test_tensors_are_parted_by_a_blank_line() -> None:
    strips = draw_tensors([_snapshot(0.5, name="w"), _snapshot(1.5, name="b")], 80, DARK)

    assert [strip.text.split(" ")[0] for strip in strips] == ["w", "", "", "b", ""]


def test_nothing_pinned_draws_nothing() -> None:
    assert draw_tensors([], 80, DARK) == []


def test_the_width_of_values_holds_while_they_train() -> None:
    before = format_values(np.array([[0.7187, -0.0021]]), "float32")
    after = format_values(np.array([[0.7301, 0.0093]]), "float32")

    assert len(before[0][0]) == len(after[0][0])
