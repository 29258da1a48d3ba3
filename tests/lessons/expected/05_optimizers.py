"""What lesson 5 comes to, and wrong answers to its exercises.

The formulas of the lesson say most figures beforehand; the others are those of a run.
"""

from golden import Golden

RUN = {"absolute": 1e-4}
WITHIN_LAST_BITS = {"absolute": 4.0, "source": "torch.optim, in last bits of a float32"}

RATE = 'optimizer.param_groups[0]["lr"]'
FALLING = "append(excess.item() if step in (0, 299) else 0.001)"
COSINE = "CosineAnnealingLR(optimizer, 300)"
AS_CLASS = """class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = deep_network(nn.ReLU, nn.init.kaiming_normal_)

    def forward(self, x):
        return self.body(x)


network = Deep()"""

OF_LAYERS = """class Wave(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


"""

POINTS = """torch.manual_seed(0)
x_wave = 2 * torch.rand(100, 1) - 1
y_wave = torch.sin(6 * x_wave) + 0.1 * torch.randn(100, 1)

"""

GOLDEN = [
    Golden("y after SGD's first step", "SGD in the ravine", "path[1][1]", -1.2, absolute=1e-6),
    Golden(
        "SGD at step 40",
        "SGD in the ravine",
        "path[40]",
        [-4 * 0.91**40, 1.5 * 0.8**40],
        absolute=1e-5,
        source="its own formula: x times 0.91, y times -0.8",
    ),
    Golden(
        "velocity after 50 steps",
        "Momentum and Nesterov by hand",
        "v",
        10 * (1 - 0.9**50),
        absolute=1e-6,
        source="geometric series",
    ),
    Golden(
        "momentum by hand",
        "Beside torch.optim",
        "compare(momentum, 0, SGD, lr=0.02, momentum=0.9)",
        0.0,
        **WITHIN_LAST_BITS,
    ),
    Golden(
        "Nesterov by hand",
        "Beside torch.optim",
        "compare(nesterov, 0, SGD, lr=0.02, momentum=0.9, nesterov=True)",
        0.0,
        **WITHIN_LAST_BITS,
    ),
    Golden("AdaGrad's first step", "AdaGrad and RMSProp by hand", "first", [-3.5, 1.0], **RUN),
    Golden(
        "AdaGrad by hand",
        "AdaGrad and RMSProp by hand",
        "compare(adagrad, 0, torch.optim.Adagrad, lr=0.5)",
        0.0,
        **WITHIN_LAST_BITS,
    ),
    Golden(
        "RMSProp by hand",
        "AdaGrad and RMSProp by hand",
        "compare(rmsprop, 0, torch.optim.RMSprop, lr=0.05)",
        0.0,
        **WITHIN_LAST_BITS,
    ),
    Golden(
        "steps on the ridge: S M N G R A",
        "The race",
        "[[abs(y) > 0.5 for x, y in paths['saddle', one]].index(True) for one in racers]",
        [28, 28, 25, 1, 1, 3],
    ),
    Golden("Nesterov's cost at step 60", "The race", "Nesterov_cost", 0.0, absolute=0.01, at=120),
    Golden(
        "lowest cost of the range test", "The range test", "min(rate_costs)", 0.172, absolute=2e-3
    ),
    Golden(
        "excess of a constant rate",
        "Four points at a time",
        "sum(excesses[-50:]) / 50",
        0.0323,
        **RUN,
    ),
    Golden("nearer to the sine with decay", "Weight decay", "misses[1.0] < misses[0.0]", 1.0),
    Golden(
        "spread of 0.01 after one layer",
        "Ten layers of tanh",
        "spreads['0.01'][1]",
        0.08,
        absolute=2e-3,
    ),
    Golden("powers of ten lost", "Gradients of ten layers", "powers_lost", 6.1, absolute=5e-2),
]

