"""Sessions in which torch has several threads, as learners have: in other tests it has one."""

from __future__ import annotations

import _thread
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.kernel.threads import give_threads_back
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


def test_an_openmp_that_gives_none_back_must_not_have_begun_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def count_tasks() -> int:
        return len([*Path("/proc/self/task").iterdir()])

    # The C library stands for an OpenMP that cannot end its threads: it has no such call either.
    monkeypatch.setattr("engine.kernel.threads._openmp_libraries", lambda _: ("libc.so.6",))
    monkeypatch.setitem(sys.modules, "torch", sys)
    known, ends = count_tasks(), threading.Lock()
    monkeypatch.setattr("threading.active_count", lambda: known)
    assert give_threads_back()

    with ends:
        _thread.start_new_thread(ends.acquire, ())
        assert not give_threads_back()

    while count_tasks() > known:
        time.sleep(0.001)
    assert give_threads_back()
