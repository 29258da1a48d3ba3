"""What a screen may be to the app, as one that plays a lesson; what the app is to its palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.app import SystemCommand
from textual.screen import Screen

from tui.actions.action import Action, Group

if TYPE_CHECKING:
    from tui.player.playback import Playback


@runtime_checkable
class Trains(Protocol):
    """A screen on which training may run."""

    playback: Playback

    def stop_training(self) -> None:
        """Stop what runs."""


@runtime_checkable
class NamesKeys(Protocol):
    """A screen whose keys are its own, as a dialog's are."""

    @property
    def keys(self) -> Sequence[Action]:
        """Its actions, and those of the app that work on it."""


@runtime_checkable
class Plays(Protocol):
    """A screen on which a lesson is played."""

    @property
    def group_in_hand(self) -> Group:
        """The actions that belong to what the learner looks at."""

    def working_actions(self) -> Sequence[Action]:
        """The actions that do something now, the most useful ones first."""

    def legend(self) -> Sequence[tuple[str, str]]:
        """The marks of the screen, each with what it means."""

    def step_titles(self) -> Sequence[str]:
        """The titles of the lesson's steps, in the language of now."""


@runtime_checkable
class NamesCommands(Protocol):
    """An app that names what can be done now in any language."""

    def commands_in(
        self, translate: Callable[[str], str], screen: Screen[object]
    ) -> Iterable[SystemCommand]:
        """Each command of a screen, in the same order in every language."""
