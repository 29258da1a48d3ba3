"""What is said of a key that can do nothing now; no app, no session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from situations import CHECKING, LOADED, PAUSED, PLAYING, RUNNING

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.actions.app_actions import APP_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.keys.bar import bar_of
from tui.keys.reasons import why_not
from tui.keys.situation import Situation, works
from tui.language.catalogue import LANGUAGES, as_written, translator

UNABLE = Situation(Status.UNABLE)


@pytest.mark.parametrize(
    ("action", "now", "said"),
    [
        ("catch_up", PAUSED, "A step is under way"),
        ("run_all", PAUSED, "A step is under way"),
        ("run_and_turn", PAUSED, "A step is under way"),
        ("run_or_pause", UNABLE, "Nothing can run here"),
        ("run_or_pause", replace(PAUSED, elsewhere=0), "Step 1 is paused: go to it with t"),
        ("step_statement", replace(RUNNING, elsewhere=0), "Step 1 runs: let it, go to it"),
        ("restart_step", UNABLE, "Nothing can run here"),
        ("restart_step", replace(PAUSED, has_code=False), "This step has no code to run."),
        ("restart_lesson", LOADED, "Nothing has run yet."),
        ("step_inner", Situation(Status.STOPPING), "What runs is being stopped."),
        ("run_or_pause", CHECKING, "The checks run"),
        ("run_all", CHECKING, "The checks run"),
        ("back_inner", CHECKING, "The checks run"),
        ("mark_moment", CHECKING, "The checks run"),
        ("slower", CHECKING, "The checks run"),
        ("stop", LOADED, "Nothing runs."),
        ("copy_or_stop", LOADED, "Nothing is selected, and nothing runs."),
        ("mark_moment", Situation(Status.RUNNING), "Pause the run first"),
        ("mark_moment", LOADED, "Nothing runs: M marks a moment"),
        (
            "mark_moment",
            Situation(Status.RUNNING, moments=7, mebibytes=30),
            "Moments kept: 7, in 30 MiB",
        ),
        ("faster", LOADED, "This is full speed."),
        ("slower", replace(LOADED, speed=1.0), "This is the lowest speed."),
        ("next_step", replace(LOADED, is_last=True), "This is the last step."),
        ("previous_step", replace(LOADED, is_first=True), "This is the first step."),
        ("toggle_scale", LOADED, "No curve yet"),
        ("move_cursor(-1)", LOADED, "No curve yet"),
        ("cycle_form", LOADED, "No tensors yet"),
        ("cycle_form", replace(LOADED, outcome=Outcome.DONE), "This step shows no tensor"),
        ("starter", replace(LOADED, is_exercise=True), "This is the starter"),
    ],
)
def test_it_is_said_why(action: str, now: Situation, said: str) -> None:
    assert why_not(action, now, as_written).startswith(said)


def test_nothing_keeps_back_a_key_that_works() -> None:
    situations = [*PLAYING, *(replace(now, elsewhere=0) for now in PLAYING)]
    kept_back = [
        (now, one.name)
        for now in situations
        for one in PLAYER_ACTIONS
        if works(one.name, now) and why_not(one.name, now, as_written)
    ]

    assert kept_back == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_keys_of_a_bar_have_the_same_word(language: str) -> None:
    translate = translator(language)
    labels = {one.name: translate(one.label) for one in (*PLAYER_ACTIONS, *APP_ACTIONS)}

    bars = [[labels[name] for name in bar_of(now)] for now in PLAYING]

    assert [shown for shown in bars if len(set(shown)) < len(shown)] == []
