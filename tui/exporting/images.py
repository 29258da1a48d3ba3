"""Pictures that a lesson's prose names, as far as they lie beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

_SIGNATURES = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff",
    "gif": b"GIF8",
    "webp": b"RIFF",
}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's file, and its kind as in `image/png`."""

    kind: str
    data: bytes

    @property
    def address(self) -> str:
        """The picture itself as an address."""
        return f"data:image/{self.kind};base64,{b64encode(self.data).decode()}"


Images = Callable[[str], Image | None]
"""Gives the picture that prose names, None where there is none to be had."""


def image_of(data: bytes) -> Image | None:
    """The picture of a file's bytes; None where they are no picture that every browser shows."""
    kind = next((kind for kind, begin in _SIGNATURES.items() if data.startswith(begin)), None)
    if kind is not None:
        return Image(kind, data)
    is_drawing = b"<svg" in data[:1000]
    return Image("svg+xml", data) if is_drawing else None
