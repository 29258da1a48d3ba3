"""What stands between a key that runs a step and its run: the step's open questions."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.status import Grain
from tui.look import Appearance
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.showing.asked import asked_of


@dataclass(slots=True)
class _Run:
    """The run that waits for these questions of its step to be answered or skipped."""

    step: int
    questions: list[int]
    grain: Grain | None


class QuestionDesk:
    """Has one question after the other asked in the text, and then the step run."""

    def __init__(self, playback: Playback, panes: PlayerPanes, appearance: Appearance) -> None:
        self._playback = playback
        self._panes = panes
        self._appearance = appearance
        self._waiting: _Run | None = None
        self._skipped: set[tuple[int, int]] = set()

    def action_answer(self) -> None:
        """Give the keys to a question, as a click on it does."""
        playback, translate = self._playback, self._appearance.look.translate
        asked = asked_of(playback, "en")
        if any(one.is_open for one in asked):
            self._panes.ask()
        elif playback.running == playback.shown and not all(one.is_told for one in asked):
            self._say(
                translate("Its question can be answered once this run has ended: s stops it.")
            )
        else:
            self._say(translate("This step asks nothing now."))

    def run_shown(self, grain: Grain | None) -> None:
        """Run the step that is shown once each open question of it has been asked.

        At most one grain of it where one is given.
        """
        playback = self._playback
        if playback.step.cell is None and not playback.works.open_questions(playback.shown):
            self._say(self._appearance.look.translate("This step has no code to run."))
        elif self._panes.exercise.refuses_to_run():
            playback.page.turn_once_begun(None)
        else:
            self._ask_and_run(grain)

    def _ask_and_run(self, grain: Grain | None) -> None:
        """Ask the open questions, one after the other, then run.

        One that the learner has skipped since the lesson was opened is not asked again, unless
        there is no code whose run could wait for it.
        """
        playback = self._playback
        open_ones = playback.works.open_questions(playback.shown)
        if playback.step.cell is not None:
            open_ones = [one for one in open_ones if (playback.shown, one) not in self._skipped]
        self._waiting = _Run(playback.shown, open_ones, grain)
        self._go_on()

    def skip(self, question: int) -> None:
        """Go on, and ask this question no more before a run of its step."""
        self._skipped.add((self._playback.shown, question))
        self.close(question)

    def close(self, question: int) -> None:
        """Go on: this question was answered, or stays open."""
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
            self._playback.page.turn_once_begun(None)
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

    def _say(self, words: str) -> None:
        self._panes.notify(words, markup=False)
