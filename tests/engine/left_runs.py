"""A lesson whose runs are left, asked and gone back into."""

from __future__ import annotations

from going import Traveller

from engine.protocol.events import AskAnswered
from engine.protocol.places import Place
from engine.protocol.status import Status

TRAINING = """
# %% Begin
import random
import torch
torch.manual_seed(1)
random.seed(2)
rate = 0.1
# %% Train
# %% watch="cost"
model = torch.nn.Linear(8, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for i in range(20):
    cost = (model(torch.randn(4, 8)) ** 2).mean() * random.random()
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    print(i, cost.item(), rate)
# %% After
print(rate, [float(p.sum()) for p in model.parameters()], random.random())
"""
FASTER = "for group in optimizer.param_groups: group['lr'] = 0.1"


def at(position: int) -> Place:
    return Place(1, position > 0, position)


def ask(traveller: Traveller, text: str) -> AskAnswered:
    def answers() -> list[AskAnswered]:
        return [event for event in traveller.told if isinstance(event, AskAnswered)]

    count = len(answers())
    traveller.session.ask(count + 1, text)
    traveller.wait_until(lambda: len(answers()) > count, f"the answer to {text!r}")
    return answers()[-1]


def go_into(traveller: Traveller, place: Place, run: int) -> None:
    traveller.session.go_to(place, run)
    traveller.wait_until(
        lambda: traveller.session.run == run and traveller.session.place == place, "the place"
    )
    traveller.wait_for(Status.PAUSED)
    traveller.look()
