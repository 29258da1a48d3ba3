"""What lesson 3 comes to, as the deck prints it, and answers to its exercises."""

from golden import Golden

SLIDE = "deck, neural networks"

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
    ],
    "Five starts": [
        ("hidden_neurons = 16", "hidden_neurons = 3"),
        ("range(5)", "range(2)"),
    ],
    "Backward through tanh": [
        ("(1 - h**2)", "h * (1 - h)"),
        ("(1 - h**2)", "(1 + h**2)"),
        ("torch.outer(slope_z, x)", "torch.outer(x, slope_z)"),
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
    ],
    "Five starts": [
        (
            "hidden_neurons = 16",
            "hidden_neurons = 4",
            "nn.Sigmoid(),\n        nn.L",
            "nn.Tanh(), nn.L",
        ),
    ],
    "Backward through tanh": [
        ("slope_h * (1 - h**2)", "slope_h - slope_h * h * h"),
        ("slope_h * (1 - h**2)", "slope_h / torch.cosh(W1.matmul(x) + b1) ** 2"),
    ],
}
