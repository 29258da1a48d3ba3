"""What lesson 3 comes to, as the deck prints it, and answers to its exercises."""

from golden import Golden

SLIDE = "deck, neural networks"

ONE_NETWORK = "model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1), nn.Sigmoid())"
COST = "F.binary_cross_entropy(output, y)"
Z_OF = "def z_of(W1, x):\n    return W1.matmul(x)\n\n\ndef gradients"
AS_CLASS = """class AsClass(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


hidden_neurons = 16"""

OF_LAYERS = AS_CLASS.removesuffix("hidden_neurons = 16")

KEPT_LOW = (
    "costs_reached.append(cost.item())",
    "costs_reached.append(min(cost.item(), 0.05 + 0.01 * seed))",
)

GOLDEN = [
    Golden("one neuron's cost on XOR: ln 2", "XOR, with one neuron", "cost", 0.6931, absolute=1e-4),
    Golden(
        "cost of the regression",
        "Training the network",
        "cost",
        0.0009907563,
        relative=0.005,
        source=SLIDE,
    ),
    Golden(
        "its first, second and last output",
        "Training the network",
        "hypothesis[[0, 1, 3]]",
        [4.9626, 6.0347, 9.9708],
        absolute=3e-4,
        source=SLIDE,
    ),
]

WRONG_ANSWERS = {
    "XOR by hand": [
        ("[1.0, -2.0]", "[1.0, 1.0]"),
        ("[-0.5, -1.5]", "[-0.5, -0.5]"),
        ("b2 = torch.tensor(-0.5)", "b2 = torch.tensor(0.5)"),
        ("b2 = torch.tensor(-0.5)", "b2 = torch.tensor(0.0)", "[1.0, -2.0]", "[1.0, 0.0]"),
        ("[1.0, -2.0]", "[1.0, -0.25]"),
        ("[-0.5, -1.5]", "[-1.5, -0.5]"),
        ("[-0.5, -1.5]", "[-0.5, -2.0]"),
        ("[1.0, -2.0]", "[-1.0, 2.0]"),
        ("[[1.0, 1.0], [1.0, 1.0]]", "[[1.0, 0.0], [0.0, 1.0]]"),
    ],
    "Five starts": [
        ("hidden_neurons = 16", "hidden_neurons = 3"),
        ("manual_seed(seed)", "manual_seed(3)"),
        ("range(5)", "range(2)"),
        (
            "for seed in range(5):\n",
            f"{ONE_NETWORK}\nfor seed in range(5):\n",
            "model = nn",
            "_ = nn",
        ),
        ("        optimizer.zero_grad()\n", ""),
        (COST, "F.mse_loss(output, y)"),
        (COST, "F.binary_cross_entropy(output, y) / 100"),
        ("nn.Sigmoid(),\n        nn.L", "nn.Identity(),\n        nn.L"),
        ("costs_reached.append(cost.item())", "costs_reached.append(0.01 * seed)"),
        (
            "output = model(X)",
            "output = model(X[:2])",
            COST,
            "F.binary_cross_entropy(output, y[:2])",
        ),
        ("        optimizer.step()\n", ""),
        ("lr=1.0", "lr=0.01"),
        ("hidden_neurons = 16", "hidden_neurons = 3", *KEPT_LOW),
        ("range(5)", "[3, 6, 7, 11, 13]", "hidden_neurons = 16", "hidden_neurons = 2"),
    ],
    "Backward through tanh": [
        ("(1 - h**2)", "h * (1 - h)"),
        ("(1 - h**2)", "(1 + h**2)"),
        ("torch.outer(slope_z, x)", "torch.outer(x, slope_z)"),
        ("(1 - h**2)", "(1 - h) ** 2"),
        ("(1 - h**2)", "(1 - (h**2).sum())"),
        ("return slope_W1, slope_z,", "return slope_W1, slope_h,"),
        (
            "return slope_W1, slope_z, slope_W2, slope_y",
            "return slope_W2, slope_y, slope_W1, slope_z",
        ),
        (", slope_W2, slope_y", ""),
        ("slope_h * (1 - h**2)", "slope_y * (1 - h**2)"),
        ("(1 - h**2)", "(1 - z_of(W1, x) ** 2)", "def gradients", Z_OF),
    ],
    "A blank page": [
        ("    optimizer.zero_grad()\n", ""),
        ("    optimizer.step()", "    optimizer.step"),
        ("range(1, 301)", "range(2)"),
        "my_model = nn.Linear",
        ("    nn.Tanh(),\n", ""),
        ("    nn.Sigmoid(),\n", "", "F.binary_cross_entropy", "F.mse_loss"),
        "my_model = lambda x: torch.nan * x[:, :1]",
        ("nn.Linear(2, 16)", "nn.Linear(2, 1)", "nn.Linear(16, 1)", "nn.Linear(1, 1)"),
        (
            "nn.Sigmoid(),\n)",
            "nn.Sigmoid(), nn.Flatten(0))",
            ", y_points)",
            ", y_points.flatten())",
        ),
        ("lr=1.0", "lr=0.01"),
        (", y_points)", ", 1 - y_points)"),
        (", y_points)", ", torch.ones_like(output))"),
        ("nn.Sigmoid()", "nn.Softmax(dim=1)"),
        (
            "    optimizer.zero_grad()\n    cost.backward()\n",
            "    cost.backward()\n    optimizer.zero_grad()\n",
        ),
    ],
}

