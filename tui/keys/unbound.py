"""What is said of a key that means nothing on the screen where it was pressed."""

from __future__ import annotations

import unicodedata

from tui.actions.action import shown_key
from tui.actions.app_actions import HELP
from tui.language.catalogue import Translate

# It lets go of whatever there is, and is often pressed once too much.
_MEANS_NO_MORE = frozenset({"escape"})


def unbound_words(key: str, character: str | None, translate: Translate) -> str:
    """Says where the keys are that do something; "" where nothing need be said."""
    if key in _MEANS_NO_MORE:
        return ""
    if character is not None and unicodedata.name(character, "").startswith("HANGUL"):
        return translate(
            "The keyboard writes Hangul: switch it to Latin letters, and the keys work."
        )
    # With alt a key has the character that it has without.
    is_alone = "+" not in key
    is_seen = is_alone and character is not None and character.isprintable() and character != " "
    shown = character if is_seen else shown_key(key)
    words = translate("{key} does nothing here; {help} shows the keys that do something.")
    return words.format(key=shown, help=HELP.shown_key)
