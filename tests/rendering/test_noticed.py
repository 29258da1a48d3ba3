"""What the teacher has noticed, in words: every slip in both languages, with its line."""

from __future__ import annotations

import pytest

from engine.protocol.noticed import Noticed, Slip
from tui.language.catalogue import translator
from tui.rendering.palette import DARK
from tui.rendering.remarks import draw_remarks
from tui.words.noticed import noticed_remarks, noticed_words

SLIPS = [
    Noticed(0, Slip.NEVER_ZEROED, 7, ("W", "optimizer")),
    Noticed(0, Slip.NEVER_ZEROED, 7, ("W", "")),
    Noticed(0, Slip.NO_BACKWARD, 7, ("optimizer",)),
    Noticed(0, Slip.NO_GRADIENT, 7, ("W", "b")),
    Noticed(0, Slip.NOT_OPTIMIZED, 7, ("W", "b", "optimizer")),
    Noticed(0, Slip.REPLACED, 7, ("W",)),
    Noticed(0, Slip.IN_GRAPH, 7, ("W",)),
    Noticed(0, Slip.CUT_OFF, 7, ("torch.no_grad()",)),
    Noticed(0, Slip.CUT_OFF, 7, ("item()",)),
    Noticed(0, Slip.NOT_ASKING, 7, ("W", "b")),
    Noticed(0, Slip.SWITCHED_OFF, 7, ("torch.set_grad_enabled(False)",)),
    Noticed(0, Slip.USED_UP, 7, ("every", "net.parameters()")),
    Noticed(0, Slip.BROADCAST, 7, ("made", "y"), shapes=((5, 1), (5,), (5, 5))),
    Noticed(0, Slip.BROADCAST, 7, ("made",), shapes=((5, 1), (5, 5))),
    Noticed(0, Slip.BROADCAST, 7, shapes=((5, 1), (5,))),
    Noticed(0, Slip.SHAPES, 7, ("x", "W"), shapes=((5, 3), (4, 1))),
    Noticed(0, Slip.SQUASHED_TWICE, 7, ("cost", "softmax")),
    Noticed(0, Slip.NO_CURVE, 7),
    Noticed(0, Slip.ELSEWHERE, 7, ("run",)),
    Noticed(0, Slip.NO_MOMENTS, 7, ("Thread-4 (poll)",)),
    Noticed(0, Slip.NOT_FINITE, 7, ("cost",), (1.0,)),
    Noticed(0, Slip.NOT_FINITE, 7, ("cost",), (9.0, 2.5)),
    Noticed(0, Slip.NOT_FINITE, 7, ("cost",), (9.0, 1e30)),
    Noticed(0, Slip.FIRST_NOT_FINITE, 7, ("sqrt", "gradient")),
    Noticed(0, Slip.FIRST_NOT_FINITE, 7, ("full", "value")),
    Noticed(0, Slip.FIRST_NOT_FINITE, 7, ("log", "value"), (0.0, 2.0)),
    Noticed(0, Slip.FIRST_NOT_FINITE, 7, ("pow", "value"), (0.0, 1e30)),
    Noticed(0, Slip.BOUNCES, 7, ("cost",), (3.0, 2.0, 0.1)),
    Noticed(0, Slip.GROWS, 7, ("cost",), (3.0, 2e9)),
    Noticed(0, Slip.CRAWLS, 7, ("cost",), (3.0, 2.99, 1e-5)),
    Noticed(0, Slip.TRAINING_MODE, 7, ("model", "Dropout")),
    Noticed(0, Slip.DEAD, 7, ("hidden",), (9.0, 12.0)),
    Noticed(0, Slip.RETURNED_NONE, 7, ("forward",)),
    Noticed(0, Slip.RETURNED_ON_SOME_WAYS, 7, ("forward",)),
    Noticed(0, Slip.HIDDEN_IN_LIST, 7, ("net.layers",)),
]


def test_no_slip_is_without_words() -> None:
    assert {one.slip for one in SLIPS} == set(Slip)


@pytest.mark.parametrize("noticed", SLIPS, ids=lambda one: one.slip.name)
def test_a_slip_is_told_in_both_languages_with_its_line(noticed: Noticed) -> None:
    english, korean = (noticed_words(noticed, translator(one)) for one in ("en", "ko"))

    assert english.startswith("Line 7: ")
    assert korean.startswith("7번째 줄: ")
    assert english.endswith(".")
    assert korean.endswith(".")
    assert named(noticed, english) == named(noticed, korean)
    assert bool(named(noticed, english)) == bool(noticed.names or noticed.shapes)


def named(noticed: Noticed, words: str) -> set[str]:
    """The names and shapes of a slip that its sentence says."""
    told = {*noticed.names, *map(str, map(list, noticed.shapes))} - {"", "value", "gradient"}
    return {one for one in told if one in words}


def test_a_cost_that_may_be_finite_again_is_told_of_where_it_was_not() -> None:
    noticed = Noticed(0, Slip.NOT_FINITE, None, ("cost",), (33.0, 2.721e37))

    words = noticed_words(noticed, translator("en"))

    assert words == (
        "cost grew to 2.721e37 and is no finite number at iteration 33: take a smaller learning"
        " rate."
    )


def test_a_slip_without_a_place_begins_with_what_goes_wrong() -> None:
    noticed = Noticed(0, Slip.BOUNCES, None, ("cost",), (3.0, 2.0, 0.1))

    words = noticed_words(noticed, translator("en"))

    assert words == "cost bounces, from 3 to 2: take a smaller learning rate than 0.1."


@pytest.mark.parametrize(("in_ascii", "mark"), [(False, "⚠"), (True, "!")])
def test_a_slip_has_a_mark_of_its_own(in_ascii: bool, mark: str) -> None:
    remarks = noticed_remarks(SLIPS[:1], translator("en"))

    drawn = draw_remarks(remarks, 60, DARK, in_ascii=in_ascii)

    assert drawn[0].text.startswith(f"{mark} Line 7: ")
    assert drawn[1].text.startswith("  ")


def test_a_small_rate_is_written_as_in_code() -> None:
    crawls = Noticed(0, Slip.CRAWLS, None, ("cost",), (3.0, 2.99, 5e-5))
    grows = Noticed(0, Slip.GROWS, None, ("cost",), (3.0, 2e21))

    assert noticed_words(crawls, translator("en")).endswith("than 5e-5.")
    assert "to 2e21:" in noticed_words(grows, translator("en"))
