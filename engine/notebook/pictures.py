"""What a lesson shows that is a picture: figures of matplotlib, images of Pillow, PNG and JPEG.

None of these libraries is imported here before the lesson has done so itself.
"""

from __future__ import annotations

import base64
import io
import sys
import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from msgspec.structs import replace

from engine.notebook.figures import is_figure, picture_of_figure
from engine.notebook.films import Film, film_of, page_of, pictures_on
from engine.protocol.pictures import MOST_PIXELS, Picture, packed_picture

# In this order, as notebooks ask for them; the last gives all forms by their kinds.
_OF_ALL = "_repr_mimebundle_"
_ENCODERS = ("_repr_png_", "_repr_jpeg_", _OF_ALL)
_EACH_KIND = {"include": None, "exclude": None}
_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")

Tell = Callable[[int, Picture, bool], None]
"""Told a picture's number, the picture, and whether it stands in place of the one before."""


class Gallery:
    """Numbers a lesson's pictures and tells them; used on the thread that made it alone.

    On other threads nothing is shown, and nothing while `is_captured` says that something takes
    what is shown.
    """

    def __init__(self, tell: Tell, is_captured: Callable[[], bool]) -> None:
        self._tell = tell
        self._is_captured = is_captured
        self._thread = threading.get_ident()
        self._count = 0
        self._numbers: WeakKeyDictionary[object, int] = WeakKeyDictionary()
        self._named: dict[Hashable, int] = {}
        self._shown: set[int] = set()

    @property
    def is_open(self) -> bool:
        """Whether pictures of the thread that asks are shown."""
        return threading.get_ident() == self._thread and not self._is_captured()

    @property
    def is_watched(self) -> bool:
        """Whether somebody looks on, for whom a film is played."""
        return self.is_open and _is_watched

    def begin_step(self) -> None:
        """Know that nothing has been shown in this step yet."""
        self._shown.clear()

    def show(self, value: object, name: Hashable = None) -> bool:
        """Show a value that is a picture, in place of the one of the same name, if one is given.

        Whether it is one.
        """
        if not self.is_open:
            return False
        film = film_of(value)
        if film is not None:
            self._play(film)
            return True
        for data in pictures_on(page_of(value) or ""):
            shown = _decoded(data)
            if shown is not None:
                self._show(self._new_number(), shown, is_update=False)
        picture = picture_of(value)
        if picture is None:
            return False
        if is_figure(value):
            self.show_figure(value, picture)
            return True
        number = self._named.get(name) if name is not None else None
        is_update = number is not None and number in self._shown
        if number is None:
            number = self._new_number()
            if name is not None:
                self._named[name] = number
        self._show(number, picture, is_update=is_update)
        return True

    def show_figure(self, figure: object, picture: Picture, *, in_place: bool = False) -> None:
        """Show a figure, where `in_place` in place of its picture that this step has shown."""
        number = self._numbers.get(figure)
        if number is None:
            number = self._numbers[figure] = self._new_number()
        if self.is_open:
            self._show(number, picture, is_update=in_place and number in self._shown)

    def has_shown(self, figure: object) -> bool:
        """Whether the step that runs has shown a figure."""
        return self._numbers.get(figure) in self._shown

    def has_ever_shown(self, figure: object) -> bool:
        """Whether any step has shown a figure."""
        return figure in self._numbers

    def _play(self, film: Film) -> None:
        """Show its frames one after the other; where nobody looks on, the last one alone."""
        number, chosen = self._new_number(), film.chosen()
        for at in chosen if self.is_watched else chosen[-1:]:
            data = film.frame(at)
            picture = None if data is None else _decoded(data)
            if picture is None:
                continue
            if number in self._shown:
                time.sleep(film.pause())
            shown = replace(picture, title=f"{at + 1}/{film.count}")
            self._show(number, shown, is_update=number in self._shown)

    def _show(self, number: int, picture: Picture, *, is_update: bool) -> None:
        self._shown.add(number)
        self._tell(number, picture, is_update)

    def _new_number(self) -> int:
        self._count += 1
        return self._count


_hanging: Gallery | None = None
_is_watched = False


def look_on(*, is_watched: bool) -> None:
    """Say whether somebody looks at what this process shows, while it runs."""
    global _is_watched
    _is_watched = is_watched


def hang(gallery: Gallery) -> None:
    """Have what is displayed in this process go to a gallery."""
    global _hanging
    _hanging = gallery


def take_down(gallery: Gallery) -> None:
    """Have nothing go to a gallery any more."""
    global _hanging
    if _hanging is gallery:
        _hanging = None


def show_picture(value: object, name: Hashable = None) -> bool:
    """Show a value that is a picture; whether it is shown so."""
    return _hanging is not None and _hanging.show(value, name)


def picture_of(value: object) -> Picture | None:
    """The picture that a value is; None where it is none, or one that cannot be read here.

    Raises what the drawing of a figure raises.
    """
    if isinstance(value, type):
        return None
    if is_figure(value):
        return picture_of_figure(value)
    images: Any = sys.modules.get("PIL.Image")
    if images is not None and isinstance(value, images.Image):
        return _picture_of_image(value)
    data = _encoded_image(value)
    return None if data is None else _decoded(data)


def _picture_of_image(image: Any) -> Picture:
    if image.width * image.height > MOST_PIXELS:
        share = (MOST_PIXELS / (image.width * image.height)) ** 0.5
        image = image.resize((max(int(image.width * share), 1), max(int(image.height * share), 1)))
    if image.mode.startswith(("I", "F")):
        return packed_picture(_stretched(np.asarray(image, np.float64)))
    if image.mode in ("RGBA", "LA", "PA", "P"):
        # What shines through is white, as in a notebook.
        image = image.convert("RGBA")
        ground = image.copy()
        ground.paste((255, 255, 255, 255), (0, 0, *image.size))
        ground.alpha_composite(image)
        image = ground
    return packed_picture(np.asarray(image.convert("RGB")))


def _stretched(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Values of any range as greys, the lowest black and the highest white."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    greys = np.nan_to_num((values - low) / ((high - low) or 1.0)) * 255
    return np.repeat(greys.astype(np.uint8)[..., np.newaxis], 3, axis=-1)


def _encoded_image(value: object) -> bytes | None:
    """What a value gives a notebook to show as a picture: the file, also where it is in letters.

    None for a formula, which a terminal's characters show better than a small picture of it.
    """
    if hasattr(type(value), "_repr_latex_"):
        return None
    for name in _ENCODERS:
        encode = getattr(type(value), name, None)
        if encode is None:
            continue
        try:
            data = encode(value, **_EACH_KIND) if name == _OF_ALL else encode(value)
        except Exception:
            # The value's own code, which a notebook passes over too: its text is shown.
            continue
        data = data[0] if isinstance(data, tuple) else data
        if isinstance(data, dict):
            data = next((data[kind] for kind in _KINDS if kind in data), None)
        if isinstance(data, str):
            with suppress(ValueError):
                data = base64.b64decode(data)
        if isinstance(data, bytes):
            return data
    return None


def _decoded(data: bytes) -> Picture | None:
    try:
        from PIL import Image

        return _picture_of_image(Image.open(io.BytesIO(data)))
    except (ImportError, OSError, ValueError):
        return None
