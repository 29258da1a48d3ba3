"""Files beside the lesson's: their loops are seen, and are otherwise as Python has them."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playing import PATIENCE, Player, pause_at_start, series, step_and_wait

from engine.notebook.own_modules import OwnModules
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain
from engine.protocol.watching import Watch

Play = Callable[..., Player]

TRAINER = """
import torch

def train(steps):
    weight = torch.ones(2, requires_grad=True)
    for step in range(steps):
        objective = (weight ** 2).sum() * (step + 1)
        weight.grad = None
        objective.backward()
    return step
"""


@pytest.fixture
def trainer(tmp_path: Path) -> Path:
    path = tmp_path / "trainer.py"
    path.write_text(TRAINER, encoding="utf-8")
    return path


WAYS = {
    "imported": "from trainer import train\ntrain(6)",
    "imported in a function": "def run():\n    import trainer\n    trainer.train(6)\nrun()",
    "imported again": "import importlib, trainer\nimportlib.reload(trainer).train(6)",
    "imported in a step before": "import trainer\n\n# %%\ntrainer.train(6)",
    "run by a magic": "%run trainer.py\ntrain(6)",
    "run in the lesson's names": "%run -i trainer.py\ntrain(6)",
    "in a package": "from parts.inner.trainer import train\ntrain(6)",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_loop_of_a_module_has_its_curve(
    play: Play, trainer: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts/inner").mkdir(parents=True)
    (tmp_path / "parts/inner/trainer.py").write_text(TRAINER, encoding="utf-8")
    player = play(WAYS[way])

    ended = player.run(WAYS[way].count("# %%"))

    assert ended.outcome is Outcome.DONE, ended.traceback
    found = series(ended.frame, "objective")
    assert found.positions.tolist() == [1, 2, 3, 4, 5, 6]
    assert found.values.tolist() == [2, 4, 6, 8, 10, 12]


def test_a_loop_of_a_module_is_paused_stepped_and_stopped(play: Play, trainer: Path) -> None:
    player = play("from trainer import train\nlast = train(1000)")
    pause_at_start(player)

    frame = step_and_wait(player, Grain.INNER)
    line = player.session.running_line(1, 3)
    player.session.stop()

    assert [(one.label, one.line, one.done, one.total) for one in frame.loops] == [
        ("step", 0, 2, 1000)
    ]
    assert series(frame, "objective").values.tolist() == [2, 4]
    assert line == 3
    assert player.ended().outcome is Outcome.STOPPED
    assert not [event for event in player.events() if isinstance(event, Noticed)]


def test_what_is_watched_is_read_in_the_lesson_s_names(play: Play, trainer: Path) -> None:
    player = play("from trainer import train\nscale = 3.0\nlast = train(6)")
    player.session.watch(0, (Watch("scale * 2", is_charted=True),))

    frame = player.run().frame

    assert 6 in series(frame, "scale * 2").values


def test_statements_of_a_module_are_stepped_over(play: Play, trainer: Path) -> None:
    player = play("from trainer import train\nlast = train(3)\nafter = last")
    pause_at_start(player)
    step_and_wait(player, Grain.INNER)

    step_and_wait(player, Grain.STATEMENT)
    spot = player.session.spot
    player.session.resume()

    assert spot is not None
    assert (spot.line, spot.function) == (4, "")
    assert player.ended().outcome is Outcome.DONE


def test_a_played_module_leaves_no_trace_beside_it(play: Play, trainer: Path) -> None:
    player = play("from trainer import train\ntrain(2)\nimport trainer")
    player.run()
    hooked = player.namespace["trainer"]
    player.session.close(PATIENCE)

    assert "__tutorch_for__" in vars(hooked)
    assert not (trainer.parent / "__pycache__").exists()
    assert "trainer" not in sys.modules


class Hooking(ast.NodeTransformer):
    """Gives each module something that only a hooked one has."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body += ast.parse("hooked = __hook__").body
        return node


@pytest.fixture
def hooks_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(tmp_path)
    own = OwnModules(tmp_path, Hooking(), {"__hook__": True})
    own.begin()
    yield tmp_path
    own.end()


@pytest.mark.parametrize(
    ("file", "is_hooked"),
    [
        ("beside.py", True),
        ("deep/er/beside.py", True),
        ("lib/site-packages/beside.py", False),
        ("env/lib/beside.py", False),
    ],
)
def test_what_is_installed_stays_as_it_is(
    hooks_in: Path, monkeypatch: pytest.MonkeyPatch, file: str, is_hooked: bool
) -> None:
    path = hooks_in / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("value = 1\n", encoding="utf-8")
    (hooks_in / "env").mkdir(exist_ok=True)
    (hooks_in / "env/pyvenv.cfg").touch()
    monkeypatch.syspath_prepend(path.parent)

    module = importlib.import_module("beside")
    sys.modules.pop("beside", None)

    assert hasattr(module, "hooked") is is_hooked


def test_code_that_is_run_as_a_program_is_plain(hooks_in: Path) -> None:
    (hooks_in / "program.py").write_text("value = 1\n", encoding="utf-8")
    spec = importlib.util.find_spec("program")
    assert spec is not None
    assert spec.loader is not None

    names: dict[str, object] = {}
    exec(spec.loader.get_code("program"), names)  # type: ignore[attr-defined]

    assert names["value"] == 1
    assert "hooked" not in names
