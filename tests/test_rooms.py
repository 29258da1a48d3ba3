"""The rooms of engine and tui: which may import which, and that no files import in a circle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

CODE, MARKUP, LESSON = "engine.code", "engine.markup", "engine.lesson"
READING, COURSES, PROTOCOL = "engine.reading", "engine.courses", "engine.protocol"
VALUES, STOPPING = "engine.values", "engine.stopping"
GATE, LOOPS, STEPPING = "engine.gate", "engine.loops", "engine.stepping"
TEACHING = "engine.teaching"
ERRORS, STREAMS, NOTEBOOK = "engine.errors", "engine.streams", "engine.notebook"
ASKING, FRAMING = "engine.asking", "engine.framing"
RUNNING, KERNEL = "engine.running", "engine.kernel"
SERVING, HOST = "engine.serving", "engine.host"
SYSTEM, RUN_TREE, CLIENT = "engine.system", "engine.run_tree", "engine.client"
JUDGING, PROGRESS, AUTHORING = "engine.judging", "engine.progress", "engine.authoring"
TAKING_HOME = "engine.taking_home"
LANGUAGE, TERMINAL, EDITING = "tui.language", "tui.terminal", "tui.editing"
FORMULAS, RENDERING, WORDS = "tui.formulas", "tui.rendering", "tui.words"
SCROLLBACK, FILTERS, LAYOUT = "tui.scrollback", "tui.filters", "tui.layout"
PLOTS, RUNS, PLAYER = "tui.plots", "tui.runs", "tui.player"
EXPERIMENTS, SHOWING, POLLING = "tui.experiments", "tui.showing", "tui.polling"
TAKING_ALONG, KEYS = "tui.taking_along", "tui.keys"
WIDGETS, EDITOR, PROSE = "tui.widgets", "tui.editor", "tui.prose"
PANES, FOOT, DIALOGS, DESKS = "tui.panes", "tui.foot", "tui.dialogs", "tui.desks"
LESSONS, SCREENS, HEADLESS = "tui.lessons", "tui.screens", "tui.headless"
EXPORTING, RECORDING, ACTIONS = "tui.exporting", "tui.recording", "tui.actions"
# The files of tui that stand in no room: they are rooms of one file each.
APP, CLI, DOOR = "tui.app", "tui.cli", "tui.__main__"
COMMANDS = "tui.commands"
EXIT_STATUS, LOOK, MESSAGES = "tui.exit_status", "tui.look", "tui.messages"
THEMES, ROLES = "tui.themes", "tui.roles"

_DATA = {LESSON, PROTOCOL}
_WRITTEN = {LANGUAGE, RENDERING, WORDS}

MAY_IMPORT: Mapping[str, set[str]] = {
    CODE: set(),
    MARKUP: set(),
    LESSON: {CODE},
    READING: {CODE, MARKUP, LESSON},
    COURSES: {LESSON, READING},
    PROTOCOL: {LESSON},
    VALUES: {LESSON, PROTOCOL},
    STOPPING: set(),
    SYSTEM: {PROTOCOL},
    GATE: {PROTOCOL, STOPPING},
    LOOPS: {CODE, PROTOCOL, VALUES, SYSTEM, GATE},
    STEPPING: {CODE, LESSON, PROTOCOL, VALUES, SYSTEM, GATE, LOOPS},
    JUDGING: {CODE, LESSON, PROTOCOL, VALUES, STOPPING},
    TEACHING: {CODE, LESSON, PROTOCOL, VALUES, JUDGING},
    ERRORS: {PROTOCOL},
    STREAMS: {PROTOCOL, SYSTEM},
    NOTEBOOK: {CODE, LESSON, PROTOCOL, ERRORS},
    ASKING: {CODE, LESSON, PROTOCOL, VALUES, STOPPING, LOOPS, STEPPING, ERRORS, NOTEBOOK},
    FRAMING: {CODE, LESSON, PROTOCOL, VALUES, LOOPS, STEPPING, ERRORS, ASKING},
    RUNNING: {
        CODE,
        LESSON,
        PROTOCOL,
        VALUES,
        STOPPING,
        SYSTEM,
        GATE,
        LOOPS,
        STEPPING,
        JUDGING,
        TEACHING,
        ERRORS,
        NOTEBOOK,
        ASKING,
        FRAMING,
    },
    KERNEL: {
        *(LESSON, PROTOCOL, STOPPING, SYSTEM, GATE),
        *(ERRORS, STREAMS, ASKING, RUNNING),
    },
    SERVING: {
        *(READING, PROTOCOL, VALUES, STOPPING, SYSTEM),
        *(STREAMS, NOTEBOOK, RUNNING, KERNEL),
    },
    HOST: {PROTOCOL, STREAMS, SYSTEM, SERVING},
    RUN_TREE: {PROTOCOL},
    CLIENT: {LESSON, PROTOCOL, SYSTEM, RUN_TREE},
    PROGRESS: {LESSON, PROTOCOL},
    AUTHORING: {CODE, LESSON, READING, COURSES, PROTOCOL},
    TAKING_HOME: {CODE, LESSON, READING, PROTOCOL},
    EXIT_STATUS: {LESSON},
    LANGUAGE: set(),
    ACTIONS: set(),
    MESSAGES: set(),
    TERMINAL: {PROTOCOL, EXIT_STATUS, RENDERING, SCROLLBACK},
    EDITING: {CODE},
    FORMULAS: set(),
    LAYOUT: {LESSON},
    FILTERS: {LESSON, RENDERING},
    RENDERING: {*_DATA, PROGRESS, LANGUAGE},
    SCROLLBACK: {*_DATA, LANGUAGE, RENDERING},
    LOOK: {LANGUAGE, FORMULAS, RENDERING},
    THEMES: {FILTERS, RENDERING},
    WORDS: {*_DATA, PROGRESS, TAKING_HOME, LANGUAGE, RENDERING, SCROLLBACK},
    PLOTS: {*_DATA, *_WRITTEN, FILTERS, SCROLLBACK},
    EXPORTING: {*_DATA, CODE, *_WRITTEN, TAKING_HOME, FORMULAS, FILTERS, SCROLLBACK, PLOTS},
    RUNS: {*_DATA, CODE, CLIENT, EDITING, LANGUAGE, RENDERING, SCROLLBACK},
    PLAYER: {*_DATA, CODE, READING, CLIENT, PROGRESS, LANGUAGE, LAYOUT, SCROLLBACK, WORDS, RUNS},
    ROLES: {ACTIONS, PLAYER},
    EXPERIMENTS: {CODE, PROTOCOL, CLIENT, EDITING, LANGUAGE, RUNS, PLAYER},
    POLLING: {PROTOCOL, LAYOUT, PLAYER},
    SHOWING: {
        *(*_DATA, *_WRITTEN, CODE, EDITING, FORMULAS, FILTERS, SCROLLBACK, LAYOUT, LOOK),
        *(RUNS, PLAYER, EXPERIMENTS),
    },
    TAKING_ALONG: {
        *(*_DATA, TAKING_HOME),
        *(LANGUAGE, RENDERING, WORDS, RUNS, PLAYER),
    },
    KEYS: {ACTIONS, PROTOCOL, LANGUAGE, PLAYER, EXPERIMENTS, SHOWING},
    WIDGETS: {ACTIONS, LANGUAGE, LOOK, RENDERING},
    EDITOR: {
        *(*_DATA, CODE, TERMINAL, EDITING),
        *(RENDERING, WORDS, ACTIONS, LOOK),
        *(PLAYER, SHOWING, KEYS, WIDGETS),
    },
    PROSE: {
        *(*_DATA, PROGRESS, SCROLLBACK),
        *(RENDERING, WORDS, ACTIONS, LOOK, PLOTS),
    },
    PANES: {
        *(*_DATA, LAYOUT, FILTERS, SCROLLBACK),
        *(RENDERING, WORDS, ACTIONS, LOOK, PLOTS),
        *(RUNS, PLAYER, SHOWING, WIDGETS, EDITOR, PROSE),
    },
    FOOT: {
        *(*_DATA, EDITING),
        *(*_WRITTEN, ACTIONS, LOOK),
        *(RUNS, PLAYER, EXPERIMENTS, SHOWING, KEYS, WIDGETS, PROSE, PANES),
    },
    DIALOGS: {
        *_DATA,
        *(*_WRITTEN, ACTIONS, LOOK, PLOTS, ROLES),
        *(RUNS, PLAYER, EXPERIMENTS, SHOWING, WIDGETS),
    },
    DESKS: {
        *(*_DATA, TAKING_HOME),
        *(WORDS, ACTIONS, LOOK, MESSAGES),
        *(RUNS, PLAYER, SHOWING, TAKING_ALONG, KEYS, WIDGETS, PANES, DIALOGS),
    },
    LESSONS: {
        *(LESSON, READING, COURSES, PROGRESS),
        *(LANGUAGE, RENDERING, ACTIONS, LOOK, MESSAGES, WIDGETS),
    },
    SCREENS: {
        *(*_DATA, READING, PROGRESS),
        *(LANGUAGE, RENDERING, ACTIONS, LOOK, MESSAGES, ROLES, EXIT_STATUS),
        *(RUNS, PLAYER, EXPERIMENTS, POLLING, SHOWING, KEYS),
        *(WIDGETS, EDITOR, PROSE, PANES, FOOT, DIALOGS, DESKS),
    },
    HEADLESS: {
        *(*_DATA, COURSES, CLIENT, AUTHORING, EXIT_STATUS, TERMINAL),
        *(*_WRITTEN, FORMULAS, FILTERS, SCROLLBACK, PLOTS, EXPORTING, POLLING),
    },
    APP: {
        *(CLIENT, PROGRESS, TERMINAL),
        *(*_WRITTEN, ACTIONS, LOOK, THEMES, FILTERS, MESSAGES, ROLES),
        *(PLAYER, KEYS, WIDGETS, DIALOGS, LESSONS, SCREENS),
    },
    RECORDING: {*_DATA, EXIT_STATUS, LANGUAGE, WORDS, PLAYER, SHOWING, PROSE, HEADLESS, APP},
    COMMANDS: {
        *(LESSON, READING, COURSES, PROGRESS, AUTHORING),
        *(EXIT_STATUS, LANGUAGE, WORDS, HEADLESS, APP, RECORDING),
    },
    CLI: {EXIT_STATUS, HEADLESS, COMMANDS},
    DOOR: {CLI},
}
"""Each room, and what it may import beside itself; the order is that of reading."""


@cache
def modules() -> Mapping[str, Path]:
    """Every module of engine and tui by its name; a package by its own."""
    paths = (path for top in ("engine", "tui") for path in sorted((ROOT / top).rglob("*.py")))
    return {_name_of(path): path for path in paths}


def _name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports_of(module: str) -> frozenset[str]:
    """What a module imports anywhere: in functions and under TYPE_CHECKING too.

    Of ours the names are those of modules, of others as they are written.
    """
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    return frozenset(name for node in ast.walk(tree) for name in _imported(node))


def _imported(node: ast.AST) -> Iterable[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names):
            whole = [f"{module}.{alias.name}" for alias in names]
            inner = [name for name in whole if name in modules()]
            return inner if len(inner) == len(whole) else [module, *inner]
    return []


def room_of(module: str) -> str:
    """The room of a module of ours: its package below engine or tui, else the module itself."""
    room = ".".join(module.split(".")[:2])
    return room if room in MAY_IMPORT else module


@cache
def words_of_first_page(room: str) -> frozenset[str]:
    """The words of a package's `__init__.py`, which says in which order to read the room."""
    return frozenset(re.findall(r"\w+", modules()[room].read_text(encoding="utf-8")))


