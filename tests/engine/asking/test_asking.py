"""What is asked where a run stands: what it is told, and in whose names."""

from __future__ import annotations

import pytest
import torch
from asked import FUNCTION, NAMES, Play, ask
from playing import Player, pause_at_start, step_and_wait

from engine.protocol.completion import Writing
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain

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
