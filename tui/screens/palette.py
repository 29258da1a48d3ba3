"""What the palette offers, in its own order: first what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from textual.app import SystemCommand
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider
from textual.widgets.option_list import Option

from tui.actions.action import Action
from tui.actions.app_actions import APP_ACTIONS, LIST_ACTIONS
from tui.language.catalogue import Translate, as_written
from tui.roles import NamesCommands, NamesKeys, Plays

_KEY = "key: "
# More than any name that is alike.
_SCORE_OF_KEY = 1000.0


class Offers(SystemCommandsProvider):
    """Offers the app's commands in the order in which it names them, where Textual sorts them."""

    async def discover(self) -> Hits:
        """Each command that is offered before anything is typed."""
        for name, help_text, callback, is_offered in self.app.get_system_commands(self.screen):
            if is_offered:
                yield DiscoveryHit(name, callback, help=help_text)

    async def search(self, query: str) -> Hits:
        """Each command that is called so in the language that is spoken, or in English.

        A key finds what it does, before anything else.
        """
        app, matcher = self.app, self.matcher(query)
        assert isinstance(app, NamesCommands)
        spoken = app.get_system_commands(self.screen)
        for command, written in zip(spoken, app.commands_in(as_written, self.screen), strict=True):
            score = matcher.match(command.title)
            name = matcher.highlight(command.title) if score else command.title
            score = max(score, matcher.match(written.title))
            if query.strip() in written.help.removeprefix(_KEY).split(" "):
                score = _SCORE_OF_KEY
            if score:
                yield Hit(score, name, command.callback, help=command.help or None)


class ActionPalette(CommandPalette):
    """Textual's palette, in the language that is spoken, and no wider than its lines are long."""

    DEFAULT_CSS = "ActionPalette > Vertical { max-width: 100; }"

    def __init__(
        self, providers: Sequence[type[Provider]] | None, placeholder: str, translate: Translate
    ) -> None:
        super().__init__(providers, placeholder=placeholder)
        self._translate = translate

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        say = partial(self._say_that_none_matches, search_value)
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)

    def _say_that_none_matches(self, searched: str) -> None:
        if searched:
            translate = self._translate
            words = translate("Nothing is called so.")
            nothing = Option(words, disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(nothing)
        self._list_visible = bool(searched)


def commands(
    screen: Screen[object],
    textuals_own: Iterable[SystemCommand],
    choose_theme: Mapping[str, Callable[[], None]],
    translate: Translate,
) -> Iterator[SystemCommand]:
    """Every action that works now, by its own words, the most useful ones first.

    Then Textual's commands; steps and themes are found by their names only.
    """
    for action in dict.fromkeys(_actions_of(screen)):
        if action.name == "command_palette":
            continue
        keys = translate("key: {keys}").format(keys=translate(action.shown_keys))
        run = partial(screen.run_action, action.target)
        yield SystemCommand(_found_by(action, translate), keys, run)
    words = {
        "Theme": (translate("Theme"), translate("Change the colours")),
        "Screenshot": (translate("Screenshot"), translate("Save a picture of the screen")),
    }
    for command in textuals_own:
        if command.title in words:
            yield SystemCommand(*words[command.title], command.callback)
    for index, title in enumerate(screen.step_titles() if isinstance(screen, Plays) else ()):
        name = translate("Step {number}: {title}").format(number=index + 1, title=title)
        run = partial(screen.run_action, f"screen.show_step({index})")
        yield SystemCommand(name, translate("Go to this step"), run, discover=False)
    for theme, choose in choose_theme.items():
        name = translate("Theme: {name}").format(name=theme)
        # What it does stands in its name, twenty times over.
        yield SystemCommand(name, "", choose, discover=False)


def _actions_of(screen: Screen[object]) -> Sequence[Action]:
    if isinstance(screen, Plays):
        return (*screen.working_actions(), *APP_ACTIONS)
    return screen.keys if isinstance(screen, NamesKeys) else (*LIST_ACTIONS, *APP_ACTIONS)


def _found_by(action: Action, translate: Translate) -> str:
    """The sentence of an action in the palette, after its word in the bar where it has another."""
    label, sentence = action.label and translate(action.label), translate(action.help)
    return sentence if label.casefold() in sentence.casefold() else f"{label}: {sentence}"
