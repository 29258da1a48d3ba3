"""Which keys the bar names in which situation; no app, no session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from situations import DONE, EXERCISE, LOADED, PAUSED, PLAYING, RUNNING

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.actions.app_actions import APP_ACTIONS
from tui.actions.pane_actions import ANSWER_ACTIONS, FIELD_ACTIONS, PANE_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.keys.bar import MOST, bar_of
from tui.keys.situation import Hand, Situation, works


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (LOADED, "run_or_pause"),
        (RUNNING, "run_or_pause"),
        (PAUSED, "run_or_pause"),
        (DONE, "next_step"),
        (EXERCISE, "edit"),
        (replace(EXERCISE, is_in_the_way=True), "go_on_with_starter"),
        (replace(LOADED, hand=Hand.QUESTION), "take_answer"),
        (replace(LOADED, has_code=False, has_question=True), "answer"),
        (replace(EXERCISE, is_passed=True, outcome=Outcome.DONE), "next_step"),
        (Situation(Status.READY, has_code=False), "next_step"),
        (replace(DONE, is_last=True), "run_or_pause"),
    ],
)
def test_the_most_useful_key_is_the_first(now: Situation, first: str) -> None:
    assert bar_of(now)[0] == first


def test_the_bar_of_the_player_has_five_to_seven_keys() -> None:
    wrong = [now for now in PLAYING if not 5 <= len(bar_of(now)) <= MOST]

    assert wrong == []


def test_every_key_of_the_bar_works_and_is_there_once() -> None:
    idle = [(now, name) for now in PLAYING for name in bar_of(now) if not works(name, now)]
    twice = [now for now in PLAYING if len(set(bar_of(now))) < len(bar_of(now))]

    assert idle == []
    assert twice == []


def test_no_iteration_is_offered_where_the_step_is_known_to_have_none() -> None:
    for now in (LOADED, DONE):
        assert "step_inner" in bar_of(now)
        assert "step_inner" not in bar_of(replace(now, has_loops=False))
        assert len(bar_of(replace(now, has_loops=False))) >= 5


@pytest.mark.parametrize("hand", Hand)
def test_every_key_of_the_bar_is_an_action_with_a_label(hand: Hand) -> None:
    known = (*PLAYER_ACTIONS, *APP_ACTIONS, *PANE_ACTIONS, *ANSWER_ACTIONS, *FIELD_ACTIONS)
    labelled = {action.name for action in known if action.label}

    named = {name for now in (*PLAYING, EXERCISE) for name in bar_of(replace(now, hand=hand))}

    assert named - labelled == set()


@pytest.mark.parametrize("hand", [Hand.EDITOR, Hand.QUESTION, Hand.ANSWER, Hand.FIELD])
def test_no_key_of_the_bar_is_a_letter_while_letters_are_typed(hand: Hand) -> None:
    known = {action.name: action for action in (*PLAYER_ACTIONS, *APP_ACTIONS, *PANE_ACTIONS)}

    names = bar_of(replace(EXERCISE, hand=hand))

    assert all(known[name].while_typing.keys for name in names)


def test_the_pen_has_its_own_keys_alone() -> None:
    names = bar_of(replace(LOADED, hand=Hand.PEN))

    assert names == ["pen", "eraser", "wipe", "end_drawing", "command_palette"]


def test_of_a_pane_that_is_enlarged_the_way_back_is_among_the_first() -> None:
    assert bar_of(replace(DONE, is_enlarged=True))[:2] == ["next_step", "enlarge"]
    assert "enlarge" not in bar_of(DONE)


def test_what_runs_can_be_made_slower_and_only_then_faster() -> None:
    assert "slower" in bar_of(RUNNING)
    assert "faster" not in bar_of(RUNNING)
    assert "faster" in bar_of(replace(RUNNING, speed=30.0))


def test_the_first_step_has_no_step_before_and_the_last_none_after() -> None:
    text = Situation(Status.READY, has_code=False)

    assert "previous_step" not in bar_of(replace(text, is_first=True))
    assert "next_step" not in bar_of(replace(text, is_last=True))
