"""What was written to a terminal as a recording that asciinema plays; no clock and no terminal.

Version 2 of the format is written, which every asciinema since 2.0 and every player of it reads.
Source: docs.asciinema.org, "asciicast v2".
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator

MOST_SECONDS_IDLE = 4.0
"""So long a screen stands at most in which nothing changes: a player shortens what is longer."""

# Two pieces that come closer together are written as one, in seconds.
_TOGETHER = 0.02


def cast_of(
    pieces: Iterable[tuple[float, bytes]],
    columns: int,
    rows: int,
    title: str,
    most_seconds_idle: float = MOST_SECONDS_IDLE,
) -> str:
    """The text of a recording: `pieces` are what was written, each with its second from the start.

    What came before the start stands at its first moment.
    """
    head = {
        "version": 2,
        "width": columns,
        "height": rows,
        "title": title,
        "idle_time_limit": most_seconds_idle,
        "env": {"TERM": "xterm-256color"},
    }
    lines = [head, *([round(when, 3), "o", text] for when, text in _events(pieces))]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _events(pieces: Iterable[tuple[float, bytes]]) -> Iterator[tuple[float, str]]:
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    begun, text = 0.0, ""
    for when, data in pieces:
        at = max(when, 0.0)
        if text and at - begun > _TOGETHER:
            yield begun, text
            text = ""
        if not text:
            begun = at
        # Half a character waits in the decoder for the rest of it.
        text += decode(data)
    if text:
        yield begun, text
