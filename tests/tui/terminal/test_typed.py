"""Escape and a key that follow each other fast are two keys, and not alt with the key."""

from __future__ import annotations

import pytest
from textual.events import Key

from tui.terminal.typed import EitherKey, KeyParser


def keys(typed: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that come of `typed`, once nothing more has come for long."""
    parser = KeyParser()
    read = [*parser.feed(typed)]
    monkeypatch.setattr("textual._parser.get_time", lambda: float("inf"))
    read += parser.tick()
    return [one.key for one in read if isinstance(one, Key)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\x1bn", ["escape", "n"]),
        ("\x1bN", ["escape", "N"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b-", ["escape", "minus"]),
        ("\x1b ", ["escape", "space"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b\t", ["escape", "tab"]),
        ("\x1b가", ["escape", "가"]),
        ("\x1bnn\x1bp", ["escape", "n", "n", "escape", "p"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b[", ["escape", "left_square_bracket"]),
        ("\x1b[\x1bn", ["escape", "left_square_bracket", "escape", "n"]),
        ("\x1bO", ["escape", "O"]),
        ("^", ["circumflex_accent"]),
    ],
)
def test_escape_and_a_key_are_two_keys(
    typed: str, meant: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys(typed, monkeypatch) == meant


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1b[1;5H", "ctrl+home"),
        ("\x1b[1;3D", "alt+left"),
        ("\x1b[110;3u", "alt+n"),
    ],
)
def test_what_a_terminal_sends_for_one_key_stays_one(
    sent: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys(sent, monkeypatch) == [key]


@pytest.mark.parametrize(
    ("sent", "by_words", "apart"),
    [
        ("\x1bf", "ctrl+right", "f"),
        ("\x1bb", "ctrl+left", "b"),
        ("\x1b\x7f", "ctrl+w", "backspace"),
    ],
)
def test_what_moves_by_words_in_a_field_can_be_two_keys(
    sent: str, by_words: str, apart: str
) -> None:
    (key,) = KeyParser().feed(sent)

    assert isinstance(key, EitherKey)
    assert key.key == by_words
    assert [one.key for one in key.apart] == ["escape", apart]
