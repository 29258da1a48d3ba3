"""What lesson 6 comes to, wrong answers to its exercises, and how the tests shorten it."""

from golden import Golden

SHORTENED = {"train_count": 4000, "epochs": 1}

# Another machine sums in another order, and thousands of steps make that a few digits of the
# 10,000 that are read otherwise.
ACCURACY = {"absolute": 0.005}

ALWAYS_ON = """class AlwaysOn(nn.Module):
    def __init__(self, share):
        super().__init__()
        self.share = share

    def forward(self, x):
        return F.dropout(x, self.share, True)


torch.manual_seed(0)"""
AS_CLASS = """class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(784, 64)
        self.norm = nn.BatchNorm1d(64)
        self.dropout = nn.Dropout(0.5)
        self.last = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.norm(self.first(x)))
        return self.last(F.dropout(x, 0.5, self.training))


small = Small()"""

MEASURED = "_, accuracy = evaluate(model, x_test, y_test)"

OF_LAYERS = """class Reader(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


"""

GOLDEN = [
    Golden("mean of the pixels", "From pixels to numbers", "mean", 0.1307, absolute=5.1e-5),
    Golden("their deviation", "From pixels to numbers", "deviation", 0.3081, absolute=5.1e-5),
    Golden("softmax alone, right of 1", "Softmax alone", "test_accuracy", 0.9124, **ACCURACY),
    Golden("half of He, 10 layers on", "Starting weights", "spreads[0.5][10]", 8e-4, absolute=2e-4),
    Golden("He, 10 layers on", "Starting weights", "spreads[1][10]", 0.68, absolute=0.05),
    Golden(
        "parameters of the network",
        "The deep network",
        "sum(p.numel() for p in model.parameters())",
        270_346,
    ),
    Golden("the network, right of 1", "Training the network", "test_accuracy", 0.9851, **ACCURACY),
    Golden("mistakes in 10,000", "The confusion matrix", "wrong", 149, absolute=50),
    Golden(
        "the loaded network, right of 1",
        "Save and load",
        "evaluate(loaded, x_test, y_test)[1]",
        0.9851,
        **ACCURACY,
    ),
    Golden("the digit that is a 7", "Your own digit", "read(digit).argmax()", 7),
]

WRONG_ANSWERS = {
    "Make it deep": [
        ("nn.ReLU(),", ""),
        ("nn.Dropout(0.5),", ""),
        ("nn.Dropout(0.5)", "nn.Dropout(0.1)"),
        ("nn.BatchNorm1d(64),", ""),
        ("nn.Linear(64, 10),", "nn.Linear(64, 10), nn.Dropout(0.5),"),
        ("nn.Linear(64, 10)", "nn.Linear(64, 1)"),
        ("nn.Dropout(0.5)", "nn.Dropout(0.3)"),
        ("nn.Dropout(0.5)", "nn.Dropout(0.7)"),
        ("nn.ReLU()", "nn.Identity()"),
        ("nn.ReLU()", "nn.Sigmoid()"),
        ("nn.ReLU()", "nn.GELU()"),
        ("nn.BatchNorm1d(64),", "nn.BatchNorm1d(64, track_running_stats=False),"),
        ("nn.BatchNorm1d(64),", "nn.LayerNorm(64),"),
        ("nn.Dropout(0.5)", "AlwaysOn(0.5)", "torch.manual_seed(0)", ALWAYS_ON),
        ("nn.Dropout(0.5)", "nn.AlphaDropout(0.5)"),
        ("nn.BatchNorm1d(64),", "nn.BatchNorm1d(64), nn.BatchNorm1d(64),"),
        ("nn.BatchNorm1d(64),", "nn.BatchNorm1d(10),"),
        ("nn.Linear(64, 10),", "nn.Linear(64, 10), nn.Softmax(dim=1),"),
        ("nn.Dropout(0.5)", "nn.Dropout1d(0.5)"),
        ("nn.ReLU()", "nn.Hardtanh(0, 1)"),
        ("nn.BatchNorm1d(64),", "nn.Linear(64, 64), nn.BatchNorm1d(64),"),
        ("nn.BatchNorm1d(64),\n    nn.ReLU(),", "nn.ReLU(),\n    nn.BatchNorm1d(64),"),
    ],
    "Precision and recall": [
        ("dim=1", "dim=0"),
        ("dim=0", "dim=1"),
        ("right / confusion.sum(dim=0)", "right / 1000"),
        (
            "recall = right / confusion.sum(dim=1)",
            "recall = right.sum().reshape(1) / confusion.sum()",
        ),
        ("confusion.sum(dim=1)", "confusion.sum(dim=1, keepdim=True)"),
        ("right / confusion.sum(dim=0)", "100 * right / confusion.sum(dim=0)"),
        ("right / confusion.sum(dim=0)", "(right / confusion.sum(dim=0)).flip(0)"),
        ("right / confusion.sum(dim=0)", "(right / confusion.sum(dim=0)).round(decimals=1)"),
        ("right / confusion.sum(dim=1)", "(confusion.sum(dim=1) - right) / confusion.sum(dim=1)"),
        ("right / confusion.sum(dim=0)", "right // confusion.sum(dim=0)"),
        ("right / confusion.sum(dim=1)", "(right / confusion.sum(dim=1)).mean().item()"),
    ],
    "A blank page": [
        ("        optimizer.zero_grad()\n", ""),
        ("        optimizer.step()", "        optimizer.step"),
        ("range(1, 4)", "range(0)"),
        "accuracy = 0.0\nmy_model = nn.Linear",
        ("my_model.eval()\n", "", "Dropout(0.2)", "Dropout(0.5)"),
        (
            "nn.Linear(256, 10)",
            "nn.Linear(256, 1)",
            "my_model(x_train[batch])",
            "my_model(x_train[batch]).expand(-1, 10)",
        ),
        "accuracy = 0.0\nmy_model = lambda x: torch.nan * x[:, :10]",
        (
            "nn.Linear(256, 10)",
            "nn.Linear(256, 10), nn.Softmax(dim=1)",
            "torch.optim.Adam",
            "torch.optim.SGD",
        ),
        ("x_train", "x_test", "y_train", "y_test"),
        (".mean().item()", ".sum().item()"),
        ("y_train[batch])", "y_train[batch].roll(1))"),
        ("0.002", "0.0000002"),
        (
            "F.cross_entropy(my_model(x_train[batch]), y_train[batch])",
            "F.cross_entropy(my_model(x_train[batch]).T, F.one_hot(y_train[batch], 10).float().T)",
        ),
        (
            "F.cross_entropy(my_model(x_train[batch])",
            "F.nll_loss(my_model(x_train[batch]).log_softmax(dim=0)",
        ),
        f"my_model = model\n{MEASURED}",
        f"my_model = lambda x: loaded(x)\n{MEASURED}",
        ("print(", "accuracy = evaluate(my_model, x_test, y_test)\nprint(", "{accuracy:.2%}", ""),
    ],
}

