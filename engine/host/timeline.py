"""The moments of a lesson that are kept, as the interface knows them, and which one serves."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.protocol.moments import Moment
from engine.protocol.places import Place


class Timeline:
    """Moments by their numbers, none of them later than where the lesson stands."""

    def __init__(self) -> None:
        self._moments: dict[int, Moment] = {}

    def add(self, number: int, moment: Moment) -> None:
        """Know of a moment that is kept."""
        self._moments[number] = moment

    def forget(self, numbers: Collection[int]) -> None:
        """Know of moments no longer."""
        for number in numbers:
            self._moments.pop(number, None)

    def get(self, number: int) -> Moment:
        """The moment of this number."""
        return self._moments[number]

    def before_step(self, step: int, edits: Mapping[int, str]) -> int | None:
        """The newest moment before this step or an earlier one, run on these edits."""
        return self._newest(Place(step), edits, may_be_under_way=False)

    def until(self, place: Place, edits: Mapping[int, str]) -> int | None:
        """The newest moment at this place or before it, run on these edits; None if none."""
        return self._newest(place, edits, may_be_under_way=True)

    def at(self, place: Place) -> int | None:
        """The number of the moment of this place in a run; None where none is kept."""
        found = (
            number
            for number, moment in self._moments.items()
            if moment.place == place and moment.is_under_way
        )
        return next(found, None)

    def forget_after(self, place: Place) -> tuple[int, ...]:
        """Know of none that is later than this place; the numbers of those that were."""
        later = tuple(number for number, moment in self._moments.items() if moment.place > place)
        self.forget(later)
        return later

    def forget_all(self) -> tuple[int, ...]:
        """Know of none; the numbers of those that there were."""
        numbers = tuple(self._moments)
        self._moments.clear()
        return numbers

    def places(self) -> list[Place]:
        """Where moments are kept, in their order."""
        return sorted(moment.place for moment in self._moments.values())

    def _newest(
        self, place: Place, edits: Mapping[int, str], *, may_be_under_way: bool
    ) -> int | None:
        fit = [
            (moment.place, moment.is_under_way, number)
            for number, moment in self._moments.items()
            if moment.place <= place
            and (may_be_under_way or not moment.is_under_way)
            and moment.edits == _concerning(moment, edits)
        ]
        return max(fit)[-1] if fit else None


def _concerning(moment: Moment, edits: Mapping[int, str]) -> dict[int, str]:
    """The edits of the steps that a moment has run, or is running."""
    last = moment.place.step + moment.is_under_way
    return {step: source for step, source in edits.items() if step < last}
