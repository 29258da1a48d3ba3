"""Paints widgets again where they have moved, also if their place was asked for before that."""

from __future__ import annotations

from textual._compositor import Compositor, CompositorMap


class PaintsWhatMoved(Compositor):
    """Has what has moved painted again also where its place is asked for before it is laid out.

    Textual 8 compares places when it lays out. A question in between, such as where to scroll to,
    makes it note the new places as the old ones: a text that has been scrolled stands as it was.
    """

    @property
    def full_map(self) -> CompositorMap:
        """Where all widgets are."""
        if self.root is None or not self._full_map_invalidated:
            return super().full_map
        before = self._full_map if self._visible_map is None else self._visible_map
        after = super().full_map
        moved = (place for _, place in before.items() ^ after.items())
        self._dirty_regions.update(filter(None, (at.clip.intersection(at.region) for at in moved)))
        return after
