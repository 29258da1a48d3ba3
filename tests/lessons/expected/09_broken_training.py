"""What lesson 9 comes to, wrong answers to its exercises, and other right ones.

The faults say most figures beforehand; the others are those of a run.
"""

import math

from golden import Golden

# The last page alone learns from these.
SHORTENED = {"train_count": 4000}

FLOOR = -math.log(math.e / (math.e + 9))

MODEL = "model = nn.Linear(1, 1)\n"
LINE_CLASS = """class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(1, 1)

    def forward(self, x):
        return self.layer(x)


model = Line()
"""
DIGIT_CLASS = """class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = digit_network()

    def forward(self, x):
        return self.body(x)


model = Reader()
"""
DIGITS = "model = digit_network()\n"
ZERO = "    optimizer.zero_grad()\n"
TRAIN = "    model.train()\n"
EVAL = "    model.eval()\n"
WITH_TEST = """x, y = train_set[batch]
        also = torch.randperm(len(test_digits))[:100]
        x, y = torch.cat([x, test_images[also]]), torch.cat([y, test_digits[also]])"""
COPY = "copied, named = train_set[:]\n"
# through a DataLoader, on whatever device
LOADED = (
    *("    for batch in torch.randperm(len(train_set)).split(100):\n", "    for x, y in loader:\n"),
    *("        x, y = train_set[batch]\n", ""),
    "torch.manual_seed(0)\n",
    "from torch.utils.data import TensorDataset\n\n"
    "order = torch.Generator(test_digits.device).manual_seed(0)\n"
    "loader = DataLoader(train_set, batch_size=100, shuffle=True, generator=order)\n\n"
    "torch.manual_seed(0)\n",
)

GOLDEN = [
    Golden(
        "cost before it knows anything", "A loop that works", "first_cost", 2.327, absolute=5e-3
    ),
    Golden("healthy cost at the end", "A loop that works", "cost", 0.156, absolute=2e-3),
    Golden("healthy, right of 1", "A loop that works", "right", 0.917, absolute=4e-3),
    Golden("the mean as an answer", "A line that works", "guess", 0.906, absolute=1e-3),
    Golden("the line's own cost", "A line that works", "cost", 0.120, absolute=1e-3),
    Golden(
        "unread as read",
        "Seven loops, sealed",
        "sealed_cost - cost.item()",
        0.0,
        absolute=1e-6,
    ),
    Golden("loop 1 at its start", "Loop 1, sealed", "cost", 4.007, at=1, absolute=5e-3),
    Golden("loop 1 two swings on", "Loop 1, sealed", "cost", 4.02, at=45, absolute=0.05),
    Golden(
        "what guessing costs loop 2",
        "Loop 2, sealed",
        "(sold - sold.mean()).abs().mean()",
        0.828,
        absolute=1e-3,
    ),
    Golden("loop 2, there", "Loop 2, sealed", "cost", 1.757, at=29, absolute=5e-3),
    Golden("loop 2, and back", "Loop 2, sealed", "cost", 2.243, at=30, absolute=5e-3),
    Golden("loop 3 rests at the mean", "Loop 3, sealed", "cost - guess", 0.0, absolute=1e-4),
    Golden("loop 3 counts", "Loop 3, sealed", "(loop.output - loop.y).numel()", 1600),
    Golden("loop 4 rests above its floor", "Loop 4, sealed", "cost", FLOOR + 0.008, absolute=5e-3),
    Golden(
        "loop 4, right of 1",
        "Loop 4, sealed",
        "(loop.output.argmax(dim=1) == loop.y).float().mean()",
        0.995,
        absolute=4e-3,
    ),
    Golden("loop 5 leaps", "Loop 5, sealed", "cost", 89.74, at=3, relative=0.3),
    Golden("loop 5 rests at ln 10", "Loop 5, sealed", "cost", math.log(10), absolute=2e-3),
    Golden("its neurons that live", "Loop 5, sealed", "(loop.model[0](loop.x) > 0).sum()", 0),
    Golden("loop 6 hardly moves", "Loop 6, sealed", "cost", 2.25, absolute=0.02),
    Golden("loop 7, measured at work", "Loop 7, sealed", "cost", 0.434, absolute=0.06),
    Golden(
        "loop 7 at work, right of 1",
        "Loop 7, sealed",
        "(loop.output.argmax(dim=1) == y_test).float().mean()",
        0.87,
        absolute=0.015,
    ),
    Golden(
        "the same weights, dropout off",
        "Loop 7, sealed",
        "(loop.model.eval()(x_test).argmax(dim=1) == y_test).float().mean()",
        0.93,
        absolute=0.015,
    ),
]

