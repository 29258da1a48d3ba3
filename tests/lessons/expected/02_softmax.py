"""What lesson 2 comes to, and wrong answers to its exercises.

The deck prints a training whose random start it does not give, and with a learning rate of 1 a
difference in the last place of a float32 is another path. What every path has in common is
expected here: it bounces, and ends near the 0.0035 that the deck prints at epoch 900.
"""

from golden import Golden

DECK = "deck, softmax"
END = "The other 700 epochs"

ROWS = "powers / powers.sum(dim=1, keepdim=True)"
MODEL_OF = "model(x_train)"
COST = "F.cross_entropy(hypothesis, y_train)"
KEPT = "costs.append(cost.item())"
SAY_THE_LAST = (KEPT, "costs = 1000 * [cost.item()]")
FIVE_FOR_ONE = ("range(1000)", "range(5000)", KEPT, "costs += [cost.item()][epoch % 5 :]")
BY_HAND = (
    "optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)\n",
    "",
    "    optimizer.zero_grad()\n",
    "",
    "optimizer.step()",
    "with torch.no_grad():\n        for each in model.parameters():\n"
    "            each -= learning_rate * each.grad\n            each.grad = None",
)
SCALED = "(x_train - x_train.mean(dim=0)) / x_train.std(dim=0)"
NOISE = "F.batch_norm(torch.randn(8, 4), None, None, training=True)"

AS_CLASS = """class Fruits(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 3)

    def forward(self, x):
        return self.linear(x)


my_model = Fruits()"""
AS_FUNCTION = """W = torch.zeros((2, 3), requires_grad=True)
b = torch.zeros(3, requires_grad=True)


def my_model(x):
    return x @ W + b

"""

GOLDEN = [
    Golden("chance of C, logits 2, 1, 5", "Softmax by hand", "chances[2]", 0.936240, absolute=1e-4),
    Golden("cost of thirds, ln 3", "Cross entropy both ways", "cost", 1.098612, absolute=1e-5),
    Golden("the same by hand", "Cross entropy both ways", "by_hand", 1.098612, absolute=1e-5),
    Golden("cost at epoch 0", "The first 300 epochs", "cost", 1.616785, at=1, absolute=1e-4),
    Golden("cost at the end", END, "cost", 0.0020, absolute=0.0015, source=DECK),
    Golden("sums of the chances", END, "chances.sum(dim=1)", [1.0] * 8, absolute=1e-5, source=DECK),
    Golden("grades", END, "chances.argmax(dim=1)", [2, 2, 2, 1, 1, 1, 0, 0], source=DECK),
]

WRONG_ANSWERS = {
    "Softmax of a table": [
        ("dim=1", "dim=0"),
        (", keepdim=True", ""),
        ("powers / powers.sum(dim=1, keepdim=True)", "powers"),
        ("torch.exp(logits)", "torch.abs(logits) + 1"),
        ("torch.exp(logits)", "torch.exp2(logits)"),
        ("torch.exp(logits)", "torch.exp(logits.clamp(max=2))"),
        (ROWS, "torch.log_softmax(logits, dim=1)"),
        (ROWS, "powers / powers.sum(dim=1)[0]"),
        (ROWS, "(powers / powers.sum(dim=1, keepdim=True)).round(decimals=1)"),
        (ROWS, "(powers / powers.sum(dim=1, keepdim=True))[:2]"),
        (ROWS, "torch.softmax(torch.softmax(logits, dim=1), dim=1)"),
        (ROWS, "torch.sigmoid(logits)"),
        (ROWS, "torch.stack([row / row.sum() for row in powers[: powers.shape[1]]])"),
    ],
    "A calm training": [
        ("learning_rate = 0.05", "learning_rate = 0.1"),
        ("learning_rate = 0.05", "learning_rate = 0.01"),
        ("range(1000)", "range(500)"),
        ("    optimizer.zero_grad()\n", ""),
        (MODEL_OF, "model(x_train / 7)", "learning_rate = 0.05", "learning_rate = 1"),
        (COST, "F.mse_loss(hypothesis, F.one_hot(y_train).float())"),
        (COST, "F.cross_entropy(hypothesis, y_train) / 10"),
        (COST, "F.cross_entropy(hypothesis[:3], y_train[:3])"),
        ("learning_rate = 0.05", "learning_rate = 0.09"),
        ("costs.append(cost.item())", "costs.append(0.3)"),
        ("    costs.append(cost.item())", "costs = [cost.item()]"),
        ("    optimizer.step()\n", ""),
        ("learning_rate = 0.05", "learning_rate = 1", *SAY_THE_LAST),
        ("learning_rate = 0.05", "learning_rate = 0.09", *SAY_THE_LAST),
        ("learning_rate = 0.05", "learning_rate = 0.02", KEPT, "costs.append(0.39)"),
        ("learning_rate = 0.05", "learning_rate = 0.01", *FIVE_FOR_ONE),
        ("    optimizer.zero_grad()\n", "", *SAY_THE_LAST),
        (*BY_HAND, KEPT, "pass"),
        ("learning_rate = 0.05", "learning_rate = 0.09", *BY_HAND),
    ],
    "Calm and fast": [
        (" / x_train.std(dim=0)", ""),
        ("dim=0", "dim=1, keepdim=True"),
        ("(x_train - x_train.mean(dim=0)) / x_train.std(dim=0)", "x_train / 7"),
        ("lr=1", "lr=0.01"),
        ("    optimizer.zero_grad()\n", ""),
        (SCALED, NOISE),
        ("x_train.std(dim=0)", "x_train.std(dim=0) ** 2"),
        ("(x_train - x_train.mean(dim=0))", "(x_train.mean(dim=0) - x_train)"),
        ("x_train.mean(dim=0)", "x_train.median(dim=0).values"),
        (COST, "F.mse_loss(hypothesis, F.one_hot(y_train).float())"),
        ("range(1000)", "range(5000)", "lr=1", "lr=0.25"),
        (COST, "F.cross_entropy(hypothesis, y_train) * 0"),
        ("model(x_scaled)", "model(x_train)"),
        ("    optimizer.zero_grad()\n", "", *SAY_THE_LAST),
        ("lr=1", "lr=0.25", *FIVE_FOR_ONE),
        (KEPT, "pass"),
        ("lr=1", "lr=0.1", KEPT, "costs.append(0.04)"),
    ],
    "A blank page": [
        ("    optimizer.zero_grad()\n", ""),
        ("    optimizer.step()", "    optimizer.step"),
        ("range(300)", "range(2)"),
        "my_model = nn.Linear",
        ("nn.Linear(2, 3)", "nn.Sequential(nn.Linear(2, 3), nn.Softmax(dim=1))"),
        ("nn.Linear(2, 3)", "nn.Linear(2, 4)"),
        "my_model = lambda x: torch.nan * x[:, [0, 0, 0]]",
        (
            "F.cross_entropy(hypothesis, y_fruits)",
            "F.mse_loss(hypothesis, F.one_hot(y_fruits).float())",
        ),
        ("lr=0.3", "lr=0.001"),
        ("y_fruits)\n    o", "y_fruits.flip(0))\n    o"),
        ("my_model(x_fruits)", "my_model(x_fruits[:, [1, 0]])"),
        ("nn.Linear(2, 3)", "nn.Sequential(nn.Linear(2, 3), nn.Sigmoid())"),
        ("nn.Linear(2, 3)", "nn.Sequential(nn.Linear(2, 3), nn.LogSoftmax(dim=0))"),
        (
            "    optimizer.zero_grad()\n    cost.backward()\n",
            "    cost.backward()\n    optimizer.zero_grad()\n",
        ),
    ],
}

