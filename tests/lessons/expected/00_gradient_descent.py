"""What lesson 0 comes to, as the deck prints it, and wrong answers to its exercises."""

from golden import Golden

# The deck prints costs with six decimals and predictions with four; another order of sums rounds
# otherwise in the last place of a float32, which near 180 is 1.5e-5.
COST = {"relative": 1e-6, "absolute": 2e-5}
PREDICTION = {"absolute": 1.1e-4}

KEPT = "costs_reached.append(cost.item())"
MODEL = "nn.Linear(2, 1)"
AS_CLASS = """class Price(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        return self.linear(x)


my_model = Price()"""
AS_FUNCTION = """W = torch.zeros((2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)


def my_model(x):
    return x.matmul(W) + b

"""

GOLDEN = [
    Golden("lowest cost of the bowl", "The cost of each weight", "lowest", 0.0, absolute=1e-12),
    Golden(
        "weight at the bottom",
        "The cost of each weight",
        "weights[costs.index(lowest)]",
        2.0,
        absolute=1e-6,
    ),
    Golden("slope at epoch 30", "A ball in the bowl", "slope", -0.0816, absolute=5.1e-5),
    Golden("the ball at epoch 30", "A ball in the bowl", "w", 1.9929, absolute=5.1e-5),
    Golden("dz/dw at 2", "autograd alone", "w.grad", 8.0),
    Golden(
        "cost at epoch 100, from zeros",
        "Training with tensors",
        "cost",
        1.564298,
        at=100,
        source="deck, multivariate linear regression",
        **COST,
    ),
    *(
        Golden(
            f"cost at epoch {epoch}, from zeros",
            "Training with tensors",
            "cost",
            cost,
            at=epoch,
            source="deck, multivariate linear regression",
            **COST,
        )
        for epoch, cost in [(97, 1.566340), (98, 1.565658), (99, 1.564987)]
    ),
    Golden(
        "cost solved at once",
        "Training with tensors",
        "lowest_cost",
        0.1043,
        absolute=1e-3,
        source="normal equations in float64",
    ),
    Golden(
        "predictions at epoch 100, from zeros",
        "Training with tensors",
        "hypothesis",
        [152.7695, 183.6982, 180.9592, 197.0628, 140.1332],
        source="deck, multivariate linear regression",
        **PREDICTION,
    ),
    Golden(
        "cost at epoch 2, of the class",
        "Training the class",
        "cost",
        9852.556641,
        at=2,
        source="deck, nn.Module",
        **COST,
    ),
    Golden(
        "cost at epoch 3, of the class",
        "Training the class",
        "cost",
        3090.071289,
        at=3,
        source="deck, nn.Module",
        **COST,
    ),
]

