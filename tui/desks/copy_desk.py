"""What the learner takes along: texts to the clipboard, pictures and values to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from engine.protocol.frame import Frame, SeriesSnapshot
from tui.desks.pane_strips import strips_of_pane
from tui.look import Appearance, Look
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.player.step_record import StepRecord
from tui.showing.pane_text import has_something, pane_text
from tui.showing.remarks import word_on_no_curve
from tui.taking_along.curve_table import CurveTable, as_csv, as_tabs, curve_table
from tui.taking_along.picture import svg_of
from tui.taking_along.saving import NotSaved, file_name, save_beside
from tui.taking_along.session import runs_of


class _Wish(Enum):
    """What is to become of a curve's values."""

    COPY = auto()
    SAVE = auto()
    TAKE_RUNS = auto()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A curve of which only what a pane shows of it is here: the session is asked for the rest."""

    wish: _Wish
    step: int
    record: StepRecord
    files: Mapping[str, str] = field(default_factory=dict)


class CopyDesk:
    """Copies and saves what is shown of a playback, and says what has become of it."""

    def __init__(self, panes: PlayerPanes, playback: Playback, appearance: Appearance) -> None:
        self._panes = panes
        self._playback = playback
        self._appearance = appearance
        self._waiting: _Waiting | None = None

    def action_copy_pane(self) -> None:
        pane, playback = self._panes.active, self._playback
        if not has_something(pane, playback):
            self._say(self._look.translate("There is nothing to copy here yet."))
        elif pane == "curve":
            self._take_curve(_Waiting(_Wish.COPY, playback.shown, playback.record))
        else:
            self._panes.app.copy_to_clipboard(pane_text(pane, playback, self._look))

    def action_save_pane(self) -> None:
        """Save a picture of the active pane, and of a curve its values too."""
        # A pane that has come into sight with the key before this one is not laid out yet.
        self._panes.call_after_refresh(self._save_active)

    def _save_active(self) -> None:
        pane, playback = self._panes.active, self._playback
        strips = strips_of_pane(self._panes.active_pane)
        files = {"svg": svg_of(strips, self._look.palette)}
        if pane == "curve" and has_something(pane, playback):
            self._take_curve(_Waiting(_Wish.SAVE, playback.shown, playback.record, files))
        else:
            self._save(pane, playback.shown, files)

    def save_runs(self) -> None:
        """Save the values of the curves of the step that is shown, and of all its runs."""
        playback = self._playback
        if has_something("curve", playback):
            self._take_curve(_Waiting(_Wish.TAKE_RUNS, playback.shown, playback.record))
        else:
            self._say(word_on_no_curve(playback.record.outcome, self._look.translate))

    def take_in(self) -> None:
        """Go on with what waits, once its values have come."""
        if self._waiting is not None:
            self._take_curve(self._waiting)

    def _take_curve(self, waiting: _Waiting) -> None:
        """Do what is wished with the whole curve; where that is not here, ask for it and wait."""
        frame, record = waiting.record.frame, waiting.record
        is_here = frame is not None and not frame.curves
        is_lost = record is not self._playback.record_of(waiting.step) or (
            record.outcome is not None and not is_here
        )
        is_asked = not is_here and not is_lost
        self._waiting = waiting if is_asked else None
        self._panes.curve.wants_every_value = is_asked
        if is_lost and not is_here:
            self._say(self._look.translate("The process that had the curve's values has ended."))
            if waiting.files:
                self._save("curve", waiting.step, waiting.files)
        elif frame is not None and is_here:
            is_of_runs = waiting.wish is _Wish.TAKE_RUNS
            series = self._runs(waiting.step, frame) if is_of_runs else frame.series
            self._give(waiting, curve_table(series, frame.outer))

    def _runs(self, step: int, frame: Frame) -> Sequence[SeriesSnapshot]:
        return runs_of(self._playback, step, frame, self._look.translate)

    def _give(self, waiting: _Waiting, table: CurveTable) -> None:
        match waiting.wish:
            case _Wish.COPY:
                self._panes.app.copy_to_clipboard(as_tabs(table))
            case _Wish.SAVE:
                self._save("curve", waiting.step, {"csv": as_csv(table), **waiting.files})
            case _Wish.TAKE_RUNS:
                self._save("runs", waiting.step, {"csv": as_csv(table)})
        if table.summed_up:
            words = self._look.translate(
                "Older values that are no longer known one by one: {count}. Their rows say the "
                "mean, lowest and highest of a span of iterations."
            )
            self._say(words.format(count=f"{table.summed_up:,}"))

    def _save(self, pane: str, step: int, files: Mapping[str, str]) -> None:
        self.save_files(file_name(self._playback.lesson.path, step + 1, pane), files)

    def save_files(self, name: str, files: Mapping[str, str]) -> None:
        """Save texts by their suffixes where the app was started, and say what they are called."""
        try:
            paths = save_beside(Path.cwd(), name, files)
        except (NotSaved, OSError) as error:
            words = self._look.translate("Not saved: {reason}")
            self._panes.notify(words.format(reason=error), severity="error", markup=False)
            return
        words = self._look.translate("Saved {names} in {folder}")
        names = ", ".join(path.name for path in paths)
        self._say(words.format(folder=paths[0].parent, names=names))

    def _say(self, words: str) -> None:
        self._panes.notify(words, markup=False)

    @property
    def _look(self) -> Look:
        return self._appearance.look
