"""The characters of drawings, one set for Unicode and one for ASCII; no drawing here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters named for what they say, each one cell wide but for ASCII's ``ellipsis``.

    ``standing`` marks the line that runs next, ``changed`` what the one before it has changed;
    ``histogram`` are columns from the lowest to the highest;
    ``edited`` marks a line of code that the learner has changed, ``turned`` where on a curve the
    learner has changed something in its run;
    ``output`` is put before a line that code wrote, ``news`` beside what was not looked at yet;
    ``about`` a number that is told from a sample;
    ``warning`` is put before what goes wrong while code runs;
    ``right`` and ``wrong`` are put before what holds and what does not, ``neither`` before what is
    only said, and ``chosen`` beside the learner's answer while nothing is told of it;
    ``bar_parts`` are a bar's last cell filled by 1/n, 2/n and so on; ``bar_ends`` stand left and
    right of a bar; ``spinner`` are the pictures of a mark that turns.
    """

    ellipsis: str
    running: str
    standing: str
    changed: str
    edited: str
    turned: str
    output: str
    news: str
    histogram: str
    about: str
    warning: str
    right: str
    wrong: str
    neither: str
    chosen: str
    row_ellipsis: str
    bar_full: str
    bar_parts: str
    bar_empty: str
    bar_ends: tuple[str, str]
    spinner: str


UNICODE = Glyphs(
    ellipsis="…",
    running="▶",
    standing="▷",
    changed="◆",
    edited="▎",
    turned="┊",
    output="›",
    news="•",
    histogram="▁▂▃▄▅▆▇█",
    about="≈",
    warning="⚠",
    right="✓",
    wrong="✗",
    neither="·",
    chosen="●",
    row_ellipsis="⋮",
    bar_full="█",
    bar_parts="▏▎▍▌▋▊▉",
    bar_empty=" ",
    bar_ends=("▕", "▏"),
    spinner="⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏",
)

ASCII = Glyphs(
    ellipsis="...",
    running=">",
    standing="|",
    changed="*",
    edited="+",
    turned="!",
    output=">",
    news="*",
    histogram="_.-=+*%#",
    about="~",
    warning="!",
    right="+",
    wrong="x",
    neither="-",
    chosen="*",
    row_ellipsis=":",
    bar_full="#",
    bar_parts="",
    bar_empty="-",
    bar_ends=("[", "]"),
    spinner="|/-\\",
)
