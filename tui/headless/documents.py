"""Exporting a lesson: it is played, and a document of the run is written; no app may enter."""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from engine.lesson.model import Lesson
from tui.exit_status import NotDone
from tui.exporting.images import Image, image_of
from tui.exporting.markdown import markdown_of
from tui.exporting.notebook import notebook_of
from tui.exporting.page import page_of
from tui.exporting.played import PlayedLesson
from tui.exporting.script import script_of
from tui.headless.export import play_through
from tui.headless.page import Page
from tui.language.catalogue import translator

KINDS = ("html", "ipynb", "md", "py")
"""The documents that there are, by the endings of their files."""

_LARGEST_IMAGE = 8 << 20


class CannotWrite(NotDone):
    """A document cannot be written: `str()` is one line that says why."""


def export(
    lesson: Lesson,
    kind: str,
    output: Path | None,
    *,
    overwrites: bool,
    language: str,
    device: str | None,
    arguments: Sequence[str],
) -> int:
    """Play the lesson and write a document of this kind; the status is that of the run.

    Without `output` it is named after the lesson, in the current folder. What is there already
    is replaced only where this `overwrites`, and the lesson itself never. Raises CannotWrite, and
    CannotPlay where nothing has run.
    """
    path = Path(f"{lesson.path.stem}.{kind}") if output is None else output
    _refuse(path, kind, lesson, overwrites=overwrites)
    page = Page(sys.stdout, sys.stderr)
    played, status = play_through(
        lesson, device=device, language=language, arguments=arguments, page=page
    )
    try:
        count = 0
        for each, data in _files(played, kind, path):
            each.parent.mkdir(parents=True, exist_ok=True)
            each.write_bytes(data)
            count += 1
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}") from error
    more = f" and {count - 1} files in {_beside(path)}" if count > 1 else ""
    page.say(f"wrote {path}{more}")
    return status


def _refuse(path: Path, kind: str, lesson: Lesson, *, overwrites: bool) -> None:
    """Raise CannotWrite where something is in the way; before the lesson is played."""
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder: give --output the name of a file")
    if path.exists() and path.samefile(lesson.path):
        raise CannotWrite(f"{path} is the lesson itself: give --output another name")
    if not path.absolute().parent.is_dir():
        raise CannotWrite(f"there is no folder {path.parent}")
    in_the_way = [path, *([_beside(path)] if kind == "md" else [])]
    for each in in_the_way:
        if each.exists() and not overwrites:
            raise CannotWrite(f"{each} is there already: --force replaces it")


def _beside(path: Path) -> Path:
    """The folder of the files that a document of Markdown names."""
    return path.with_name(f"{path.stem}_files")


def _files(played: PlayedLesson, kind: str, path: Path) -> Iterator[tuple[Path, bytes]]:
    translate = translator(played.language)

    def images(name: str) -> Image | None:
        return _image_beside(played.lesson.path.parent, name)

    match kind:
        case "html":
            yield path, page_of(played, translate, images).encode()
        case "ipynb":
            yield path, notebook_of(played, translate, images).encode()
        case "py":
            yield path, script_of(played, translate).encode()
        case "md":
            folder = _beside(path)
            document = markdown_of(played, folder.name, translate, images)
            yield path, document.text.encode()
            for name, data in document.beside.items():
                yield folder / name, data


def _image_beside(folder: Path, name: str) -> Image | None:
    """The picture that prose names, where it is a file of this machine; None elsewhere."""
    address = urlsplit(name)
    if address.scheme == "data":
        with suppress(ValueError):
            return image_of(b64decode(address.path.partition("base64,")[2]))
    if address.scheme or address.netloc:
        return None
    path = folder / unquote(address.path)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_IMAGE:
            return None
        return image_of(path.read_bytes())
    except (OSError, ValueError):
        return None