WRONG_ANSWERS = {
    "Two learning rates": [
        ("too_large = 1e-4", "too_large = 4e-5"),
        ("faster = 3e-5", "faster = 9e-6"),
        ("faster = 3e-5", "faster = 4.6e-5"),
        ("faster = 3e-5", "faster = 1e-5"),
        ("faster = 3e-5", "faster = 1e-5", "range(1, 101)", "range(1, 1001)"),
        ("        optimizer.zero_grad()\n", ""),
        ("too_large = 1e-4", 'too_large = float("nan")'),
        ("lr=learning_rate", "lr=learning_rate, momentum=0.5"),
        ("** 2)", "** 2) / 2"),
        ("costs_reached.append(cost.item())", "costs_reached.append(W.mean().item())"),
        ("x_train.matmul(W) + b", "x_train.matmul(W)"),
        ("    costs_reached.append(cost.item())", "costs_reached.append(cost.item())"),
        ("too_large = 1e-4", "too_large = 2e-5", KEPT, "costs_reached.append(1e9)"),
        (*("too_large = 1e-4", "too_large = 2e-5"), *(KEPT, f"{KEPT}\ncosts_reached[0] = 1e9")),
        ("faster = 3e-5", "faster = 1e-5", KEPT, f"{KEPT}\ncosts_reached[1:] = [0.9]"),
        (KEPT, f"{KEPT}\ncosts_reached = [40000, cost]"),
    ],
    "The update by hand": [
        ("-=", "+="),
        ("b -= learning_rate * b.grad", "b"),
        ("learning_rate = 1e-5", "learning_rate = 2e-5"),
        ("W.grad, b.grad = None, None", "pass"),
        ("W -= learning_rate * W.grad", "W -= W.grad.sign() * 0.005"),
        ("W -= learning_rate * W.grad", "W -= learning_rate * W.grad.mean()"),
        ("range(1, 101)", "range(1, 1001)"),
        ("b -= learning_rate * b.grad", "b -= b.grad"),
        ("    W.grad, b.grad = None, None", "    W.grad = None"),
    ],
    "A blank page": [
        ("    optimizer.zero_grad()\n", ""),
        ("    optimizer.step()", "    optimizer.step"),
        ("range(1, 1001)", "range(2)"),
        "my_model = nn.Linear",
        ("nn.functional.mse_loss(hypothesis, y_rides)", "(hypothesis - y_rides).mean()"),
        ("my_model(x_rides)", "my_model(x_rides).squeeze()"),
        (*(MODEL, f"nn.Sequential({MODEL}, nn.Flatten(0))"), *("y_rides)", "y_rides.flatten())")),
        ("lr=0.1", "lr=1"),
        ("optimizer.step()", "optimizer.step()\nmy_model = lambda x: y_rides[: len(x)]"),
        ("lr=0.1", "lr=0.0001"),
        (
            "    optimizer.zero_grad()\n    cost.backward()\n",
            "    cost.backward()\n    optimizer.zero_grad()\n",
        ),
    ],
}

RIGHT_ANSWERS = {
    "Two learning rates": [
        ("faster = 3e-5", "faster = 1.1e-5"),
        ("too_large = 1e-4", "too_large = 4.6e-5", "faster = 3e-5", "faster = 4.4e-5"),
        ("too_large = 1e-4", "too_large = 10"),
        (
            *("too_large = 1e-4", "too_large = 7e-5"),
            *("torch.mean((hypothesis - y_train) ** 2)", "torch.nn.MSELoss()(hypothesis, y_train)"),
        ),
        ("append(cost.item())", "append(cost)"),
        ("range(1, 101)", "range(100)"),
        ("        optimizer.zero_grad()\n", "        W.grad, b.grad = None, None\n"),
    ],
    "The update by hand": [
        ("W -= learning_rate * W.grad", "W.sub_(W.grad, alpha=learning_rate)"),
        ("W -= learning_rate * W.grad", "W.data = W.data - 1e-5 * W.grad"),
        ("    W.grad, b.grad = None, None", "    W.grad.zero_(), b.grad.zero_()"),
        (
            "        W -= learning_rate",
            "        for each in [W, b]: each -= learning_rate * each.grad\n"
            "        b.grad = torch.zeros(1)\n        W -= 0",
        ),
        ("range(1, 101)", "range(100)"),
    ],
    "A blank page": [
        (f"my_model = {MODEL}", AS_CLASS),
        (f"my_model = {MODEL}", AS_FUNCTION, "my_model.parameters()", "[W, b]"),
        (MODEL, f"nn.Sequential({MODEL})"),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.1", "lr=0.2"),
        ("for epoch in range(1, 1001):", "epoch = 0\nwhile epoch < 1000:\n    epoch += 1"),
        (
            *("    optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        (", y_rides)", ", y_rides, reduction='sum')", "lr=0.1", "lr=0.01"),
        (
            "    optimizer.step()",
            "    with torch.no_grad():\n"
            "        for each in my_model.parameters(): each -= 0.1 * each.grad",
        ),
        (
            "nn.Linear(2, 1)",
            "nn.Linear(2, 1).double()",
            "my_model(x_rides)",
            "my_model(x_rides.double())",
            "y_rides)\n    o",
            "y_rides.double())\n    o",
        ),
    ],
}

# The solution's rate that is too large.
NOTICED = [("Two learning rates", "NOT_FINITE")]
