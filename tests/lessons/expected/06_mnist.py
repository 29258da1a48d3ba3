"""What lesson 6 comes to, wrong answers to its exercises, and how the tests shorten it."""

from golden import Golden

SHORTENED = {"train_count": 4000, "epochs": 1}

# Another machine sums in another order, and thousands of steps make that a few digits of the
# 10,000 that are read otherwise.
ACCURACY = {"absolute": 0.005}

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
    ],
    "Precision and recall": [
        ("dim=1", "dim=0"),
        ("dim=0", "dim=1"),
        ("right / confusion.sum(dim=0)", "right / 1000"),
        ("recall = right / confusion.sum(dim=1)", "recall = right.sum() / confusion.sum()"),
    ],
}
