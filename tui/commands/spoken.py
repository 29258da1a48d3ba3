"""Help in the language of the locale, and click's own words in it.

What click says itself it looks up by gettext, which reads compiled catalogues alone: `make docs`
compiles `click.po`, which lies beside it.
"""

from __future__ import annotations

import gettext
from copy import copy
from inspect import cleandoc

import click

from engine.lesson.sentences import Translate
from tui.commands.errors import own_words
from tui.language.places import LOCALE
from tui.language.preferred import preferred_language

CLICK = "click"
"""What gettext calls the catalogues of click's words."""


def have_click_speak() -> None:
    """Have click say usage, mistakes and the headings of help in the language of the locale."""
    if preferred_language() == "en":
        return
    gettext.bindtextdomain(CLICK, LOCALE)
    gettext.textdomain(CLICK)


class SpokenCommand(click.Command):
    """A command whose help is in the language of the locale."""

    def get_help(self, ctx: click.Context) -> str:
        """The help, in words that are looked up when it is asked for."""
        return click.Command.get_help(in_words(self, own_words()), ctx)


class SpokenGroup(SpokenCommand, click.Group):
    """The same for a group, and for what its help says of its commands."""


def in_words(command: click.Command, translate: Translate) -> click.Command:
    """A command like this one, with its help, its options' and its commands' translated."""
    spoken = copy(command)
    spoken.help = translate(cleandoc(command.help or ""))
    if command.epilog:
        spoken.epilog = translate(command.epilog)
    spoken.params = [_with_words(param, translate) for param in command.params]
    if isinstance(spoken, click.Group):
        spoken.commands = {
            name: in_words(each, translate) for name, each in spoken.commands.items()
        }
    return spoken


def _with_words(param: click.Parameter, translate: Translate) -> click.Parameter:
    if not isinstance(param, click.Option):
        return param
    spoken = copy(param)
    spoken.help = translate(param.help or "")
    return spoken
