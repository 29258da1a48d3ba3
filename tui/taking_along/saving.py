"""Files of what a pane shows, in the folder that the app was started in; never over another."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path

_MOST_BYTES = 150
# What the screen calls a pane, where that is another word than the code's own.
_SHOWN_AS = {"prose": "text"}


class NotSaved(Exception):
    """Nothing was saved, and nothing is left half written; `str()` says why."""


def save_beside(folder: Path, name: str, texts: Mapping[str, str]) -> list[Path]:
    """Write each text to a new file `NAME-NUMBER.SUFFIX` of its suffix, all with one number.

    The number is the first that none of these files has. Raises NotSaved.
    """
    for number in count(1):
        paths = [folder / f"{name}-{number}.{suffix}" for suffix in texts]
        try:
            _write_new(dict(zip(paths, texts.values(), strict=True)))
        except FileExistsError:
            continue
        except OSError as error:
            raise NotSaved(f"{folder}: {error.strerror or error}") from error
        return paths
    raise AssertionError


def file_name(lesson: Path, step: int, pane: str) -> str:
    """What files of a pane are called, without number and suffix; steps count from 1."""
    pane = _SHOWN_AS.get(pane, pane)
    return f"{_cut(lesson.stem)}-step-{step}-{pane}"


def session_name(lesson: Path) -> str:
    """What files of a whole session are called, without number and suffix."""
    return f"{_cut(lesson.stem)}-session"


def _cut(stem: str) -> str:
    """A name that leaves a file's name short enough for every file system."""
    return stem.encode()[:_MOST_BYTES].decode(errors="ignore")


def _write_new(texts: Mapping[Path, str]) -> None:
    """Write files that are not there yet; all of them, or none. Raises OSError."""
    with ExitStack() as undoing:
        for path, text in texts.items():
            with path.open("x", encoding="utf-8", newline="") as file:
                undoing.callback(_remove, path)
                file.write(text)
        undoing.pop_all()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
