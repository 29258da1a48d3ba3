# ---
# tutorch:
#   title: A race
#   summary: A training that is run with several learning rates at the same time.
# ---

# %% Data
import torch

torch.manual_seed(0)
x = torch.randn(64, 8)
y = x.sum(dim=1, keepdim=True)

# %% Train watch="cost"
lr = 1e-3
W = torch.zeros((8, 1), requires_grad=True)
optimizer = torch.optim.SGD([W], lr=lr)
for epoch in range(12_000):
    cost = torch.mean((x.matmul(W) - y) ** 2)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
