"""The line under the panes in which typing searches the active one."""

from __future__ import annotations

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.look import Appearance, Look
from tui.panes.player_panes import PlayerPanes
from tui.panes.searched import Searched
from tui.showing.pane_text import SEARCHABLE
from tui.widgets.find_field import FindField

_STEPS = {"next": 1, "previous": -1}


class PaneFinder(Vertical, can_focus=False):
    """Searches the active pane while its field is open; in an exercise's code the editor does."""

    DEFAULT_CSS = "PaneFinder { height: auto; }"

    def __init__(self, panes: PlayerPanes, appearance: Appearance) -> None:
        super().__init__(id="finder")
        self._panes = panes
        self._appearance = appearance
        self._field = FindField()
        self._searched: Searched | None = None

    def compose(self) -> ComposeResult:
        """What to search for, and beside it which of how many places is in sight."""
        yield self._field

    def action_search(self) -> None:
        if self._is_in_editor:
            exercise = self._panes.exercise
            exercise.finder.open(for_player=not exercise.has_focus_within)
        elif self._searchable is not None:
            self._field.open(self._look.translate("Search: enter or f3 next, esc closes"))
            self._search()
        else:
            words = self._look.translate("Text, code, output and tensors can be searched.")
            self.notify(words, markup=False)

    def action_search_on(self, direction: str) -> None:
        if self._is_in_editor:
            self._panes.exercise.finder.find_again(direction)
        elif self._searched is None:
            self.action_search()
        else:
            self._search_on(direction)

    def on_find_field_asked(self, event: FindField.Asked) -> None:
        """Search as it is typed, and go on by enter."""
        event.stop()
        if event.direction in _STEPS:
            self._search_on(event.direction)
        else:
            self._search()

    def on_find_field_closed(self, event: FindField.Closed) -> None:
        """Give the keys back to the player, and stay where it was found."""
        event.stop()
        self._end()
        self._field.display = False
        self.screen.set_focus(None)

    def look_again(self) -> None:
        """Say how many places there are now, or search the pane that is active by now."""
        if not self._field.display:
            return
        if self._searchable is self._searched:
            self._tell()
        else:
            self._search()

    def _search(self) -> None:
        pane = self._searchable
        if pane is not self._searched:
            self._end()
        self._searched = pane
        if pane is not None:
            pane.search(self._field.words, *_lights(self._look))
        self._tell()

    def _search_on(self, direction: str) -> None:
        if self._searched is not None:
            self._searched.search_on(_STEPS[direction])
            self._tell()

    def _end(self) -> None:
        if self._searched is not None:
            self._searched.end_search()
        self._searched = None

    def _tell(self) -> None:
        number, count = self._searched.found if self._searched is not None else (0, 0)
        if count:
            place = self._look.translate("{number} of {count}")
            self._field.tell(place.format(number=f"{number:,}", count=f"{count:,}"))
        else:
            self._field.tell(self._look.translate("not found") if self._field.words else "")

    @property
    def _is_in_editor(self) -> bool:
        return self._panes.active_pane is self._panes.exercise

    @property
    def _searchable(self) -> Searched | None:
        """The active pane, where its words can be searched."""
        pane = self._panes.active_pane
        has_words = self._panes.active in SEARCHABLE
        return pane if has_words and isinstance(pane, Searched) else None

    @property
    def _look(self) -> Look:
        return self._appearance.look


def _lights(look: Look) -> tuple[Style, Style]:
    """How places look, and how the one does that is in sight."""
    if not look.has_colours:
        return Style(underline=True), Style(reverse=True, underline=True)
    palette = look.palette
    return (
        Style(color=palette.ground, bgcolor=palette.warning),
        Style(color=palette.ground, bgcolor=palette.accent, bold=True, underline=True),
    )
