# ---
# tutorch:
#   title: There and back
#   summary: A short training to be gone back in.
# ---

# %% Data and model
import torch

torch.manual_seed(0)
x = torch.randn(64, 32)
y = torch.randn(64, 1)
model = torch.nn.Sequential(torch.nn.Linear(32, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1))
optimizer = torch.optim.Adam(model.parameters())

# %% Train watch="cost"
for epoch in range(2_000):
    cost = torch.mean((model(x) - y) ** 2)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
