"""The foot's line in which a race is written, and that says how it stands while it is on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tui.actions.named import key_of
from tui.editing.dials import Dial
from tui.editing.reaching import StepDial
from tui.experiments.edit_races import race_edit, race_marked
from tui.experiments.race_plans import (
    begin_race,
    names_of_numbers,
    no_race_words,
    wanted_race,
    why_not_by_name,
)
from tui.experiments.turning import dial_of
from tui.foot.race_input import RaceInput
from tui.look import Appearance, Look
from tui.player.playback import Playback
from tui.runs.run import Run


class RaceLine(Vertical, can_focus=False):
    """Begins a race of values of a number in the code that is shown, and stops it."""

    DEFAULT_CSS = """
    RaceLine {
        display: none;
        height: auto;
        max-height: 4;
        background: $surface;
        & > Horizontal { display: none; height: 1; }
        & > Horizontal > Static { width: auto; padding: 0 1; color: $accent; }
        & > .-note { height: auto; padding: 0 1; color: $text-muted; }
        & > .-note.-wrong { color: $text-error; }
    }
    """

    class Begun(Message):
        """A race has begun."""

    def __init__(self, playback: Playback, appearance: Appearance) -> None:
        super().__init__(id="race")
        self._playback = playback
        self._racing = playback.racing
        self._appearance = appearance
        self._head = Static(markup=False)
        self._input = RaceInput()
        self._field = Horizontal(self._head, self._input)
        self._note = Static(markup=False, classes="-note")
        self._wrong = ""
        self._was_on = False
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """The field for it, and under that what is said of it."""
        yield from (self._field, self._note)

    # What the learner does

    def action_race(self) -> None:
        if self._racing.is_on:
            self._racing.stop()
            self.take_in()
            return
        dial, names = dial_of(self._playback), names_of_numbers(self._playback)
        name = dial.name if dial is not None and dial.name else next(iter(names), "")
        self._wrong = ""
        self._input.value = f"{name}: " if name else ""
        self._input.cursor_position = len(self._input.value)
        self._field.display = self.display = True
        # At once, and also where no race can begin yet: what is typed next is meant for it, and
        # would be commands.
        self.screen.set_focus(self._input)
        self.take_in()

    def begin(self, dial: Dial, values: tuple[str, ...]) -> str:
        """Race these values of a number in the code that is shown; in words why not."""
        return self._begin(StepDial(self._playback.shown, dial), values)

    def begin_with_edit(self) -> str:
        """Race what is written against the run that stands; in words why not."""
        return self._begun(race_edit(self._playback, self._look.translate))

    def begin_with_runs(self, marked: Sequence[Run]) -> str:
        """Race the code of these runs; in words why not."""
        return self._begun(race_marked(self._playback, marked, self._look.translate))

    def _begin(self, number: StepDial, values: tuple[str, ...]) -> str:
        return self._begun(begin_race(self._playback, number, values, self._look.translate))

    def _begun(self, why_not: str) -> str:
        if not why_not:
            self._end_writing()
            self.post_message(self.Begun())
        return why_not

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Begin the race that was written, or say what is wrong with it."""
        event.stop()
        wanted = wanted_race(self._playback, event.value, self._look.translate)
        self._wrong = wanted if isinstance(wanted, str) else self._begin(*wanted)
        self.take_in()

    def on_input_changed(self) -> None:
        """What was wrong is said until something else is written."""
        self._wrong = ""
        self.take_in()

    def on_line_input_left(self) -> None:
        """Race nothing."""
        self._end_writing()

    def on_race_input_word_wanted(self) -> None:
        """Complete the name, or say which there are."""
        written = self._input.value
        if ":" in written:
            return
        names = [name for name in names_of_numbers(self._playback) if name.startswith(written)]
        if len(names) == 1:
            self._input.value = f"{names[0]}: "
        self._input.cursor_position = len(self._input.value)
        if len(names) > 1:
            self._note.update("  ".join(names))

    def _end_writing(self) -> None:
        self._wrong = ""
        self._field.display = False
        if self._input.has_focus:
            self.screen.set_focus(None)
        self.take_in()

    # Showing

    def take_in(self) -> None:
        """Say how the race stands; once it is over, tell that and go."""
        racing, look = self._racing, self._look
        is_typing, is_on = self._field.display, racing.is_on
        if self._was_on and not is_on:
            self._tell_end()
        self._was_on = is_on
        self.display = is_typing or is_on
        words = self._wrong or self._words(is_typing=is_typing)
        shown = (is_typing, is_on, words, look)
        if shown == self._shown:
            return
        self._shown = shown
        self._head.update(look.translate("race"))
        self._note.update(words)
        self._note.set_class(bool(self._wrong), "-wrong")

    def _tell_end(self) -> None:
        """Say where the runs of the race are, and why one of them has failed, or all."""
        racing, translate = self._racing, self._look.translate
        if racing.no_race is not None:
            words = no_race_words(racing.no_race, racing.name, translate)
            self.notify(words, severity="warning", markup=False)
            return
        words = translate("The race of {name} is over: {key} lists its runs.")
        self.notify(words.format(name=racing.name, key=key_of("list_runs")), markup=False)
        if racing.began_at_end:
            words = translate(
                "No iteration came after the one it began at, so all curves are the same. "
                "Go back before you race: {key}"
            )
            words = words.format(key=key_of("back_inner"))
            self.notify(words, severity="warning", markup=False)
        for name, error in racing.failures:
            told = translate("{name} failed: {error}").format(name=name, error=error)
            self.notify(told, severity="warning", markup=False)

    def _words(self, *, is_typing: bool) -> str:
        translate = self._look.translate
        if is_typing:
            why_not = why_not_by_name(self._playback, translate)
            if why_not:
                return why_not
            if self._playback.work.edit is not None:
                words = translate("two values or more: enter races them; {key} races your edit")
                return words.format(key=key_of("race_edit"))
            return translate("two values or more: enter races them, esc closes")
        standing = self._racing.standing
        words = translate(
            "training: {running}, waiting: {waiting}, ended: {ended}; {key} stops them"
        )
        return f"{translate('race')} {self._racing.name}  " + words.format(
            running=standing.running,
            waiting=standing.waiting,
            ended=standing.ended,
            key=key_of("race"),
        )

    @property
    def _look(self) -> Look:
        return self._appearance.look
