"""Pictures that a lesson has shown: figures and images, as their pixels and what is to be read."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Pixels = npt.NDArray[np.uint8]

MOST_PIXELS = 4_000_000
"""What is larger is made smaller before it is told: no terminal shows so many."""

# Figures are large areas of one colour: this is nearly as small as the best, and ten times faster.
_EFFORT = 1

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Eight bits for each of red, green and blue.
_FORMAT = (8, 2, 0, 0, 0)


class LegendEntry(Struct, frozen=True):
    """What a colour of a figure stands for, by the figure's legend; ``colour`` as "#1f77b4"."""

    label: str
    colour: str


class Picture(Struct, frozen=True, eq=False):
    """An image, and in words what it says in letters: those are too small for a terminal.

    ``packed`` are the rows from the top, three bytes (red, green, blue) a pixel, deflated.
    ``title`` is "" where it has none, and ``axes`` are the names and ranges of a plot's axes.
    """

    width: int
    height: int
    packed: bytes
    title: str = ""
    axes: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()

    @property
    def pixels(self) -> Pixels:
        """The pixels, shape [height, width, 3]."""
        raw = zlib.decompress(self.packed)
        return np.frombuffer(raw, np.uint8).reshape(self.height, self.width, 3)


def packed_picture(
    pixels: npt.NDArray[Any],
    title: str = "",
    axes: tuple[str, ...] = (),
    legend: tuple[LegendEntry, ...] = (),
) -> Picture:
    """The picture of pixels of shape [height, width, 3], whole numbers from 0 to 255."""
    height, width, _ = pixels.shape
    raw = np.ascontiguousarray(pixels, np.uint8)
    return Picture(width, height, zlib.compress(raw.tobytes(), _EFFORT), title, axes, legend)


def png_of(picture: Picture) -> bytes:
    """A picture as a PNG file."""
    head = struct.pack(">II5B", picture.width, picture.height, *_FORMAT)
    # Each row begins with the number of its filter; 0 is none.
    rows = np.zeros((picture.height, 1 + 3 * picture.width), np.uint8)
    rows[:, 1:] = picture.pixels.reshape(picture.height, -1)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes())), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
