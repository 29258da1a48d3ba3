# ---
# tutorch:
#   title: A tiny loop
#   summary: Lesson 0's linear regression, for long enough to be timed.
# ---

# %% Data, model, and a warm-up
import os
import time
from pathlib import Path

import torch

x = torch.tensor(
    [
        [73.0, 80.0, 75.0],
        [93.0, 88.0, 93.0],
        [89.0, 91.0, 90.0],
        [96.0, 98.0, 100.0],
        [73.0, 66.0, 70.0],
    ]
)
y = torch.tensor([[152.0], [185.0], [180.0], [196.0], [142.0]])
W = torch.zeros((3, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W, b], lr=1e-5)

# What is slow the first time is over before the clock starts.
for warm_up in range(300):
    cost = torch.mean((x.matmul(W) + b - y) ** 2)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

# %% Train watch="cost"
with Path(os.environ["BENCH_TURNS"]).open() as turns:
    epochs = int(turns.readline())
began = time.perf_counter()
for epoch in range(epochs):
    hypothesis = x.matmul(W) + b
    cost = torch.mean((hypothesis - y) ** 2)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
seconds = time.perf_counter() - began

with Path(os.environ["BENCH_SECONDS"]).open("a") as told:
    told.write(f"{seconds}\n")
