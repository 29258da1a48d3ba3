"""Files of others in each form that is played, small: to compare another one, add it here."""

import json

from agreeing import Form


def notebook(*cells: str) -> Form:
    """A notebook of format 4 with these code cells; the last one prints "end"."""
    listed = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells
    ]
    return Form(json.dumps({"nbformat": 4, "cells": listed}), "end", cells=cells)


def notebook_3(*cells: str) -> Form:
    """The same of format 3, in which Jupyter wrote before 2015."""
    listed: list[dict[str, object]] = [
        {"cell_type": "heading", "level": 2, "source": ["A heading"], "metadata": {}}
    ]
    for cell in cells:
        lines = cell.splitlines(keepends=True)
        listed.append({"cell_type": "code", "input": lines, "language": "python", "metadata": {}})
    sheets = [{"cells": listed, "metadata": {}}]
    return Form(
        json.dumps({"nbformat": 3, "metadata": {}, "worksheets": sheets}), "end", cells=cells
    )


FORMS = {
    "percent.py": Form(
        """
# %% [markdown]
# # Words

# %% Numbers
total = 0
for number in range(5):
    total += number
    # %% a comment, as it is indented

# %%
def shown():
    text = '''
# %% a text
'''
    return text, total
print(shown())
if total:
# %% a comment, as a statement goes on
    print("end", __name__)
""",
        "end __main__",
    ),
    "exported.py": Form(
        """
# coding: utf-8

# # Exported from Jupyter

# In[1]:

import math
radius = 2


# In[ ]:


print(round(math.pi * radius, 3))
""",
        "6.283",
    ),
    "light.py": Form(
        """
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: light
# ---

# # A light notebook
#
# Words about it.

words = ["a", "b"]

# More words.

# +
lengths = [len(word) for word in words]

total = sum(lengths)
# -

print("end", total)
""",
        "end 2",
    ),
    "gallery.py": Form(
        '''
"""
A page of a gallery
===================

Words with a `link <https://example.org>`_.
"""
weights = [1.0, 2.0]

##############################
# Training
# --------
# Words.
for step in range(3):
    weights = [weight / 2 for weight in weights]
    print(step, weights)

# %%
# The end
print("end", len(__doc__))
''',
        "end ",
    ),
    "gallery_of_words.py": Form('"""\nA title\n=======\n\nWords alone.\n"""\n', ""),
    "empty.py": Form("", ""),
    "main.py": Form(
        '''
#!/usr/bin/env python
"""A program.

With a docstring of its own.
"""
from __future__ import annotations

import os
import sys

RATE = 0.5


class Model:
    weight: Undefined = 1.0

    def step(self) -> AlsoUndefined:
        self.weight *= RATE
        return scaled(self.weight)


def main() -> int:
    model = Model()
    for step in range(4):
        print(step, model.step())
    print(__doc__, os.path.basename(__file__), os.path.isabs(__file__))
    print(sys.modules["__main__"].Model is Model)
    return 0


# A long function that is defined after what calls it

def scaled(value):
    """Twenty lines, so that the file is more than one glance."""
    result = value
    result = result + 1
    result = result - 1
    result = result * 2
    result = result / 2
    return result


"a text that is no docstring"
RATE * 2
if __name__ == "__main__":
    # %% a comment
    sys.exit(main())
''',
        "3 0.0625",
    ),
    "arguments.py": Form(
        """
import argparse
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("words", nargs="*")
options = parser.parse_args()
for epoch in range(options.epochs):
    print("epoch", epoch, options.words)
print(sys.argv[1:], sys.argv[0] == __file__)
""",
        "epoch 1 ['a b', '--']",
        arguments=("--epochs", "2", "a b", "--", "--"),
    ),
    "wrong_arguments.py": Form(
        """
import argparse
print("before", flush=True)
argparse.ArgumentParser().parse_args()
print("never")
""",
        "before",
        arguments=("--epoch", "1"),
    ),
    "helped.py": Form(
        """
import argparse
argparse.ArgumentParser(description="What it does.").parse_args()
print("never")
""",
        "What it does.",
        arguments=("--help",),
    ),
    "endless.py": Form(
        """
loss = 64.0
step = 0
while True:
    loss = loss / 2
    step += 1
    if loss < 1:
        break
else:
    print("never")
while step:
    step -= 1
    if step % 2:
        continue
    print(step, loss)
else:
    print("end")
""",
        "end",
    ),
    "methods.py": Form(
        """
class Trainer:
    def __init__(self):
        self.losses = []

    def fit(self, epochs):
        for epoch in range(epochs):
            self.losses.append(self._step(epoch))
        return self

    def _step(self, epoch):
        return sum(1 / (batch + epoch + 1) for batch in range(3))


trainer = Trainer().fit(3)
print([round(loss, 4) for loss in trainer.losses])
""",
        "[1.8333, ",
    ),
    "asking.py": Form(
        """
import sys
name = input("name: ")
for line in sys.stdin:
    print(name, line.strip())
try:
    input()
except EOFError:
    print("end")
""",
        "end",
        given="Ada\none\ntwo\n",
    ),
    "cells.ipynb": notebook(
        "for number in range(2):\n    print(number)\n# %% no cell\n    print('same loop')",
        "# In[3]:\ntotal = 3\n# %% [markdown]\n# words\nprint(total)",
        'text = """\n# %%\n"""\nprint(repr(text))',
        "\n\nprint('end', number)\n",
    ),
    "format_3.ipynb": notebook_3("number = 3\n", "print('end', number)"),
    "ending.py": Form(
        """
import atexit
import threading
import time


def told(name):
    print(name, flush=True)


atexit.register(told, "last, as it was registered first")
atexit.register(told, name="registered second")
atexit.register(print, "never")
atexit.unregister(print)
woken = threading.Event()
thread = threading.Thread(target=lambda: (woken.wait(), time.sleep(0.1), told("a thread")))
thread.start()
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
told(threading.current_thread().name)
woken.set()
raise SystemExit(5)
""",
        "last, as",
    ),
    "names.py": Form(
        """
print(sorted(name for name in globals() if not name.startswith("__")), "_" in globals())
try:
    get_ipython()
except NameError:
    print("no notebook")
""",
        "no notebook",
    ),
    "signals.py": Form(
        """
import os
import signal

signal.signal(signal.SIGTERM, lambda number, _: print("told to end", number))
os.kill(os.getpid(), signal.SIGTERM)
print("goes on")
signal.signal(signal.SIGALRM, lambda *_: print("it rings"))
signal.setitimer(signal.ITIMER_REAL, 0.05)
signal.pause()
print("end")
""",
        "end",
    ),
    "latin_1.py": Form(
        "# -*- coding: latin-1 -*-\nprint('\xe9\xdf', len('\xe9'), __file__[-10:])\n",
        "\xe9\xdf 1 latin_1.py",
        encoding="latin-1",
    ),
    "windows.py": Form(
        "\ufeffif True:\r\n\tprint('a\\tb')\r\n\r\nprint('''c\r\nd''')\r\n",
        "c\nd",
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
    "workers.py": Form(
        """
import multiprocessing


def squared(number):
    return number**2


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(method, pool.map(squared, range(4)), flush=True)
""",
        "forkserver [0, 1, 4, 9]",
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