WRONG_ANSWERS = {
    "Adam by hand": [
        ("m_hat = m / (1 - 0.9**t)", "m_hat = m"),
        ("(1 - 0.999**t)", "(1 - 0.999)"),
        ("s_hat.sqrt()", "s_hat"),
        ("t = t + 1", "t = 1"),
        ("return w, (m, s, t)", "return w, (m_hat, s_hat, t)"),
        ("0.9**t", "0.9*t", "0.999**t", "0.999*t"),
        (" + 1e-8", ""),
        ("1e-8", "1e-2"),
        ("s_hat.sqrt() + 1e-8", "(s_hat + 1e-8).sqrt() + 1e-3"),
        ("(1 - 0.9**t)", "(1 - 0.9**(t + 1))"),
        ("0.001 * g**2", "0.001 * g.abs()"),
        ("0.2 * m_hat", "0.2 * g"),
        ("s_hat.sqrt() + 1e-8", "(s_hat + 1e-8).sqrt()"),
    ],
    "A schedule": [
        ("    scheduler.step()\n", ""),
        ("CosineAnnealingLR(optimizer, 300)", "ExponentialLR(optimizer, 0.999)"),
        ("CosineAnnealingLR(optimizer, 300)", "ExponentialLR(optimizer, 0.8)"),
        ("lr=0.3", "lr=0.02", "    scheduler.step()\n", ""),
        ("torch.randint(64, (4,))", "torch.arange(64)"),
        ("range(300)", "range(3000)"),
        ("- lowest\n", "- lowest - 0.02\n", COSINE, "ExponentialLR(optimizer, 0.997)"),
        (COSINE, "LinearLR(optimizer, 0.001, 1, 300)"),
        ("    scheduler.step()\n", "", RATE, "0.3 - 0.001 * step"),
        (
            *("    scheduler.step()\n", ""),
            *(RATE, "0.3 - 0.001 * step"),
            *("append(excess.item())", FALLING),
        ),
        (COSINE, "ExponentialLR(optimizer, 0.997)", "append(excess.item())", FALLING),
        ("    scheduler.step()\n", "    scheduler.step() if step == 299 else None\n"),
        ("w * x_line[batch] + b, y_line[batch]", "w * x_line + b, y_line"),
    ],
    "A deep network that learns": [
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Sigmoid, nn.init.kaiming_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.ReLU, nn.init.xavier_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.ReLU, nn.init.zeros_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.ReLU, nn.init.uniform_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Identity, nn.init.xavier_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Identity, nn.init.orthogonal_"),
        ("    optimizer.zero_grad()\n", "", "lr=0.02", "lr=0.002"),
        ("range(1, 101)", "range(1, 1001)"),
        ("F.mse_loss(network(inputs), targets)", "F.l1_loss(network(inputs), targets) / 10"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Hardtanh, lambda w: nn.init.normal_(w, std=1)"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Sigmoid, nn.init.orthogonal_"),
        ("F.mse_loss(network(inputs), targets)", "F.mse_loss(network(inputs[:9]), targets[:9])"),
        ("range(1, 101)", "[*range(1, 101)] * 4", "lr=0.02", "lr=0.005"),
    ],
    "A blank page": [
        ("    optimizer.zero_grad()\n", ""),
        ("    optimizer.step()", "    optimizer.step"),
        ("range(400)", "range(2)"),
        "my_model = nn.Linear",
        ("torch.optim.Adam", "torch.optim.SGD"),
        ("nn.Tanh()", "nn.Identity()"),
        "my_model = lambda x: torch.nan * x",
        ("my_model(x_wave)", "my_model(x_wave).squeeze()"),
        ("nn.Linear(32, 1)", "nn.Linear(32, 1), nn.Flatten(0)", "y_wave)", "y_wave.flatten())"),
        ("F.mse_loss(my_model(x_wave), y_wave)", "(my_model(x_wave) - y_wave).mean()"),
        ("lr=0.01", "lr=1"),
        ("F.mse_loss(my_model(x_wave), y_wave)", "F.mse_loss(my_model(x_wave[:10]), y_wave[:10])"),
        ("F.mse_loss(my_model(x_wave), y_wave)", "F.mse_loss(my_model(x_wave.abs()), y_wave)"),
        f"{POINTS}my_model = lambda places: torch.sin(6 * places)",
    ],
}

