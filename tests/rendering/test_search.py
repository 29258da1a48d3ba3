from __future__ import annotations

from tui.rendering.search import Found, Places, find_before, find_from

TEXT = "cost = 1\n비용 = Cost  # 비용\ncost = 2"


def test_the_first_place_from_the_cursor_on_is_found() -> None:
    assert find_from(TEXT, "비용", (1, 1)) == Found((1, 13), (1, 15), 2, 2)


def test_after_the_last_place_the_first_one_comes() -> None:
    assert find_from(TEXT, "cost", (2, 1)) == Found((0, 0), (0, 4), 1, 3)


def test_the_place_before_is_found_and_before_the_first_the_last() -> None:
    assert find_before(TEXT, "cost", (2, 0)) == Found((1, 5), (1, 9), 2, 3)
    assert find_before(TEXT, "cost", (0, 0)) == Found((2, 0), (2, 4), 3, 3)


def test_an_upper_case_letter_finds_only_itself() -> None:
    assert find_from(TEXT, "Cost", (0, 0)) == Found((1, 5), (1, 9), 1, 1)


def test_places_stand_where_the_text_has_them_whatever_its_lower_case_is() -> None:
    assert find_from("İx = 1", "x", (0, 0)) == Found((0, 1), (0, 2), 1, 1)


def test_what_is_not_there_and_what_is_nothing_is_not_found() -> None:
    assert find_from(TEXT, "loss", (0, 0)) is None
    assert find_from(TEXT, "", (0, 0)) is None
    assert find_before(TEXT, "loss", (0, 0)) is None


def test_places_are_told_by_line_and_counted_over_all() -> None:
    places = Places(["xx", "", "Xax"], "x", 7)

    assert list(places) == [(7, 0), (7, 1), (9, 0), (9, 2)]
    assert places.in_line(9) == [(2, 0), (3, 2)]
    assert places.in_line(8) == places.in_line(2) == places.in_line(12) == []


def test_the_first_place_from_somewhere_on_is_found_in_lines_that_were_cut_off() -> None:
    places = Places(["xx", "", "Xax"], "x", 7)

    wanted = {(0, 0): 0, (7, 1): 1, (7, 2): 2, (8, 5): 2, (9, 1): 3, (9, 3): 0, (50, 0): 0}
    assert {at: places.first_from(at) for at in wanted} == wanted


def test_what_stands_nearly_everywhere_is_counted_and_found() -> None:
    places = Places(["Loss " + "x" * 95] * 10_000, "x", 5)

    assert len(places) == 950_000
    assert places[949_999] == places[-1] == (10_004, 99)
    assert len(Places(["Loss"] * 10_000, "loss")) == 10_000
