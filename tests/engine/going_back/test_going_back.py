"""Going back: from any place of a run, with nothing changed, it goes on as it went on before."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from counting import COUNTING, in_folder
from going import Traveller

from engine.protocol.frame import SeriesSnapshot
from engine.protocol.outcomes import Outcome
from engine.protocol.places import LAST_STATEMENT, Place
from engine.protocol.status import Grain, Status

TRAINING = """
# %% Begin
import random
import numpy as np
import torch
torch.set_num_threads({threads})
torch.manual_seed(1)
random.seed(2)
np.random.seed(3)

# %% Train
# %% watch="cost"
from torch.utils.data import DataLoader, TensorDataset

model = torch.nn.Sequential(torch.nn.Linear(64, 128), torch.nn.Tanh(), torch.nn.Linear(128, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
data = TensorDataset(torch.arange(48.0), torch.randn(48, 64))
costs = []
for epoch in range(5):
    for number, x in DataLoader(data, batch_size=8, shuffle=True):
        noise = random.random() + float(np.random.rand()) + torch.rand(())
        cost = (model(x).mean() - noise) ** 2
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
        print(number[0].item(), end=" ")
    print("에폭", epoch)
print(costs)
print([float(parameter.double().sum()) for parameter in model.parameters()])
print([float(state["exp_avg_sq"].double().sum()) for state in optimizer.state.values()])
print(random.random(), np.random.rand(), torch.rand(()).item())
"""
ITERATIONS = 30


def iteration(position: int, *, step: int = 1, has_recorded: bool = True) -> Place:
    return Place(step, has_recorded and position > 0, position)


@pytest.mark.parametrize(("threads", "positions"), [(1, [17]), (2, [ITERATIONS, 17, 1])])
def test_from_any_iteration_a_run_ends_as_it_ended(
    travel: Callable[[str], Traveller], threads: int, positions: list[int]
) -> None:
    traveller = travel(TRAINING.format(threads=threads))
    original = traveller.finish_step(1)

    for position in positions:
        traveller.go_to(iteration(position))
        frame = traveller.session.frame

        assert frame is not None
        assert frame.position == position
        assert original.startswith(traveller.written[1])
        assert traveller.run_on() == original


def test_to_and_fro_at_random_changes_nothing(travel: Callable[[str], Traveller]) -> None:
    traveller = travel(TRAINING.format(threads=2))
    original = traveller.finish_step(1)
    ways = random.Random(7)

    for _ in range(6):
        traveller.go_to(iteration(ways.randint(1, ITERATIONS)))

    assert traveller.run_on() == original


def test_the_frame_of_a_place_is_of_that_place(travel: Callable[[str], Traveller]) -> None:
    traveller = travel(TRAINING.format(threads=1))
    traveller.finish_step(1)
    whole = traveller.session.frame
    assert whole is not None

    traveller.go_to(iteration(11))

    frame = traveller.session.frame
    assert frame is not None
    assert [*frame.series[0].values] == [*whole.series[0].values[:11]]
    assert [loop.done for loop in frame.loops] == [1, 5]


def test_the_beginning_of_a_step_stands_before_its_first_statement(
    travel: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel(in_folder(COUNTING, tmp_path))
    original = traveller.finish_step(1)

    traveller.go_to(Place(1))

    assert traveller.written[1] == ""
    assert traveller.run_on() == original


def test_a_statement_back_is_the_statement_before(
    travel: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel(in_folder(COUNTING, tmp_path))
    original = traveller.finish_step(1)
    traveller.go_to(iteration(5, has_recorded=False))
    lines = []
    for _ in range(2):
        before = traveller.session.place
        traveller.session.step_on(1, Grain.STATEMENT)
        traveller.wait_until(lambda before=before: has_moved(traveller, before), "a statement on")
        lines.append(standing_line(traveller))
    place = traveller.session.place
    assert place is not None

    traveller.go_to(Place(1, place.has_recorded, place.position, place.statement - 1))

    assert standing_line(traveller) == lines[-2]
    assert traveller.run_on() == original


def test_the_last_statement_of_an_iteration_is_found(
    travel: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel(in_folder(COUNTING, tmp_path))
    original = traveller.finish_step(1)

    traveller.go_to(Place(1, False, 4, LAST_STATEMENT))

    frame = traveller.session.frame
    assert frame is not None
    assert frame.position == 4
    assert standing_line(traveller) == 7
    assert traveller.run_on() == original


def test_the_last_statement_of_a_run_that_has_ended_is_found(
    travel_by_moments: Callable[[str], Traveller],
) -> None:
    traveller = travel_by_moments("# %% Sum\nx = 1\ny = x + 1\nz = y + 1\n")
    original = traveller.finish_step(0)

    traveller.go_to(Place(0, False, 0, LAST_STATEMENT))

    assert standing_line(traveller) == 4
    assert traveller.run_on() == original


def test_a_last_statement_that_is_stopped_on_the_way_leaves_it_ready(
    travel_by_moments: Callable[[str], Traveller],
) -> None:
    slow = "# %% Slow\nimport time\nfor i in range(40):\n    time.sleep(0.05)\n"
    traveller = travel_by_moments(slow)
    traveller.finish_step(0)

    traveller.session.go_to(Place(0, False, 38, LAST_STATEMENT))
    traveller.wait_until(lambda: traveller.session.sought, "the way there")
    traveller.session.stop()

    traveller.wait_for(Status.READY)


def test_a_place_ahead_is_gone_to_in_the_run_that_stands(
    travel: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel(in_folder(COUNTING, tmp_path))
    original = traveller.finish_step(1)
    traveller.go_to(iteration(3, has_recorded=False))
    backs = len(traveller.backs)

    traveller.go_to(iteration(9, has_recorded=False))

    assert traveller.session.place == iteration(9, has_recorded=False)
    assert len(traveller.backs) == backs
    assert traveller.run_on() == original


def test_a_failed_step_can_be_gone_back_in(
    travel: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel(in_folder(COUNTING, tmp_path) + "    if i == 12: raise ValueError('너무')\n")
    traveller.finish_step(1)
    assert traveller.ends[-1].outcome is Outcome.FAILED

    traveller.go_to(iteration(8, has_recorded=False))

    traveller.shows(1, "7 28\n")
    traveller.run_on()
    assert traveller.ends[-1].outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "obstacle",
    [
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
        "import subprocess\nkept = subprocess.Popen(['sleep', '100'])",
    ],
    ids=["a thread", "a process"],
)
def test_where_no_moment_can_be_kept_the_run_is_repeated(
    travel_by_moments: Callable[[str], Traveller], obstacle: str, tmp_path: Path
) -> None:
    text = f"# %% Begin\n{obstacle}\n# %% Middle\n0\n{in_folder(COUNTING, tmp_path)}"
    traveller = travel_by_moments(text)
    original = traveller.finish_step(3)
    assert not any(kept.place > Place(0) for kept in traveller.moments.values())

    traveller.go_to(iteration(6, step=3, has_recorded=False))

    assert traveller.run_on() == original


def has_moved(traveller: Traveller, before: Place | None) -> bool:
    return traveller.session.status is Status.PAUSED and traveller.session.place != before


def standing_line(traveller: Traveller) -> int | None:
    traveller.wait_until(
        lambda: traveller.session.frame is not None and traveller.session.frame.statement, "a line"
    )
    frame = traveller.session.frame
    assert frame is not None
    assert frame.statement is not None
    return frame.statement.line


NOTED = """
# %% First
import torch
w = torch.tensor(5.0, requires_grad=True)

def update():
    l = w**2
    l.backward()
    with torch.no_grad():
        w.sub_(0.1 * w.grad)
    w.grad = None
# %% Train
for warm_up in range(3):
    pass
for epoch in range(12):
    update()
print(f"{w.item():.4f}")
"""


def test_what_functions_note_is_the_same_after_going_back(
    travel: Callable[[str], Traveller],
) -> None:
    traveller = travel(NOTED)
    written = traveller.finish_step(1)
    (whole,) = curves_of(traveller)

    traveller.go_to(iteration(4))
    again = traveller.run_on()

    assert again == written
    (after,) = curves_of(traveller)
    assert after.positions.tolist() == list(range(1, 13))
    assert after.values.tolist() == whole.values.tolist()


def curves_of(traveller: Traveller) -> tuple[SeriesSnapshot, ...]:
    frame = traveller.ends[-1].frame
    assert frame is not None
    return frame.series
