"""What is said of a key that means nothing where it is pressed."""

from __future__ import annotations

import pytest

from tui.keys.unbound import unbound_words
from tui.language.catalogue import as_written


@pytest.mark.parametrize(
    ("key", "character", "shown"),
    [
        ("u", "u", "u"),
        ("dollar_sign", "$", "$"),
        ("space", " ", "space"),
        ("ctrl+b", "\x02", "^b"),
        ("alt+n", "n", "alt+n"),
        ("f7", None, "f7"),
    ],
)
def test_the_key_is_named_as_it_stands_on_the_keyboard(
    key: str, character: str | None, shown: str
) -> None:
    words = unbound_words(key, character, as_written)

    assert words == f"{shown} does nothing here; ? shows the keys that do something."


@pytest.mark.parametrize("character", "ㅜㅛ나")
def test_hangul_tells_of_the_keyboard(character: str) -> None:
    assert "switch it to Latin letters" in unbound_words("", character, as_written)


def test_one_escape_too_much_is_no_mistake() -> None:
    assert unbound_words("escape", "\x1b", as_written) == ""
