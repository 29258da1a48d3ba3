"""Actions by their names, and as Textual has them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from tui.actions.action import Action
from tui.actions.app_actions import APP_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS


def action_named(name: str) -> Action:
    """The player's or the app's action of this name."""
    return next(one for one in (*PLAYER_ACTIONS, *APP_ACTIONS) if one.name == name)


def actions_named(names: Iterable[str], actions: Iterable[Action]) -> list[Action]:
    """The actions of these names, in the order of the names."""
    by_name = {action.name: action for action in actions}
    return [by_name[name] for name in names]


def key_of(name: str) -> str:
    """The key of an action, as a person reads it, for a sentence that names it."""
    return action_named(name).shown_key


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """The actions as Textual's bindings."""
    return [Binding(action.keys, action.target, action.label or action.help) for action in actions]
