"""Which keys the bar names, and by which words where an action's own do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from tui.actions.action import Action
from tui.actions.app_actions import APP_ACTIONS, HELP
from tui.actions.named import actions_named
from tui.actions.pane_actions import (
    ANSWER_ACTIONS,
    ASK_ACTIONS,
    FIELD_ACTIONS,
    PANE_ACTIONS,
    SETTING_ACTIONS,
)
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.foot.arguments_input import ArgumentsInput
from tui.foot.race_input import RaceInput
from tui.keys.bar import bar_of
from tui.keys.situation import Hand, Situation
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.words.status_words import word_of_running

_TYPING = (Hand.EDITOR, Hand.QUESTION, Hand.ANSWER, Hand.FIELD, Hand.ASK, Hand.DIAL)
# What escape means in a line to write in, which is not the same in each.
_IN_HAND = {
    Hand.ANSWER: ANSWER_ACTIONS,
    Hand.FIELD: FIELD_ACTIONS,
    Hand.ASK: ASK_ACTIONS,
    Hand.DIAL: SETTING_ACTIONS,
}


@dataclass(frozen=True, slots=True)
class NamedKeys:
    """Actions in their order, and the words of some of them by their names."""

    actions: Sequence[Action]
    words: Mapping[str, str]


def named_keys(
    now: Situation, focused: Widget | None, playback: Playback, translate: Translate
) -> NamedKeys:
    """The keys that do something now; `focused` is the widget that has them, None: the player."""
    known = (*PLAYER_ACTIONS, *APP_ACTIONS, *PANE_ACTIONS, *_IN_HAND.get(now.hand, ()))
    actions = [*actions_named(bar_of(now), known), HELP]
    if now.hand in _TYPING:
        actions = [action.while_typing for action in actions]
    words = {"run_or_pause": word_of_running(now.status, now.outcome, translate)}
    if playback.step.exercise is None:
        # What the learner began from is no starter there.
        words["starter"] = translate("lesson's code")
        words["go_on_with_starter"] = translate("lesson's code, on")
    words |= _words_of_enter(focused, translate)
    if now.is_racing:
        words["race"] = translate("stop race")
    if now.is_enlarged:
        words["enlarge"] = translate("all panes")
    return NamedKeys(actions, words)


def _words_of_enter(focused: Widget | None, translate: Translate) -> dict[str, str]:
    """What enter does in the fields in which it does not look for the next place."""
    match focused:
        case ArgumentsInput():
            return {"simulate_key('enter')": translate("begin again")}
        case RaceInput():
            return {"simulate_key('enter')": translate("race")}
        case _:
            return {}
