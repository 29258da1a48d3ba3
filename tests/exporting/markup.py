"""HTML and SVG read strictly: what a browser would have to guess at is an error here."""

from __future__ import annotations

from html.parser import HTMLParser

_EMPTY = {"meta", "img", "br", "hr"}
# What a browser loads by itself, and where its address stands.
_LOADING = {"src", "srcset", "data", "poster", "background", "xlink:href"}


class Markup(HTMLParser):
    """The elements and the text of a document; raises AssertionError where a tag is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], self._open

    @property
    def text(self) -> str:
        """All text but that of style sheets, with one space between words."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, of_class: str = "") -> list[dict[str, str]]:
        """The attributes of each element of a kind."""
        return [
            held
            for name, held in self.elements
            if name == tag and (not of_class or of_class in held.get("class", "").split())
        ]

    def loaded(self) -> list[str]:
        """The addresses of all that a browser would fetch."""
        addresses = [
            value
            for name, held in self.elements
            for key, value in held.items()
            if key in _LOADING or (key == "href" and name != "a")
        ]
        return [one for one in addresses if not one.startswith(("data:", "#"))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1:] == [tag], (tag, self._open, self.getpos())
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.words.append(data)
