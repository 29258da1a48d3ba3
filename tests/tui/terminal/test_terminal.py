"""The terminal is the app's: what a lesson, C code and child processes write is not on it."""

from __future__ import annotations

import re
import shlex
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from driving import write_lesson
from real_terminal import ROOT, RealApp, without_torch

# This character is never drawn: it reaches the terminal only where something writes past the app.
LOUD = r"""
    # %% Loud
    import ctypes, os, subprocess, sys
    print("py\5thon")
    os.write(1, b"descrip\5tor\n")
    os.write(2, b"descrip\5tor\n")
    ctypes.CDLL(None).puts(b"C co\5de")
    subprocess.run(["sh", "-c", r"printf 'chi\5ld\n'"])
    sys.__stderr__.write("\5errors\n")
    print("the last " + "line")
"""
EXERCISE = """
    # ---
    # tutorch:
    #   title: Writing
    # ---
    # %% Write tags=["exercise"]
    x = 1
    # %% tags=["solution"]
    x = 2
    # %% tags=["check"]
    assert x == 2
"""


def test_nothing_is_written_past_the_app(folder: Path) -> None:
    with RealApp(write_lesson(folder, LOUD)) as app:
        app.reads("cpu")
        app.press("4 ")
        app.reads("the last line")
        app.press("q")

        status = app.status()

    assert status == 0
    assert b"\5" not in app.output


def test_what_is_copied_goes_to_the_terminals_clipboard(folder: Path, tmp_path: Path) -> None:
    source = "cost = 1  # " + "비용 " * 8_000
    lesson = write_lesson(folder, f"# %% Long\n{source}\n")
    with RealApp(lesson, PYTHONPATH=without_torch(tmp_path)) as app:
        app.reads("importing torch")
        app.press("2y")
        app.reads("Copied: cost = 1")
        app.press("q")

        assert app.status() == 0

    sequences = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", app.output)
    assert [b64decode(one).decode() for one in sequences] == [source.strip()]


def test_the_app_leaves_at_once_while_a_thread_of_the_lesson_sleeps(folder: Path) -> None:
    sleeping = """
        # %% Asleep
        import threading, time
        threading.Thread(target=time.sleep, args=(1e6,)).start()
        print("good" + " night")
        time.sleep(1e6)
    """
    with RealApp(write_lesson(folder, sleeping)) as app:
        app.reads("cpu")
        app.press("4 ")
        app.reads("good night")
        app.press("q")

        status = app.status()

    assert status == 0


def test_an_editor_has_the_whole_terminal(folder: Path, tmp_path: Path) -> None:
    editor = write_lesson(
        folder,
        """
        import os, sys
        assert all(os.isatty(descriptor) for descriptor in (0, 1, 2))
        os.write(1, b"edi\\5tor")
        assert sys.stdin.readline() == "typed\\n"
        open(sys.argv[1], "w").write("x = 'ed' + 'ited'\\nprint(x)")
        """,
        "editor.py",
    )
    lesson, command = write_lesson(folder, EXERCISE), shlex.join([sys.executable, str(editor)])
    with RealApp(lesson, EDITOR=command, PYTHONPATH=without_torch(tmp_path)) as app:
        app.reads("importing torch")
        app.press("E")
        app.reads("edi\5tor")
        app.press("typed\n")
        app.reads("ited")
        app.press("\x11")

        assert app.status() == 0


@pytest.mark.parametrize("editor", ["no-such-editor", "false"])
def test_the_app_is_back_after_an_editor_that_did_not_work(
    folder: Path, tmp_path: Path, editor: str
) -> None:
    lesson, path = write_lesson(folder, EXERCISE), without_torch(tmp_path)
    with RealApp(lesson, EDITOR=editor, PYTHONPATH=path) as app:
        app.reads("importing torch")
        app.press("E")
        app.reads("did not edit")
        app.press("q")

        assert app.status() == 0


def test_a_crash_of_the_app_is_told_on_the_terminal(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Breaking:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'tui.polling.poller' and 'tui.player.playback' in sys.modules:\n"
        "            del sys.modules['tui.player.playback'].Playback.poll\n"
        "sys.meta_path.insert(0, Breaking())\n",
        encoding="utf-8",
    )
    lesson = write_lesson(folder, "# %% Crash\n1\n")
    with RealApp(lesson, PYTHONPATH=f"{ROOT}:{tmp_path}") as app:
        status = app.status()

    told = app.output.partition(b"\x1b[?1049l")[2]
    assert status == 1
    assert b"AttributeError" in told
