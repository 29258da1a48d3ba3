"""What the learner has changed in the runs of a lesson while they were under way; no widget."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.places import Place
from tui.editing.live import assignments_in


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """A change in the run of a step at `place`: what is called `name` became `after`.

    ``before`` is what it was, "" where that is not known. A change that assigns nothing is told by
    its own text, as ``name``, and `after` is "".
    """

    place: Place
    name: str
    before: str
    after: str


class ChangesMade:
    """The changes in the last run of each step, in their order.

    They are of the run that they were made in: where it is gone back in, those that came after are
    no more.
    """

    def __init__(self) -> None:
        self._made: dict[int, list[ChangeMade]] = {}
        self._goes_to: Place | None = None

    def of(self, step: int) -> tuple[ChangeMade, ...]:
        """Those of the last run of a step."""
        return tuple(self._made.get(step, ()))

    def note(self, change: ChangeMade) -> None:
        """Know of a change."""
        self._made.setdefault(change.place.step, []).append(change)

    def note_asked(self, text: str, place: Place) -> list[ChangeMade]:
        """Know of what was asked, and changed something; the changes that it was."""
        made = [ChangeMade(place, name, "", after) for name, after in assignments_in(text)]
        made = made or [ChangeMade(place, " ".join(text.split()), "", "")]
        for change in made:
            self.note(change)
        return made

    def leave(self, place: Place) -> None:
        """The run that stood elsewhere is left for this place."""
        self._goes_to = place
        kept = [change for change in self.of(place.step) if change.place <= place]
        later = [step for step in self._made if step > place.step]
        for step in later:
            del self._made[step]
        self._made[place.step] = kept

    def begin(self, step: int) -> None:
        """A run of a step begins: a new one, unless it does to go to a place."""
        goes_to = self._goes_to
        if goes_to is None or goes_to.step != step:
            self._made.pop(step, None)
        if goes_to is not None and goes_to.step <= step:
            self._goes_to = None

    def arrive(self) -> None:
        """The run that goes on is that of the place that was gone to."""
        self._goes_to = None

    def clear(self) -> None:
        """Know of none but those of the step that is gone to."""
        goes_to = self._goes_to
        self._made = {
            step: made
            for step, made in self._made.items()
            if goes_to is not None and step == goes_to.step
        }
