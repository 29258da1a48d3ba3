"""What lesson 1 comes to, as the deck prints it, and wrong answers to its exercises."""

from golden import Golden

DECK = "deck, logistic regression"
# The deck prints costs as float32 has them, and chances with four decimals; another machine's
# sums may round otherwise in the last places of a float32.
COST = {"absolute": 2e-6, "source": DECK}
CHANCE = {"absolute": 1.1e-4}

BY_HAND = "-torch.mean(y * torch.log(p) + (1 - y) * torch.log(1 - p))"
WITH_LOGITS = ("F.binary_cross_entropy", "F.binary_cross_entropy_with_logits")

MODEL = "nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())"
AS_CLASS = """class Rain(nn.Module):
    def __init__(self):
        super().__init__()
        self.logit = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.logit(x))


my_model = Rain()"""
AS_FUNCTION = """W = torch.zeros((2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)


def my_model(x):
    return 1 / (1 + torch.exp(-x.matmul(W) - b))

"""

GOLDEN = [
    Golden(
        "logits of 0.1 to 0.9",
        "Chance, odds, logit",
        "logit",
        [-2.1972, -1.3863, 0, 1.3863, 2.1972],
        **CHANCE,
    ),
    Golden(
        "cost of 1 %", "The cost of a passed exam", "cross_entropies[0]", 4.60517, absolute=1e-4
    ),
    Golden("cost at epoch 1, ln 2", "Training both", "cost", 0.693147, at=1, absolute=2e-6),
    Golden("cost at epoch 375", "Training both", "cost", 0.3568094, at=375, **COST),
    Golden("cost at epoch 376", "Training both", "cost", 0.3565260, at=376, **COST),
    Golden("cost at epoch 377", "Training both", "cost", 0.3562430, at=377, **COST),
    Golden(
        "chances at epoch 1000",
        "Training both",
        "hypothesis",
        [0.0725, 0.1928, 0.4653, 0.7150, 0.8905, 0.9654],
        source=DECK,
        **CHANCE,
    ),
    Golden(
        "cost of the class at epoch 1000", "Training the class", "cost", 0.4079, at=1000, **CHANCE
    ),
]

WRONG_ANSWERS = {
    "Cross entropy by hand": [
        ("-torch.mean", "torch.mean"),
        (" + (1 - y) * torch.log(1 - p)", ""),
        ("torch.mean(", "torch.sum("),
        ("torch.log", "torch.log2"),
        ("return -torch.mean(", "return -("),
        ("return ", ""),
        (BY_HAND, "F.binary_cross_entropy(y, p)"),
        (BY_HAND, "F.binary_cross_entropy_with_logits(p, y)"),
        (BY_HAND, "F.mse_loss(p, y)"),
        (BY_HAND, "F.l1_loss(p, y)"),
        (BY_HAND, "F.binary_cross_entropy(p, y, reduction='sum') / 3"),
        ("(1 - y) * torch.log(1 - p)", "(1 - y) * torch.log(p)"),
        ("torch.log", "torch.log1p"),
        (BY_HAND, "-(y * p.log() + (1 - y) * (1 - p).log()).sum() / 2"),
        (BY_HAND, "-p.log().mean() if y.sum() else -(1 - p).log().mean()"),
    ],
    "The whole of it": [
        ("lr=0.3", "lr=0.05"),
        ("torch.sigmoid(self.linear(x))", "self.linear(x).clamp(0, 1)"),
        ("    optimizer.step()", "    pass"),
        ("    optimizer.zero_grad()\n", ""),
        ("F.binary_cross_entropy", "F.mse_loss", "lr=0.3", "lr=3"),
        ("lr=0.3", "lr=0.05", "range(1, 1001)", "range(1, 9001)"),
        (
            *("lr=0.3", "lr=0.05", "range(1, 1001)", "range(1, 9001)"),
            *("optimizer.step()", "optimizer.step()\nepoch = 1000"),
        ),
        ("torch.sigmoid(self.linear(x))", "torch.tanh(self.linear(x))", *WITH_LOGITS),
        ("torch.sigmoid(self.linear(x))", "self.linear(x)", "F.binary_cross_entropy", "F.mse_loss"),
        ("torch.sigmoid(self.linear(x))", "torch.sigmoid(self.linear(x))", *WITH_LOGITS),
        ("torch.sigmoid(self.linear(x))", "self.linear(x) ** 2", *WITH_LOGITS),
        ("(hypothesis, y_train)", "(hypothesis[:3], y_train[:3])"),
        ("(hypothesis, y_train)", "(hypothesis, y_train, reduction='sum')"),
        ("(hypothesis, y_train)", "(hypothesis, 1 - y_train)"),
        ("model(x_train)", "model(x_train).detach().requires_grad_()"),
        (
            "    optimizer.zero_grad()\n    cost.backward()\n",
            "    cost.backward()\n    optimizer.zero_grad()\n",
        ),
        ("torch.sigmoid(self.linear(x))", "F.softmax(self.linear(x), dim=1)"),
    ],
    "A blank page": [
        ("    optimizer.zero_grad()\n", ""),
        ("    optimizer.step()", "    optimizer.step"),
        ("range(1, 501)", "range(2)"),
        "my_model = nn.Linear",
        (", nn.Sigmoid()", "", "F.binary_cross_entropy", "F.mse_loss"),
        (", nn.Sigmoid()", "", *WITH_LOGITS),
        "my_model = lambda x: torch.nan * x[:, :1]",
        ("nn.Sigmoid()", "nn.Sigmoid(), nn.Flatten(0)", "y_mornings)", "y_mornings.flatten())"),
        ("lr=0.3", "lr=0.001"),
        ("nn.Linear(2, 1)", "nn.Linear(2, 2)", ", y_mornings)", ", y_mornings.expand(80, 2))"),
        (", y_mornings)", ", 1 - y_mornings)"),
        (", y_mornings)", ", y_mornings.roll(1, 0))"),
        ("optimizer.step()", "optimizer.step()\nmy_model = my_model(x_mornings)"),
        (
            "    optimizer.zero_grad()\n    cost.backward()\n",
            "    cost.backward()\n    optimizer.zero_grad()\n",
        ),
        ("nn.Sigmoid()", "nn.Softmax(dim=1)"),
    ],
}

