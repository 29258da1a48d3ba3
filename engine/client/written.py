"""What a step writes and shows beside the session that stands: the newest of it, in its order."""

from __future__ import annotations

from msgspec import structs

from engine.protocol.events import OutputWritten, PictureShown, Written

_MOST_CHARACTERS = 200_000
_MOST_PICTURES = 50


class WrittenBeside:
    """Takes what a process tells of its step's output; what is too much goes from the beginning."""

    def __init__(self) -> None:
        self._pieces: list[Written] = []
        self._characters = self._pictures = 0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(one.text for one in self._pieces if isinstance(one, OutputWritten))

    @property
    def all(self) -> tuple[Written, ...]:
        """The words and the pictures between them."""
        return tuple(self._pieces)

    @property
    def newest_picture(self) -> PictureShown | None:
        """The picture that was shown last; None where none was."""
        pictures = (one for one in reversed(self._pieces) if isinstance(one, PictureShown))
        return next(pictures, None)

    def take(self, piece: Written) -> None:
        """Take what comes next."""
        match piece:
            case OutputWritten(text=text):
                self._write(piece, text)
            case PictureShown():
                self._show(piece)
        self._let_go()

    def _write(self, piece: OutputWritten, text: str) -> None:
        self._characters += len(text)
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, OutputWritten):
            self._pieces[-1] = structs.replace(last, text=last.text + text)
        else:
            self._pieces.append(piece)

    def _show(self, piece: PictureShown) -> None:
        for at in reversed(range(len(self._pieces)) if piece.is_update else ()):
            before = self._pieces[at]
            if isinstance(before, PictureShown) and before.number == piece.number:
                self._pieces[at] = structs.replace(before, picture=piece.picture)
                return
        self._pictures += 1
        self._pieces.append(piece)

    def _let_go(self) -> None:
        while self._characters > _MOST_CHARACTERS or self._pictures > _MOST_PICTURES:
            first = self._pieces.pop(0)
            if isinstance(first, PictureShown):
                self._pictures -= 1
                continue
            self._characters -= len(first.text)
            room = max(_MOST_CHARACTERS - self._characters, 0)
            if room:
                rest = first.text[-room:]
                self._characters += len(rest)
                self._pieces.insert(0, structs.replace(first, text=rest))
                return
