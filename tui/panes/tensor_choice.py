"""Which tensors the learner wants to see, as long as the lesson is open; no widget may enter."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TensorChoice:
    """What is shown beside the tensors that a step shows by itself, and what of those is not."""

    added: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def with_shown(self, name: str) -> TensorChoice:
        """The choice that shows this name too."""
        if name in self.hidden:
            return replace(self, hidden=_without(self.hidden, name))
        return replace(self, added=(*_without(self.added, name), name))

    def with_hidden(self, name: str) -> TensorChoice:
        """The choice that does not show this name."""
        if name in self.added:
            return replace(self, added=_without(self.added, name))
        return replace(self, hidden=(*_without(self.hidden, name), name))


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