RIGHT_ANSWERS = {
    "Cross entropy by hand": [
        (BY_HAND, "F.binary_cross_entropy(p, y)"),
        (BY_HAND, "-torch.where(y == 1, p, 1 - p).log().mean()"),
        (BY_HAND, "-(y * p.log() + (1 - y) * (1 - p).log()).sum() / len(y)"),
        (BY_HAND, "F.binary_cross_entropy(p, y).item()"),
        (BY_HAND, "F.binary_cross_entropy_with_logits(torch.logit(p), y)"),
        (BY_HAND, "-(y * p.log() + (1 - y) * (1 - p).log()).mean().reshape(1, 1)"),
        (BY_HAND, "-torch.log(torch.abs(1 - y - p)).mean()"),
        (BY_HAND, "-torch.mean(torch.log(p**y * (1 - p) ** (1 - y)))"),
    ],
    "The whole of it": [
        ("torch.sigmoid(self.linear(x))", "self.linear(x)", *WITH_LOGITS),
        ("model(x_train)", "model.linear(x_train)", *WITH_LOGITS),
        (
            "    optimizer.zero_grad()\n",
            "",
            "optimizer.step()",
            "optimizer.step(); model.zero_grad()",
        ),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.3", "lr=0.1"),
        ("torch.sigmoid(self.linear(x))", "1 / (1 + torch.exp(-self.linear(x)))"),
        ("range(1, 1001)", "range(1000)", "lr=0.3", "lr=1"),
        ("F.binary_cross_entropy", "nn.BCELoss()"),
        ("lr=0.3", "lr=0.3, momentum=0.5"),
        ("torch.optim.SGD", "torch.optim.AdamW", "lr=0.3", "lr=0.1"),
        ("torch.sigmoid(self.linear(x))", "1 - self.linear(x).sigmoid()"),
    ],
    "A blank page": [
        (f"my_model = {MODEL}", AS_CLASS),
        (f"my_model = {MODEL}", AS_FUNCTION, "my_model.parameters()", "[W, b]"),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.3", "lr=0.05"),
        ("for epoch in range(1, 501):", "epoch = 0\nwhile epoch < 500:\n    epoch += 1"),
        ("F.binary_cross_entropy", "nn.BCELoss()"),
        (
            *("    optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        (", y_mornings)", ", y_mornings, reduction='sum')", "lr=0.3", "lr=0.005"),
        ("nn.Linear(2, 1), nn.S", "nn.BatchNorm1d(2), nn.Linear(2, 1), nn.S"),
        (
            "nn.Sigmoid())",
            "nn.Sigmoid()).double()",
            "my_model(x_mornings)",
            "my_model(x_mornings.double())",
            ", y_mornings)",
            ", y_mornings.double())",
        ),
    ],
}