def circle_among(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """Names that lead from one to the next and back to the first; empty where none do."""
    done: set[str] = set()

    def search(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for other in sorted(arrows.get(name, ())):
            if found := search(other, [*path, name]):
                return found
        done.add(name)
        return []

    return next(filter(None, (search(name, []) for name in sorted(arrows))), [])


def test_every_file_stands_in_a_room() -> None:
    homeless = {room_of(module) for module in modules()} - set(MAY_IMPORT)

    assert homeless - {"engine", "tui"} == set()


def test_the_first_page_of_each_room_names_all_that_is_in_it() -> None:
    unnamed = {
        name
        for name in modules()
        if "." in name and name != DOOR
        if name.rpartition(".")[2] not in words_of_first_page(name.rpartition(".")[0])
    }

    assert unnamed == set()


def test_rooms_import_only_what_they_may() -> None:
    forbidden = {
        (module, imported)
        for module in modules()
        for imported in imports_of(module) & set(modules())
        if room_of(imported) != room_of(module)
        and room_of(imported) not in MAY_IMPORT.get(room_of(module), set())
    }

    assert forbidden == set()


def test_rooms_may_import_only_what_they_do() -> None:
    unused = {(room, other) for room, others in MAY_IMPORT.items() for other in others}
    for module in modules():
        others = map(room_of, imports_of(module) & set(modules()))
        unused -= {(room_of(module), other) for other in others}

    assert unused == set()


def test_the_arrows_between_the_rooms_make_no_circle() -> None:
    assert circle_among(MAY_IMPORT) == []


def test_no_files_import_each_other_in_a_circle() -> None:
    ours = {module: imports_of(module) & set(modules()) - {module} for module in modules()}

    assert circle_among(ours) == []


def test_a_circle_is_found_where_there_is_one() -> None:
    arrows = {"a": ["b"], "b": ["c", "d"], "c": [], "d": ["b"]}

    assert circle_among(arrows) == ["b", "d", "b"]


def test_the_engine_imports_no_interface() -> None:
    wrong = [
        (module, name)
        for module in modules()
        if module.startswith("engine")
        for name in imports_of(module)
        if name.partition(".")[0] in {"textual", "rich", "tui"}
    ]

    assert wrong == []
