"""Pictures that a lesson's text shows: read from beside its file, never from a network; no widget.

The player shows a lesson only once it may run, and what may run may read: so a picture may lie
above the lesson's folder too, as where courses keep theirs. It is named by its way from there.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from markdown_it import MarkdownIt
from markdown_it.token import Token

from engine.protocol.pictures import Picture, packed_picture

# Of larger ones it is shown only what they are called, in bytes and in pixels.
_LARGEST_FILE = 20_000_000
_MOST_PIXELS = 40_000_000
# No terminal shows more of a picture beside a text.
_MOST_SHOWN = (640, 640)

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_DATA = re.compile(r"data:image/[a-z]+;base64,(?P<data>[A-Za-z0-9+/=%]+)$")
_ATTACHED = "attachment:"


def has_pictures(markdown: str) -> bool:
    """Whether a text may have any, told in no time."""
    return "![" in markdown


def pictures_in(markdown: str, lesson: Path) -> dict[str, Picture]:
    """The pictures of a text that can be read, by the addresses that it has for them.

    A disk may take its time.
    """
    parser = MarkdownIt("gfm-like", {"linkify": False})
    addresses = dict.fromkeys(_addresses(parser.parse(markdown)))
    found = ((address, _picture(address, markdown, lesson)) for address in addresses)
    return {address: picture for address, picture in found if picture is not None}


def _addresses(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "image":
            yield str(token.attrs.get("src", ""))
        yield from _addresses(token.children or [])


def _picture(address: str, markdown: str, lesson: Path) -> Picture | None:
    data = _DATA.match(address)
    if data:
        return _decoded_text(unquote(data["data"]))
    if address.startswith(_ATTACHED):
        text = _attached(unquote(address.removeprefix(_ATTACHED)), markdown, lesson)
        return None if text is None else _decoded_text(text)
    way = Path(unquote(address))
    if not address or _SCHEME.match(address) or address.startswith("//") or way.is_absolute():
        return None
    try:
        path = (lesson.parent / way).resolve()
        status = path.stat()
        if not path.is_file() or status.st_size > _LARGEST_FILE:
            return None
        return _in_file(path, status.st_mtime_ns)
    except (OSError, ValueError):  # a way with a zero character
        return None


@lru_cache(maxsize=32)
def _in_file(path: Path, _saved_at: int) -> Picture | None:
    return _decoded(path.read_bytes())


@lru_cache(maxsize=32)
def _decoded_text(text: str) -> Picture | None:
    try:
        return _decoded(base64.b64decode(text))
    except ValueError:
        return None


def _attached(name: str, markdown: str, notebook: Path) -> str | None:
    """What a cell of a notebook has attached under this name, in base 64.

    Several cells may call theirs alike: it is that of the cell most lines of which are in the text.
    """
    try:
        if notebook.suffix != ".ipynb":
            return None
        return max(
            _with_attachments(json.loads(notebook.read_text(encoding="utf-8")), name),
            key=lambda found: sum(line in markdown for line in found[0]),
            default=([], None),
        )[1]
    except (OSError, ValueError):
        return None


def _with_attachments(notebook: object, name: str) -> Iterator[tuple[list[str], str]]:
    cells = notebook.get("cells") if isinstance(notebook, Mapping) else None
    for cell in cells if isinstance(cells, list) else ():
        match cell:
            case {"source": str() | list() as source, "attachments": {**attached}}:
                kinds = attached.get(name)
                data = next(iter(kinds.values()), None) if isinstance(kinds, Mapping) else None
                if data is not None:
                    text = source if isinstance(source, str) else "".join(map(str, source))
                    joined = data if isinstance(data, str) else "".join(map(str, data))
                    yield [line for line in text.split("\n") if line.strip()], joined


def _decoded(data: bytes) -> Picture | None:
    """The picture in a file's bytes; None where it is of no kind that is known, or broken."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.thumbnail(_MOST_SHOWN)
            shown = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    # What shines through is white, as in a notebook.
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    return packed_picture(np.asarray(paper.convert("RGB")))
