"""Which panes the learner has chosen to see, from one step and key to the next; no widget."""

from __future__ import annotations

from collections.abc import Collection

from tui.layout.arrangement import SIDE_PANES, TEXT_PANES, Wish


class PaneChoice:
    """What is wished for now, of the panes that the step that is shown has something for.

    A pane that a step has had stays while the step is shown, also where its next run has not made
    again what it shows: so nothing comes and goes. One that is empty has no room before it was
    asked for.
    """

    def __init__(self) -> None:
        self.active = "prose"
        self.panes: frozenset[str] = frozenset({"prose"})
        self._empty: frozenset[str] = frozenset()
        self._had: dict[int, frozenset[str]] = {}
        self._step = 0
        self._recent: list[str] = []
        self._is_watching = False
        self._follows_code = False
        self._is_enlarged = False
        self._is_asked = False
        self._asked_rows = 0

    @property
    def wish(self) -> Wish:
        """What to arrange."""
        return Wish(
            self.panes - (self._empty - {self.active, *self._recent}),
            self.active,
            tuple(self._recent),
            self._is_watching,
            self._is_enlarged,
            self._is_asked,
            self._asked_rows,
        )

    @property
    def _read(self) -> str:
        return next(name for name in (*TEXT_PANES, *self.panes) if name in self.panes)

    def offer(self, step: int, panes: Collection[str], empty: Collection[str] = ()) -> None:
        """The panes that a step has something for, which is the one that is shown.

        Those that are `empty` have nothing to show by now.
        """
        self._step, self._empty = step, frozenset(empty)
        self._add(panes)

    def show(self, name: str) -> None:
        """Make a pane the active one, which has all the room where there is little."""
        self._is_watching = False
        self.activate(name)

    def activate(self, name: str) -> None:
        """Make a pane the active one, and leave it where it stands if it is in sight."""
        self._follows_code = False
        self._add({name})
        self.active = name
        self.prefer(name)

    def prefer(self, name: str) -> None:
        """Let a pane come before others where there is not room for all."""
        if name in SIDE_PANES:
            self._recent = [name, *(one for one in self._recent if one != name)]

    def ask(self, rows: int) -> None:
        """Have the text in sight, with room for a question of so many rows in it."""
        self._is_enlarged = False
        self._is_asked = True
        self._asked_rows = rows
        self.show("prose")

    def end_asking(self) -> None:
        """Let what stood beside the text have its room again."""
        self._is_asked = False

    def watch_run(self) -> None:
        """Bring what a run shows into sight for one who has read the step's text.

        A step without a text is read in its code.
        """
        if self._follows_code:
            self._follows_code, self.active = False, self._read
        self._is_watching = self._is_watching or self.active == self._read

    def follow_code(self) -> None:
        """Bring the code into sight for one who has read the step's text, until the run goes on."""
        if self.active == self._read and "code" in self.panes:
            self._follows_code, self._is_watching, self.active = True, False, "code"

    def leave(self, names: Collection[str]) -> None:
        """Let panes go that a run which begins has emptied, also where they were asked for."""
        self._recent = [one for one in self._recent if one not in names]
        if self.active in names:
            self.active = self._read

    def leave_code(self) -> None:
        """Go from the code to the text, under which a run can be watched."""
        if self.active == "code":
            self.active = self._read

    def turn_page(self) -> None:
        """Begin another step without what was chosen for the one before."""
        self._recent = []
        self._is_watching = self._follows_code = self._is_enlarged = False

    def begin_with_text(self) -> None:
        """Make the text the active pane, if the step that is offered next has one."""
        self.active = "prose"

    def toggle_size(self) -> None:
        """Give the active pane all the room, or no more than the others."""
        self._is_enlarged = not self._is_enlarged

    def reset(self, *, has_run: bool) -> None:
        """Show what a step shows by itself: before its run its text, and then what it draws."""
        self.turn_page()
        self.begin_with_text()
        self._add(self.panes)
        if has_run:
            self.watch_run()

    def _add(self, panes: Collection[str]) -> None:
        had = self._had.get(self._step, frozenset())
        self.panes = self._had[self._step] = had | frozenset(panes)
        if self.active not in self.panes:
            self.active = self._read
