"""Films that a lesson shows: animations on a page, images of several frames; played once, in place.

Where nobody looks on, as in `tutorch run`, the last frame alone is shown.
"""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from IPython.display import HTML, Image

# As matplotlib writes an animation for a browser: a line of JavaScript for each frame.
_FRAME = re.compile(r'frames\[\d+\]\s*=\s*"data:image/\w+;base64,([^"]*)"')
_INTERVAL = re.compile(r"new Animation\(frames,\s*\w+,\s*\w+,\s*([\d.]+)")
_PICTURE = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']data:image/\w+;base64,([^"']+)""", re.I)
# A file of a film begins with its box "ftyp", and "stsz" has the number of its frames.
_VIDEO = re.compile(r"data:video/mp4;base64,([^\"']+)")
_COUNT_AT = 12
# What is longer is played faster, in seconds.
_LONGEST = 5.0
_MOST_FRAMES = 100
_USUAL_INTERVAL = 0.1


@dataclass(frozen=True, slots=True)
class Film:
    """So many frames, each the bytes of an image's file, and the seconds between two."""

    count: int
    interval: float
    frame: Callable[[int], bytes | None]

    def chosen(self) -> list[int]:
        """The frames to play, of a long film not all; its last one comes last."""
        stride = -(-self.count // _MOST_FRAMES)
        return [*range((self.count - 1) % stride, self.count, stride)]

    def pause(self) -> float:
        """The seconds from one of these to the next."""
        chosen = len(self.chosen())
        return min(self.interval * self.count, _LONGEST) / chosen


def film_of(value: object) -> Film | None:
    """The film that a value is; None where it is none.

    Draws the frames of an animation that matplotlib is set to show as a page.
    """
    page = page_of(value)
    if page is not None:
        return _film_on(page)
    if isinstance(value, Image):
        data: Any = value.data
        return _film_in(data) if isinstance(data, bytes) else None
    return None


def page_of(value: object) -> str | None:
    """The page of HTML that a value is; None where it is none, or one that shows no picture."""
    page: object = None
    if isinstance(value, HTML):
        page = value.data
    elif is_animation(value):
        page = value._repr_html_()  # type: ignore[attr-defined]
    return page if isinstance(page, str) and "data:image/" in page else None


def pictures_on(page: str) -> list[bytes]:
    """The files of the images that lie in a page itself."""
    return [*filter(None, map(_bytes_of, _PICTURE.findall(page)))]


def is_animation(value: object) -> bool:
    """Whether a value is an animation of matplotlib."""
    module: Any = sys.modules.get("matplotlib.animation")
    return module is not None and isinstance(value, module.Animation)


def words_of_video(page: str) -> str | None:
    """How many frames the film has that lies in a page; None where none lies there."""
    found = _VIDEO.search(page)
    data = None if found is None else _bytes_of(found[1])
    at = -1 if data is None else data.find(b"stsz")
    if data is None or at < 0:
        return None
    count = int.from_bytes(data[at + _COUNT_AT : at + _COUNT_AT + 4], "big")
    return f"(a film of {count} frames, which a terminal cannot show)"


def _film_on(page: str) -> Film | None:
    frames = _FRAME.findall(page)
    if not frames:
        return None
    interval = _INTERVAL.search(page)
    seconds = float(interval[1]) / 1000 if interval else _USUAL_INTERVAL
    return Film(len(frames), seconds, lambda at: _bytes_of(frames[at]))


def _film_in(data: bytes) -> Film | None:
    """The film that a file of an image is, as a GIF may be."""
    with suppress(ImportError, OSError, ValueError):
        from PIL import Image as Images

        image: Any = Images.open(io.BytesIO(data))
        count = getattr(image, "n_frames", 1)
        if count < 2:
            return None

        def frame(at: int) -> bytes:
            image.seek(at)
            written = io.BytesIO()
            image.convert("RGBA").save(written, "PNG")
            return written.getvalue()

        seconds = (image.info.get("duration") or 0) / 1000 or _USUAL_INTERVAL
        return Film(count, seconds, frame)
    return None


def _bytes_of(letters: str) -> bytes | None:
    # matplotlib ends its lines as JavaScript does, with a backslash.
    with suppress(ValueError):
        return base64.b64decode(letters.replace("\\\n", ""))
    return None
