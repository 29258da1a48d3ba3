"""Which panes are in sight at which width, and where they stand: plain functions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.geometry import Region

from tui.layout.arrangement import LAST_LINE, SIDE_PANES, Arrangement, Wish, arrangement
from tui.layout.choice import PaneChoice
from tui.layout.places import Shares, border_at, places
from tui.panes.pane_tabs import PANES

TRAINING = frozenset({"prose", "code", "curve", "view", "tensors"})
WRITING = TRAINING | {"output"}
ROOM = (120, 36)


@pytest.mark.parametrize("active", sorted(WRITING))
def test_a_narrow_terminal_shows_the_active_pane_alone(active: str) -> None:
    plan = arrangement(80, 24, Wish(TRAINING, active))

    assert plan.columns == ((active,),)


@pytest.mark.parametrize("active", ["canvas", "view"])
def test_a_narrow_terminal_shows_a_canvas_beside_what_follows_it(active: str) -> None:
    plan = arrangement(80, 24, Wish(TRAINING | {"canvas"}, active))

    assert plan.columns == (("canvas",), ("view",))


def test_a_very_narrow_terminal_shows_a_canvas_alone() -> None:
    plan = arrangement(65, 24, Wish(TRAINING | {"canvas"}, "canvas"))

    assert plan.columns == (("canvas",),)


@pytest.mark.parametrize(
    ("width", "height", "columns"),
    [
        (80, 24, (("curve",), ("view",))),
        (60, 40, (("curve", "view"),)),
        (60, 24, (("curve",),)),
    ],
)
def test_a_narrow_terminal_shows_a_run_under_the_end_of_its_text(
    width: int, height: int, columns: tuple[tuple[str, ...], ...]
) -> None:
    plan = arrangement(width, height, Wish(TRAINING, "prose", is_watching=True))

    assert plan == Arrangement(columns, folded="prose")


@pytest.mark.parametrize("size", [(80, 15), (60, 15), (40, 10)])
def test_a_run_has_all_the_rows_where_they_are_very_few(size: tuple[int, int]) -> None:
    assert arrangement(*size, Wish(TRAINING, "prose", is_watching=True)).columns == (("curve",),)


def test_a_step_without_a_text_has_its_run_under_its_code() -> None:
    choice = PaneChoice()
    choice.offer(0, {"code", "curve", "output"})
    choice.watch_run()

    plan = arrangement(80, 24, choice.wish)

    assert (plan.folded, plan.columns) == ("code", (("curve",), ("output",)))


def test_a_run_that_shows_nothing_leaves_its_text_unfolded() -> None:
    plan = arrangement(80, 24, Wish({"prose", "code"}, "prose", is_watching=True))

    assert plan.columns == (("prose",),)


@pytest.mark.parametrize("width", [100, 169])
def test_two_columns_show_text_and_code_beside_two_more(width: int) -> None:
    plan = arrangement(width, 40, Wish(TRAINING, "prose"))

    assert plan.columns == (("prose", "code"), ("curve", "view"))


def test_two_high_columns_show_three_panes_beside_the_text() -> None:
    plan = arrangement(160, 50, Wish(TRAINING, "prose"))

    assert plan.columns == (("prose", "code"), ("curve", "view", "tensors"))


def test_three_columns_show_every_pane_that_there_is() -> None:
    assert set(arrangement(200, 60, Wish(WRITING, "prose")).names) == WRITING


def test_panes_that_are_not_there_leave_their_room_to_the_others() -> None:
    plan = arrangement(200, 60, Wish({"prose", "code", "view"}, "prose"))

    assert plan.columns == (("prose", "code"), ("view",))


@pytest.mark.parametrize("width", [100, 200])
def test_text_and_code_alone_stand_side_by_side(width: int) -> None:
    assert arrangement(width, 40, Wish({"prose", "code"}, "prose")).columns == (
        ("prose",),
        ("code",),
    )


def test_a_pane_that_was_asked_for_comes_in_place_of_another_and_not_of_the_curve() -> None:
    choice = PaneChoice()
    choice.offer(0, WRITING)

    for name in ("tensors", "output"):
        choice.show(name)

    assert arrangement(120, 40, choice.wish).columns == (("prose", "code"), ("curve", "output"))


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (120, (("prose",), ("curve",), ("output",))),
        (200, (("prose",), ("curve",), ("view",), ("output",))),
    ],
)
def test_code_that_is_written_in_stands_below_the_others(
    width: int, columns: tuple[tuple[str, ...], ...]
) -> None:
    panes = {"prose", "code", "curve", "view", "output"}
    wish = Wish(panes, "code", recent=("output",), is_writing=True)

    plan = arrangement(width, 40, wish)

    assert (plan.columns, plan.wide) == (columns, "code")


def test_code_that_is_written_in_has_most_of_the_height() -> None:
    plan = Arrangement((("prose",), ("curve",)), wide="code", below=LAST_LINE)

    found = places(plan, 120, 36, Shares())

    assert found["prose"] == Region(0, 0, 60, 14)
    assert found["curve"] == Region(60, 0, 60, 14)
    assert found["code"] == Region(0, 14, 120, 21)
    assert found[LAST_LINE] == Region(0, 35, 120, 1)
    assert border_at(plan, 120, 36, Shares(), 60, 20) is None


def test_code_that_is_written_in_alone_has_all_the_room() -> None:
    plan = Arrangement((), wide="code")

    assert places(plan, 120, 36, Shares()) == {"code": Region(0, 0, 120, 36)}


def test_an_output_out_of_sight_leaves_its_last_line_under_the_code() -> None:
    plan = arrangement(120, 40, Wish(WRITING, "prose"))

    assert plan.columns == (("prose", "code", LAST_LINE), ("curve", "view"))


def test_without_the_code_the_last_line_is_below_everything() -> None:
    plan = arrangement(80, 24, Wish(WRITING, "prose", is_watching=True))

    assert plan.below == LAST_LINE


@pytest.mark.parametrize("active", PANES)
@pytest.mark.parametrize("width", [1, 40, 99, 100, 169, 170, 400])
def test_the_active_pane_is_in_sight_at_every_width(active: str, width: int) -> None:
    choice = PaneChoice()
    choice.offer(0, WRITING | {active})
    choice.show(active)

    assert active in arrangement(width, 24, choice.wish).names


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_an_enlarged_pane_has_all_the_room(width: int) -> None:
    plan = arrangement(width, 40, Wish(TRAINING, "view", is_enlarged=True))

    assert places(plan, *ROOM, Shares()) == {"view": (0, 0, *ROOM)}


def test_a_pane_stays_while_its_step_is_shown_and_no_longer() -> None:
    choice = PaneChoice()
    choice.offer(0, {"prose", "output"})

    choice.offer(0, {"prose"})
    assert "output" in choice.panes

    choice.offer(1, {"prose"})
    assert "output" not in choice.panes


def test_a_pane_that_is_empty_has_room_only_once_it_was_asked_for() -> None:
    choice = PaneChoice()
    choice.offer(0, WRITING, empty=SIDE_PANES)
    assert choice.wish.panes == {"prose", "code"}

    choice.show("output")
    choice.show("code")

    assert choice.wish.panes == {"prose", "code", "output"}
    assert choice.panes == WRITING


def test_an_active_pane_that_the_next_step_lacks_gives_way_to_the_text() -> None:
    choice = PaneChoice()
    choice.offer(0, WRITING)
    choice.show("view")

    choice.offer(1, {"prose", "code"})

    assert choice.active == "prose"


def test_pressing_a_panes_key_while_a_run_is_watched_shows_it_alone() -> None:
    choice = PaneChoice()
    choice.offer(0, TRAINING)
    choice.watch_run()

    choice.show("view")

    assert arrangement(80, 24, choice.wish).columns == (("view",),)


def test_the_code_is_followed_by_one_who_reads_the_text_until_the_run_goes_on() -> None:
    choice = PaneChoice()
    choice.offer(0, TRAINING)
    choice.watch_run()

    choice.follow_code()
    assert arrangement(80, 24, choice.wish).columns == (("code",),)
    choice.watch_run()
    assert arrangement(80, 24, choice.wish).folded == "prose"

    choice.show("tensors")
    choice.follow_code()
    assert choice.active == "tensors"


def test_a_canvas_that_the_next_run_has_emptied_gives_its_room_to_the_curve() -> None:
    choice = PaneChoice()
    choice.offer(0, {"prose", "code", "curve", "canvas"})
    choice.show("canvas")
    choice.offer(0, {"prose", "code", "curve", "canvas"}, {"canvas"})

    choice.leave({"canvas"})
    choice.watch_run()

    assert arrangement(200, 60, choice.wish).names == ("prose", "code", "curve")
    assert arrangement(80, 24, choice.wish).columns == (("curve",),)


# Where they stand


@pytest.mark.parametrize("size", [(7, 6), (80, 20), (101, 33), (200, 57)])
@pytest.mark.parametrize("panes", [{"prose"}, {"prose", "code"}, TRAINING, WRITING])
def test_the_panes_fill_the_room_and_none_overlaps_another(
    size: tuple[int, int], panes: frozenset[str]
) -> None:
    plan = arrangement(200, 60, Wish(panes, "prose"))

    regions = places(plan, *size, Shares()).values()

    assert sum(region.area for region in regions) == size[0] * size[1]
    assert not any(one.overlaps(other) for one in regions for other in regions if one is not other)


def test_a_border_is_dragged_to_where_the_mouse_is() -> None:
    plan = arrangement(120, 40, Wish(TRAINING, "prose"))
    shares = Shares()

    border = border_at(plan, *ROOM, shares, 59, 10)
    assert border is not None
    shares.give(border.parts, border.moved_to(79, 10))

    assert places(plan, *ROOM, shares)["curve"].x == 80


def test_a_border_above_a_pane_moves_only_the_panes_of_its_column() -> None:
    plan = arrangement(120, 40, Wish(TRAINING, "prose"))
    shares = Shares()

    border = border_at(plan, *ROOM, shares, 90, 18)
    assert border is not None
    shares.give(border.parts, border.moved_to(90, 9))

    found = places(plan, *ROOM, shares)
    assert (found["view"].y, found["code"].y) == (10, 18)


@pytest.mark.parametrize("x", [-50, 0, 119, 500])
def test_a_border_leaves_both_its_sides_some_room(x: int) -> None:
    plan = arrangement(120, 40, Wish(TRAINING, "prose"))
    shares = Shares()
    border = border_at(plan, *ROOM, shares, 60, 10)
    assert border is not None

    shares.give(border.parts, border.moved_to(x, 10))

    assert min(region.width for region in places(plan, *ROOM, shares).values()) >= 10


def test_there_is_no_border_inside_a_pane() -> None:
    plan = arrangement(120, 40, Wish(TRAINING, "prose"))

    assert border_at(plan, *ROOM, Shares(), 30, 10) is None


def test_a_border_keeps_its_place_when_the_terminal_grows() -> None:
    plan = arrangement(120, 40, Wish(TRAINING, "prose"))
    shares = Shares()
    shares.give(("prose code", "curve view"), [30, 90])

    assert places(plan, 200, 50, shares)["curve"].x == 50


def test_panes_beside_the_text_are_all_known() -> None:
    assert set(SIDE_PANES) | {"prose", "code"} == set(PANES)


def test_where_rows_are_few_text_and_code_have_them_all_while_a_question_is_asked() -> None:
    low = arrangement(120, 24, Wish(TRAINING, "prose", is_asked=True))
    high = arrangement(120, 40, Wish(TRAINING, "prose", is_asked=True))

    assert low.columns == (("prose",), ("code",))
    assert high == arrangement(120, 40, Wish(TRAINING, "prose"))


@pytest.mark.parametrize("active", ["prose", "code"])
def test_a_narrow_terminal_shows_a_question_over_its_code(active: str) -> None:
    wish = Wish(TRAINING, active, is_asked=True, asked_rows=6)

    asked = arrangement(80, 24, wish)

    assert asked.columns == (("prose", "code"),)
    # Text alone has no code, and a long question needs all rows where these are few.
    assert arrangement(80, 24, Wish({"prose"}, "prose", is_asked=True)).is_single
    assert arrangement(80, 22, replace(wish, asked_rows=13)).is_single


def test_a_long_question_has_more_rows_than_the_code_below_it() -> None:
    plan = arrangement(80, 24, Wish(TRAINING, "prose", is_asked=True, asked_rows=13))

    found = places(plan, 80, 20, Shares())

    assert (found["prose"].height, found["code"].height) == (13, 7)