RIGHT_ANSWERS = {
    "Make it deep": [
        ("nn.Linear(784, 64),", "nn.Flatten(), nn.Linear(784, 64),"),
        ("nn.ReLU(),\n    nn.Dropout(0.5),", "nn.Dropout(0.5),\n    nn.ReLU(),"),
        ("nn.ReLU(),", "nn.ReLU(inplace=True),"),
        AS_CLASS,
        AS_CLASS.replace("F.dropout(x, 0.5, self.training)", "self.dropout(x)"),
        ("nn.Dropout(0.5)", "nn.Dropout()"),
        ("nn.BatchNorm1d(64)", "nn.LazyBatchNorm1d()"),
        ("nn.ReLU()", "nn.LeakyReLU(0)"),
        ("nn.Linear(64, 10)", "nn.Linear(64, 10, bias=False)"),
        ("nn.ReLU(),\n    nn.Dropout(0.5)", "nn.Sequential(nn.ReLU(), nn.Dropout(0.5))"),
    ],
    "Precision and recall": [
        ("right / confusion.sum(dim=1)", "(right / confusion.sum(dim=1)).tolist()"),
        ("right / confusion.sum(dim=1)", "[right[i] / confusion[i].sum() for i in range(10)]"),
        ("right / confusion.sum(dim=0)", "right / confusion.T.sum(dim=1)"),
        ("confusion.diag()", "(confusion * torch.eye(10)).sum(dim=0)"),
        ("right / confusion.sum(dim=1)", "(right / confusion.sum(dim=1)).numpy()"),
        ("right / confusion.sum(dim=1)", "(right / y_test.bincount())[:, None]"),
    ],
    "A blank page": [
        ("my_model = nn.Sequential(", f"{OF_LAYERS}my_model = Reader("),
        ("nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0.2)", "nn.ReLU()"),
        (
            "torch.optim.Adam(my_model.parameters(), lr=0.002)",
            "torch.optim.SGD(my_model.parameters(), 0.1, momentum=0.9)",
        ),
        ("for epoch in range(1, 4):", "epoch = 0\nwhile epoch < 3:\n    epoch += 1"),
        ("print(", "_, accuracy = evaluate(my_model, x_test, y_test)\nprint("),
        ("print(", "network, my_model = my_model, lambda x: network(x)\nprint("),
        (
            *("        optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        ("y_train[batch])", "y_train[batch], reduction='sum')"),
        ("y_train[batch])", "F.one_hot(y_train[batch], 10).float())"),
        ("nn.Linear(256, 10)", "nn.Linear(256, 10), nn.BatchNorm1d(10)"),
        ("nn.Linear(256, 10)", "nn.Linear(256, 10, bias=False)"),
        ("my_model", "model", "model(x_test)", "(my_model := model)(x_test)"),
        (
            "nn.Linear(256, 10),\n)",
            "nn.Linear(256, 10),\n).double()",
            "my_model(x_train[batch])",
            "my_model(x_train[batch].double())",
            "my_model(x_test)",
            "my_model(x_test.double())",
        ),
    ],
}