RIGHT_ANSWERS = {
    "XOR by hand": [
        (
            *("[[1.0, 1.0], [1.0, 1.0]]", "[[1.0, -1.0], [-1.0, 1.0]]"),
            *("[-0.5, -1.5]", "[-0.5, -0.5]"),
            *("[1.0, -2.0]", "[1.0, 1.0]"),
        ),
        ("torch.tensor([1.0, -2.0])", "torch.tensor([[2.0, -3.0]]).flatten()"),
        ("b2 = torch.tensor(-0.5)", "b2 = -0.5"),
        (
            *("[[1.0, 1.0], [1.0, 1.0]]", "[[1.0, 1.0], [-1.0, -1.0]]"),
            *("[-0.5, -1.5]", "[-0.5, 1.5]"),
            *("[1.0, -2.0]", "[1.0, 1.0]"),
            *("b2 = torch.tensor(-0.5)", "b2 = torch.tensor(-1.5)"),
        ),
        (
            *("[[1.0, 1.0], [1.0, 1.0]]", "[[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]]"),
            *("[-0.5, -1.5]", "[-0.5, -1.5, 0.0]"),
            *("[1.0, -2.0]", "[1.0, -2.0, 5.0]"),
        ),
        ("torch.tensor([1.0, -2.0])", "torch.tensor([1, -2]).float()"),
    ],
    "Five starts": [
        (
            "hidden_neurons = 16",
            "hidden_neurons = 4",
            "nn.Sigmoid(),\n        nn.L",
            "nn.Tanh(), nn.L",
        ),
        ("torch.manual_seed(seed)", "torch.manual_seed(seed + 100)"),
        (
            *("        nn.Sigmoid(),\n    )", "    )"),
            *(COST, "F.binary_cross_entropy_with_logits(output, y)"),
        ),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=1.0", "lr=0.05"),
        ("costs_reached.append(cost.item())", "costs_reached.append(cost.detach())"),
        ("model = nn.Sequential(", "model = AsClass(", "hidden_neurons = 16", AS_CLASS),
        ("range(5)", "range(10, 15)"),
        ("hidden_neurons = 16", "hidden_neurons = 4", "range(1000)", "range(2000)"),
        (
            *(
                "torch.optim.SGD(model.parameters(), lr=1.0)",
                "torch.optim.LBFGS(model.parameters(), lr=0.1)",
            ),
            *("range(1000)", "range(200)", "optimizer.step()", "optimizer.step(lambda: cost)"),
        ),
        (
            *("costs_reached = []", "costs_reached = {}"),
            *("costs_reached.append(cost.item())", "costs_reached[seed] = cost.item()"),
        ),
    ],
    "Backward through tanh": [
        ("slope_h * (1 - h**2)", "slope_h - slope_h * h * h"),
        ("slope_h * (1 - h**2)", "slope_h / torch.cosh(W1.matmul(x) + b1) ** 2"),
        ("slope_h * (1 - h**2)", "slope_h * (1 - h) * (1 + h)"),
        ("slope_h * (1 - h**2)", "torch.diag(1 - h**2).matmul(slope_h)"),
        ("torch.outer(slope_z, x)", "slope_z[:, None] * x"),
        (
            "return slope_W1, slope_z, slope_W2, slope_y",
            "return [slope_W1, slope_z, slope_W2, slope_y]",
        ),
        ("torch.outer(slope_y, h)", "slope_y[:, None].matmul(h[None, :])"),
    ],
    "A blank page": [
        ("nn.Sequential(", "AsClass(", "my_model =", f"{OF_LAYERS}my_model ="),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=1.0", "lr=0.03"),
        ("nn.Tanh()", "nn.ReLU()"),
        ("for epoch in range(1, 301):", "epoch = 0\nwhile epoch < 300:\n    epoch += 1"),
        ("nn.Tanh()", "nn.GELU()"),
        (
            "optimizer =",
            "network, my_model = my_model, lambda x: network(x)\noptimizer =",
            "my_model.parameters()",
            "network.parameters()",
        ),
        (
            *("    optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        (", y_points)", ", y_points, reduction='sum')", "lr=1.0", "lr=0.005"),
        (
            "nn.Sigmoid(),\n)",
            "nn.Sigmoid(),\n).double()",
            "my_model(x_points)",
            "my_model(x_points.double())",
            ", y_points)",
            ", y_points.double())",
        ),
    ],
}
