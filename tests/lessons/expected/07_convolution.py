"""What lesson 7 comes to, answers to its exercises, and how the tests shorten it."""

from golden import Golden

SHORTENED = {"train_count": 1000, "test_count": 200}

# Another machine sums in another order: a few of the 1,000 test digits are read otherwise.
SHARE = {"absolute": 0.02}
FALLEN = {"absolute": 0.06}

SIDEWAYS = "[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]"
KERNEL = """[
        [-1.0, -2.0, -1.0],
        [0.0, 0.0, 0.0],
        [1.0, 2.0, 1.0],
    ]"""
SEEN = "kernel[None, None]"
FORMULA = "(size + 2 * padding - kernel) // stride + 1"
COUNTED = """places = 0
    while places * stride + kernel <= size + 2 * padding:
        places += 1
    return places"""
MODEL = """    *(nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU()),
    *(nn.AdaptiveMaxPool2d(1), nn.Flatten()),
    nn.Linear(32, 10),
"""
DENSE = """    *(nn.Flatten(), nn.Linear(784, 32), nn.ReLU()),
    nn.Linear(32, 10),
"""
MOVED = "images = move(x_train[batch], down, right)"
AS_CLASS = """class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 8, 5, padding=2)
        self.second = nn.Conv2d(8, 16, 3, padding=1)
        self.third = nn.Conv2d(16, 32, 3, padding=1)
        self.last = nn.Linear(32, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 2)
        x = F.max_pool2d(F.relu(self.second(x)), 2)
        x = F.relu(self.third(x))
        return self.last(x.amax(dim=(2, 3)))


my_model = Reader()
"""

SHIFTED = "Moved by 0 to 8 pixels"
POOLED = "Moved, and pooled"

GOLDEN = [
    Golden("dense, in the middle", SHIFTED, "shares['dense'][0]", 0.95, **SHARE),
    Golden("dense, 4 pixels on", SHIFTED, "shares['dense'][4]", 0.22, **FALLEN),
    Golden(
        "dense, pixels shuffled", "All pixels in another order", "shuffled_accuracy", 0.944, **SHARE
    ),
    Golden("weights of 8 kernels", "A layer of kernels", "weight_count", 208),
    Golden(
        "by hand, at most so far off",
        "A layer of kernels",
        "(by_hand - maps[0, 0]).abs().max()",
        0,
        absolute=1e-6,
    ),
    Golden(
        "width of each map",
        "Padding, stride, pooling",
        "list(widths.values())",
        [26, 28, 14, 14, 7],
    ),
    Golden(
        "the map moves along",
        "The map of a moved digit",
        "[stays, moves_along]",
        [8, 0],
        absolute=1e-3,
    ),
    Golden(
        "edges in the kernels",
        "Kernels that are learnt",
        "[edges_before.mean(), edges]",
        [0.07, 0.25],
        absolute=0.05,
    ),
    Golden(
        "a convolution, 4 pixels on",
        "Moved, with a convolution in front",
        "shares['convolution, dense'][4]",
        0.31,
        **FALLEN,
    ),
    Golden(
        "change by square, 4 pixels on",
        "Give up the place",
        "[changes[square][4] for square in (1, 2, 4, 7, 14, 28)]",
        [118, 109, 84, 63, 36, 1],
        absolute=6,
    ),
    Golden("pixels seen", "How far does it see", "list(seen.values())", [3, 5, 8, 20]),
    Golden("parameters", "Three convolutions, pooled", "parameter_count", 6290),
    Golden("edges in its kernels", "Three convolutions, pooled", "edges", 0.38, absolute=0.08),
    Golden("pooled, in the middle", POOLED, "shares['convolution, pooled'][0]", 0.965, **SHARE),
    Golden("pooled, 4 pixels on", POOLED, "shares['convolution, pooled'][4]", 0.963, **SHARE),
]