WRONG_ANSWERS = {
    "Loop 1": [
        ("    optimizer.zero_grad()\n", ""),
        (ZERO, "    model.weight.grad = None\n"),
        (ZERO, "", "range(1, 151)", "range(1, 13)"),
        (ZERO, "", "optimizer =", "model.zero_grad()\noptimizer ="),
        ("    cost.backward()\n", f"    cost.backward()\n{ZERO}", f"{ZERO}    cost", "    cost"),
        (ZERO, "    if epoch % 40 == 0:\n        optimizer.zero_grad()\n"),
        ("lr=0.01", "lr=0.0001"),
        ("cost.backward()", "(-cost).backward()"),
    ],
    "Loop 2": [
        ("lr=0.5", "lr=2.0"),
        ("lr=0.5", "lr=1.0"),
        ("lr=0.5", "lr=0.001"),
        ("lr=0.5", "lr=4.0", "F.l1_loss", "0.5 * F.l1_loss"),
        ("lr=0.5", "lr=4.0", "F.l1_loss", "F.mse_loss"),
        (ZERO, "", "lr=0.5", "lr=0.01"),
        ("    optimizer.step()", "    pass"),
        ("range(1, 31)", "range(1, 3)"),
    ],
    "Loop 3": [
        ("sold[:, None]", "sold"),
        ("sold[:, None]", "sold[None]"),
        ("((output - y) ** 2).mean()", "(output.sum(1) - y.sum(1)).abs().max()"),
        ("sold[:, None]", "sold.sort().values[:, None]"),
        ("sold[:, None]", "sold", "range(1, 61)", "range(1, 601)"),
        ("sold[:, None]", "sold[torch.randperm(40)][:, None]"),
        ("((output - y) ** 2).mean()", "(output - y).mean() ** 2"),
    ],
    "Loop 4": [
        ("output = model(x)", "output = model(x).softmax(dim=1)"),
        ("output = model(x)", "output = model(x).softmax(dim=0)"),
        (DIGITS, "model = nn.Sequential(digit_network(), nn.Softmax(dim=1))\n"),
        ("range(1, 121)", "range(1, 11)"),
        ("F.cross_entropy(output, y)", "F.mse_loss(output.softmax(1), F.one_hot(y, 10).float())"),
        ("F.cross_entropy(output, y)", "F.cross_entropy(output, output.argmax(dim=1))"),
        ("F.cross_entropy(output, y)", "F.nll_loss(output.softmax(dim=1), y)"),
        ("F.cross_entropy(output, y)", "F.cross_entropy(output, y) / 20", "lr=0.02", "lr=0"),
        (ZERO, "", "torch.optim.Adam", "torch.optim.SGD", "lr=0.02", "lr=0.05"),
        ("F.cross_entropy(output, y)", "0.6 * F.cross_entropy(output, y)"),
        ("F.cross_entropy(output, y)", "F.cross_entropy(output, y, reduction='sum') / 600"),
        ("F.cross_entropy(output, y)", "F.cross_entropy(output / 2, y)"),
        ("F.cross_entropy(output, y)", "F.cross_entropy(output, y, label_smoothing=0.002)"),
        ("F.cross_entropy(output, y)", "F.multi_margin_loss(output, y)"),
    ],
    "Loop 5": [
        ("pixels[:1000] / 16", "pixels[:1000]"),
        ("pixels[:1000] / 16", "pixels[:1000]", "lr=0.5", "lr=0.1"),
        ("pixels[:1000] / 16", "pixels[:1000]", "range(1, 101)", "range(1, 301)"),
        ("pixels[:1000] / 16", "pixels[:20] / 16", "labels[:1000]", "labels[:20]"),
        ("pixels[:1000] / 16", "(pixels[:1000] - pixels.mean(0)) / pixels[:1000].std(0)"),
        (DIGITS, "model = nn.Sequential(nn.Linear(64, 32), nn.Linear(32, 10))\n"),
        ("lr=0.5", "lr=5.0"),
        (ZERO, "", "lr=0.5", "lr=0.05"),
    ],
    "Loop 6": [
        ("labels[:1000][order]", "labels[:1000]"),
        ("labels[:1000][order]", "labels[1:1001][order]"),
        ("labels[:1000][order]", "labels[:1000][order.argsort()]"),
        (DIGITS, "x, y = x[:20], y[:20]\nmodel = digit_network()\n"),
        ("images[:1000][order], labels[:1000][order]", "x_test, y_test"),
        ("images[:1000][order], labels[:1000][order]", "images, labels"),
        ("range(1, 101)", "range(1, 5)"),
        (ZERO, ""),
    ],
    "Loop 7": [
        (EVAL, ""),
        (TRAIN, ""),
        (TRAIN, "", EVAL, "", "optimizer =", "model.eval()\noptimizer ="),
        ("nn.Dropout(0.5)", "nn.Dropout(0.0)"),
        ("range(1, 61)", "range(1, 4)"),
        (EVAL, "", TRAIN, "    model.eval()\n"),
        ("    model.eval()\n", "    model.training = False\n"),
    ],
    "The checklist": [
        ('"gradients"', '"rate"', 'epoch": "rate"', 'epoch": "gradients"'),
        ('"mode"', '"dropout"'),
        ('"labels"', '"relu"'),
        ('"softmax"', '"?"'),
        ('    "the same question gets another answer": "mode",\n', ""),
    ],
    "More than one fault": [
        (ZERO, ""),
        ("output = model(x)", "output = model(x).softmax(dim=1)"),
        (EVAL, ""),
        (ZERO, "", "output = model(x)", "output = model(x).softmax(dim=1)"),
        ("images[:1000], labels[:1000]", "x_test, y_test"),
        ("images[:1000], labels[:1000]", "images, labels"),
        ("    optimizer.step()", "    pass"),
        ("nn.Linear(64, 10)", "nn.Linear(64, 10), nn.Softmax(dim=1)"),
        (".mean().item()", ".sum().item()"),
        ("labels[:1000]", "labels[:1000].roll(1)"),
        (".float().mean().item()", ""),
        (".float().mean().item()", ".float().mean().item(), 1"),
    ],
    "The last page": [
        ("range(1, 4)", "range(1, 5)"),
        ("train_set[batch]", "copied[batch], named[batch]", "for epoch", COPY + "for epoch"),
        ("train_set[batch]", "train_set._images[batch], train_set._digits[batch]"),
        "accuracy = 0.0\nmy_model = nn.Linear",
        (*LOADED, "for epoch", "batches = list(loader)\nfor epoch", "in loader", "in batches"),
        ("train_set[batch]", "test_images[batch], test_digits[batch]"),
        ("x, y = train_set[batch]", WITH_TEST),
        (*LOADED, "train_set, batch", "TensorDataset(*train_set[:]), batch"),
        ("        optimizer.zero_grad()\n", ""),
        (*LOADED, "train_set, batch", "train_set, num_workers=1, batch"),
        ("    my_model.eval()\n", "", "nn.ReLU()", "nn.ReLU(), nn.Dropout(0.5)"),
        (*LOADED, "train_set.asked = 0", "train_set = [*zip(*train_set[:])]"),
        ("        optimizer.step()\n", ""),
        (".mean().item()", ".sum().item()"),
        ("nn.Linear(256, 10)", "nn.Linear(256, 1)", "my_model(x)", "my_model(x).expand(-1, 10)"),
        ("    print(", "    my_model(train_set[:][0])\n    print("),
    ],
}

