"""What the palette and the help name first: the actions that work now, and those in hand."""

from __future__ import annotations

from collections.abc import Sequence

from tui.actions.action import Action, Group
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.keys.bar import bar_of
from tui.keys.situation import Hand, Situation, works


def working_actions(now: Situation, panes: Sequence[str]) -> list[Action]:
    """The player's actions that do something now, the most useful first; `panes` can be shown."""
    names = bar_of(now)
    useful = [action for action in PLAYER_ACTIONS if action.name in names]
    return [
        *sorted(useful, key=lambda action: names.index(action.name)),
        *(one for one in PLAYER_ACTIONS if one not in useful and _works(one, now, panes)),
    ]


def group_in_hand(hand: Hand, active: str, *, has_code: bool) -> Group:
    """The actions that belong to what has the keys, or else to the pane that is `active`."""
    if hand is Hand.PEN or active == "canvas":
        return Group.CANVAS
    if hand is Hand.EDITOR or (active == "code" and has_code):
        return Group.EXERCISE
    return Group.CURVE if active == "curve" else Group.TRAINING


def _works(action: Action, now: Situation, panes: Sequence[str]) -> bool:
    if action.name.startswith("show_pane"):
        return any(f"'{name}'" in action.name for name in panes)
    return works(action.name, now)
