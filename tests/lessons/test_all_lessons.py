"""Every lesson that is shipped, whichever are added: nothing in it is left to mend."""

from pathlib import Path

import pytest

from engine.checking import Finding, check_text
from engine.rehearsal import rehearse

FILES = sorted((Path(__file__).parents[2] / "lessons").glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_check_finds_nothing_to_mend(path: Path) -> None:
    lesson, findings = check_text(path)
    assert [str(finding) for finding in findings] == []
    assert lesson is not None

    told = [str(each) for each in rehearse(lesson) if isinstance(each, Finding)]

    assert told == []
