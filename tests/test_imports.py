"""What importing a room costs: which heavy packages a process has loaded by then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_importing_a_session_imports_no_torch() -> None:
    assert imported_with("engine.kernel.session", {"torch", "textual"}) == []


def test_the_list_is_painted_before_anything_slow_is_imported() -> None:
    slow = {"torch", "numpy", "IPython", "jupytext", "plotext", "importlib.metadata", "tomllib"}
    slow |= {"polib"}

    assert imported_with("tui.cli", slow) == []
    assert imported_with("tui.app", slow) == []


def imported_with(module: str, others: set[str]) -> list[str]:
    """Which of the others a fresh Python has imported, once it has imported a module."""
    program = f"import sys, {module}; print(*sorted({others} & set(sys.modules)))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


# What plays a lesson in the real app, and tells what it has imported once the lesson trains.
TRAINING = """
import asyncio, sys
from pathlib import Path
from tui.app import TutorchApp

async def train():
    app = TutorchApp(Path(sys.argv[1]).parent, Path(sys.argv[1]))
    async with app.run_test() as pilot:
        while getattr(getattr(app.screen, "playback", None), "status", None) is None:
            await pilot.pause(0.05)
        playback = app.screen.playback
        while playback.status.name != "READY":
            await pilot.pause(0.05)
        await pilot.press("space")
        while playback.record.frame is None or not playback.record.frame.curves:
            await pilot.pause(0.05)
        print(*sorted(sys.modules))

asyncio.run(train())
"""


def test_the_app_imports_nothing_of_a_lessons_while_it_trains(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.py"
    lesson.write_text(
        "# %%\nimport torch\ncost = 1.0\nwhile True:\n    cost = cost / 2\n", encoding="utf-8"
    )
    command = [sys.executable, "-c", TRAINING, str(lesson)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    imported = {name.partition(".")[0] for name in done.stdout.split()}
    assert imported & {"torch", "IPython", "matplotlib"} == set()
    assert "engine.kernel.session" not in done.stdout.split()
