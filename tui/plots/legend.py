"""The line above a drawing of curves: what each mark stands for, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.frame import CurveRequest
from tui.language.catalogue import Translate
from tui.plots.figure import RGB
from tui.plots.runs import ASCII_AHEAD, RunLine, named_runs
from tui.rendering.palette import Palette
from tui.rendering.widths import cut, pad_left

PREDICTED, ASCII_PREDICTED = "⠂", ":"
_WIDEST_NAME = 20
# A mark, and a space on each of its sides.
_MARK_WIDTH = 3


@dataclass(frozen=True, slots=True)
class NamedCurve:
    """A curve of the run of now: its mark, which is shown where it is not alone, and its name."""

    mark: str
    name: str
    colour: RGB


def draw_legend(
    entries: Sequence[NamedCurve],
    run_name: str,
    runs: Sequence[RunLine],
    request: CurveRequest,
    width: int,
    palette: Palette,
    translate: Translate,
    *,
    has_guesses: bool,
    in_ascii: bool,
) -> Strip:
    """The curves' names, each behind its mark, then the other runs', and how all are shown.

    `run_name` is that of the run of now, which is said where there are others.
    """
    segments: list[Segment] = []
    line, ellipsis = ("-", "~") if in_ascii else ("─", "…")
    widest = _widest_that_fit([cell_len(one.name) for one in entries], width)
    for one in entries:
        mark = one.mark if len(entries) > 1 else line
        style = Style(color=Color.from_rgb(*one.colour))
        segments.append(Segment(f" {mark} {cut(one.name, widest, ellipsis)}", style))
    if has_guesses:
        mark = ASCII_PREDICTED if in_ascii else PREDICTED
        segments.append(Segment(f" {mark} {translate('predicted')}", Style(color=palette.dim)))
    if any(not run.name for run in runs):
        mark = ASCII_AHEAD if in_ascii else line
        segments.append(Segment(f" {mark} {translate('reached before')}", Style(color=palette.dim)))
    room = width - sum(cell_len(segment.text) for segment in segments) - 1
    if entries and run_name and any(run.name for run in runs):
        others = named_runs(
            runs, room - 2 - min(cell_len(run_name), _WIDEST_NAME), palette, in_ascii=in_ascii
        )
        beside = sum(cell_len(segment.text) for segment in others)
        name = cut(run_name, max(room - 2 - beside, _WIDEST_NAME), ellipsis)
        segments.insert(len(entries), Segment(f": {name}", Style(color=palette.text)))
        room -= cell_len(name) + 2
    if runs:
        segments += named_runs(runs, room, palette, in_ascii=in_ascii)
        room = width - sum(cell_len(segment.text) for segment in segments) - 1
    # Names come first: how they are shown can be seen at the axes.
    how = _how_shown(request, translate, room - 1)
    if how:
        segments.append(Segment(pad_left(how, room), Style(color=palette.dim)))
    return Strip(segments)


def _widest_that_fit(widths: Sequence[int], width: int) -> int:
    """How wide a name may be at most for all to fit beside each other, each behind its mark."""
    room = width - _MARK_WIDTH * len(widths)
    widest = max(widths, default=0)
    while widest > 1 and sum(min(one, widest) for one in widths) > room:
        widest -= 1
    return widest


def _how_shown(request: CurveRequest, translate: Translate, width: int) -> str:
    """As many facts on how the curves are shown as fit `width` cells."""
    weight, share = request.smoothing, 100 * request.zoom
    facts = [
        translate("log scale") if request.is_logarithmic else "",
        translate("smoothing {weight:g}").format(weight=weight) if weight else "",
        translate("last {share:.3g}%").format(share=share) if share < 100 else "",
    ]
    said = ""
    for fact in filter(None, facts):
        more = f"{said}  {fact}" if said else fact
        if cell_len(more) > width:
            break
        said = more
    return said
