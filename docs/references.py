"""Makes the tables of the reference pages from the code that they speak of.

A page has a place for each, between `<!-- made from the code: NAME -->` and `<!-- end of NAME -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from engine.authoring.findings import ALL
from engine.lesson.findings import Findings
from engine.lesson.notation import CELL_KEYS, COURSE_KEYS, HEADER_KEYS, TAGS, VIEW_TIMES, Key
from tui.actions.action import Action, Group
from tui.actions.app_actions import APP_ACTIONS, LIST_ACTIONS
from tui.actions.dialog_actions import TENSOR_ACTIONS
from tui.actions.pane_actions import PANE_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.cli import tutorch

PAGES = Path(__file__).resolve().parent

_BLOCK = re.compile(
    r"(?P<begin><!-- made from the code: (?P<name>[a-z ]+) -->\n)"
    r".*?(?P<end><!-- end of (?P=name) -->)",
    re.DOTALL,
)
_PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}")
_IN_CODE = re.compile(r"(`[^`]*`)")


def main() -> None:
    """Bring the pages up to date."""
    for page in pages():
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")


def pages() -> list[Path]:
    """All pages, in the order of their names."""
    return sorted(PAGES.rglob("*.md"))


def renewed(text: str) -> str:
    """A page's text with the tables of today in their places.

    Raises KeyError where a place has a name that no table has.
    """
    return _BLOCK.sub(
        lambda place: f"{place['begin']}\n{TABLES[place['name']]()}\n\n{place['end']}", text
    )


def key_table() -> str:
    """The actions of list and player with their keys, under the headings of the help."""
    rows = ["| key | what it does |", "| --- | --- |"]
    actions = (*PLAYER_ACTIONS, *PANE_ACTIONS, *TENSOR_ACTIONS, *LIST_ACTIONS, *APP_ACTIONS)
    for group in Group:
        members = [_action_row(action) for action in actions if action.group is group]
        if members:
            rows += [f"| **{group.value}** | |", *members]
    return "\n".join(rows)


def _action_row(action: Action) -> str:
    keys = " ".join(f"`{key}`" for key in action.shown_keys.split())
    return f"| {keys} | {action.help} |"


def _cell_keys() -> str:
    rows = [
        _row(f"`{key.name}`", " and ".join(key.kinds), key.meaning, f"`{key.example}`")
        for key in CELL_KEYS
    ]
    times = " or ".join(f'`view="{time}"`' for time in VIEW_TIMES)
    table = _table(("key", "in cells of", "what it does", "example"), rows)
    return f"{table}\n\nA view says when it is drawn: {times}."


def _tags() -> str:
    rows = [_row(f"`{tag.name}`", tag.kind, tag.meaning) for tag in TAGS]
    return _table(("tag", "on a cell of", "what the cell is"), rows)


def _plain_keys(keys: Iterable[Key]) -> str:
    rows = [_row(f"`{key.name}`", key.meaning, f"`{key.example}`") for key in keys]
    return _table(("key", "what it says", "example"), rows)


def _findings() -> str:
    return "\n\n".join(part for table in ALL for part in _findings_of(table))


def _findings_of(table: type[Findings]) -> Iterator[str]:
    yield f"## {(table.__doc__ or '').rstrip('.')}"
    for kind in table.__members__.values():
        problem, mend = (_spoken(words) for words in (kind.problem, kind.mend))
        yield f"### {kind.known_as}\n\n{_sentence(problem)}\n\n**Mend:** {_sentence(mend)}"


def _spoken(words: str) -> str:
    """Words with what is put in there between ‹ and ›, as Markdown that shows each character."""
    words = _PLACEHOLDER.sub(lambda found: f"‹{found[1].replace('_', ' ')}›", words)
    parts = _IN_CODE.split(words)
    return "".join(
        part if part.startswith("`") else re.sub(r"([*_\[\]<>])", r"\\\1", part) for part in parts
    )


def _sentence(words: str) -> str:
    begins_with_a_word = words[:1].isalpha() and "=" not in words.split()[0]
    ends = "" if words.endswith("?") else "."
    return (words[0].upper() + words[1:] if begins_with_a_word else words) + ends


def _commands() -> str:
    # A command remembers its option of help as the first that asks for it has it.
    context = click.Context(tutorch, info_name="tutorch", **tutorch.context_settings)
    parts = [_command(command, context) for command in tutorch.commands.values()]
    epilog = (tutorch.epilog or "").replace("\b\n", "")
    told = [_listed(part) for part in epilog.strip().split("\n\n")]
    return "\n\n".join([*parts, *told])


def _command(command: click.Command, above: click.Context) -> str:
    context = click.Context(command, info_name=command.name, parent=above)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"## tutorch {command.name}", f"```text\n{usage}\n```", _prose(command.help or "")]
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        rows = [_row(f"`{_written(option)}`", _told(option)) for option in options]
        parts.append(_table(("option", "what it does"), rows))
    return "\n\n".join(parts)


def _written(option: click.Option) -> str:
    choices = "|".join(option.type.choices) if isinstance(option.type, click.Choice) else None
    return " ".join(filter(None, (", ".join(option.opts), option.metavar or choices)))


def _told(option: click.Option) -> str:
    default = f" Without it: {option.default}." if option.show_default else ""
    return f"{option.help}{default}"


def _prose(text: str) -> str:
    """A command's help; metavariables in capitals stay as they are."""
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _listed(part: str) -> str:
    """One part of the epilog, its heading a heading and its lines as they stand."""
    heading, *lines = part.split("\n")
    rows = "\n".join(line.removeprefix("  ") for line in lines)
    return f"## {heading.rstrip(':')}\n\n```text\n{rows}\n```"


def _table(names: tuple[str, ...], rows: Iterable[str]) -> str:
    return "\n".join([_row(*names), _row(*["---"] * len(names)), *rows])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


TABLES: dict[str, Callable[[], str]] = {
    "keys": key_table,
    "cell keys": _cell_keys,
    "tags": _tags,
    "header keys": lambda: _plain_keys(HEADER_KEYS),
    "course keys": lambda: _plain_keys(COURSE_KEYS),
    "findings": _findings,
    "commands": _commands,
}


if __name__ == "__main__":
    main()
