"""What lesson 2 comes to, and wrong answers to its exercises.

The deck prints a training whose random start it does not give, and with a learning rate of 1 a
difference in the last place of a float32 is another path. What every path has in common is
expected here: it bounces, and ends near the 0.0035 that the deck prints at epoch 900.
"""

from golden import Golden

DECK = "deck, softmax"
END = "The other 700 epochs"

GOLDEN = [
    Golden("chance of C, logits 2, 1, 5", "Softmax by hand", "chances[2]", 0.936240, absolute=1e-4),
    Golden("cost of thirds, ln 3", "Cross entropy both ways", "cost", 1.098612, absolute=1e-5),
    Golden("the same by hand", "Cross entropy both ways", "by_hand", 1.098612, absolute=1e-5),
    Golden("cost at epoch 0", "The first 300 epochs", "cost", 1.616785, at=1, absolute=1e-4),
    Golden("cost at the end", END, "cost", 0.0020, absolute=0.0015, source=DECK),
    Golden("sums of the chances", END, "chances.sum(dim=1)", [1.0] * 8, absolute=1e-5, source=DECK),
    Golden("grades", END, "chances.argmax(dim=1)", [2, 2, 2, 1, 1, 1, 0, 0], source=DECK),
]

WRONG_ANSWERS = {
    "Softmax of a table": [
        ("dim=1", "dim=0"),
        (", keepdim=True", ""),
        ("powers / powers.sum(dim=1, keepdim=True)", "powers"),
        ("torch.exp(logits)", "torch.abs(logits) + 1"),
    ],
    "A calm training": [
        ("learning_rate = 0.05", "learning_rate = 0.1"),
        ("learning_rate = 0.05", "learning_rate = 0.01"),
        ("range(1000)", "range(500)"),
    ],
    "Calm and fast": [
        (" / x_train.std(dim=0)", ""),
        ("dim=0", "dim=1, keepdim=True"),
        ("(x_train - x_train.mean(dim=0)) / x_train.std(dim=0)", "x_train / 7"),
        ("lr=1", "lr=0.01"),
    ],
}
