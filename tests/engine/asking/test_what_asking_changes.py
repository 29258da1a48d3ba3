"""What is asked where a run stands: what it changes, and that it leaves nothing else."""

from __future__ import annotations

import random
import sys

import pytest
from asked import TRAINING, Play, ask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playing import Player, pause_at_start, series, step_and_wait, wait_until

from engine.protocol.changes import Change
from engine.protocol.frame import Frame
from engine.protocol.places import Place, Spot, Stand
from engine.protocol.status import Grain, Status
from engine.values.randomness import RandomState

# What it changes


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("rate = 0.5", ("rate",)),
        ("rate += 1", ("rate",)),
        ("a, b = 1, 2", ("a", "b")),
        ("import math as m", ("m",)),
        ("weights[0] = 3.0", ("weights[0]",)),
        ("weights.zero_()", ("weights",)),
        ("numbers.append(3)", ("numbers",)),
        ("del rate", ("rate",)),
        ("rate", ()),
        ("weights.sum()", ()),
        ("weights * 2", ()),
        ("missing = 1 / 0", ()),
    ],
)
def test_what_was_changed_is_named_and_noted(
    named: Player, text: str, changed: tuple[str, ...]
) -> None:
    answered = ask(named, text)

    assert answered.changed == changed
    idle = Spot(0, Stand.IDLE)
    noted = (Change(Place(0), text, is_under_way=False, spot=idle),) if changed else ()
    assert named.session.changes == noted


def test_a_change_counts_from_the_next_iteration_on(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    step_and_wait(player, Grain.INNER)

    answered = ask(player, "rate = 0.0")
    before = ask(player, "weights.detach().tolist()").said
    player.session.resume()
    player.ended()

    assert answered.place == Place(0, True, 2)
    assert ask(player, "weights.detach().tolist()").said == before


def test_changes_are_forgotten_with_the_names_that_had_them(named: Player) -> None:
    ask(named, "rate = 0.5")

    named.run()

    assert named.session.changes == ()
    assert ask(named, "rate").said == "0.1"


def test_panes_show_what_was_changed(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    frame = player.session.frame

    ask(player, "weights.data.fill_(7.0)")
    wait_until(lambda: player.session.frame is not frame, "a new frame")

    frame = player.session.frame
    assert frame is not None
    shown = next(tensor for tensor in frame.tensors if tensor.name == "weights")
    assert float(shown.corner[0, 0]) == 7.0


# That it leaves nothing else

EXPRESSIONS = [
    *("cost", "weights", "rate * 2", "loss(weights)", "loss(weights).item()", "missing", "1 +"),
    *("[loss(weights) for _ in range(3)]", "print('written')", "weights.sum().backward", "exit()"),
    *("sorted(globals())[:3]", "[w for w in weights]", "breakpoint()", "sum(range(2000))"),
]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    asked=st.lists(
        st.tuples(
            st.sampled_from([Grain.INNER, Grain.OUTER, Grain.STATEMENT]),
            st.lists(st.sampled_from(EXPRESSIONS), max_size=3),
        ),
        max_size=8,
    )
)
def test_asking_without_assigning_leaves_no_trace(
    play: Play, asked: list[tuple[Grain, list[str]]]
) -> None:
    whole, written = _run_whole(play, [(grain, []) for grain, _ in asked])
    again, rewritten = _run_whole(play, asked)

    assert again == whole
    assert rewritten == written


def _run_whole(play: Play, asked: list[tuple[Grain, list[str]]]) -> tuple[list[object], str]:
    """Step and ask, then run to the end: places, curve, random numbers, names; what was written."""
    player = play(TRAINING)
    before = len(player.output())
    pause_at_start(player)
    seen: list[object] = []
    for grain, texts in asked:
        if player.session.status is Status.READY:
            break
        step_and_wait(player, grain)
        for text in texts:
            old = player.session.frame
            ask(player, text)
            if player.session.status is Status.PAUSED:
                _wait_for_frame_after(player, old)
        frame = player.session.frame
        seen.append((player.session.place, frame.statement if frame else None))
    if player.session.status is Status.PAUSED:
        player.session.resume()
    player.wait_for(Status.READY)
    frame = player.session.frame
    curve = series(frame, "cost")
    numbers = RandomState.now()
    seen += [
        *(curve.positions.tolist(), curve.values.tolist(), player.session.place),
        *(numbers.python, numbers.torch.tolist()),
        sorted(name for name in player.namespace if not name.startswith("__")),
        [loop.done for loop in frame.loops] if frame is not None else [],
    ]
    output = player.output()[before:]
    player.session.close(patience=15.0)
    return seen, output


def _wait_for_frame_after(player: Player, old: Frame | None) -> None:
    wait_until(lambda: player.session.frame is not old, "the frame after what was asked")


def test_loops_that_are_asked_to_run_are_not_the_runs(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    position = player.session.place

    ask(player, "[loss(weights) for _ in range(10)]")

    assert player.session.place == position


def test_a_generator_of_the_run_that_is_advanced_counts_nothing(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        def costs():
            for cost in range(100):
                yield cost
        made = costs()
        for step in range(5):
            cost = next(made)
    """)
    pause_at_start(player)
    position = player.session.place

    said = ask(player, "next(made)").said

    assert said == "1"
    assert player.session.place == position


def test_the_last_value_keeps_its_name(named: Player) -> None:
    ask(named, "_ = 5")
    ask(named, "rate")

    assert ask(named, "_").said == "5"


def test_streams_and_hooks_are_as_they_were(named: Player) -> None:
    before = (sys.stdout, sys.stdin, sys.breakpointhook)

    ask(named, "print(1)")

    assert (sys.stdout, sys.stdin, sys.breakpointhook) == before


def test_random_numbers_are_drawn_where_they_are_asked_for(named: Player) -> None:
    random.seed(3)
    state = random.getstate()

    ask(named, "rate")
    assert random.getstate() == state
    ask(named, "__import__('random').random()")
    assert random.getstate() != state
