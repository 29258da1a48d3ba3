"""The lines of the list of runs, and the keys below it: functions from what is listed to text."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from engine.protocol.frame import Reading
from engine.protocol.outcomes import Outcome
from tui.actions.dialog_actions import RUN_ACTIONS
from tui.look import Look
from tui.plots.reading_line import format_reading
from tui.plots.runs import colour_of_run, mark_of_run
from tui.rendering.run_table import RunRow, table_lines
from tui.runs.run import Run
from tui.runs.runs import MOST_KEPT
from tui.showing.run_list import ListedRun, Order, RunList

_KEYS_IN_A_LINE = 4


def run_lines(
    runs: RunList, listed: Sequence[ListedRun], marked: Sequence[Run], width: int, look: Look
) -> list[Content]:
    """The head of the table, and a line for each run, `width` cells wide behind its mark.

    Those that are `marked` for a race have a second mark before that.
    """
    rows = [_head(runs, look), *(_row(one, look) for one in listed)]
    lines = table_lines(rows, width, "~" if look.in_ascii else "…")
    told = (
        _line(one, line, look, is_marked=one.run in marked)
        for one, line in zip(listed, lines[1:], strict=True)
    )
    return [Content(f"   {lines[0]}"), *told]


def key_lines(runs: RunList, marked: Sequence[Run], look: Look) -> Content:
    """The keys that do something, each to be clicked, and how many runs are no longer kept.

    Some do only where there are several curves, or where runs are `marked` for a race.
    """
    translate = look.translate
    keys = [
        Content.assemble(
            (translate(one.shown_key), "bold $accent"), f" {translate(one.label)}"
        ).stylize(Style.from_meta({"@click": one.target}))
        for one in RUN_ACTIONS
        if (len(runs.curves) > 1 or one.name != "turn_curve")
        and (len(marked) > 1 or one.name != "race")
    ]
    lines = [
        Content("  ").join(keys[first : first + _KEYS_IN_A_LINE])
        for first in range(0, len(keys), _KEYS_IN_A_LINE)
    ]
    if runs.dropped:
        words = translate("Older runs let go: {count}. The newest {most} are kept.")
        lines.append(Content(words.format(count=runs.dropped, most=MOST_KEPT)))
    return Content("\n").join(lines)


def _head(runs: RunList, look: Look) -> RunRow:
    """What each column has; the one that the list is in order of is marked."""
    target, order_mark = runs.target_now, "v" if look.in_ascii else "▾"
    sign = {"<=": "≤", ">=": "≥"}
    compared = ">=" if runs.more_is_better else "<="
    compared = compared if look.in_ascii else sign[compared]
    words = {
        Order.FINAL: look.translate("final"),
        Order.BEST: look.translate("best"),
        Order.REACHED: "" if target is None else f"{compared} {target:.6g}",
    }
    final, best, reached = (
        f"{word} {order_mark}" if order is runs.order else word for order, word in words.items()
    )
    return RunRow(runs.curve, final, best, reached, look.translate("ended"))


def _row(one: ListedRun, look: Look) -> RunRow:
    facts = one.facts
    return RunRow(
        one.name,
        _number(facts.final),
        _number(facts.best),
        _at(facts.reached, look),
        _ending(one, look),
    )


def _line(one: ListedRun, text: str, look: Look, *, is_marked: bool) -> Content:
    if one.is_now:
        mark, colour = "-" if look.in_ascii else "─", look.palette.series[0]
    else:
        mark = mark_of_run(one.run.ordinal, in_ascii=look.in_ascii)
        colour = "#{:02x}{:02x}{:02x}".format(*colour_of_run(one.run.ordinal, look.palette))
    style = "dim" if one.run.is_muted else "bold" if one.is_now else ""
    to_race = look.glyphs.right if is_marked else " "
    return Content.assemble((to_race, "bold $accent"), (f"{mark} ", colour), (text, style))


def _number(value: float | None) -> str:
    return "-" if value is None else format_reading(value)


def _at(reached: Reading | None, look: Look) -> str:
    if reached is None:
        return "-"
    about = "" if reached.is_exact else "~" if look.in_ascii else "≈"
    return f"{about}{reached.position}"


def _ending(one: ListedRun, look: Look) -> str:
    translate = look.translate
    if one.run.is_muted:
        return translate("muted")
    match one.outcome:
        case Outcome.DONE:
            return translate("done")
        case Outcome.FAILED:
            return translate("failed")
        case Outcome.STOPPED:
            return translate("stopped")
    if one.is_waiting:
        return translate("waits")
    if one.is_racing:
        return translate("trains, at {position}").format(position=one.position)
    words = translate("now at {position}" if one.is_now else "left at {position}")
    return words.format(position=one.position)
