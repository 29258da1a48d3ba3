"""What lesson 4 comes to, and wrong answers to its exercises.

Times differ from machine to machine, and nothing is expected of them.
"""

from golden import Golden

UCI = "UCI Machine Learning Repository, optdigits.tes"

PADDED = """padded = nn.utils.rnn.pad_sequence(
        points,
        batch_first=True,
        padding_value=-1,
    )"""

AS_CLASS = """class Digits64(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.last = nn.Linear(64, 32), nn.Linear(32, 10)

    def forward(self, x):
        return self.last(F.relu(self.hidden(x)))
"""

LOADED = "DataLoader(train, batch_size=32, shuffle=True)"
BY_EIGHT = "my_model(x.view(-1, 1, 8, 8))"
FLAT = "nn.Flatten(), nn.Linear(64, 32)"

MEASURED = """@torch.no_grad()
def measure():
    return [(my_model(x).argmax(1) == y).float().mean() for x, y in DataLoader(test, 100)]


for epoch"""

GOLDEN = [
    Golden(
        "digits of each kind",
        "1797 digits",
        "labels.bincount()",
        [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
        source=UCI,
    ),
    Golden("least and most ink", "1797 digits", "[images.min(), images.max()]", [0, 1], source=UCI),
    Golden("batches of 64", "Batches", "[len(loader), size, len(whole)]", [29, 5, 28]),
    Golden("examples to train on and to test", "Splitting", "[len(train), len(test)]", [1500, 297]),
    Golden(
        "no example is in both",
        "Splitting",
        "len({*train.indices} & {*test.indices})",
        0,
    ),
    Golden("accuracy after five epochs", "Training in batches", "accuracy", 0.919, absolute=0.02),
    Golden(
        "noise of 4 against 64",
        "Noise by batch size",
        "noise[4] / noise[64]",
        4.0,
        absolute=0.4,
        source="one over the square root",
    ),
    Golden(
        "small batches get further in four epochs",
        "Batches of 8 and of 256",
        "test_costs[8, 0.1] < test_costs[256, 0.1] / 3",
        1,
    ),
    Golden(
        "a fitting rate wins most of it back",
        "Batches of 8 and of 256",
        "test_costs[256, 0.8] < test_costs[256, 0.1] / 2",
        1,
    ),
]

WRONG_ANSWERS = {
    "A Dataset": [
        ("len(self.rows)", "64"),
        ("row[:64] / 16", "row[:64]"),
        (".reshape(1, 8, 8)", ".reshape(8, 8)"),
        (".reshape(1, 8, 8)", ".reshape(8, 8).T.reshape(1, 8, 8)"),
        ("row[64].long()", "row[64]"),
        ("row[64].long()", "row[63].long()"),
        ("row[64].long()", "row[64:].long()"),
        ("row[64].long()", "float(row[64])"),
        ("row[64].long()", "(int(row[64]),)"),
        ("row[64].long()", "row[64].int()"),
        ("row[:64] / 16", "row[:64] / row[:64].max()"),
        ("self.rows[index]", "self.rows[-1]"),
        ("self.rows[index]", "self.rows[2]"),
        ("row = self.rows[index]", "row = self.rows[index]\n        row[:64] /= 2"),
        (", row[64].long()", ", row[64].long(), index"),
        ("        return (row", "        (row"),
        ("return len(self.rows)", "return 1797"),
        (", row[64].long()", ""),
        ("return (row", "return {'image': (row", ", row[64].long()", ", 'digit': row[64].long()}"),
        ("row[64].long()", "str(int(row[64]))"),
    ],
    "collate_fn": [
        ("padding_value=-1", "padding_value=0"),
        ("batch_first=True", "batch_first=False"),
        ("        points,", "        [each.flip(0) for each in points],"),
        ("torch.tensor(digits)", "torch.tensor(digits).sort().values"),
        ("torch.tensor(digits)", "torch.tensor(digits).float()"),
        ("torch.tensor(digits)", "digits", "targets.shape", "len(targets)"),
        ("torch.tensor(digits)", "list(digits)", "targets.shape", "len(targets)"),
        ("        points,", "        [*points, torch.zeros(40, 2)],"),
        ("        points,", "        sorted(points, key=len),"),
        ("    padded =", "    points = [each[:4] for each in points]\n    padded ="),
        ("return padded,", "return padded.clamp(max=3),"),
        ("return padded,", "return padded.flip(1),"),
        ("return padded,", "return list(padded),", "padded.shape, ", ""),
        ("torch.tensor(digits)", "torch.tensor([len(each) for each in points])"),
        (
            *("return padded, torch.tensor(digits)", "return padded"),
            *("padded, targets =", "padded ="),
            *("print(padded.shape, targets.shape)", "print(padded.shape)"),
        ),
        ("return padded, torch.tensor(digits)", "return torch.tensor(digits), padded"),
        ("torch.tensor(digits)", "torch.tensor(digits)[:, None]"),
    ],
    "A blank page": [
        ("        optimizer.zero_grad()\n", ""),
        ("        optimizer.step()", "        optimizer.step"),
        ("range(1, 11)", "range(0)"),
        ("in loader", f"in {LOADED.replace('train', 'dataset')}", f"loader = {LOADED}\n", ""),
        ("my_model(x), y)", "my_model(x), y.roll(1))"),
        ("nn.Linear(32, 10)", "nn.Linear(32, 1)", "my_model(x)", "my_model(x).expand(-1, 10)"),
        ("nn.Linear(32, 10)", "nn.Linear(32, 10), nn.Softmax(dim=1)"),
        (
            "F.cross_entropy(my_model(x), y)",
            "F.mse_loss(my_model(x).argmax(1) + 0 * my_model(x).sum(1), y.float())",
        ),
        ("lr=0.3", "lr=0.001"),
        ("nn.Linear(64, 32)", "nn.Conv2d(1, 32, 8), nn.Flatten()", "my_model(x)", BY_EIGHT),
        ("DataLoader(train,", "DataLoader(dataset,"),
        ("DataLoader(train,", "DataLoader(test,", "range(1, 11)", "range(1, 101)"),
        ("DataLoader(train,", "DataLoader(counted,"),
        (LOADED, "DataLoader(torch.utils.data.ConcatDataset([train, test]), 32, shuffle=True)"),
        (LOADED, "DataLoader(digits, 32, shuffle=True)", "nn.Linear(64, 32)", FLAT),
        (LOADED, "list(zip(images.split(30), labels.split(30)))", "lr=0.3", "lr=0.2"),
        (
            "        optimizer.zero_grad()\n        cost.backward()\n",
            "        cost.backward()\n        optimizer.zero_grad()\n",
        ),
        "my_model = nn.Linear",
        "my_model = lambda x: torch.nan * x[:, :10]",
    ],
}

RIGHT_ANSWERS = {
    "A Dataset": [
        ("row[64].long()", "int(row[64])"),
        ("(row[:64] / 16).reshape(1, 8, 8)", "row[:64].view(8, 8)[None] / 16"),
        (
            "return (row[:64] / 16).reshape(1, 8, 8), row[64].long()",
            "return [(row[:64] / 16).reshape(1, 8, 8), row[64].long()]",
        ),
        ("row[64].long()", "row[-1].to(torch.int64)"),
        (
            "self.rows = rows",
            "self.rows = rows.clone()\n        self.rows[:, :64] /= 16",
            "row[:64] / 16",
            "row[:64]",
        ),
        ("len(self.rows)", "self.rows.shape[0]"),
    ],
    "collate_fn": [
        (
            PADDED,
            "size = max(map(len, points))\n    padded = torch.full((len(points), size, 2), -1)"
            "\n    for row, each in zip(padded, points):\n        row[: len(each)] = each",
        ),
        (
            PADDED,
            "longest = max(map(len, points))\n    padded = torch.stack("
            "[F.pad(each, (0, 0, 0, longest - len(each)), value=-1) for each in points])",
        ),
        ("padding_value=-1", "padding_value=-1.0"),
        ("torch.tensor(digits)", "torch.LongTensor(digits)"),
        ("return padded, torch.tensor(digits)", "return [padded, torch.tensor(digits)]"),
        ("return padded,", "return padded.float(),"),
    ],
    "A blank page": [
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.3", "lr=0.005"),
        ("my_model = nn", f"{AS_CLASS}\n\nmy_model = Digits64()\nunused = nn"),
        ("nn.ReLU(),", "nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.1),"),
        ("for epoch in range(1, 11):", "epoch = 0\nwhile epoch < 10:\n    epoch += 1"),
        (
            "loader = DataLoader(train, batch_size=32, shuffle=True)\n",
            "",
            "x, y in loader:",
            "batch in torch.randperm(1500).split(30):\n        x, y = train[batch.tolist()]",
        ),
        (LOADED, f"list({LOADED})"),
        (
            "for epoch",
            MEASURED,
            "optimizer.step()",
            "optimizer.step()\n    measure()",
        ),
        ("batch_size=32", "batch_size=4", "lr=0.3", "lr=0.05", "range(1, 11)", "range(1, 4)"),
        (
            *("        optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        ("my_model(x), y)", "my_model(x), y, reduction='sum')", "lr=0.3", "lr=0.01"),
        (
            "nn.Linear(32, 10))",
            "nn.Linear(32, 10)).double()",
            "my_model(x), y",
            "my_model(x.double()), y",
        ),
    ],
}
