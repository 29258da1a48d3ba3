"""Programs of others that train and draw, with the libraries that such programs have."""

from agreeing import Form

# What a module can find out about itself: that its loops are hooked must not be seen.
_TRAINER = """
import inspect
import traceback

import torch
from torch import nn


class Trainer:
    def __init__(self, net, batches):
        self.net, self.batches = net, batches
        self.optimizer = torch.optim.SGD(net.parameters(), lr=0.1)

    def fit(self, epochs):
        for epoch in range(epochs):
            total = 0.0
            for x in self.batches:
                objective = ((self.net(x) - x.sum(1, keepdim=True)) ** 2).mean()
                self.optimizer.zero_grad()
                objective.backward()
                self.optimizer.step()
                total += objective.item()
            print(epoch, total)
        return Trainer


def fails():
    while True:
        for _ in range(2):
            raise ValueError("in a loop")


def doubled(number):
    for _ in range(1):
        number += number
    return number


def tell():
    print(__name__, __file__, __package__, __spec__.origin, __spec__.cached == __cached__)
    print(type(__spec__.loader).__name__, __loader__ is __spec__.loader, vars(__loader__))
    print(inspect.getsource(Trainer.fit), inspect.getsourcelines(fails)[1])
    try:
        fails()
    except ValueError:
        print(traceback.format_exc())
"""

TRAININGS = {
    "two_files.py": Form(
        """
import importlib
import multiprocessing
import pickle
import traceback

if __name__ == "__main__":
    import torch
    from torch import nn

    from parts import trainer
    from parts.trainer import *

    torch.manual_seed(0)
    batches = torch.randn(4, 8, 2)
    kind = Trainer(nn.Linear(2, 1), batches).fit(5)
    print(pickle.loads(pickle.dumps(kind)) is kind, __name__)
    tell()
    importlib.reload(trainer).Trainer(nn.Linear(2, 1), batches).fit(2)
    try:
        import parts.broken
    except SyntaxError:
        print(traceback.format_exc())
    try:
        import engine
    except ZeroDivisionError:
        print(traceback.format_exc())
    for method in ("fork", "spawn"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(method, pool.map(trainer.doubled, [1, 2]))
    print("end")
""",
        "end\n",
        curves=("objective",),
        beside={
            "parts/__init__.py": "",
            "parts/trainer.py": _TRAINER,
            "parts/broken.py": "for at in range(3):\n    print(at\n",
            "engine.py": "for at in range(3):\n    print(at)\n    1 / at\n",
        },
    ),
    "torch_training.py": Form(
        """
import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.randn(64, 3)
targets = inputs.sum(1, keepdim=True)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 1)

    def forward(self, inputs):
        return self.linear(inputs)


def train(net, epochs):
    optimizer = torch.optim.SGD(net.parameters(), lr=LEARNING_RATE)
    for epoch in range(epochs):
        loss = nn.functional.mse_loss(net(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 5 == 0:
            print(epoch, loss.item())
    return loss


LEARNING_RATE = 0.1

if __name__ == "__main__":
    net = Net()
    print(train(net, 20).item(), net.linear.weight.tolist())
""",
        "15 ",
        curves=("loss",),
    ),
    "two_networks.py": Form(
        """
# %% [markdown]
# # A GAN, and a validation loop
# %%
import torch
from torch import nn

torch.manual_seed(0)
make, judge = nn.Linear(2, 1), nn.Linear(1, 1)
optimizer_G = torch.optim.SGD(make.parameters(), lr=0.1)
optimizer_D = torch.optim.SGD(judge.parameters(), lr=0.1)
ones, zeros = torch.ones(8, 1), torch.zeros(8, 1)
criterion = nn.BCEWithLogitsLoss()
for epoch in range(6):
    made = make(torch.randn(8, 2))
    loss_D = criterion(judge(torch.randn(8, 1) + 3), ones) + criterion(judge(made.detach()), zeros)
    optimizer_D.zero_grad()
    loss_D.backward()
    optimizer_D.step()
    loss_G = criterion(judge(made), ones)
    optimizer_G.zero_grad()
    loss_G.backward()
    optimizer_G.step()
print(loss_G.item(), loss_D.item())

# %%
def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        return ((model(batches) - batches.sum(2, keepdim=True)) ** 2).mean()


batches = torch.randn(4, 8, 2)
for epoch in range(6):
    make.train()
    for x in batches:
        train_loss = ((make(x) - x.sum(1, keepdim=True)) ** 2).mean()
        optimizer_G.zero_grad()
        train_loss.backward()
        optimizer_G.step()
    val_loss = evaluate(make, batches)
print("end", val_loss.item(), make.weight.tolist())
""",
        "end ",
        curves=("loss_D", "loss_G", "train_loss", "val_loss"),
    ),
    "plotted.py": Form(
        """
import matplotlib.pyplot as plt

plt.plot([1, 2, 3])
plt.show()
figure, axes = plt.subplots()
axes.bar(["a", "b"], [1, 2])
print("end", len(axes.patches))
""",
        "end ",
        needs="matplotlib",
    ),
    "framed.py": Form(
        """
import pandas as pd

table = pd.DataFrame({"epoch": [1, 2, 3], "loss": [0.5, 0.25, 0.125]})
for row in table.itertuples():
    print(row.epoch, row.loss)
print(table)
""",
        "3 0.125\n",
        needs="pandas",
    ),
    "progress_bars.py": Form(
        """
from tqdm import tqdm, trange

loss = 8.0
for epoch in trange(3):
    for batch in tqdm(range(4), leave=False):
        loss *= 0.9
print("end", loss)
""",
        "end ",
        needs="tqdm",
        curves=("loss",),
    ),
}
