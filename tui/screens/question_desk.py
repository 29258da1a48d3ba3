"""What stands between a key that runs a step and its run: the step's open questions."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.status import Grain
from tui.player.playback import Playback
from tui.widgets.player_panes import PlayerPanes


@dataclass(slots=True)
class _Run:
    """The run that waits for these questions of its step to be answered or skipped."""

    step: int
    questions: list[int]
    grain: Grain | None


class QuestionDesk:
    """Has one question after the other asked in the text, and then the step run."""

    def __init__(self, playback: Playback, panes: PlayerPanes) -> None:
        self._playback = playback
        self._panes = panes
        self._waiting: _Run | None = None

    def ask_and_run(self, grain: Grain | None) -> None:
        """Run the step that is shown once each open question of it has been asked."""
        playback = self._playback
        self._waiting = _Run(playback.shown, playback.works.open_questions(playback.shown), grain)
        self._go_on()

    def close(self, question: int) -> None:
        """Go on: this question was answered, or stays open this time."""
        if self._waiting is None:
            self._panes.end_asking()
            return
        if question in self._waiting.questions:
            self._waiting.questions.remove(question)
        self._go_on()

    def call_off(self) -> None:
        """Ask no more, as another step is shown or a run has begun: what waits does not run."""
        if self._waiting is not None:
            self._waiting = None
            self._playback.turn_once_begun(None)
        self._panes.end_asking()

    def _go_on(self) -> None:
        run = self._waiting
        if run is None:
            return
        if run.questions:
            self._panes.ask(run.questions[0])
            return
        self._waiting = None
        self._panes.end_asking()
        if self._playback.lesson.steps[run.step].cell is not None:
            self._playback.sources.hand_over(run.step)
            self._playback.session.run_step(run.step, run.grain)
