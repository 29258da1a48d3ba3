"""Runs beside the one of now: what tells each, and its curves as traces; no widget, no session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from engine.protocol.frame import ReducedCurve
from tui.plots.figure import RGB, as_rgb
from tui.plots.raster import Trace
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut

MARKS = "□◇▽◎☆▷⊕◁⊗⊞⊙⊠"
"""None of them is the mark of a curve of the run of now; those of as many runs in a row differ."""
ASCII_MARKS = "@=&$^!?~<>:;"
ASCII_AHEAD = "."
_WIDEST_NAME = 20
_NARROWEST_NAME = 5
_MARK_EVERY = 16


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run by its name, with its curves as a pane shows them; `ordinal` tells its mark.

    One without a name is that of now, as far as it had come before: it has no mark of its own.
    ``is_bright`` where it trains now, or stands in front.
    """

    name: str
    ordinal: int
    curves: tuple[ReducedCurve, ...]
    is_bright: bool = False

    @property
    def begun(self) -> tuple[ReducedCurve, ...]:
        """Those of its curves that have values."""
        return tuple(one for one in self.curves if one.count)


def mark_of_run(ordinal: int, *, in_ascii: bool) -> str:
    """The character that stands on the lines of the `ordinal`th run."""
    marks = ASCII_MARKS if in_ascii else MARKS
    return marks[ordinal % len(marks)]


def colour_of_run(ordinal: int, palette: Palette) -> RGB:
    """Its colour, none of them that of the run of now; as many pairs with marks as may be."""
    colours = palette.series[1:]
    return as_rgb(colours[(ordinal + ordinal // len(MARKS)) % len(colours)])


def traces_of(
    runs: Sequence[RunLine],
    colours: Mapping[str, RGB],
    palette: Palette,
    *,
    in_ascii: bool,
) -> list[Trace]:
    """The lines of runs, those of each in its own colour, faint where it is not bright.

    Where there are several curves, and `colours` has theirs, they keep these, and marks alone tell
    the runs.
    """
    ground = as_rgb(palette.ground)
    traces = []
    for run in runs:
        for one in run.begun:
            own = colour_of_run(run.ordinal, palette)
            keeps = len(colours) > 1 or not run.name
            colour = colours.get(one.name, own) if keeps else own
            mark = mark_of_run(run.ordinal, in_ascii=in_ascii) if run.name else ""
            traces.append(
                Trace(
                    one.smoothed or one.columns,
                    colour if run.is_bright else faint(colour, ground),
                    mark or (ASCII_AHEAD if in_ascii else ""),
                    3 * run.ordinal % _MARK_EVERY,
                )
            )
    return traces


def faint(colour: RGB, ground: RGB) -> RGB:
    """A colour half on its way to the ground."""
    red, green, blue = ((part + back) // 2 for part, back in zip(colour, ground, strict=True))
    return red, green, blue


def named_runs(
    runs: Sequence[RunLine], room: int, palette: Palette, *, in_ascii: bool
) -> list[Segment]:
    """Marks and names of as many runs as have room, then `+3`: bright ones, then the newest.

    Long names are cut, by no more than it takes for as many to be named as if all were.
    """
    told = [run for run in runs if run.name]
    newest = sorted(told, key=lambda run: (run.is_bright, run.ordinal), reverse=True)
    shortest = _named(newest, room, palette, 0, in_ascii=in_ascii)
    spare = room - sum(cell_width(segment.text) for segment in shortest)
    return _named(newest, room, palette, max(spare, 0), in_ascii=in_ascii)


def _named(
    newest: Sequence[RunLine], room: int, palette: Palette, spare: int, *, in_ascii: bool
) -> list[Segment]:
    """The same with names that may be wider than usual by `spare` cells in all."""
    segments: list[Segment] = []
    for index, run in enumerate(newest):
        left_out = len(newest) - index
        more = f" +{left_out}"
        after = cell_width(f" +{left_out - 1}") if left_out > 1 else 0
        width = min(room - after - 3, _WIDEST_NAME + spare)
        name = cut(run.name, max(width, 0), "~" if in_ascii else "…")
        if width < min(cell_width(run.name), _WIDEST_NAME if segments else _NARROWEST_NAME):
            return [*segments, Segment(more, Style(color=palette.dim))] if room > 3 else segments
        style = Style(color=Color.from_rgb(*colour_of_run(run.ordinal, palette)))
        segments.append(Segment(f" {mark_of_run(run.ordinal, in_ascii=in_ascii)} {name}", style))
        room -= cell_width(segments[-1].text)
        spare -= max(cell_width(name) - _WIDEST_NAME, 0)
    return segments
