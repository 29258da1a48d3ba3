"""What is told of an expression that is watched, as data and in words; no widget may enter."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.watching import WatchedValue, WatchTrouble
from tui.language.catalogue import Translate


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """An expression that is watched, with what was read of it last, None before the first time.

    ``series`` is the place of its curve among the curves; None where it is on none.
    ``is_charted`` also where that curve has not begun.
    """

    text: str
    is_charted: bool
    series: int | None
    value: WatchedValue | None


def trouble_of(value: WatchedValue, translate: Translate) -> str:
    """Why there is no value; "" where there is one."""
    match value.trouble:
        case WatchTrouble.RAISED:
            return value.said
        case WatchTrouble.TOO_LONG:
            return translate("it takes too long: left out until the step runs again")
        case WatchTrouble.CHANGES:
            words = translate("it changes {names}: left out until the step runs again")
            return words.format(names=value.said)
        case None:
            return ""