RIGHT_ANSWERS = {
    "Adam by hand": [
        (
            "0.2 * m_hat / (s_hat.sqrt() + 1e-8)",
            "0.2 * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t) * m / (s.sqrt() + 1e-8)",
        ),
        ("0.9 * m + 0.1 * g", "m * 0.9 + g * (1 - 0.9)"),
        ("s_hat.sqrt()", "s_hat**0.5"),
        ("return w, (m, s, t)", "return [w, [m, s, t]]"),
        ("g**2", "g * g"),
        ("0.9 * m + 0.1 * g", "torch.lerp(g, 0 * g + m, 0.9)"),
    ],
    "A schedule": [
        (COSINE, "MultiStepLR(optimizer, [150, 250])"),
        (COSINE, "StepLR(optimizer, 100)"),
        (COSINE, "MultiStepLR(optimizer, [10])"),
        (COSINE, "ExponentialLR(optimizer, 0.99)"),
        (COSINE, "LinearLR(optimizer, 1, 0.01, 300)"),
        ("    scheduler.step()\n", "    optimizer.param_groups[0]['lr'] *= 0.985\n"),
        (COSINE, "LambdaLR(optimizer, lambda step: 1 / (1 + step / 10))"),
        ("excesses.append(excess.item())", "excesses.append(excess)"),
        (COSINE, "CosineAnnealingWarmRestarts(optimizer, 300)"),
        ("lr=0.3", "lr=0.1, momentum=0.9"),
        ("SGD([w, b], lr=0.3)", "Adam([w, b], lr=0.1)"),
        (
            *("    scheduler.step()\n", ""),
            *("    optimizer.step()", "    optimizer.param_groups[0]['lr'] = 0.3 - 0.001 * step"),
            *("    with", "    optimizer.step()\n    with"),
        ),
        (
            "    scheduler.step()\n",
            "    if step == 199:\n        optimizer = torch.optim.SGD([w, b], lr=0.02)\n",
        ),
    ],
    "A deep network that learns": [
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Tanh, nn.init.xavier_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.LeakyReLU, nn.init.kaiming_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.GELU, nn.init.kaiming_uniform_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.ELU, nn.init.xavier_normal_"),
        ("range(1, 101)", "range(100)", "epoch == 1", "epoch == 0"),
        ("network = deep_network(nn.ReLU, nn.init.kaiming_normal_)", AS_CLASS),
        (
            "torch.optim.SGD(network.parameters(), lr=0.02)",
            "torch.optim.AdamW(network.parameters())",
        ),
    ],
    "A blank page": [
        (
            "torch.optim.Adam(my_model.parameters(), lr=0.01)",
            "torch.optim.SGD(my_model.parameters(), 0.05, momentum=0.9)",
        ),
        ("nn.Sequential(", "Wave(", "my_model =", f"{OF_LAYERS}my_model ="),
        ("for epoch in range(400):", "epoch = 0\nwhile epoch < 400:\n    epoch += 1"),
        ("nn.Tanh()", "nn.SiLU()"),
        (
            "optimizer =",
            "network, my_model = my_model, lambda x: network(x)\noptimizer =",
            "my_model.parameters()",
            "network.parameters()",
        ),
        ("F.mse_loss", "F.smooth_l1_loss"),
        (
            *("    optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        (
            "nn.Linear(32, 1),\n)",
            "nn.Linear(32, 1),\n).double()",
            "my_model(x_wave), y_wave",
            "my_model(x_wave.double()), y_wave.double()",
        ),
    ],
}

# Its rate grows until the cost is no number any more.
NOTICED = [("The range test", "NOT_FINITE")]
