"""The catalogues of the interface's words: complete, without leftovers, and translated alike.

A text that the code shows stands in a call `translate("…")`, or in a table whose entries are
translated where they are shown: actions, groups, panes and their absence, the words of the status
line.
"""

from __future__ import annotations

import ast
import string
from collections import Counter
from collections.abc import Iterator
from functools import cache
from inspect import cleandoc
from itertools import product
from pathlib import Path

import click
import polib
import pytest
from documents import compiled_words
from rich.cells import cell_len

from engine.authoring.findings import ALL as ALL_FINDINGS
from engine.lesson.sentences import THE_KEYS
from engine.progress.data import NOTHING_KEPT, OVERTAKEN, SET_ASIDE, TROUBLES
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.reading.steps import ROLES
from tui.actions import app_actions, dialog_actions, pane_actions, player_actions
from tui.actions.action import Action, Group
from tui.actions.pane_actions import DRAW
from tui.cli import tutorch
from tui.language.catalogue import (
    LANGUAGES,
    TRANSLATED,
    CatalogueError,
    read_catalogue,
    translator,
)
from tui.language.places import catalogue_path, words_folder
from tui.panes.pane_tabs import ABSENCES, PANES
from tui.words.deaths import MEANINGS, SERVING_FAILED_MEANS
from tui.words.status_words import status_word
from tui.words.syntax import KINDS, MESSAGES

