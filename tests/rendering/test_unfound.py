"""What is said of names that a curve was asked for and that the lesson does not have."""

from __future__ import annotations

from tui.language.catalogue import translator
from tui.words.unfound import unfound_words

SOURCES = ["lr = 0.1", "for i in range(3):\n    self.cost = loss(x)\n"]


def words_of(*asked: str, language: str = "en") -> str:
    return unfound_words(asked, SOURCES, translator(language))


def test_of_names_that_are_there_nothing_is_said() -> None:
    assert words_of() == words_of("lr", "self.cost") == ""


def test_a_name_that_is_nowhere_is_told_with_the_nearest() -> None:
    told = "No code here has the name lss, so it has no curve. Is it loss?"

    assert words_of("lr", "lss") == told
    assert "loss" in words_of("lss", language="ko")


def test_a_part_that_is_nowhere_is_told_with_its_whole_name() -> None:
    assert words_of("self.zzzzzz") == "No code here has the name self.zzzzzz, so it has no curve."
