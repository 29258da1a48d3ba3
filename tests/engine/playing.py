"""Lessons written in a test, and sessions that play them."""

from __future__ import annotations

import io
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

from engine.code.plan import WholeFile
from engine.gate.gate import Gate
from engine.gate.passage import Passage
from engine.kernel.session import Session
from engine.lesson.model import Lesson
from engine.loops.hooks import LoopHooks
from engine.loops.instrument import LoopInstrumenter
from engine.loops.recorder import Recorder
from engine.loops.runtime import LoopRuntime
from engine.notebook.shell import LessonShell
from engine.protocol.events import Event, StepEnded, StepStarted
from engine.protocol.frame import Frame, SeriesSnapshot
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status
from engine.reading.reader import read_lesson

# A loaded machine may take long; nothing is asserted about how long anything took.
PATIENCE = 60.0


def wait_until(is_true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < end, f"waited {PATIENCE:.0f} seconds in vain for: {what}"
        time.sleep(0.002)


def lesson_from(text: str, folder: Path) -> Lesson:
    """A lesson of `text`, from its header or first `# %%` on; without both, it is one cell."""
    code = textwrap.dedent(text).lstrip("\n")
    path = folder / "lesson.py"
    begins = code.startswith(("# %%", "# ---"))
    path.write_text(code if begins else f"# %%\n{code}", encoding="utf-8")
    return read_lesson(path)


def hooked_shell(lesson: Lesson, gate: Gate) -> tuple[LessonShell, LoopRuntime]:
    """A shell without a session: its loops pass `gate`, and nobody takes frames."""
    loops = LoopRuntime(Passage(gate), Recorder(), lambda _: None)
    instrumenter = LoopInstrumenter(
        loops.sites, loops.notes.sites, loops.countable.expect, WholeFile()
    )
    shell = LessonShell(lesson, instrumenter)
    shell.add_names(LoopHooks(loops).names())
    return shell, loops


class Written(io.TextIOBase):
    """A stream that keeps what is written, in place of those of a session's process."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def write(self, text: str) -> int:
        self.texts.append(text)
        return len(text)

    def isatty(self) -> bool:
        return True


class Player:
    """A session, everything that it has told so far, and what its lesson has written."""

    def __init__(self, session: Session, written: Written | None = None) -> None:
        self.session = session
        self.told: list[Event] = []
        self._written = written or Written()

    @property
    def shell(self) -> LessonShell | None:
        return self.session._worker._runner.namespace.shell

    @property
    def namespace(self) -> dict[str, object]:
        assert self.shell is not None
        return self.shell.namespace

    def wait_for(self, *wanted: Status) -> None:
        wait_until(lambda: self.session.status in wanted, f"{wanted}, not {self.session.status}")

    def run(self, index: int = 0) -> StepEnded:
        """Run a step to its end."""
        self.session.run_step(index)
        return self.ended()

    def ended(self) -> StepEnded:
        """Wait until nothing runs; how the last step ended."""
        self.wait_for(Status.READY)
        return [event for event in self.events() if isinstance(event, StepEnded)][-1]

    def events(self) -> list[Event]:
        self.told += self.session.events()
        return self.told

    def output(self) -> str:
        return "".join(self._written.texts)


def series(frame: Frame | None, name: str) -> SeriesSnapshot:
    assert frame is not None
    return next(one for one in frame.series if one.name == name)


def pause_at_start(player: Player) -> None:
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)


def step_and_wait(player: Player, grain: Grain) -> Frame:
    """Make a step, and wait for the frame of its end."""
    before = player.session.frame
    player.session.step(grain)
    player.wait_for(Status.PAUSED, Status.READY)
    wait_until(lambda: player.session.frame is not before, "a new frame")
    frame = player.session.frame
    assert frame is not None
    return frame


def started(player: Player, step: int = 0) -> None:
    wait_until(lambda: StepStarted(step) in player.events(), f"step {step} to start")


def ends(player: Player) -> list[tuple[int, Outcome]]:
    return [(event.step, event.outcome) for event in player.events() if type(event) is StepEnded]


def recorded(player: Player, name: str = "cost", step: int = 0) -> tuple[list[int], list[float]]:
    """Positions and values that a step's last frame shows."""
    one = series(player.run(step).frame, name)
    return one.positions.tolist(), one.values.tolist()
