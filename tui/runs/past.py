"""What is kept of a lesson's past beside its moments: outputs as they were, and outermost loops.

A moment is of the engine; what had been written until then is known here alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from engine.protocol.events import OutputWritten, PictureShown, Written
from engine.protocol.frame import Frame
from engine.protocol.noticed import Noticed
from engine.protocol.places import Place
from tui.language.catalogue import Translate
from tui.scrollback.scrollback import Scrollback
from tui.scrollback.shown_pictures import picture_words


@dataclass(frozen=True, slots=True)
class _Mark:
    step: int
    output: Scrollback
    noticed: tuple[Noticed, ...]


class Past:
    """Outputs at the moments that are kept, and where outermost loops ended in runs that were left.

    ``size`` is the memory of all moments in bytes; ``memory_was_low`` says that some were given up
    for that, until it has been told.
    """

    def __init__(self) -> None:
        self.size = 0
        self.memory_was_low = False
        self._marks: dict[int, _Mark] = {}
        self._outer_ends: dict[int, list[int]] = {}
        self._goes_to: Place | None = None

    @property
    def count(self) -> int:
        """How many moments are kept."""
        return len(self._marks)

    @property
    def mebibytes(self) -> int:
        """The memory of all moments."""
        return round(self.size / (1 << 20))

    def mark(
        self, moment: int, step: int, output: Scrollback, noticed: tuple[Noticed, ...]
    ) -> None:
        """Keep what a step has written, and what was noticed in it, as it is at a moment."""
        self._marks[moment] = _Mark(step, output.copy(), noticed)

    def forget(self, moments: Sequence[int], *, memory_was_low: bool) -> None:
        """Keep nothing of these moments."""
        for moment in moments:
            self._marks.pop(moment, None)
        self.memory_was_low |= memory_was_low

    def output_at(self, moment: int) -> Scrollback:
        """What had been written at a moment."""
        mark = self._marks.get(moment)
        return Scrollback() if mark is None else mark.output.copy()

    def output_since(
        self, moment: int | None, written: Sequence[Written], translate: Translate
    ) -> Scrollback:
        """What had been written at a moment, None: at the step's beginning, and this behind it."""
        output = Scrollback() if moment is None else self.output_at(moment)
        for piece in written:
            match piece:
                case OutputWritten(text=text):
                    output.write(text)
                case PictureShown(number=number, picture=picture):
                    output.show_picture(number, picture, picture_words(number, picture, translate))
        return output

    def noticed_at(self, moment: int) -> tuple[Noticed, ...]:
        """What the teacher had noticed at a moment."""
        mark = self._marks.get(moment)
        return () if mark is None else mark.noticed

    def leave(self, place: Place, frame: Frame | None) -> None:
        """Keep what is known of the outermost loop of a run that is left for a place in it."""
        self._goes_to = place
        if frame is not None and frame.outer is not None:
            self._outer_ends[place.step] = frame.outer.ends.tolist()

    def outer_before(self, place: Place) -> int | None:
        """Where the newest iteration ended of the outermost loop that was left, before a place.

        0 before the first; None where nothing is known of such a loop.
        """
        ends = self._outer_ends.get(place.step)
        if ends is None:
            return None
        at = bisect_left(ends, place.position)
        return ends[at - 1] if at else 0

    def begin(self, step: int) -> None:
        """A run of a step begins: unless it does to go to a place, no loop is known of it."""
        if self._goes_to is None or self._goes_to.step != step:
            self._outer_ends.pop(step, None)
        if self._goes_to is not None and self._goes_to.step <= step:
            self._goes_to = None

    def arrive(self) -> None:
        """The run that goes on is that of the place that was gone to."""
        self._goes_to = None

    def forget_from(self, step: int) -> None:
        """Know of no loop of this step and of those after it."""
        self._outer_ends = {of: ends for of, ends in self._outer_ends.items() if of < step}

    def clear(self) -> None:
        """Forget the outputs."""
        self._marks.clear()
