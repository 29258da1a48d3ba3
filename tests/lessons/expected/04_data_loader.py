"""What lesson 4 comes to, and wrong answers to its exercises.

Times differ from machine to machine, and nothing is expected of them.
"""

from golden import Golden

UCI = "UCI Machine Learning Repository, optdigits.tes"

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
        "test_costs[8] < test_costs[256] / 3",
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
    ],
    "collate_fn": [
        ("padding_value=-1", "padding_value=0"),
        ("batch_first=True", "batch_first=False"),
        ("pad_sequence(points,", "pad_sequence([each.flip(0) for each in points],"),
        ("torch.tensor(digits)", "torch.tensor(digits).sort().values"),
    ],
}
