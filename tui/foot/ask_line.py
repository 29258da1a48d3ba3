"""The foot's line that asks for values where the run stands, and above it what came of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from engine.protocol.completion import Completions, Writing
from engine.protocol.status import Status
from tui.actions.named import key_of
from tui.experiments.turning import example_of
from tui.foot.ask_input import AskInput
from tui.look import Appearance, Look
from tui.player.asking import Inquiry
from tui.player.playback import Playback
from tui.player.standing import step_of_values
from tui.widgets.strip_pane import StripPane
from tui.widgets.word_list import WordList
from tui.words.asked import draw_answer, lost_words

# Of the screen's height, how much an answer may take; the output has all of it.
_SHARE = 4
_FEWEST_ROWS = 3


class AskLine(Vertical, can_focus=False):
    """Asks the session of a playback; ``may_ask`` says why it cannot now, and whether it can."""

    DEFAULT_CSS = """
    AskLine {
        display: none;
        height: auto;
        & > StripPane { display: none; height: 1; background: $boost; }
        & > Horizontal { height: 1; background: $surface; }
        & > Horizontal > Static { width: auto; padding: 0 1; color: $accent; }
    }
    """

    class Watched(Message):
        """What was asked is watched from now on."""

    def __init__(
        self, playback: Playback, appearance: Appearance, may_ask: Callable[[], bool]
    ) -> None:
        super().__init__(id="ask")
        self._playback = playback
        self._session = playback.session
        self._appearance = appearance
        self._may_ask = may_ask
        self._words = WordList(lambda word: self._input.take(word))
        self._input = AskInput(self._ask_words, playback.asking.history, self._words)
        self._head = Static(markup=False)
        self._answer = StripPane("answer")
        self._completions: Completions | None = None
        self._word = self._of_which = ""
        self._shown: tuple[Inquiry | None, str, Look, int, bool] | None = None

    def compose(self) -> ComposeResult:
        """The answer, and under it the line."""
        yield self._answer
        with Horizontal():
            yield self._head
            yield self._input
        yield self._words

    def action_begin_asking(self) -> None:
        if not self.display:
            self._playback.asking.forget_newest()
            self._word = ""
            self.display = True
        words = self._look.translate("A value, or {example}")
        self._input.placeholder = words.format(example=example_of(self._playback))
        self._input.begin()
        # The line takes what is typed next, which would be commands, also where it has to wait.
        self._may_ask()
        self.take_in()

    def _ask_words(self, writing: Writing) -> bool:
        """Ask the session what may follow; whether it answers, as it does while nothing trains."""
        self._session.ask_for_completions(writing)
        return self._session.status in (Status.READY, Status.PAUSED)

    def take_in(self) -> None:
        """Show what came of the newest question, and give the line the words that may follow."""
        self._playback.asking.translate = self._look.translate
        if not self.display:
            return
        completions = self._session.completions
        if completions is not None and completions is not self._completions:
            self._completions = completions
            self._input.take_words(completions)
        self._say_of_which_step()
        newest, look, width = self._playback.asking.newest, self._look, self._answer.text_width
        shown = newest, self._word, look, width, self._runs
        if shown != self._shown:
            self._shown = shown
            self._show(shown[0])

    def _say_of_which_step(self) -> None:
        words = self._words_of_step()
        if words != self._of_which:
            self._of_which = words
            self._head.update(words)

    def on_strip_pane_resized(self) -> None:
        """Wrap the answer for another width."""
        self.take_in()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask what is written."""
        event.stop()
        text = event.value.strip()
        if text and self._may_ask():
            self._word = ""
            question = self._playback.asking.begin(text)
            self._session.ask(question.number, text)
            self._input.clear_written()
            self.take_in()

    def on_line_input_left(self) -> None:
        """Give the keys back to the player."""
        self.display = False
        self.screen.set_focus(None)

    def on_ask_input_watch_wanted(self) -> None:
        """Watch what is written, or what was asked last, where the run stands; or say why not."""
        playback, newest = self._playback, self._playback.asking.newest
        text = self._input.value.strip() or ("" if newest is None else newest.text)
        step = playback.shown if playback.running is None else playback.running
        self._word = self._why_no_watch(text) or playback.watching.keep(
            step, text, self._look.translate
        )
        if not self._word:
            words = self._look.translate("{text} is watched: {key} puts it on the curve.")
            self._word = words.format(text=text, key=key_of("list_watched"))
            self.post_message(self.Watched())
        self.take_in()

    def _why_no_watch(self, text: str) -> str:
        """Why what was asked cannot be watched, where it has changed something; "" where it can."""
        newest = self._playback.asking.newest
        answer = None if newest is None or newest.text != text else newest.answer
        if answer is None or not answer.changed:
            return ""
        words = self._look.translate("It changes {names}: only what changes nothing is watched.")
        return words.format(names=", ".join(answer.changed))

    def on_ask_input_stop_wanted(self) -> None:
        """End what is asked."""
        if self._playback.asking.waits and not self._runs:
            self._session.stop()

    def _show(self, question: Inquiry | None) -> None:
        pane, look = self._answer, self._look
        pane.display = question is not None or bool(self._word)
        if not pane.display:
            return
        width = max(pane.text_width, self.size.width - 3, 1)
        if question is None:
            strips = []
        elif question.answer is not None:
            strips = draw_answer(question.answer, width, look.palette, look.translate)
        elif question.is_lost:
            strips = pane.sentence(lost_words(question.death, question.gone, look.translate), look)
        elif self._runs:
            waiting = look.translate("A step runs: this is asked once it is paused, or has ended.")
            strips = pane.sentence(waiting, look)
        else:
            strips = pane.sentence(look.translate("Asking … ^c stops it."), look)
        if self._word:
            strips = [*strips, *pane.sentence(self._word, look)]
        pane.show(strips)
        most = max(self.screen.size.height // _SHARE, _FEWEST_ROWS)
        pane.styles.height = min(len(strips), most)
        # What was said of watching it stands below what came of it.
        pane.scroll_end(animate=False) if self._word else pane.scroll_home(animate=False)

    def _words_of_step(self) -> str:
        """A colon; before it of which step the values are, where that is not the one in sight."""
        playback, translate = self._playback, self._look.translate
        step = step_of_values(playback)
        if step is None or step == playback.shown:
            return ":"
        if step == playback.running:
            return translate("in step {number}:").format(number=step + 1)
        return translate("after step {number}:").format(number=step + 1)

    @property
    def _runs(self) -> bool:
        """Whether a step runs, so that what was asked before it began has to wait."""
        return self._session.status in (Status.RUNNING, Status.SEEKING)

    @property
    def _look(self) -> Look:
        return self._appearance.look
