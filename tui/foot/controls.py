"""The foot of the player: the line that the code asks for, the loops, and what can be done now.

Here alone it is decided what a key tells the session, by what the session does at that moment.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from engine.protocol.status import Grain, Status
from tui.actions.named import key_of
from tui.foot.answer_line import AnswerLine
from tui.foot.hand import hand_of
from tui.foot.loop_bars import LoopBars
from tui.foot.named_keys import named_keys
from tui.keys.second_thoughts import WORTH_ASKING, SecondThoughts
from tui.keys.situation import Hand, Situation, situation_of
from tui.keys.speeds import faster, slower
from tui.look import Appearance
from tui.player.playback import Playback
from tui.player.standing import place_before
from tui.showing.offers import loop_rows
from tui.widgets.action_bar import ActionBar
from tui.widgets.toasts import take_back

_MOVING = (Status.RUNNING, Status.PAUSING, Status.STOPPING)


class Controls(Vertical, can_focus=False):
    """Runs, pauses, steps and stops the session of a playback.

    ``begin`` is called to run the step that is shown, at most one grain of it where one is given;
    it asks the step's open questions first. ``active`` is the pane that the learner looks at, and
    ``goes_by_statements`` says that the run was last told to go one statement.
    """

    DEFAULT_CSS = "Controls { height: auto; }"

    class SpeedSet(Message):
        """The session has been told another speed."""

    class WentOn(Message):
        """The run that is shown goes on from where it is paused, or goes back a statement."""

    def __init__(
        self, playback: Playback, appearance: Appearance, begin: Callable[[Grain | None], None]
    ) -> None:
        super().__init__(id="controls")
        self._playback = playback
        self._session = playback.session
        self._appearance = appearance
        self._begin = begin
        self._thoughts = SecondThoughts()
        self._asked = ""
        self._rows_kept_for = (-1, 0)
        self.active = "prose"
        self.goes_by_statements = False
        self._answer = AnswerLine()
        self._loops = LoopBars()
        self._actions = ActionBar((), appearance.look.translate)

    def compose(self) -> ComposeResult:
        """The line, the loops, and under them the actions."""
        yield from (self._answer, self._loops, self._actions)

    # Keys

    def action_run_or_pause(self) -> None:
        self.goes_by_statements = False
        match self._session.status:
            case Status.RUNNING | Status.PAUSED | Status.PAUSING | Status.SEEKING:
                if self._session.status is Status.PAUSED:
                    self._tell_that_it_goes_on()
                self._session.run_or_pause(self._playback.shown)
            case _:
                self._begin(None)

    def action_step_statement(self) -> None:
        self._step(Grain.STATEMENT)

    def action_step_inner(self) -> None:
        self._step(Grain.INNER)

    def action_step_outer(self) -> None:
        self._step(Grain.OUTER)

    def action_back_inner(self) -> None:
        self._go_back(Grain.INNER)

    def action_back_outer(self) -> None:
        self._go_back(Grain.OUTER)

    def action_back_statement(self) -> None:
        self._go_back(Grain.STATEMENT)

    def action_mark_moment(self) -> None:
        translate, past = self._appearance.look.translate, self._playback.past
        if self._session.mark():
            words = translate("This moment stays. Moments kept: {count}, in {size} MiB.")
        else:
            words = translate("No moment is kept here: going back runs the lesson again.")
        self.notify(words.format(count=past.count, size=past.mebibytes), markup=False)

    def action_restart_step(self) -> None:
        self.run_again("restart_step")

    def run_again(self, action: str) -> None:
        """Run the step that is shown from its beginning, as the key of `action` asks for it."""
        if not self._is_meant(action, self._playback.shown):
            return
        self.goes_by_statements = False
        if self.is_idle:
            self._begin(None)
        else:
            self._playback.page.awaits_run = True
            self._playback.sources.hand_over(self._playback.shown)
            self._session.restart_step(self._playback.shown)

    def action_restart_lesson(self) -> None:
        if self._is_meant("restart_lesson", 0):
            self._playback.sources.hand_over()
            self._session.restart_lesson()

    def begin_again_with(self, arguments: Sequence[str]) -> bool:
        """Give the program these, and begin again with them; whether nothing speaks against it."""
        if not self._is_meant("begin_giving", 0, key="⏎"):
            return False
        has_begun = not self.is_idle or any(one is not None for one in self._playback.outcomes)
        self._playback.give_arguments(arguments)
        if has_begun:
            self._playback.sources.hand_over()
            self._session.restart_lesson()
        return True

    def action_run_all(self) -> None:
        self.goes_by_statements = False
        last = len(self._playback.lesson.steps) - 1
        self._playback.sources.hand_over(None if self._session.done > last else last)
        self._session.run_all()

    def action_catch_up(self) -> None:
        shown = self._playback.shown
        left = self._playback.lesson.steps[self._session.done : shown]
        if any(step.cell is not None for step in left):
            self._playback.sources.hand_over(shown - 1)
            self._session.run_before(shown)
        else:
            self.notify(self._appearance.look.translate("Everything before this step has run."))

    def action_stop(self) -> None:
        self._playback.stop()

    def action_slower(self) -> None:
        self._set_speed(slower(self._playback.speed))

    def action_faster(self) -> None:
        self._set_speed(faster(self._playback.speed))

    def action_full_speed(self) -> None:
        self._set_speed(None)

    def _is_meant(self, action: str, first: int, key: str = "") -> bool:
        """Whether steps from `first` on may lose what they did; asks once where that was much.

        `key` is pressed once more for yes: that of the action, where none is given.
        """
        seconds = self._playback.chronicle.seconds_of_work(first)
        if seconds < WORTH_ASKING:
            return True
        if self._thoughts.are_none(f"{action} {first}", time.monotonic()):
            take_back(self.app, self._asked)
            return True
        translate = self._appearance.look.translate
        if first:
            words = translate("{seconds} s of work from this step on would go: {key} once more.")
        else:
            words = translate("{seconds} s of work in all steps would go: {key} once more.")
        self._asked = words.format(seconds=round(seconds), key=key or key_of(action))
        self.notify(self._asked, markup=False)
        return False

    @property
    def is_idle(self) -> bool:
        """Whether a run can begin."""
        return self._session.status in (Status.READY, Status.LOADING)

    def _step(self, grain: Grain) -> None:
        self.goes_by_statements = grain is Grain.STATEMENT
        if self.is_idle:
            self._begin(grain)
        else:
            self._tell_that_it_goes_on()
            self._session.step_on(self._playback.shown, grain)

    def _tell_that_it_goes_on(self) -> None:
        if not self._playback.is_elsewhere:
            self.post_message(self.WentOn())

    def _go_back(self, grain: Grain) -> None:
        place = place_before(self._playback, grain)
        if place is None:
            return
        self.goes_by_statements = grain is Grain.STATEMENT
        if self.goes_by_statements:
            self._tell_that_it_goes_on()
        self._session.go_to(place)

    def _set_speed(self, speed: float | None) -> None:
        self._playback.set_speed(speed)
        self.post_message(self.SpeedSet())

    # What the code asks the learner

    @property
    def needs_answer(self) -> bool:
        """Whether the code waits for a line that the learner has not been asked for yet."""
        return self._is_asked and not self._answer.is_asked

    def ask_for_line(self) -> None:
        """Let the learner write while the code waits for it, and no longer."""
        asked = self._session.asked
        if self._is_asked and asked is not None:
            if not self._answer.is_asked:
                self._answer.ask(asked, self._appearance.look.translate)
        elif self._answer.is_asked:
            self._answer.leave()

    @property
    def _is_asked(self) -> bool:
        return self._session.asked is not None and self._session.status is not Status.STOPPING

    def on_answer_line_written(self, event: AnswerLine.Written) -> None:
        """Give the code what it waits for."""
        event.stop()
        self._session.write_line(event.line)

    def on_answer_line_given_up(self, event: AnswerLine.GivenUp) -> None:
        """Stop the step that waits."""
        event.stop()
        self._session.stop()

    # Drawing

    def draw(self, silence: float = 0.0) -> None:
        """Draw the loops, and name the keys; no frame has come for `silence` seconds."""
        record, status = self._playback.live_record, self._playback.status
        look = self._appearance.look
        width = self.screen.size.width
        if self._rows_kept_for != (self._playback.shown, width):
            self._rows_kept_for = self._playback.shown, width
            self._loops.keep_rows(loop_rows(self._playback, width))
        self._loops.show_loops(
            record.frame.loops if record.frame is not None else (),
            record.previous_loops,
            look,
            seconds_since_frame=silence,
            at_most=(self._playback.speed or math.inf) if status in _MOVING else 0.0,
            is_paused=status is Status.PAUSED,
        )
        self.name_keys()

    def free_rows_below(self, bottom: int) -> int:
        """How many rows right below a row of the screen have nothing in them."""
        loops = self._loops.region
        return loops.height if self._loops.shows_nothing and loops.y == bottom else 0

    def speak(self) -> None:
        """Name the keys in the language of now."""
        translate = self._appearance.look.translate
        self._actions.speak(translate)

    def notice_dialog(self) -> None:
        """Name the keys, or none while a dialog has them."""
        self._actions.draw_again()

    def name_keys(self) -> None:
        """Name the keys that do something now."""
        named = named_keys(
            self.situation, self.screen.focused, self._playback, self._appearance.look.translate
        )
        self._actions.show_actions(named.actions, named.words)

    @property
    def situation(self) -> Situation:
        """What decides which keys do something now."""
        return situation_of(
            self._playback,
            self.hand,
            self._playback.speed,
            self.active,
            has_selection=bool(self.screen.selections),
        )

    @property
    def hand(self) -> Hand:
        """What the keys go to now."""
        return hand_of(self.screen.focused)