WRONG_ANSWERS = {
    "Edges that lie flat": [
        (KERNEL, SIDEWAYS),
        (
            "[-1.0, -2.0, -1.0]",
            "[1.0, 2.0, 1.0]",
            "[1.0, 2.0, 1.0],\n    ]",
            "[-1.0, -2.0, -1.0],\n    ]",
        ),
        ("[0.0, 0.0, 0.0]", "[0.0, 1.0, 0.0]"),
        ("[-1.0, -2.0, -1.0]", "[0.0, 0.0, 0.0]"),
        (KERNEL, "[[1.0] * 3] * 3"),
        (KERNEL, "[[0.0] * 3] * 3"),
        (KERNEL, "[[0.0, -1.0, -2.0], [1.0, 0.0, -1.0], [2.0, 1.0, 0.0]]"),
        (KERNEL, "[[-1.0, -1.0, -1.0], [-1.0, 8.0, -1.0], [-1.0, -1.0, -1.0]]"),
        (
            SEEN,
            "kernel.reshape(1, 1, 3, 3)",
            "kernel = torch.tensor(\n    " + KERNEL + "\n)",
            "kernel = torch.tensor(\n    " + KERNEL + "\n).flatten()",
        ),
        (KERNEL, "[[-1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]"),
        (KERNEL, "[[1.0] * 3, [-2.0] * 3, [1.0] * 3]"),
    ],
    "How large is the map": [
        (FORMULA, "(size + padding - kernel) // stride + 1"),
        (FORMULA, "(size + 2 * padding - kernel) / stride + 1"),
        (FORMULA, "(size + 2 * padding - kernel) // stride"),
        (FORMULA, "(size + 2 * padding - kernel + 1) // stride"),
        (FORMULA, "round((size + 2 * padding - kernel) / stride) + 1"),
        (FORMULA, "-(-(size + 2 * padding - kernel) // stride) + 1"),
        (FORMULA, "size + 2 * padding - kernel + 1"),
        (FORMULA, "size // stride"),
        (FORMULA, f"[{FORMULA}] * 2"),
        ("    return " + FORMULA, "    places = " + FORMULA),
        (FORMULA, "26 if padding == 0 else 14"),
    ],
    "A blank page": [
        (MODEL, DENSE),
        ("        optimizer.zero_grad()\n", ""),
        ("        optimizer.step()", "        optimizer.step"),
        "my_model = nn.Linear",
        (
            *("    *(nn.AdaptiveMaxPool2d(1), nn.Flatten()),\n", "    nn.Flatten(),\n"),
            *("nn.Linear(32, 10)", "nn.Linear(32 * 49, 10)", MOVED, "images = x_train[batch]"),
        ),
        ("range(3)", "range(0)"),
        "my_model = lambda x: torch.nan * x.flatten(1)[:, :10]",
        (
            "nn.Linear(32, 10)",
            "nn.Linear(32, 1)",
            "my_model(images)",
            "my_model(images).expand(-1, 10)",
        ),
        (
            *("    *(nn.AdaptiveMaxPool2d(1), nn.Flatten()),\n", "    nn.Flatten(),\n"),
            *(
                "nn.Linear(32, 10)",
                "nn.Linear(32 * 49, 64).requires_grad_(False), nn.ReLU(), nn.Linear(64, 10)",
            ),
        ),
        ("y_train[batch])", "y_train[batch].roll(1))"),
        ("0.005", "0.0000005"),
        ("nn.Linear(32, 10)", "nn.Linear(32, 10), nn.Softmax(dim=0)"),
        ("nn.Linear(32, 10)", "nn.Linear(32, 10), nn.Softmax(dim=1)"),
        "my_model = network",
        "my_model = lambda images: network(images)",
    ],
}

RIGHT_ANSWERS = {
    "Edges that lie flat": [
        (KERNEL, "[[-1.0] * 3, [0.0] * 3, [1.0] * 3]"),
        (KERNEL, "[[-3.0, -10.0, -3.0], [0.0, 0.0, 0.0], [3.0, 10.0, 3.0]]"),
        (KERNEL, "[[-1.0], [1.0]]"),
        (KERNEL, "[[-1.0] * 5, [-1.0] * 5, [0.0] * 5, [1.0] * 5, [1.0] * 5]"),
        ("kernel[None, None]", "kernel", KERNEL, f"[[{KERNEL}]]"),
        (KERNEL, "[[-0.1, -0.2, -0.1], [0.0, 0.0, 0.0], [0.1, 0.2, 0.1]]"),
        (KERNEL, f"{SIDEWAYS}", "feature_map =", "kernel = kernel.T\nfeature_map ="),
    ],
    "How large is the map": [
        (FORMULA, "int((size + 2 * padding - kernel) / stride + 1)"),
        (FORMULA, "(size + 2 * padding - kernel + stride) // stride"),
        (FORMULA, "math.floor((size + 2 * padding - kernel) / stride) + 1"),
        (FORMULA, "len(range(0, size + 2 * padding - kernel + 1, stride))"),
        ("return " + FORMULA, COUNTED),
        (FORMULA, "float((size + 2 * padding - kernel) // stride + 1)"),
    ],
    "A blank page": [
        ("my_model = nn.Sequential(\n" + MODEL + ")\n", AS_CLASS),
        (
            *("nn.MaxPool2d(2)", "nn.AvgPool2d(2)"),
            *("lr=0.005)", "lr=0.005, weight_decay=1e-4)"),
        ),
        ("nn.Conv2d(8, 16, 3, padding=1)", "nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16)"),
        ("for epoch in range(3):", "epoch = 0\nwhile epoch < 3:\n    epoch += 1"),
        (
            "torch.optim.Adam(my_model.parameters(), lr=0.005)",
            "torch.optim.AdamW(my_model.parameters(), lr=0.005)",
        ),
        (
            *("        down, right = torch.randint(-4, 5, (2,)).tolist()\n", ""),
            *(
                MOVED,
                "images = x_train[batch].roll(tuple(torch.randint(-4, 5, (2,)).tolist()), (2, 3))",
            ),
        ),
        ("y_train[batch])", "y_train[batch], reduction='sum')"),
        (
            "nn.Linear(32, 10),\n)",
            "nn.Linear(32, 10),\n).double()",
            "my_model(images)",
            "my_model(images.double())",
        ),
    ],
}
