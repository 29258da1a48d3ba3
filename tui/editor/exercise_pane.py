"""The pane in which a step's code is written and run: the editor, and what is said under it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.message import Message

from engine.code.syntax import syntax_trouble
from engine.lesson.model import Cell
from engine.protocol.completion import Completions, Writing
from engine.protocol.status import Status
from tui.actions.named import key_of
from tui.editor.code_finder import CodeFinder
from tui.editor.editor_foot import EditorFoot
from tui.editor.editor_pane import EditorPane
from tui.keys.second_thoughts import SecondThoughts
from tui.look import Appearance, Look
from tui.player.playback import Playback
from tui.player.step_record import StepRecord
from tui.rendering.remarks import Remark
from tui.showing.awaited import AwaitedVerdict, CameOut
from tui.showing.remarks import remarks_under_code
from tui.showing.sight import sight_in_own_cell, trouble_at_line
from tui.terminal.external_editor import NoEditor, edited_outside
from tui.widgets.status_bar import JOY_SECONDS
from tui.widgets.toasts import take_back
from tui.words.syntax import syntax_words


class ExercisePane(Vertical, can_focus=False):
    """Where the learner writes; in place of the code pane in an exercise, else while they write.

    ``tell_written`` is called at each change of the source, once it has been noted and before it is
    drawn: so what says that the source is kept never stands beside a source that is not.
    """

    DEFAULT_CSS = """
    ExercisePane { height: 1fr; width: 1fr; }
    """

    class CodeNeeded(Message):
        """The learner works in the code, which should be in sight."""

    class RaceWanted(Message):
        """What is written is to be raced against the run that stands."""

    class RunWanted(Message):
        """What the learner has written should run."""

    @dataclass
    class WayCleared(Message):
        """The step's own code is back, and the step that was to run after it should."""

        wanted: int

    def __init__(
        self, playback: Playback, appearance: Appearance, tell_written: Callable[[], None]
    ) -> None:
        super().__init__(id="exercise")
        self.editor = EditorPane(
            appearance, self._note, self._ask, self._tell_signature, self._tell_nothing
        )
        self._foot = EditorFoot()
        self.finder = CodeFinder(self.editor, appearance, self._bring_code)
        self._answer: Completions | None = None
        self._awaited: AwaitedVerdict | None = None
        self._handed_on: StepRecord | None = None
        self._playback = playback
        self._appearance = appearance
        self._tell_written = tell_written
        self._thoughts = SecondThoughts()

    def compose(self) -> ComposeResult:
        """The editor, what is said under it, and the line that takes what to find."""
        yield from (self.editor, self._foot, self.finder, self.editor.word_list)

    def show_code(self) -> None:
        """Show the source as the learner has it, its line marked that runs or comes next."""
        playback, cell = self._playback, self._playback.step.cell
        if cell is not None:
            own = cell.source if playback.step.exercise is None else None
            self.editor.show_source(playback.shown, playback.source, cell.line, own)
            sight = sight_in_own_cell(playback)
            trouble = trouble_at_line(playback)
            self.editor.mark(sight, syntax_words(trouble, self._look.translate))
            self.editor.show_dial(sight.dial)
            self._show_remarks()

    def _show_remarks(self) -> None:
        """Show under the code what its last run said."""
        playback, look = self._playback, self._look
        said = remarks_under_code(playback, look)
        keys = Remark(look.translate("The editor has the keys: write on."), None)
        is_handed_on = self.editor.has_focus and self._handed_on is playback.record
        if is_handed_on and self._foot.has_room_for([*said, keys], look):
            said.append(keys)
        self._foot.show_remarks(said, look)

    @property
    def told(self) -> list[Remark]:
        """What stands whole under the code of what the last run said, and nowhere else need."""
        remarks = remarks_under_code(self._playback, self._look)
        return remarks if self._foot.has_room_for(remarks, self._look) else []

    def celebrate(self) -> None:
        """Let the border glow for a moment, as what the learner has written passes its checks."""
        if self.app.animation_level != "none":
            self.add_class("-solved")
            self.set_timer(JOY_SECONDS, lambda: self.remove_class("-solved"))

    @property
    def is_in_place(self) -> bool:
        """Whether it stands where the step's code does: in an exercise, and while it has the keys.

        Where the terminal is not the one in use, nothing has the keys, and it stays as it is.
        """
        if self._playback.step.exercise is not None:
            return True
        is_held = self.has_focus_within or (self.display and not self.app.app_focus)
        return is_held and self._playback.step.cell is not None

    @property
    def kept_word(self) -> str:
        """Says that what the learner has written is in the file of progress, where it is.

        Of a step that is no exercise it says first that the code is the learner's at all.
        """
        works, shown = self._playback.works, self._playback.shown
        kept = self._look.translate("kept") if works.is_edit_kept(shown) else ""
        edited = self._look.translate("edited") if shown in works.edited else ""
        return ", ".join(word for word in (edited, kept) if word)

    def take_completions(self) -> None:
        """Give the editor what the session has answered to what may follow, if it is new."""
        answer = self._playback.session.completions
        if answer is not None and answer is not self._answer:
            self._answer = answer
            self.editor.take_answer(answer)

    def _ask(self, writing: Writing) -> bool:
        """Ask the session, which answers only while nothing trains; whether it was asked."""
        if self._playback.is_busy and self._playback.status is not Status.PAUSED:
            if writing.wants_words:
                self._tell_signature(self._look.translate("Words come once nothing trains."))
            return False
        self._playback.session.ask_for_completions(writing)
        return True

    def _tell_nothing(self) -> None:
        """Say that there are no words: as long as nothing has run, there are few names."""
        if any(outcome is not None for outcome in self._playback.outcomes):
            words = self._look.translate("No name known now begins so.")
        else:
            words = self._look.translate("No name known now begins so: run a step first.")
        self._tell_signature(words)

    def _tell_signature(self, signature: str) -> None:
        self._foot.show_signature(signature, self._look)

    # Writing

    def action_edit(self) -> None:
        if self._cell() is not None:
            self._bring_code()
            # At once: what is typed next must not be taken for the player's keys. A pane that is
            # still to come into sight could take none.
            self.display = True
            self.screen.set_focus(self.editor)

    def action_end_writing(self) -> None:
        self.screen.set_focus(None)

    def action_run_edit(self) -> None:
        if self._cell() is None:
            return
        if self.refuses_to_run():
            self.action_edit()
            return
        self._awaited = AwaitedVerdict(self._playback)
        self.post_message(self.RunWanted())

    def action_race_edit(self) -> None:
        if self._cell() is None:
            return
        if self.refuses_to_run():
            self.action_edit()
            return
        self.post_message(self.RaceWanted())

    def refuses_to_run(self) -> bool:
        """Whether an edit is no Python, which is shown at its line: what has run before stays.

        An attempt at an exercise may be wrong in any way, and is told by its run, unless another
        run or its checks would be stopped for that.
        """
        playback = self._playback
        if playback.shown not in playback.works.edited and not playback.is_busy:
            return False
        cell = playback.step.cell
        trouble = None if cell is None else syntax_trouble(playback.source, cell.line)
        if cell is None or trouble is None:
            return False
        playback.record.refused = trouble
        self._bring_code()
        words = self._look.translate("Nothing ran: line {line} is no Python yet.")
        line = cell.line + trouble.line
        self.notify(words.format(line=line), severity="error", markup=False)
        return True

    def hand_on_keys(self) -> None:
        """Give the keys to the player where the awaited run has passed, else to the editor.

        A run that is no attempt has the keys to watch it as soon as there is something to see.
        """
        awaited = self._awaited
        # In another window nothing has the keys: they are handed on with the terminal.
        if awaited is None or not self.app.app_focus or (came_out := awaited.came_out()) is None:
            return
        self._awaited = None
        match came_out:
            case CameOut.PASSED | CameOut.UNDER_WAY if not awaited.is_written_on:
                self.finder.close()
                if self.has_focus_within:
                    self.screen.set_focus(None)
            case CameOut.FAILED:
                self.action_edit()
                self._handed_on = self._playback.record
                self.show_code()

    def action_edit_outside(self) -> None:
        if self._cell() is None:
            return
        self._bring_code()
        try:
            source = self._source_from_outside()
        except (NoEditor, SuspendNotSupported) as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.editor.put_source(source)

    def _source_from_outside(self) -> str:
        with self.app.suspend():
            # What is raised in here would leave the terminal suspended, so it waits.
            try:
                return edited_outside(self._playback.source)
            except NoEditor as error:
                trouble = error
        raise trouble

    def _note(self, step: int, source: str) -> None:
        self._playback.edits.write(step, source)
        self._handed_on = None
        self._show_remarks()
        self._tell_written()

    # The step's own code

    def action_starter(self) -> None:
        cell = self._cell()
        if cell is not None and self._may_let_go("starter"):
            self._bring_code()
            self.editor.put_source(cell.source)

    def action_go_on_with_starter(self) -> None:
        cell, wanted = self._cell(), self._playback.record.wanted
        if cell is None:
            return
        if wanted is None:
            self.notify(self._look.translate("No step waits for this one."), markup=False)
        elif self._may_let_go("go_on_with_starter"):
            self.editor.put_source(cell.source)
            # At once: the editor tells of it only after the run has begun.
            self._playback.edits.write(self._playback.shown, cell.source)
            self.post_message(self.WayCleared(wanted))

    def _may_let_go(self, action: str) -> bool:
        """Whether what is written may go; undo brings it back."""
        asking = self._look.translate("What you wrote would go: {key} once more.")
        return self._playback.work.edit is None or self._is_meant(action, asking)

    def _is_meant(self, action: str, asking: str) -> bool:
        """Whether an action is wanted, as the same key says a second time; asks, the first time."""
        asked = asking.format(key=key_of(action))
        # Asked of one step, and not of another that is shown by then.
        if self._thoughts.are_none(f"{action} {self._playback.shown}", time.monotonic()):
            take_back(self.app, asked)
            return True
        self.notify(asked, markup=False)
        return False

    # Finding

    def action_find(self) -> None:
        if self._cell() is not None:
            self.finder.open(for_player=False)

    def _bring_code(self) -> None:
        self.show_code()
        self.post_message(self.CodeNeeded())

    def _cell(self) -> Cell | None:
        """The cell that is shown, as the lesson has it; where there is none, that is said."""
        cell = self._playback.step.cell
        if cell is None:
            self.notify(self._look.translate("This step has no code."), markup=False)
        return cell

    @property
    def _look(self) -> Look:
        return self._appearance.look
