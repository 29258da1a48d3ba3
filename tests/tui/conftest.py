"""Surroundings in which every test of the interface runs: one language, no animation, no waste."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from marks import all_have_come_to_a_mark
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from engine.client.engine import Engine


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def _no_waiting_for_a_quiet_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a key the pilot waits until the process is idle, which one that trains never is.

    It still waits until all widgets have handled their messages, and tests wait for what they see.
    """

    async def give_way(*seconds: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", give_way)
    monkeypatch.setattr("textual.pilot.wait_for_idle", give_way)


@pytest.fixture(autouse=True, scope="session")
def _waiting_for_all_widgets_costs_little() -> Iterator[None]:
    """After each key the pilot sends every widget a message, and goes on when all have come to it.

    It sends callbacks, which are looked up in every class of a widget: a sixth of a test.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "_wait_for_screen", all_have_come_to_a_mark)
        yield


@pytest.fixture(autouse=True, scope="session")
def _each_style_is_parsed_once() -> Iterator[None]:
    """The styles of all apps are the same texts, and to parse them is a twentieth of a test."""
    parsed: dict[object, list[RuleSet]] = {}
    themes: dict[object, int] = {}
    parse = Stylesheet._parse_rules

    def theme_of(sheet: Stylesheet) -> int:
        """A number for its variables, hundreds, which are looked at once for each sheet."""
        variables = sheet._variables
        known, number = vars(sheet).get("_theme_in_tests", (None, 0))
        if known is not variables:
            number = themes.setdefault(tuple(variables.items()), len(themes))
            vars(sheet)["_theme_in_tests"] = variables, number
        return number

    def parse_once(self: Stylesheet, css: str, **how: Any) -> list[RuleSet]:
        of = css, *how.values(), theme_of(self)
        if of not in parsed:
            parsed[of] = parse(self, css, **how)
        return parsed[of]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        # By identity, as Textual's own says in Python, a hundred times for each widget.
        patch.setattr(RuleSet, "__hash__", object.__hash__)
        yield


@pytest.fixture(autouse=True)
def _one_engine_for_all(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.client.engine.Engine", kept_engine)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for lessons."""
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    return lessons
