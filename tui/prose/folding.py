"""Where a text begins of which only a few rows are in sight: inside nothing that is drawn."""

from __future__ import annotations

from collections.abc import Iterable


def first_row(total: int, room: int, shown: range, drawn: Iterable[range]) -> int:
    """The row of a text of `total` rows with which it begins in a room of so many rows.

    The end of the rows `shown` comes to the end of the room, or their beginning to its beginning
    where there are more of them. Where that is inside one of `drawn`, the text begins behind it,
    though rows of the room stay empty, or with it where nothing comes behind it.
    """
    wanted = shown.start if len(shown) > room else shown.stop - room
    row = max(min(wanted, total - room), 0)
    cut = next((one for one in drawn if one.start < row < one.stop), None)
    if cut is None:
        return row
    return cut.stop if cut.stop < total else cut.start
