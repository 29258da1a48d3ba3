"""What torch imports with the first optimizer is imported ahead of the code that needs it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playing import PATIENCE, Player, ends, lesson_from, wait_until

from engine.kernel.session import Session
from engine.kernel.torch_import import needs_late_imports
from engine.protocol.events import Event, StepEnded
from engine.protocol.moments import Moment
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.running.keeping import KeepResult
from engine.running.setup import Setup

Play = Callable[..., Player]

OPTIMIZER_IN_THE_SECOND = """
# %% One
a = 1
# %% Two
from torch import optim
# %% Three
c = 3
"""


class Slow(ModuleType):
    """A module that a piece of what is imported late waits for."""

    def __init__(self) -> None:
        super().__init__("late_gate")
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def wait(self) -> None:
        self.begun.set()
        assert self.may_end.wait(PATIENCE)


@pytest.fixture
def late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Has one small module in place of what torch imports late; importing it can be held up."""
    folder = tmp_path / "late"
    folder.mkdir()
    (folder / "late_piece.py").write_text("import late_gate\nlate_gate.wait()\n")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr("engine.kernel.torch_import._LATE", ("late_missing", "late_piece"))
    gate = Slow()
    monkeypatch.setitem(sys.modules, "late_gate", gate)
    yield gate
    gate.may_end.set()
    sys.modules.pop("late_piece", None)


def is_imported() -> bool:
    return "late_piece" in sys.modules


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("optimizer = torch.optim.SGD(model.parameters())", True),
        ("from torch import optim", True),
        ("fast = torch.compile(model)", True),
        ("optimum = 3", False),
        ("re.compile('x')", False),
    ],
)
def test_what_code_names_says_whether_it_needs_them(source: str, needs: bool) -> None:
    assert needs_late_imports(source) is needs


def test_a_lesson_with_an_optimizer_imports_them_while_nothing_runs(late: Slow, play: Play) -> None:
    player = play(OPTIMIZER_IN_THE_SECOND)

    wait_until(is_imported, "the import")

    assert not ends(player)


def test_a_lesson_without_one_does_not(late: Slow, play: Play) -> None:
    player = play("a = 1")

    player.run(0)

    assert not is_imported()


def test_the_moment_before_the_step_with_the_optimizer_has_them(late: Slow, tmp_path: Path) -> None:
    had: list[tuple[int, bool]] = []

    def keep(moment: Moment) -> KeepResult:
        had.append((moment.place.step, is_imported()))
        return KeepResult.KEPT

    session = Session(lesson_from(OPTIMIZER_IN_THE_SECOND, tmp_path), Setup(keep=keep))
    session.run_step(1)  # before it is idle for the first time
    session.start()
    ended: list[Event] = []

    def has_ended() -> bool:
        ended.extend(one for one in session.events() if isinstance(one, StepEnded))
        return len(ended) == 2

    wait_until(has_ended, "both steps to end")
    session.close(PATIENCE)

    assert dict(reversed(had)) == {0: False, 1: True}


def test_a_run_that_comes_meanwhile_waits_and_says_so(late: Slow, play: Play) -> None:
    late.may_end.clear()
    player = play(OPTIMIZER_IN_THE_SECOND)
    assert late.begun.wait(PATIENCE)

    player.session.run_step(0)

    assert player.session.status is Status.WAITING
    late.may_end.set()
    player.wait_for(Status.READY)
    assert ends(player) == [(0, Outcome.DONE)]


def test_one_that_is_called_off_meanwhile_does_not_run_and_another_one_does(
    late: Slow, play: Play
) -> None:
    late.may_end.clear()
    player = play(OPTIMIZER_IN_THE_SECOND)
    assert late.begun.wait(PATIENCE)
    player.session.run_step(2)

    player.session.stop()
    player.session.run_step(0)

    late.may_end.set()
    player.wait_for(Status.READY)
    assert ends(player) == [(0, Outcome.DONE)]
