"""What the command line names and opens: two lessons, and an app that notes what it is given."""

import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest
from commanding import LESSON


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two lessons, which the commands take for ours."""
    for name in ("00_descent.py", "01_logits.py"):
        (tmp_path / name).write_text(LESSON)
    monkeypatch.setattr("tui.commands.naming.LESSONS", tmp_path)
    return tmp_path


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the app was opened with, in place of the app; there is a terminal."""
    calls: list[dict[str, object]] = []

    class App:
        return_code = 0

        def __init__(
            self,
            folder: Path,
            lesson: Path | None = None,
            device: str | None = None,
            *,
            in_ascii: bool = False,
            moments: int,
            asked: tuple[str, ...],
            shelf: Sequence[Path],
            trusts: bool,
            arguments: tuple[str, ...] | None,
        ) -> None:
            calls.append(
                {
                    "folder": folder,
                    "lesson": lesson,
                    "device": device,
                    "in_ascii": in_ascii,
                    "moments": moments,
                    "asked": asked,
                    "shelf": list(shelf),
                    "trusts": trusts,
                    "arguments": arguments,
                }
            )

        def run(self) -> None:
            pass

    module = types.ModuleType("tui.app")
    module.TutorchApp = App  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", module)
    monkeypatch.setattr("tui.commands.naming.is_terminal", lambda _stream: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return calls
