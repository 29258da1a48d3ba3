"""The pages in docs/: their tables are those of the code, and their links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from references import PAGES, TABLES, pages, renewed

from engine.authoring.findings import ALL
from tui.cli import tutorch

ROOT = PAGES.parent
FINDINGS = (PAGES / "reference" / "findings.md").read_text(encoding="utf-8")
COMMANDS = (PAGES / "reference" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(PAGES)))
def test_a_page_has_the_tables_of_today(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert renewed(text) == text, "it is behind: run .venv/bin/python docs/references.py"


def test_each_table_stands_on_a_page() -> None:
    texts = "".join(page.read_text(encoding="utf-8") for page in pages())

    assert [name for name in TABLES if f"<!-- made from the code: {name} -->" not in texts] == []


def test_a_place_without_a_table_is_refused() -> None:
    with pytest.raises(KeyError, match="no such"):
        renewed("<!-- made from the code: no such -->\n<!-- end of no such -->")


def test_each_finding_has_its_mend_on_the_page() -> None:
    sections = re.findall(r"^### ([a-z0-9-]+)\n\n.+\n\n\*\*Mend:\*\* .+$", FINDINGS, re.MULTILINE)

    assert sections == [kind.known_as for table in ALL for kind in table.__members__.values()]


def test_each_command_and_each_option_is_on_the_page() -> None:
    options = [
        f"`{name}" for command in tutorch.commands.values() for one in command.params
        for name in one.opts if name.startswith("-")
    ]  # fmt: skip

    assert [name for name in tutorch.commands if f"## tutorch {name}\n" not in COMMANDS] == []
    assert [option for option in options if option not in COMMANDS] == []


def test_each_page_is_in_the_contents_of_the_site_once() -> None:
    site = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    listed = re.findall(r"'([\w/]+\.md)'", str(site["project"]["nav"]))

    assert sorted(listed) == sorted(str(page.relative_to(PAGES)) for page in pages())
