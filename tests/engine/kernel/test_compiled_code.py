"""Code of a lesson's that `torch.compile` reads: its graph is whole, as hooks stay out of it."""

from __future__ import annotations

from collections.abc import Callable

from remote import RemotePlayer

from engine.protocol.events import StepEnded
from engine.protocol.outcomes import Outcome

# With `fullgraph`, what the compiler cannot read raises. `eager` needs no compiler of C++.
COMPILED = """
# %% Compile
import torch

whole = torch.compile(backend="eager", fullgraph=True)
in_parts = torch.compile(backend="eager")
weight = torch.ones(2, requires_grad=True)
optimizer = torch.optim.SGD([weight], lr=0.25)

@whole
def squares(values):
    total = torch.zeros(2)
    for power in range(2):
        total = total + values ** 2
    while power:
        power -= 1
    else:
        with torch.no_grad():
            error = squares_of(values).max()
    return total.sum() + 0 * error

def squares_of(values):
    return values ** 2

@in_parts
def step(times):
    for _ in range(times):
        optimizer.step()
        torch._dynamo.graph_break()

for epoch in range(3):
    cost = squares(weight)
    optimizer.zero_grad()
    cost.backward()
    step(1)
    print(epoch, cost.item(), weight.sum().item())
"""


def test_what_is_compiled_is_one_graph_and_trains_as_it_does_bare(
    play_apart: Callable[..., RemotePlayer],
) -> None:
    player = play_apart(COMPILED)

    ended = player.run()

    assert player.output().endswith("0 4.0 0.0\n1 0.0 0.0\n2 0.0 0.0\n")
    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.DONE
