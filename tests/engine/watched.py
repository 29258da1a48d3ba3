"""A lesson that trains, for what the learner watches in it."""

TRAINING = """
    # %% watch="cost"
    import random
    import torch
    torch.manual_seed(1)
    random.seed(1)
    weights = torch.ones(3, requires_grad=True)
    dropout = torch.nn.Dropout()
    norm = torch.nn.BatchNorm1d(3)
    rate = 0.1
    seen = []
    for epoch in range(6):
        cost = (weights**2).sum() + random.random() + torch.rand(1).item()
        cost.backward()
        with torch.no_grad():
            weights -= rate * weights.grad
            weights.grad = None
        print(epoch, float(cost), dropout(torch.ones(4)).tolist())
"""
