"""What lesson 0 comes to, as the deck prints it, and wrong answers to its exercises."""

from golden import Golden

# The deck prints costs with six decimals and predictions with four; another machine's sums may
# round otherwise in the last place of a float32.
COST = {"relative": 1e-6, "absolute": 2e-6}
PREDICTION = {"absolute": 1.1e-4}

GOLDEN = [
    Golden("lowest cost of the bowl", "The cost of each weight", "lowest", 0.0, absolute=1e-12),
    Golden(
        "weight at the bottom",
        "The cost of each weight",
        "weights[costs.index(lowest)]",
        2.0,
        absolute=1e-6,
    ),
    Golden("slope at epoch 30", "A ball in the bowl", "slope", -0.0816, absolute=5.1e-5),
    Golden("the ball at epoch 30", "A ball in the bowl", "w", 1.9929, absolute=5.1e-5),
    Golden("dz/dw at 2", "autograd alone", "w.grad", 8.0),
    Golden(
        "cost at epoch 100, from zeros",
        "Training with tensors",
        "cost",
        1.564298,
        at=100,
        source="deck, multivariate linear regression",
        **COST,
    ),
    Golden(
        "predictions at epoch 100, from zeros",
        "Training with tensors",
        "hypothesis",
        [152.7695, 183.6982, 180.9592, 197.0628, 140.1332],
        source="deck, multivariate linear regression",
        **PREDICTION,
    ),
    Golden(
        "cost at epoch 2, of the class",
        "Training the class",
        "cost",
        9852.556641,
        at=2,
        source="deck, nn.Module",
        **COST,
    ),
    Golden(
        "cost at epoch 3, of the class",
        "Training the class",
        "cost",
        3090.071289,
        at=3,
        source="deck, nn.Module",
        **COST,
    ),
]

WRONG_ANSWERS = {
    "Two learning rates": [
        ("too_large = 1e-4", "too_large = 4e-5"),
        ("faster = 3e-5", "faster = 9e-6"),
        ("faster = 3e-5", "faster = 4.6e-5"),
    ],
    "The update by hand": [
        ("-=", "+="),
        ("b -= learning_rate * b.grad", "b"),
        ("learning_rate = 1e-5", "learning_rate = 2e-5"),
    ],
}

# The solution's rate that is too large.
NOTICED = [("Two learning rates", "NOT_FINITE")]