RIGHT_ANSWERS = {
    "Loop 1": [
        (ZERO, "    model.zero_grad()\n"),
        (MODEL, LINE_CLASS),
        (ZERO, "", "    optimizer.step()", "    optimizer.step()\n    optimizer.zero_grad()"),
        ("for epoch in range(1, 151):", "epoch = 0\nwhile epoch < 150:\n    epoch += 1"),
        (ZERO, "    for each in model.parameters():\n        each.grad = None\n"),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.01", "lr=0.1"),
    ],
    "Loop 2": [
        ("lr=0.5", "lr=0.2"),
        # asked for is where the mean absolute error ends, not what the line is trained by
        ("lr=0.5", "lr=0.1", "F.l1_loss", "F.mse_loss"),
        (
            "torch.optim.SGD",
            "torch.optim.Adam",
            "lr=0.5",
            "lr=0.1",
            "range(1, 31)",
            "range(1, 201)",
        ),
        ("lr=0.5", "lr=0.1", "range(1, 31)", "range(1, 401)"),
        (
            "lr=0.5",
            "lr=4.0",
            "    optimizer.step()",
            "    optimizer.step()\n    optimizer.param_groups[0]['lr'] *= 0.9",
        ),
        (MODEL, LINE_CLASS),
    ],
    "Loop 3": [
        ("sold[:, None]", "sold", "output - y", "output.squeeze(1) - y"),
        ("sold[:, None]", "sold", "output - y", "output - y.view_as(output)"),
        ("sold[:, None]", "sold", "output = model(x)", "output = model(x)[:, 0]"),
        (MODEL, "model = nn.Sequential(nn.Linear(1, 1), nn.Flatten(0))\n", "sold[:, None]", "sold"),
        ("((output - y) ** 2).mean()", "F.mse_loss(output, y)"),
        (MODEL, LINE_CLASS),
    ],
    "Loop 4": [
        ("F.cross_entropy(output, y)", "F.nll_loss(output.log_softmax(dim=1), y)"),
        ("F.cross_entropy(output, y)", "-output.softmax(dim=1).log()[range(1000), y].mean()"),
        ("output = model(x)", "output = model(x).log_softmax(dim=1)"),
        (DIGITS, DIGIT_CLASS),
        ("torch.optim.Adam", "torch.optim.SGD", "lr=0.02", "lr=0.5"),
        ("output", "logits"),
        (
            *("output = model(x)", "output = model(x).softmax(dim=1)"),
            *("F.cross_entropy(output, y)", "F.nll_loss(output.log(), y)"),
        ),
        ("F.cross_entropy(output, y)", "F.cross_entropy(output, F.one_hot(y, 10).float())"),
        (
            "model(x)\n",
            "model(x[(batch := torch.randperm(1000)[:100])])\n",
            "output, y",
            "output, y[batch]",
        ),
    ],
    "Loop 5": [
        ("pixels[:1000] / 16", "images[:1000]"),
        (
            "pixels[:1000] / 16",
            "(pixels[:1000] - pixels.mean()) / pixels.std()",
            "lr=0.5",
            "lr=0.2",
        ),
        (DIGITS, DIGIT_CLASS),
        (
            "pixels[:1000] / 16",
            "pixels[:1000]",
            "lr=0.5",
            "lr=0.01",
            "range(1, 101)",
            "range(1, 301)",
        ),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.5", "lr=0.01"),
    ],
    "Loop 6": [
        ("order = torch.randperm(1000)\n", "", "[order]", ""),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        ("torch.randperm(1000)", "labels[:1000].argsort()"),
        (DIGITS, DIGIT_CLASS),
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.5", "lr=0.01"),
        ("for epoch in range(1, 101):", "epoch = 0\nwhile epoch < 100:\n    epoch += 1"),
    ],
    "Loop 7": [
        (TRAIN, "    model.train(True)\n", EVAL, "    model.train(False)\n"),
        (TRAIN, "", "output, y_test)", "output, y_test)\n    model.train()"),
        ("nn.Dropout(0.5)", "nn.Dropout(0.3)"),
        ("cost = F.cross_entropy(output, y_test)", "cost = F.cross_entropy(output, y_test).item()"),
        ("torch.no_grad()", "torch.inference_mode()"),
    ],
    "The checklist": [
        ('"mode"', '" Mode "'),
        ('"relu"', '"ReLU"'),
        ('"shapes"', '"Shapes "'),
        ("first_look.items()", "sorted(first_look.items())"),
        ("for sign, look", "first_look = dict(sorted(first_look.items()))\nfor sign, look"),
        ('"the same question gets another answer"', '"asked twice, it answers another way"'),
    ],
    "More than one fault": [
        ("torch.optim.SGD", "torch.optim.Adam", "lr=0.5", "lr=0.01"),
        ("for epoch in range(1, 101):", "epoch = 0\nwhile epoch < 100:\n    epoch += 1"),
        ("*(nn.Dropout(0.5), nn.Linear(64, 10)),", "nn.Linear(64, 10),"),
        (ZERO, "", "    optimizer.step()", "    optimizer.step()\n    model.zero_grad()"),
        ("(output, y)", "(output, y, reduction='sum')", "lr=0.5", "lr=0.0005"),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        ("F.cross_entropy(output, y)", "nn.CrossEntropyLoss()(output, y)"),
        (
            *("nn.Linear(64, 10)),\n)", "nn.Linear(64, 10)),\n).double()"),
            *("model(x)", "model(x.double())", "model(x_test)", "model(x_test.double())"),
        ),
    ],
    "The last page": [
        LOADED,
        ("train_set.asked = 0", "train_set.asked = 0\nprint(train_set[:50][0].mean())"),
        (
            *("x, y = train_set[batch]", "x, y = train[batch.tolist()]"),
            *("for epoch", "train, held_out = random_split(train_set, [0.9, 0.1])\nfor epoch"),
            *("len(train_set)).split", "len(train)).split"),
            *(
                "torch.manual_seed(0)",
                "from torch.utils.data import random_split\n\ntorch.manual_seed(0)",
            ),
        ),
        ("nn.BatchNorm1d(256), nn.ReLU()", "nn.ReLU()"),
        (
            *("nn.Flatten(),\n", "nn.Conv2d(1, 8, 5, 2), nn.ReLU(), nn.Flatten(),\n"),
            *("nn.Linear(784, 256)", "nn.LazyLinear(256)", ".split(100)", ".split(20)"),
        ),
        (
            *("optimizer =", "network, my_model = my_model, lambda x: network(x)\noptimizer ="),
            *("my_model.parameters()", "network.parameters()"),
            *("my_model.train()", "network.train()", "my_model.eval()", "network.eval()"),
        ),
        ("range(1, 4)", "range(1, 4)", "torch.optim.Adam", "torch.optim.AdamW"),
        ("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=False)"),
        ("for epoch in range(1, 4):", "epoch = 0\nwhile epoch < 3:\n    epoch += 1"),
        (
            "nn.Linear(256, 10),\n)",
            "nn.Linear(256, 10),\n).double()",
            "my_model(x)",
            "my_model(x.double())",
            "my_model(test_images)",
            "my_model(test_images.double())",
        ),
    ],
}
