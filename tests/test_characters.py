"""What is written where the locale or the streams cannot take every character."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tui.language.characters import can_be_written, shows_all
from tui.language.preferred import preferred_language
from tui.terminal import driver

ROOT = Path(__file__).parents[1]
LOCALE = ("LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "PYTHONUTF8", "TERM")
LESSON = "# %% [markdown]\n# # Café λ\n\n# %% Café λ\nprint('naïve → λ')\n1 / 0  # λ → 한글\n"


def stream_in(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("settings", "encoding", "all_are_shown"),
    [
        ({}, "utf-8", True),
        ({}, "ascii", False),
        ({}, "iso8859-1", False),
        ({"LANG": "en_US.UTF-8"}, "utf-8", True),
        ({"LANG": "de_DE.utf8@euro"}, "utf-8", True),
        ({"LANG": "de_DE"}, "utf-8", True),
        ({"LANG": "C"}, "utf-8", False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8", False),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, "utf-8", True),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, "utf-8", True),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "utf-8", False),
        ({"LC_ALL": "POSIX", "PYTHONUTF8": "1"}, "utf-8", True),
        ({"LC_ALL": "ko_KR.EUC-KR"}, "utf-8", False),
        ({"LC_CTYPE": "UTF-8"}, "utf-8", True),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, "utf-8", False),
        ({"LANG": "en_US.UTF-8", "TERM": "xterm"}, "utf-8", True),
    ],
)
def test_locale_and_encoding_say_whether_all_characters_are_shown(
    settings: dict[str, str],
    encoding: str,
    all_are_shown: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert shows_all(stream_in(encoding)) == all_are_shown


@pytest.mark.parametrize(
    ("encoding", "language"), [("utf-8", "ko"), ("euc_kr", "ko"), ("latin-1", "en")]
)
def test_korean_is_spoken_only_where_its_letters_can_be_written(
    encoding: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    monkeypatch.setattr("sys.stderr", stream_in(encoding))

    assert preferred_language() == language
    assert can_be_written("en")


def test_what_the_terminal_cannot_show_is_marked_in_as_many_cells() -> None:
    assert "한é→|".encode("latin-1", driver._CELL_FOR_CELL) == b"??\xe9?|"


@pytest.mark.parametrize(
    ("encoding", "title", "printed"),
    [
        ("ascii", "Caf\\xe9 \\u03bb", "na\\xefve \\u2192 \\u03bb\n"),
        ("latin-1", "Café \\u03bb", "naïve \\u2192 \\u03bb\n"),
    ],
)
def test_what_an_encoding_lacks_is_told_by_its_number(
    encoding: str, title: str, printed: str, tmp_path: Path
) -> None:
    (tmp_path / "lesson.py").write_text(LESSON, encoding="utf-8")

    listed, played = (
        subprocess.run(
            [sys.executable, "-m", "tui", command, "lesson.py"],
            cwd=tmp_path,
            capture_output=True,
            encoding=encoding,
            env={
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": encoding,
                "LANG": "ko_KR.UTF-8",
                "HOME": str(tmp_path),
            },
            check=False,
        )
        for command in ("list", "run")
    )

    assert listed.stderr == ""
    assert title in listed.stdout
    assert played.stdout == printed
    assert f"step 1/1 {title}" in played.stderr
    assert "1 / 0  # \\u03bb \\u2192 \\ud55c\\uae00" in played.stderr
    assert played.returncode == 1
