"""What is asked where a run stands: in whose names, what it is told, and what it leaves."""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Callable

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playing import PATIENCE, Player, pause_at_start, series, step_and_wait, wait_until

from engine.protocol.changes import NotedChange
from engine.protocol.completion import Writing
from engine.protocol.events import AskAnswered
from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place, Spot, Stand
from engine.protocol.status import Grain, Status
from engine.values.randomness import RandomState

Play = Callable[..., Player]

NAMES = """
    import torch
    rate = 0.1
    weights = torch.arange(6.0).reshape(2, 3)
    numbers = list(range(5000))
    class Broken:
        def __repr__(self):
            return 1 / 0
    def halve(value):
        return value / zero
    zero = 0
"""
TRAINING = """
    # %% watch="cost"
    import random
    import torch
    torch.manual_seed(1)
    random.seed(1)
    weights = torch.ones(3, requires_grad=True)
    rate = 0.1

    def loss(weights):
        total = 0.0
        for weight in weights:
            total = total + weight**2
        return total

    for epoch in range(6):
        cost = loss(weights) + random.random() + torch.rand(1).item()
        cost.backward()
        with torch.no_grad():
            weights -= rate * weights.grad
            weights.grad = None
        print(epoch, float(cost))
"""
FUNCTION = """
    # %%
    rate = 0.1
    lesson_only = 1
    def train(rate, values):
        scale = 2.0
        def nested():
            return scale
        seen = []
        for value in values:
            seen.append(rate * value * nested())
        return seen
    seen = train(0.5, [1.0, 2.0, 3.0, 4.0])
"""


def ask(player: Player, text: str) -> AskAnswered:
    number = 1 + sum(isinstance(event, AskAnswered) for event in player.events())
    player.session.ask(number, text)
    wait_until(lambda: answer_to(player, number) is not None, f"the answer to {text!r}")
    answered = answer_to(player, number)
    assert answered is not None
    return answered


def answer_to(player: Player, number: int) -> AskAnswered | None:
    answers = (event for event in player.events() if isinstance(event, AskAnswered))
    return next((answer for answer in answers if answer.number == number), None)


@pytest.fixture
def named(play: Play) -> Player:
    """A session that stands behind a step that has defined names."""
    player = play(NAMES)
    player.run()
    return player


# What it says


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rate * 2", "0.2"),
        ("rate", "0.1"),
        ("  rate ", "0.1"),
        ("'a\\x1b[31mb'", r"'a\x1b[31mb'"),
        ("weights[0]", "tensor([0., 1., 2.])"),
        ("None", ""),
        ("x = 3; x + 1", "4"),
        ("[w * rate for w in (1, 2)]", "[0.1, 0.2]"),
        ("", ""),
    ],
)
def test_a_value_is_told_as_python_shows_it(named: Player, text: str, said: str) -> None:
    answered = ask(named, text)

    assert (answered.said, answered.outcome) == (said, Outcome.DONE)


def test_what_is_asked_before_anything_has_run_is_told_too(play: Play) -> None:
    player = play(NAMES)

    assert ask(player, "6 * 7").said == "42"
    assert ask(player, "rate").said == "NameError: name 'rate' is not defined"
    assert player.run().outcome is Outcome.DONE


def test_what_is_printed_comes_with_the_answer_and_not_in_the_output(named: Player) -> None:
    before = named.output()

    answered = ask(named, "print('seen', rate)")

    assert (answered.printed, answered.said) == ("seen 0.1", "")
    assert named.output() == before


def test_a_large_value_is_cut(named: Player) -> None:
    text = ask(named, "'x' * 10**6").said
    numbers = ask(named, "numbers").said
    printed = ask(named, "for i in range(10**5): print(i)").printed

    assert all(len(one) < 5000 for one in (text, numbers, printed))
    assert text.endswith("…")


def test_a_large_tensor_is_told_by_its_edges(named: Player) -> None:
    before = repr(torch.zeros(30, 30))

    said = ask(named, "torch.zeros(30, 30)").said

    assert said.count("\n") < 8
    assert "..." in said
    assert repr(torch.zeros(30, 30)) == before


def test_nothing_in_an_answer_moves_the_cursor(named: Player) -> None:
    answered = ask(named, "print('a\\x1b[2Jb\\rc\\x07')")

    assert answered.printed == "abc"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("missing", "NameError: name 'missing' is not defined"),
        ("1 +", "SyntaxError: invalid syntax"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("Broken()", "ZeroDivisionError: division by zero"),
        ("input()", "EOFError: EOF when reading a line"),
    ],
)
def test_an_error_is_told_without_a_line_of_ours(named: Player, text: str, error: str) -> None:
    answered = ask(named, text)

    assert answered.outcome is Outcome.FAILED
    assert answered.said.splitlines()[-1] == error
    assert "asking.py" not in answered.said
    assert ask(named, "rate").said == "0.1"


def test_an_error_in_the_lessons_own_code_says_where(named: Player) -> None:
    said = ask(named, "halve(1)").said

    assert "return value / zero" in said
    assert said.splitlines()[-1].startswith("ZeroDivisionError")


# In whose names


def in_function(player: Player) -> None:
    """Pause in the function, once two of its iterations have ended."""
    pause_at_start(player)
    step_and_wait(player, Grain.INNER)


