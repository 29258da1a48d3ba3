"""What is known of one step's last run; the playback fills it, and panes show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from msgspec import structs

from engine.code.syntax import SyntaxTrouble
from engine.protocol.events import PictureShown, SessionDied, StepEnded
from engine.protocol.frame import Frame, LoopProgress
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Death, Exit, Outcome
from engine.protocol.verdicts import Verdict
from tui.language.catalogue import Translate
from tui.scrollback.scrollback import Scrollback
from tui.words.predictions import PredictionVerdict
from tui.words.tracebacks import traceback_lines


@dataclass(slots=True)
class StepRecord:
    """The output, newest frame and end of a run; empty before it.

    ``error`` is the type and the message of what the code raised, in one line, and
    ``is_unreadable`` says that Python could not read the code; ``verdicts`` on predictions are by
    the question's place in the step; ``exit`` is how the code ended its program, where it did, and
    ``death`` how the process ended that the step ran in; ``is_ended_by_force`` says that we have
    ended it, as the step heard no stop. ``wanted`` is the step that was to run, where this one
    failed on the way to it. ``source`` is the code that ran, None where that is unknown.
    ``refused`` is why an edit was not run after that. ``noticed`` is what the teacher has told.
    """

    output: Scrollback = field(default_factory=Scrollback)
    frame: Frame | None = None
    previous_loops: tuple[LoopProgress, ...] = ()
    outcome: Outcome | None = None
    seconds: float = 0.0
    error_line: int | None = None
    error: str = ""
    asked_in_vain: str | None = None
    is_unreadable: bool = False
    verdicts: dict[int, PredictionVerdict] = field(default_factory=dict)
    attempt: Verdict | None = None
    exit: Exit | None = None
    death: Death | None = None
    is_ended_by_force: bool = False
    wanted: int | None = None
    source: str | None = None
    refused: SyntaxTrouble | None = None
    noticed: tuple[Noticed, ...] = ()

    @property
    def seconds_so_far(self) -> float:
        """How long the run took; while it is under way, how long its loops have taken by now."""
        if self.outcome is not None or self.frame is None:
            return self.seconds
        return max((loop.seconds for loop in self.frame.loops), default=0.0)

    def move(self, moved: Callable[[int], int]) -> None:
        """Know lines of the file where `moved` says that they stand now."""
        if self.error_line is not None:
            self.error_line = moved(self.error_line)
        self.noticed = tuple(
            one if one.line is None else structs.replace(one, line=moved(one.line))
            for one in self.noticed
        )
        if self.frame is not None:
            loops = tuple(replace(one, line=moved(one.line)) for one in self.frame.loops)
            made = tuple(replace(one, line=moved(one.line)) for one in self.frame.made)
            self.frame = replace(self.frame, loops=loops, made=made)

    def take_text(self, text: str, left_out: int, translate: Translate) -> None:
        """Take what the run has written, after `left_out` bytes that were not kept."""
        if left_out:
            words = translate("… {count} bytes were too many to keep …")
            self.output.write(f"\n\x1b[33m{words.format(count=f'{left_out:,}')}\x1b[0m\n")
        self.output.write(text)

    def take_picture(self, shown: PictureShown, words: str) -> None:
        """Take a picture that the run has shown, and the words that stand for it."""
        self.output.show_picture(shown.number, shown.picture, words, is_update=shown.is_update)

    def take_aside(self, lines: str) -> None:
        """Take lines that the run has not written, on lines of their own."""
        self.output.write(lines if self.output.is_at_line_start else f"\n{lines}")

    def take_frame(self, frame: Frame) -> None:
        """Take a newer frame of the run."""
        if self.frame is not None:
            self.previous_loops = self.frame.loops
        self.frame = frame

    def take_end(self, ended: StepEnded, translate: Translate) -> None:
        """Take how the run ended, and the error that broke it, said in the reader's language."""
        self.outcome = ended.outcome
        self.seconds = ended.seconds
        if ended.frame is not None:
            self.take_frame(ended.frame)
        self.exit = ended.exit
        if ended.exit is not None and ended.exit.status:
            self.error_line = ended.exit.line
        if ended.traceback is not None:
            lines = traceback_lines(ended.traceback, translate)
            self.error_line = ended.traceback.line
            self.error = lines[-1].strip() if lines else ""
            self.asked_in_vain = ended.traceback.asked_in_vain
            self.is_unreadable = ended.traceback.is_unreadable
            self.output.write("\x1b[31m{}\x1b[0m\n".format("\n".join(lines)))

    def take_death(self, died: SessionDied) -> None:
        """Take that the process has ended in which the step ran."""
        self.seconds = died.seconds
        self.death = died.death
        self.is_ended_by_force = died.death is None
        self.outcome = Outcome.STOPPED if died.death is None else Outcome.FAILED
