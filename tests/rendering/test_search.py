from __future__ import annotations

from tui.rendering.search import Found, find_before, find_from

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
