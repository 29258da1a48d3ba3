"""What a terminal takes into its clipboard; no app enters."""

from __future__ import annotations

MOST_BYTES = 74_994
"""The longest text, in bytes of UTF-8, that terminals take.

There is no rule for it, and a terminal that is given too much drops it without a word. Programs
have long agreed on a sequence (OSC 52) of at most 100,000 bytes: 99,992 of base64, and 8 around it.
"""


def is_taken(text: str) -> bool:
    """Whether a terminal's clipboard takes a text whole."""
    return len(text.encode("utf-8", "replace")) <= MOST_BYTES
