"""Which step is on the screen, and whether the screen turns once a run has begun; no widget."""

from __future__ import annotations

from tui.player.bookmark import Bookmark


class ShownStep:
    """The index of the step that is shown, which the bookmark remembers.

    ``awaits_run`` says that a run of it was asked for, which ends another one first.
    """

    def __init__(self, bookmark: Bookmark) -> None:
        self.index = bookmark.step
        self._bookmark = bookmark
        self._turns_after: int | None = None
        self._stays = False
        self.awaits_run = False

    def take_bookmark(self, bookmark: Bookmark, index: int) -> None:
        """Show this step of the lesson's file as it was saved again, and turn after no run."""
        self._bookmark = bookmark
        self._turns_after = None
        self.awaits_run = False
        self.show(index)

    def show(self, index: int) -> None:
        """Turn to a step."""
        self.index = index
        self._bookmark.turn_to(index)

    def turn_once_begun(self, step: int | None) -> None:
        """Once the run of this step has begun, show the one after it; None: of no step."""
        self._turns_after = step

    def stay_once_begun(self) -> None:
        """Do not follow the run that has been asked for: the learner has gone elsewhere since."""
        self._stays = True

    def follow(self, step: int, last: int) -> bool:
        """Turn to a step whose run has begun, or to the one after it, `last` being the last.

        False where the learner is to stay where they are.
        """
        self.awaits_run = False
        if self._stays:
            self._stays = False
            self._turns_after = None
            return False
        turns = step == self._turns_after
        if turns:
            self._turns_after = None
        self.show(min(step + 1, last) if turns else step)
        return True
