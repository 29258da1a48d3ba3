# ---
# tutorch:
#   title: Digits through a DataLoader
#   summary: Random images of MNIST's shapes, in batches of 64, through a small network.
# ---

# %% Data, model, and a warm-up
import os
import time
from pathlib import Path

import torch
from torch.utils.data import DataLoader, TensorDataset

# With one thread, as with more the time would be what other programs leave to them.
torch.set_num_threads(1)
torch.manual_seed(0)
images = torch.rand(60_000, 1, 28, 28)
labels = torch.randint(10, (60_000,))
loader = DataLoader(TensorDataset(images, labels), batch_size=64, shuffle=True, drop_last=True)
model = torch.nn.Sequential(
    torch.nn.Flatten(),
    torch.nn.Linear(784, 256),
    torch.nn.ReLU(),
    torch.nn.Linear(256, 10),
)
criterion = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

# What is slow the first time is over before the clock starts.
for X, Y in DataLoader(TensorDataset(images[:1280], labels[:1280]), batch_size=64):
    cost = criterion(model(X), Y)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

# %% Train watch="cost"
with Path(os.environ["BENCH_TURNS"]).open() as turns:
    epochs = int(turns.readline())
began = time.perf_counter()
for epoch in range(epochs):
    for X, Y in loader:
        hypothesis = model(X)
        cost = criterion(hypothesis, Y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
seconds = time.perf_counter() - began

with Path(os.environ["BENCH_SECONDS"]).open("a") as told:
    told.write(f"{seconds}\n")
