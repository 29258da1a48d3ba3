"""Other runs of a step beside the one of now, on its curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from curves import HEIGHT, WIDTH, colours, lines, plane, snapshot

from engine.protocol.frame import EVERY_VALUE, CurveRequest, SeriesSnapshot
from engine.protocol.reduction import reduce_series
from tui.panes.run_lines import RunLines
from tui.plots.curve import ASCII_MARKS, MARKS, CurveDrawing, draw_curve
from tui.plots.runs import colour_of_run, faint, mark_of_run
from tui.rendering.palette import DARK, LIGHT
from tui.showing.shown_runs import ShownRun

LOW, HIGH = [2.0] * 100, [8.0] * 100


def run(name: str, ordinal: int, values: Sequence[float], *, is_bright: bool = False) -> ShownRun:
    return ShownRun(name, ordinal, (snapshot("cost", values),), is_bright=is_bright)


def draw(
    now: Sequence[SeriesSnapshot],
    *runs: ShownRun,
    wanted: CurveRequest = CurveRequest(EVERY_VALUE),  # noqa: B008 (frozen)
    width: int = WIDTH,
    name: str = "",
    in_ascii: bool = False,
) -> CurveDrawing:
    drawn = RunLines().drawn(reduce_series(now, wanted), runs, wanted, 2 * width)
    drawing = draw_curve(
        drawn.curves, width, HEIGHT, DARK, runs=drawn.runs, run_name=name, in_ascii=in_ascii
    )
    assert [strip.cell_length for strip in drawing.strips] == [width] * HEIGHT
    return drawing


def is_lit(rows: Sequence[str]) -> bool:
    return bool("".join(rows).strip())


def hex_of(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def test_runs_are_named_behind_their_marks_the_newest_first() -> None:
    drawing = draw(
        [snapshot("cost", LOW)], run("lr 0.1", 1, HIGH), run("edit 1", 2, HIGH), name="lr 0.5"
    )

    first, second = (mark_of_run(ordinal, in_ascii=False) for ordinal in (1, 2))
    assert lines(drawing)[0] == f" ─ cost: lr 0.5 {second} edit 1 {first} lr 0.1"


def test_a_run_that_is_alone_is_not_named() -> None:
    assert lines(draw([snapshot("cost", LOW)], name="run 1"))[0] == " ─ cost"


def test_names_that_have_no_room_are_counted() -> None:
    runs = [run(f"a learning rate of {n}", n, HIGH) for n in range(1, 6)]

    legend = lines(draw([snapshot("cost", LOW)], *runs, name="now"))[0]

    assert "a learning rate of 5" in legend
    assert legend.endswith("+4") or legend.endswith("+3")


def test_names_come_before_the_scale_where_not_both_have_room() -> None:
    wanted = CurveRequest(EVERY_VALUE, zoom=0.5, is_logarithmic=True)
    runs = [run("lr 3e-5", 1, HIGH), run("lr 1e-6", 2, HIGH)]
    mark = mark_of_run(2, in_ascii=False)

    def legend(width: int) -> str:
        drawing = draw([snapshot("cost", LOW)], *runs, wanted=wanted, width=width, name="lr 1e-5")
        return lines(drawing)[0]

    assert legend(34) == f" ─ cost: lr 1e-5 {mark} lr 1e-6 +1"
    assert legend(80).endswith("log scale  last 50%")


def test_a_name_is_cut_only_where_it_has_no_room() -> None:
    long = "too_large 1e-4, faster 3e-5"

    def legend(width: int) -> str:
        runs = [run("run 2", 1, HIGH), run("a long name of an edited run", 2, HIGH)]
        return lines(draw([snapshot("cost", LOW)], *runs, width=width, name=long))[0]

    assert long in legend(100)
    assert "a long name of an edited run" in legend(100)
    assert "run 2" in legend(66)
    assert "…" in legend(66)


def test_the_run_that_is_seen_best_is_named_first() -> None:
    runs = [run("lr 1", 1, HIGH, is_bright=True), run("lr 2", 2, LOW)]

    legend = lines(draw([snapshot("cost", LOW)], *runs, width=30, name="lr 3"))[0]

    assert legend.index("lr 1") < legend.index("lr 2")


def test_what_the_run_of_now_had_reached_before_is_named() -> None:
    before = run("", 0, HIGH)

    assert lines(draw([snapshot("cost", LOW[:20])], before))[0] == " ─ cost ─ reached before"


def test_a_long_name_is_shortened() -> None:
    legend = lines(draw([snapshot("비용", LOW)], run("아주 긴 이름" * 8, 1, HIGH), width=40))[0]

    assert "…" in legend


def test_a_run_wholly_behind_others_has_a_mark_at_its_end() -> None:
    rows = plane(draw([snapshot("cost", LOW)], run("lr 1", 1, LOW), run("lr 2", 2, LOW[:50])))

    assert "".join(rows).count(mark_of_run(1, in_ascii=False)) == 1
    assert "".join(rows).count(mark_of_run(2, in_ascii=False)) == 1
    assert any(row.endswith(mark_of_run(1, in_ascii=False)) for row in rows)


def test_left_runs_are_faint_and_the_front_is_bright() -> None:
    drawing = draw([snapshot("cost", LOW)], run("lr 0.1", 1, HIGH))

    ground = (0x12, 0x12, 0x12)
    assert hex_of(faint(colour_of_run(1, DARK), ground)) in colours(drawing)
    assert DARK.series[0] in colours(drawing)
    assert hex_of(colour_of_run(1, DARK)) not in colours(drawing)


def test_the_front_run_is_over_those_behind_it() -> None:
    alone = plane(draw([snapshot("cost", LOW)]))
    drawing = draw([snapshot("cost", LOW)], run("run 1", 1, LOW))

    mark = mark_of_run(1, in_ascii=False)
    assert set("".join(plane(drawing))) - {mark} == set("".join(alone))


def test_a_run_that_is_brought_to_the_front_is_over_all_others() -> None:
    drawing = draw([snapshot("cost", LOW)], run("run 1", 1, LOW, is_bright=True))

    assert hex_of(colour_of_run(1, DARK)) in colours(drawing)
    assert mark_of_run(1, in_ascii=False) in "".join(plane(drawing))


def test_a_run_is_drawn_as_far_as_it_reached() -> None:
    drawing = draw([snapshot("cost", LOW[:20])], run("run 1", 1, HIGH))

    assert (drawing.first, drawing.last) == (1, 100)
    assert is_lit(plane(drawing)[: HEIGHT // 3])


def test_runs_stand_alone_while_the_one_of_now_has_no_values() -> None:
    drawing = draw([], run("run 1", 1, HIGH), name="run 2")

    assert (drawing.first, drawing.last) == (1, 100)
    assert lines(drawing)[0].strip() == f"{mark_of_run(1, in_ascii=False)} run 1"
    assert "100" in lines(drawing)[-1].split()


def test_a_gap_of_a_run_stays_one() -> None:
    values = [*[2.0] * 40, *[np.nan] * 20, *[2.0] * 40]
    row = max(plane(draw([], run("run 1", 1, values))), key=lambda one: len(one.strip()))

    assert not row[len(row) * 43 // 100 : len(row) * 57 // 100].strip()
    assert row[: len(row) // 4].strip()
    assert row[-len(row) // 4 :].strip()


def test_a_run_joins_its_values() -> None:
    rows = "".join("x" if row.strip() else " " for row in plane(draw([], run("", 1, [0, 10, 0]))))

    assert rows.strip() == "x" * len(rows.strip())
    assert len(rows.strip()) > HEIGHT // 2


@pytest.mark.parametrize("wanted", [{"is_logarithmic": True}, {"smoothing": 0.9}, {"zoom": 0.25}])
def test_scale_smoothing_and_zoom_hold_for_runs_too(wanted: dict[str, float]) -> None:
    request = CurveRequest(EVERY_VALUE, **wanted)  # type: ignore[arg-type]
    values = [10.0 ** (n % 2) for n in range(100)]

    beside = draw([snapshot("cost", LOW)], run("run 1", 1, values), wanted=request)
    instead = draw([snapshot("cost", values)], wanted=request)
    plainly = draw([snapshot("cost", LOW)], run("run 1", 1, values))

    assert (beside.first, beside.last) == (instead.first, instead.last)
    assert plane(beside) != plane(plainly)


def test_zoom_shows_the_end_of_the_run_of_now() -> None:
    drawing = draw(
        [snapshot("cost", LOW[:40])],
        run("run 1", 1, HIGH),
        wanted=CurveRequest(EVERY_VALUE, zoom=0.5),
    )

    assert drawing.last == 40
    assert is_lit(plane(drawing)[: HEIGHT // 3])


def test_zoom_reaches_to_the_end_of_a_run_in_front() -> None:
    drawing = draw(
        [snapshot("cost", LOW[:60])],
        run("run 1", 1, HIGH, is_bright=True),
        wanted=CurveRequest(EVERY_VALUE, zoom=0.5),
    )

    assert (drawing.first, drawing.last) == (50, 100)


def test_in_ascii_all_is_ascii_and_each_run_has_its_own_mark() -> None:
    drawing = draw(
        [snapshot("cost", LOW)],
        run("lr 0.1", 1, HIGH),
        run("a very long name of a run", 2, [5.0] * 100),
        in_ascii=True,
    )

    drawn = "".join(plane(drawing))
    assert "\n".join(lines(drawing)).isascii()
    assert mark_of_run(1, in_ascii=True) in drawn
    assert mark_of_run(2, in_ascii=True) in drawn


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_no_two_of_twenty_runs_look_alike(palette: object) -> None:
    assert palette in (DARK, LIGHT)
    chosen = DARK if palette is DARK else LIGHT
    looks = {(mark_of_run(n, in_ascii=False), colour_of_run(n, chosen)) for n in range(1, 21)}

    assert len(looks) == 20


@pytest.mark.parametrize("in_ascii", [False, True])
def test_runs_that_follow_each_other_are_told_by_their_marks_alone(in_ascii: bool) -> None:
    marks = [mark_of_run(n, in_ascii=in_ascii) for n in range(1, 21)]

    assert all(len(set(marks[first : first + 12])) == 12 for first in range(9))


def test_a_run_is_reduced_once_for_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(*given: object) -> tuple[object, ...]:
        calls.append(1)
        return reduce_series(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("tui.panes.run_lines.reduce_series", counted)
    pane, runs, wanted = RunLines(), (run("run 1", 1, HIGH),), CurveRequest(EVERY_VALUE)
    for cursor in (3, 4, 5):
        pane.drawn((), runs, CurveRequest(EVERY_VALUE, cursor=cursor), 100)
    pane.drawn((), runs, wanted, 120)

    assert len(calls) == 2


@pytest.mark.parametrize("in_ascii", [False, True])
def test_no_run_has_the_mark_of_a_curve_of_now(in_ascii: bool) -> None:
    marks = {mark_of_run(n, in_ascii=in_ascii) for n in range(1, 21)}

    assert marks.isdisjoint(ASCII_MARKS if in_ascii else MARKS)


def test_of_several_curves_marks_tell_the_runs_and_colours_the_curves() -> None:
    series = snapshot("cost", HIGH), snapshot("accuracy", LOW)
    before = ShownRun(
        "run 1", 1, (snapshot("cost", [6.0] * 100), snapshot("accuracy", [4.0] * 100))
    )

    drawing = draw(series, before)

    ground = (0x12, 0x12, 0x12)
    of_series = [tuple(int(one[n : n + 2], 16) for n in (1, 3, 5)) for one in DARK.series[:2]]
    for red, green, blue in of_series:
        assert hex_of(faint((red, green, blue), ground)) in colours(drawing)
    assert mark_of_run(1, in_ascii=False) in "".join(plane(drawing))


@pytest.mark.parametrize("in_ascii", [False, True])
def test_where_only_other_runs_have_values_the_axes_are_those_of_a_curve(*, in_ascii: bool) -> None:
    begun = draw([snapshot("cost", HIGH)], in_ascii=in_ascii)

    before = draw([snapshot("cost", [])], run("run 1", 1, HIGH), in_ascii=in_ascii)

    assert (before.left, before.width) == (begun.left, begun.width)
    assert [line[: begun.left] for line in lines(before)[1:]] == [
        line[: begun.left] for line in lines(begun)[1:]
    ]
    assert lines(before)[-2:] == lines(begun)[-2:]
