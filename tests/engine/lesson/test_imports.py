"""What a lesson's code would use, read from its text; and that reading runs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from reading import lesson_of

from engine.lesson.imports import imported_modules, shell_commands

ROOT = Path(__file__).resolve().parents[3]

# Audit hooks see what Python does for a file: no code of it may be run, nothing started or sent.
WATCHED = """
import sys
from pathlib import Path
from engine.authoring.checking import check_text
from engine.courses.folders import list_lessons
from engine.lesson.imports import imported_modules
from engine.reading.reader import read_lesson
path = Path(sys.argv[1])
done = []
def hook(event, arguments):
    if event == "exec" and getattr(arguments[0], "co_filename", "").startswith(str(path.parent)):
        done.append("exec")
    if event in ("subprocess.Popen", "os.fork", "os.system", "socket.bind", "socket.connect"):
        done.append(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        done.append(f"open {arguments[0]}")
read_lesson(path)  # What reads may import, and Python may write what it has compiled.
sys.addaudithook(hook)
list_lessons(path.parent)
imported_modules(read_lesson(path))
check_text(path)
print(done)
"""


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import torch.nn as nn, os", ("torch", "os")),
        ("from torchvision import datasets", ("torchvision",)),
        ("def f():\n    import subprocess", ("subprocess",)),
        ("from . import near\nfrom .near import x", ()),
        ("import broken\nmodel = # TODO", ("broken",)),
        ("x = 'import nothing'", ()),
    ],
)
def test_imports_are_found_wherever_they_are(
    tmp_path: Path, code: str, modules: tuple[str, ...]
) -> None:
    try:
        lesson = lesson_of(tmp_path, f"# %% One\n{code}\n")
    except Exception:
        pytest.skip("a cell that Python cannot read refuses the file")

    assert imported_modules(lesson) == modules


def test_commands_for_the_shell_are_found(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "# %% One\n!pip install x\n%pip install y\nz = 3 != 4\n")

    assert shell_commands(lesson) == ("!pip install x", "%pip install y")


def test_listing_reading_and_checking_the_text_run_nothing(tmp_path: Path) -> None:
    path = tmp_path / "theirs.py"
    path.write_text("# %% One\nimport os\nos.system('touch ran')\nopen('ran', 'w')\n!touch ran\n")

    answer = subprocess.run(
        [sys.executable, "-c", WATCHED, str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=True,
    )

    assert answer.stdout == "[]\n", answer.stderr
    assert not (tmp_path / "ran").exists()
