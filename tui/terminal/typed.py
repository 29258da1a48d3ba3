"""What was typed, of what a terminal sends: escape and a key, or alt and a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

_ESCAPE = "\x1b"
# What begins further sequences: they may go on.
_BEGINS_MORE = frozenset("[O\x1b")
# What terminals send for alt and an arrow, or alt and backspace: the only ones that mean anything.
_BY_WORDS = frozenset("bf\x7f")
# A name that Textual knows nothing of: what it takes for escape it makes a circumflex.
_LONE = "lone escape"


class EitherKey(Key):
    """A key by words where text is written, else escape and the key of its character."""

    def __init__(self, by_words: Key, apart: tuple[Key, Key]) -> None:
        super().__init__(by_words.key, by_words.character)
        self.apart = apart


class KeyParser(XTermParser):
    """Reads escape and a character as the two keys that they are, however fast they came.

    Most terminals send the same for alt and the character, which no action has; only over words
    does alt move, in a field, and there it does (`EitherKey`). A terminal that tells alt from
    escape, by the keyboard protocol of kitty's, is heard.
    """

    _begun = ""

    def feed(self, data: str) -> Iterable[Message]:
        """The messages that `data` completes."""
        return map(_with_escape, super().feed(data))

    def tick(self) -> Iterable[Message]:
        """The messages that come of nothing more having come in time."""
        return map(_with_escape, super().tick())

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if len(sequence) > 1:
            self._begun = sequence
            if len(sequence) == 2 and sequence[1] not in _BEGINS_MORE:
                return self._escape_and(sequence[1], super()._sequence_to_key_events(sequence))
            return super()._sequence_to_key_events(sequence)
        # What has only begun a sequence was typed by itself.
        was_typed = len(self._begun) == 2
        if sequence == _ESCAPE and was_typed:
            return [Key(_LONE, _ESCAPE)]
        keys = super()._sequence_to_key_events(sequence)
        return [Key(_LONE, _ESCAPE), *keys] if alt and was_typed else keys

    def _escape_and(self, character: str, by_words: Iterable[Key]) -> Iterator[Key]:
        keys = [*super()._sequence_to_key_events(character)]
        if character in _BY_WORDS:
            yield from (
                EitherKey(one, (Key("escape", _ESCAPE), key))
                for one, key in zip(by_words, keys, strict=True)
            )
        else:
            yield from (Key("escape", _ESCAPE), *keys)


def _with_escape(message: Message) -> Message:
    is_escape = isinstance(message, Key) and message.key == _LONE
    return Key("escape", _ESCAPE) if is_escape else message