def test_in_a_function_its_own_names_come_first(play: Play) -> None:
    player = play(FUNCTION)
    in_function(player)

    assert ask(player, "rate").said == "0.5"
    assert ask(player, "[rate * one for one in values]").said == "[0.5, 1.0, 1.5, 2.0]"
    assert ask(player, "lesson_only").said == "1"
    assert ask(player, "len(seen)").said == "2"


def test_a_name_of_a_function_can_be_rebound(play: Play) -> None:
    player = play(FUNCTION)
    in_function(player)

    answered = ask(player, "rate = 10.0")
    scale = ask(player, "scale = 1.0")

    assert (answered.changed, scale.changed) == (("rate",), ("scale",))
    player.session.resume()
    player.ended()
    assert player.namespace["seen"] == [1.0, 2.0, 30.0, 40.0]
    assert player.namespace["rate"] == 0.1


def test_a_name_of_a_function_can_be_rebound_while_its_statements_are_stepped(play: Play) -> None:
    player = play(FUNCTION)
    in_function(player)
    step_and_wait(player, Grain.STATEMENT)
    ask(player, "rate = 10.0")

    step_and_wait(player, Grain.STATEMENT)
    assert ask(player, "(rate, scale)").said == "(0.1, 2.0)", "it stands in `nested`"
    player.session.resume()
    player.ended()
    assert player.namespace["seen"] == [1.0, 2.0, 60.0, 80.0]


def test_a_name_that_is_not_the_functions_is_assigned_in_the_lesson(play: Play) -> None:
    player = play(FUNCTION)
    in_function(player)

    ask(player, "lesson_only = 5")
    ask(player, "double = lambda value: value * lesson_only")
    ask(player, "import math")

    assert ask(player, "double(2) + math.floor(1.5)").said == "11"
    assert player.namespace["lesson_only"] == 5


def test_a_name_of_a_function_that_runs_cannot_be_deleted(play: Play) -> None:
    player = play(FUNCTION)
    in_function(player)

    assert "has to stay" in ask(player, "del rate").said
    assert ask(player, "rate").said == "0.5"


def test_names_of_the_function_follow_in_what_is_written(play: Play) -> None:
    player = play(FUNCTION)
    in_function(player)

    answer = player.session.completions(Writing(1, "val", 3, wants_words=True))

    assert answer is not None
    assert "values" in answer.words


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
    noted = (NotedChange(Place(0), text, is_under_way=False, spot=idle),) if changed else ()
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


# Stopping it


@pytest.mark.parametrize(
    "text",
    [
        "sum(i for i in range(10**12))",
        "while True: pass",
        "while 1:\n try:\n  while 1: pass\n except: pass\n break",
    ],
)
def test_what_is_asked_can_be_stopped_while_the_run_stays_paused(play: Play, text: str) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    player.session.ask(1, text)
    wait_until(lambda: player.session._worker.interventions.asker._is_under_way, "the ask to begin")

    player.session.stop()

    wait_until(lambda: answer_to(player, 1) is not None, "the end of what is asked")
    player.wait_for(Status.PAUSED)
    assert ask(player, "rate").said == "0.1"
    player.session.resume()
    assert player.ended().outcome is Outcome.DONE


def test_what_is_asked_while_nothing_runs_can_be_stopped(named: Player) -> None:
    named.session.ask(1, "while True: pass")
    wait_until(lambda: named.session._worker.interventions.asker._is_under_way, "the ask to begin")

    named.session.stop()

    wait_until(lambda: answer_to(named, 1) is not None, "the end of what is asked")
    answered = answer_to(named, 1)
    assert answered is not None
    assert answered.outcome is Outcome.STOPPED
    named.wait_for(Status.READY)
    assert named.run().outcome is Outcome.DONE


def test_a_restart_ends_what_is_asked_too(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)
    player.session.ask(1, "while True: pass")
    wait_until(lambda: player.session._worker.interventions.asker._is_under_way, "the ask to begin")

    player.session.restart_step(0)

    assert player.ended().outcome is Outcome.DONE


def test_what_is_asked_while_a_step_runs_is_answered_once_it_stands(play: Play) -> None:
    player = play("n = 0\nwhile True: n += 1")
    player.session.run_step(0)
    player.wait_for(Status.RUNNING)
    player.session.ask(1, "n > 0")

    player.session.pause()

    wait_until(lambda: answer_to(player, 1) is not None, "the answer")


def test_a_child_that_is_asked_for_ends_with_its_answer(named: Player) -> None:
    said = ask(named, "__import__('os').fork() > 0").said

    assert said == "True"
    assert os.wait()[1] == 0


def test_a_stop_that_comes_before_what_is_asked_has_begun_calls_it_off(play: Play) -> None:
    player = play("a = 1")
    player.run()
    session = player.session
    may_go_on = threading.Event()

    def hold_up() -> None:
        may_go_on.wait(PATIENCE)

    session._thread.gate.send(hold_up)
    session.ask(1, "a = 2")

    session.stop()
    may_go_on.set()

    wait_until(lambda: answers_to(player), "the answer")
    assert answers_to(player)[0].outcome is Outcome.STOPPED
    assert player.namespace["a"] == 1


def answers_to(player: Player) -> list[AskAnswered]:
    return [event for event in player.events() if isinstance(event, AskAnswered)]
