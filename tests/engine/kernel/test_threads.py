"""Sessions in which torch has several threads, as learners have: in other tests it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.protocol.events import StepEnded
from engine.protocol.outcomes import Outcome

# Large enough for torch to share it out to all of its threads.
MULTIPLIES = """
# %% Multiply
import torch
weight = torch.ones(600, 600, requires_grad=True)
for epoch in range(3):
    weight.grad = None
    (weight @ weight).sum().backward()
print(torch.get_num_threads(), weight.grad[0, 0].item())
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One host for this file, whose sessions have two threads of torch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "2")
        made = Engine()
        made.start()
    yield made
    made.close()


def test_each_session_of_a_host_trains_with_all_threads(
    play_apart: Callable[..., RemotePlayer],
) -> None:
    for _ in range(2):
        player = play_apart(MULTIPLIES)

        ended = player.run()

        assert isinstance(ended, StepEnded)
        assert ended.outcome is Outcome.DONE
        assert player.output() == "2 1200.0\n"
