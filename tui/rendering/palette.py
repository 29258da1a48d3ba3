"""The colours that drawings use, one set for dark and one for light themes; no drawing here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as "#rrggbb", named for what they say rather than how they look.

    ``series`` are for curves, in order, told apart also by readers who confuse red and green
    (Okabe and Ito, "Color Universal Design", 2008, brightened for a dark ground); ``negative``
    and ``positive`` are the two ends of the scale that colours a tensor's values.
    """

    text: str
    dim: str
    accent: str
    good: str
    warning: str
    bad: str
    running_line: str
    next_line: str
    negative: str
    positive: str
    ground: str
    series: tuple[str, ...]


DARK = Palette(
    text="#e0e0e0",
    dim="#8a8f98",
    accent="#5fb3f0",
    good="#5fc98f",
    warning="#f0b429",
    bad="#f07178",
    running_line="#3a3a1f",
    next_line="#1c3550",
    negative="#4a90d9",
    positive="#e8853d",
    ground="#121212",
    series=("#56b4e9", "#e69f00", "#2fc79a", "#cc79a7", "#f0e442", "#d9743f"),
)

LIGHT = Palette(
    text="#1f2328",
    dim="#6a7078",
    accent="#0b66b2",
    good="#1a7f4b",
    warning="#9a6700",
    bad="#b3261e",
    running_line="#fff3bf",
    next_line="#d6eaff",
    negative="#1f5fa8",
    positive="#b3541e",
    ground="#ffffff",
    series=("#0072b2", "#b36b00", "#007a5a", "#a0407a", "#7a7000", "#b3441a"),
)
