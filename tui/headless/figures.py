"""What a run without a screen does with pictures: it says that they were made, and keeps them."""

from __future__ import annotations

from pathlib import Path

from engine.protocol.events import PictureShown
from engine.protocol.pictures import png_of
from tui.exit_status import NotDone
from tui.language.catalogue import Translate
from tui.scrollback.shown_pictures import picture_words


class FiguresFolderError(NotDone):
    """Pictures cannot be kept in a folder: `str()` is one line that says why."""


class RunPictures:
    """The pictures of one run; with a `folder` each is kept there as a PNG file.

    Raises FiguresFolderError where the folder cannot be made or written to.
    """

    def __init__(self, folder: Path | None, translate: Translate) -> None:
        self._folder = folder
        self._translate = translate
        self._told: set[int] = set()
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise FiguresFolderError(_why(folder, error)) from error

    def take(self, shown: PictureShown) -> str | None:
        """Keep a picture; the line that tells of it, None where it only changes one told of.

        Raises FiguresFolderError where it cannot be kept.
        """
        kept = "" if self._folder is None else f" → {self._keep(self._folder, shown)}"
        if shown.number in self._told:
            return None
        self._told.add(shown.number)
        picture = shown.picture
        words = picture_words(shown.number, picture, self._translate)
        return f"{words} ({picture.width} × {picture.height}){kept}"

    def _keep(self, folder: Path, shown: PictureShown) -> Path:
        path = folder / f"figure-{shown.number:02}.png"
        try:
            path.write_bytes(png_of(shown.picture))
        except OSError as error:
            raise FiguresFolderError(_why(folder, error)) from error
        return path


def _why(folder: Path, error: OSError) -> str:
    return f"figures cannot be kept in {folder}: {error.strerror or error}"
