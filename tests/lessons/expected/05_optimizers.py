"""What lesson 5 comes to, and wrong answers to its exercises.

The formulas of the lesson say most figures beforehand; the others are those of a run.
"""

from golden import Golden

RUN = {"absolute": 1e-4}
WITHIN_LAST_BITS = {"absolute": 4.0, "source": "torch.optim, in last bits of a float32"}

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
    Golden("Nesterov's cost at step 60", "The race", "Nesterov_cost", 0.0, absolute=0.01, at=60),
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
    Golden("powers of ten lost", "Gradients of ten layers", "powers_lost", 5.697, absolute=2e-2),
]

WRONG_ANSWERS = {
    "Adam by hand": [
        ("m_hat = m / (1 - 0.9**t)", "m_hat = m"),
        ("(1 - 0.999**t)", "(1 - 0.999)"),
        ("s_hat.sqrt()", "s_hat"),
        ("t = t + 1", "t = 1"),
        ("return w, (m, s, t)", "return w, (m_hat, s_hat, t)"),
    ],
    "A schedule": [
        ("    scheduler.step()\n", ""),
        ("CosineAnnealingLR(optimizer, 300)", "ExponentialLR(optimizer, 0.999)"),
        ("CosineAnnealingLR(optimizer, 300)", "ExponentialLR(optimizer, 0.8)"),
    ],
    "A deep network that learns": [
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.Sigmoid, nn.init.kaiming_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.ReLU, nn.init.xavier_normal_"),
        ("nn.ReLU, nn.init.kaiming_normal_", "nn.ReLU, nn.init.zeros_"),
    ],
}

# Its rate grows until the cost is no number any more.
NOTICED = [("The range test", "NOT_FINITE")]