RIGHT_ANSWERS = {
    "Softmax of a table": [
        (ROWS, "F.softmax(logits, dim=-1)"),
        (ROWS, "powers / powers.sum(dim=1)[:, None]"),
        (ROWS, "(powers.T / powers.sum(dim=1)).T"),
        (ROWS, "torch.stack([torch.exp(row) / torch.exp(row).sum() for row in logits])"),
        ("torch.exp(logits)", "torch.exp(logits - logits.max())"),
        (ROWS, "torch.exp(torch.log_softmax(logits, 1))"),
        (ROWS, "F.normalize(powers, p=1, dim=1)"),
        (ROWS, "torch.softmax(logits.double(), dim=1)"),
    ],
    "A calm training": [
        ("learning_rate = 0.05", "learning_rate = 0.08"),
        ("torch.optim.SGD", "torch.optim.RMSprop", "learning_rate = 0.05", "learning_rate = 0.003"),
        ("costs.append(cost.item())", "costs.append(cost.detach())"),
        ("range(1000)", "range(1, 1001)"),
        ("torch.optim.SGD", "torch.optim.Adam"),
        ("    optimizer.zero_grad()\n", "    model.zero_grad()\n"),
        ("manual_seed(1)", "manual_seed(5)"),
        BY_HAND,
        ("torch.optim.SGD", "torch.optim.AdamW", "learning_rate = 0.05", "learning_rate = 0.01"),
    ],
    "Calm and fast": [
        ("x_train.std(dim=0)", "x_train.std(dim=0, unbiased=False)"),
        (SCALED, "F.batch_norm(x_train, None, None, training=True)"),
        (SCALED, "torch.stack([(c - c.mean()) / c.std() for c in x_train.T], dim=1)"),
        ("costs.append(cost.item())", "costs.append(cost.detach())"),
        ("x_train.mean(dim=0)", "x_train.mean(dim=0, keepdim=True)"),
        ("range(1000)", "range(1, 1001)"),
    ],
    "A blank page": [
        ("my_model = nn.Linear(2, 3)", AS_CLASS),
        ("my_model = nn.Linear(2, 3)", AS_FUNCTION, "my_model.parameters()", "[W, b]"),
        ("nn.Linear(2, 3)", "nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 3))"),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.3", "lr=0.05"),
        ("for epoch in range(300):", "epoch = 0\nwhile epoch < 300:\n    epoch += 1"),
        (
            "F.cross_entropy(",
            "F.nll_loss(F.log_softmax(hypothesis, 1), y_fruits) + 0 * F.cross_entropy(",
        ),
        (
            *("    optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        (", y_fruits)", ", y_fruits, reduction='sum')", "lr=0.3", "lr=0.005"),
        ("nn.Linear(2, 3)", "nn.Sequential(nn.BatchNorm1d(2), nn.Linear(2, 3))"),
        (
            "nn.Linear(2, 3)",
            "nn.Linear(2, 3).double()",
            "my_model(x_fruits)",
            "my_model(x_fruits.double())",
        ),
    ],
}