ROOT = Path(__file__).parents[1]
ENGINE, TUI = ROOT / "engine", ROOT / "tui"
# What is nothing but what was found.
JUST_FOUND = "{why}"
FOUND_ALONE = ("{nearest_key}", "{nearest_name}")
# The cells of a pane beside another one at 80x24.
HALF_A_TERMINAL = 36
SHOWING = {"show_sentence", "notify", "MessageScreen"}


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def calls(room: Path = TUI) -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def literals(argument: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: itself, or either end of a choice."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)


def mixed(argument: ast.expr) -> Iterator[str]:
    """A text that is put together in the code itself."""
    if isinstance(argument, ast.JoinedStr):
        yield ast.unparse(argument)


def texts_in_calls() -> set[str]:
    found = (
        call.args[0]
        for _, call in (*calls(ENGINE), *calls(TUI))
        if called(call).lstrip("_") == "translate" and call.args
    )
    return {text for argument in found for text in literals(argument)}


def texts_in_sentences() -> set[str]:
    """Those that are made where no language is known, and the lists that `nearest` names."""
    found = []
    for _, call in (*calls(ENGINE), *calls(TUI)):
        match called(call), call.args:
            case ("sentence", [words, *_]) | ("nearest", [_, _, words]):
                found.append(words)
    return {text for argument in found for text in literals(argument)} - {JUST_FOUND}


def all_actions() -> list[Action]:
    """Every action of every table, as often as it stands there."""
    rooms = (app_actions, dialog_actions, pane_actions, player_actions)
    tables = [each for room in rooms for each in vars(room).values() if isinstance(each, tuple)]
    return [action for table in tables for action in table if isinstance(action, Action)]


def texts_in_tables() -> set[str]:
    texts = {text for action in all_actions() for text in (action.label, action.help)}
    texts |= {*MEANINGS.values(), SERVING_FAILED_MEANS, *TROUBLES.values()}
    kinds = [kind for table in ALL_FINDINGS for kind in table]
    texts |= {text for kind in kinds for text in (kind.problem, kind.mend)} - {*FOUND_ALONE}
    texts |= {THE_KEYS, *ROLES.values()}
    texts |= {NOTHING_KEPT, SET_ASIDE, OVERTAKEN, *MESSAGES, *KINDS}
    texts |= {group.value for group in Group} | set(PANES.values()) | set(ABSENCES.values())
    texts |= {status_word(status, end) for status, end in product(Status, (None, *Outcome))}
    return texts - {""}


def texts_in_help(command: click.Command = tutorch) -> set[str]:
    """What a command, its options and the commands in it say of themselves."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    texts = {cleandoc(command.help or ""), command.epilog or ""}
    texts |= {option.help or "" for option in options}
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return texts.union(*map(texts_in_help, inner)) - {""}


@cache
def wanted() -> frozenset[str]:
    """All texts of the code, which is gone through once."""
    return frozenset().union(
        texts_in_calls(), texts_in_sentences(), texts_in_tables(), texts_in_help()
    )


def fields(text: str) -> list[str]:
    """What a text leaves to be filled in, with how."""
    parts = string.Formatter().parse(text)
    return sorted(f"{name}:{style}" for _, name, style, _ in parts if name is not None)


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> dict[str, str]:
    return read_catalogue(catalogue_path(request.param))


def test_no_text_of_the_code_is_missing(catalogue: dict[str, str]) -> None:
    assert sorted(wanted() - set(catalogue)) == []


def test_nothing_is_left_of_texts_that_have_gone(catalogue: dict[str, str]) -> None:
    assert sorted(set(catalogue) - wanted()) == []


def test_every_text_is_translated(catalogue: dict[str, str]) -> None:
    assert [text for text, translation in catalogue.items() if not translation.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_there_twice(language: str) -> None:
    texts = [entry.msgid for entry in polib.pofile(str(catalogue_path(language)))]

    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_a_translation_fills_in_what_its_text_fills_in(catalogue: dict[str, str]) -> None:
    different = [
        text for text, translation in catalogue.items() if fields(text) != fields(translation)
    ]

    assert different == []


def test_korean_is_not_english() -> None:
    korean = read_catalogue(catalogue_path("ko"))

    assert [text for text, translation in korean.items() if text == translation] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_be_done_on_a_canvas_has_one_line_of_it_at_80x24(language: str) -> None:
    translate = translator(language)
    drawing = [
        f"{translate('Drag to draw.')}  {DRAW.shown_key} {translate('by keys')}",
        *map(translate, ("Pen up: space lowers it.", "Eraser up: space lowers it.")),
        *map(translate, ("Pen down: arrows draw.", "Eraser down: arrows erase.")),
    ]

    lines = [f"{words}  {translate('clear')}" for words in drawing]
    assert [line for line in lines if cell_len(line) > HALF_A_TERMINAL] == []


def test_clicks_words_are_compiled_as_they_are_written() -> None:
    compiled = words_folder("ko") / "click.mo"

    assert compiled.read_bytes() == compiled_words(compiled.with_suffix(".po")), "make docs"


def test_clicks_words_are_those_that_click_says() -> None:
    sources = Path(click.__file__).parent.glob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    words = polib.pofile(str(words_folder("ko") / "click.po"))

    said = [polib.escape(text) for one in words for text in (one.msgid, one.msgid_plural) if text]
    assert [text for text in said if f'"{text}"' not in code] == []


def test_no_sentence_reaches_the_screen_untranslated() -> None:
    untranslated = [
        f"{path.relative_to(TUI)}:{call.lineno} {text!r}"
        for path, call in calls()
        if called(call) in SHOWING
        for argument in call.args
        for text in (*literals(argument), *mixed(argument))
    ]

    assert untranslated == []


def test_english_is_as_the_code_is_written() -> None:
    assert translator("en")("1 Text") == "1 Text"


def test_a_text_without_a_translation_stays_as_it_is() -> None:
    assert translator("ko")("a text that no catalogue has") == "a text that no catalogue has"


@pytest.fixture
def po(tmp_path: Path) -> Path:
    return tmp_path / "tutorch.po"


def test_texts_over_several_lines_and_their_escapes_are_read(po: Path) -> None:
    po.write_text('# a remark\nmsgid ""\n"one \\"two\\" "\n"three"\nmsgstr "하나 둘 셋"\n', "utf-8")

    assert read_catalogue(po) == {'one "two" three': "하나 둘 셋"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgstr "b"', 1),
        ('msgid "a"\nmsgstr "b"\nand more', 3),
        ('msgid "a"\nmsgstr "b" "c"', 2),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(po: Path, text: str, line: int) -> None:
    po.write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match=f"tutorch.po:{line}: "):
        read_catalogue(po)
