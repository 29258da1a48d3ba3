"""What lesson 8 comes to, answers to its exercises, and how the tests shorten it."""

from golden import Golden

SHORTENED = {"iterations": 10}

# Another machine sums in another order, and hundreds of steps make something of that.
LOSS = {"relative": 0.25, "absolute": 0.002}

SCORES = "Q @ K.mT / Q.shape[-1] ** 0.5"
FILLED = "scores.masked_fill(future, -torch.inf)"
AS_CLASS = """class Sorter(nn.Module):
    def __init__(self):
        super().__init__()
        self.token = nn.Embedding(11, 32)
        self.place = nn.Parameter(torch.randn(10, 32))
        self.layer = nn.TransformerEncoderLayer(32, 2, 64, dropout=0.0, batch_first=True)
        self.last = nn.Linear(32, 11)

    def forward(self, tokens):
        count = tokens.shape[1]
        mask = torch.ones(count, count).triu(1).bool()
        x = self.token(tokens) + self.place[:count]
        return self.last(self.layer(x, src_mask=mask))


torch.manual_seed(0)
my_model = Sorter()"""
MADE = "torch.manual_seed(0)\nmy_model = GPT(11, length=10, width=32, heads=1, blocks=1)"
LOOP = "for iteration in range(1, 301):"
FEW = "for iteration in range(1, 21):"

GOLDEN = [
    Golden("the price of sweet", "A soft lookup", "answer", 26.7, absolute=0.05),
    Golden(
        "the same as torch's",
        "Attention in one line",
        "(result - theirs).abs().max()",
        0,
        absolute=1e-6,
    ),
    Golden("largest share, d = 1024", "The root of d", "plain", 0.960, absolute=0.01),
    Golden("the same with the root", "The root of d", "scaled", 0.367, absolute=0.01),
    Golden("order is not seen", "A model that looks", "difference", 0, absolute=1e-6),
    Golden("loss without places", "Reversing, blind to order", "recent", 1.788, absolute=0.03),
    Golden("loss with places", "Reversing, with places", "loss", 0.0031, **LOSS),
    Golden("eight digits, right of 1", "Fewer digits", "shares[8, 0]", 1.0, absolute=0.002),
    Golden("seven digits, right of 1", "Fewer digits", "shares[7, 0]", 0.117, absolute=0.04),
    Golden("the same, blind to order", "Fewer digits", "shares[7, 1]", 0.31, absolute=0.04),
    Golden("dice, with the future", "Predicting dice", "loss", 0.239, absolute=0.03),
    Golden("loss of the writer", "Writing backwards", "loss", 0.0027, **LOSS),
    Golden(
        "it writes",
        "One token after the other",
        "written[9:]",
        [6, 2, 9, 5, 1, 4, 1, 3],
    ),
    Golden("parameters of a block", "A block", "count", 49_984),
    Golden("characters of the book", "A book", "len(book)", 148_476),
    Golden("different ones", "A book", "len(characters)", 72),
    Golden("loss before training", "A book", "start_loss", 4.47, absolute=0.02),
    Golden("test loss", "Training a GPT", "test_loss", 1.633, absolute=0.06),
    Golden(
        "most that a head looks one back, two back",
        "Where its heads look",
        "[gpt.blocks[0].weights.diagonal(-back, -2, -1).mean(-1).max() for back in (1, 2)]",
        [0.967, 0.845],
        absolute=0.2,
    ),
]

WRONG_ANSWERS = {
    "Attention as a function": [
        (" / Q.shape[-1] ** 0.5", ""),
        ("scores.softmax(dim=-1)", "scores.softmax(dim=-2)"),
        ("scores.softmax(dim=-1)", "scores.softmax(dim=0)"),
        ("Q.shape[-1] ** 0.5", "Q.shape[-1]"),
        ("Q.shape[-1] ** 0.5", "Q.shape[0] ** 0.5"),
        ("Q.shape[-1] ** 0.5", "4"),
        ("scores.softmax(dim=-1)", "scores / scores.sum(dim=-1, keepdim=True)"),
        ("scores.softmax(dim=-1)", "scores.sigmoid()"),
        ("return weights @ V, weights", "return weights @ V"),
        ("return weights @ V, weights", "return scores @ V, weights"),
        ("return weights @ V, weights", "return weights, weights @ V"),
        ("return weights @ V, weights", "pass"),
        ("return weights @ V, weights", "return weights @ V, weights, scores"),
    ],
    "Hide the future": [
        (FILLED, "scores"),
        (FILLED, "scores.masked_fill(future, 0.0)"),
        (f"{FILLED}.softmax(dim=-1)", "scores.softmax(dim=-1).masked_fill(future, 0.0)"),
        ("triu(1)", "triu()"),
        ("triu(1)", "tril(-1)"),
        ("triu(1)", "triu(2)"),
        ("-torch.inf", "-1"),
        ("-torch.inf", "torch.inf"),
        ("softmax(dim=-1)", "softmax(dim=-2)"),
        (f"{FILLED}.softmax(dim=-1)", "torch.tril(torch.ones_like(scores)) / count"),
        (f"{FILLED}.softmax(dim=-1)", FILLED),
        (
            f"return {FILLED}.softmax(dim=-1)",
            "allowed = (~future).float().expand_as(scores)\n"
            "    return allowed / allowed.sum(dim=-1, keepdim=True)",
        ),
    ],
    # What is tried every day, each third of them, takes few iterations where those suffice.
    "A blank page": [
        ("    optimizer.zero_grad()\n", ""),
        ("[:, :-1])[:, 5:]", "[:, 1:])[:, 5:]"),
        ("question.sort(dim=1).values", "question.sort(dim=1, descending=True).values"),
        "my_model = GPT",
        (MADE, "torch.manual_seed(0)\nmy_model = Writer(weigh_all, 11, 10)", LOOP, FEW),
        ("    sequence = sequences(32)\n", "", LOOP, f"sequence = sequences(32)\n{LOOP}"),
        "my_model = lambda x: torch.full((*x.shape, 11), torch.nan)",
        ("question.sort(dim=1).values", "question.flip(1)"),
        (MADE, MADE.replace("11,", "12,"), LOOP, FEW),
        ("lr=0.01", "lr=0.00001"),
        ("sequence[:, 6:]", "sequence[:, 5:-1]"),
        ("    optimizer.step()", "    pass", LOOP, FEW),
        (LOOP, FEW),
    ],
}

RIGHT_ANSWERS = {
    "Attention as a function": [
        (SCORES, "(Q @ K.transpose(-2, -1)) / torch.tensor(Q.shape[-1]).sqrt()"),
        (SCORES, "(Q * Q.shape[-1] ** -0.25) @ (K * Q.shape[-1] ** -0.25).mT"),
        (SCORES, "torch.einsum('...qd,...kd->...qk', Q, K) / Q.shape[-1] ** 0.5"),
        ("scores.softmax(dim=-1)", "(scores - scores.logsumexp(dim=-1, keepdim=True)).exp()"),
        ("return weights @ V, weights", "return [torch.matmul(weights, V), weights]"),
        (
            "scores.softmax(dim=-1)",
            "scores.exp() / scores.exp().sum(dim=-1, keepdim=True)",
        ),
        ("weights @ V, weights", "F.scaled_dot_product_attention(Q, K, V), weights"),
    ],
    "Hide the future": [
        (FILLED, "scores.where(~future, -torch.inf)"),
        ("torch.ones(count, count).triu(1).bool()", "~torch.ones(count, count).bool().tril()"),
        (FILLED, "(scores + torch.zeros(count, count).masked_fill(future, -torch.inf))"),
        (
            "torch.ones(count, count).triu(1).bool()",
            "torch.arange(count) > torch.arange(count)[:, None]",
        ),
        (
            f"{FILLED}.softmax(dim=-1)",
            "F.normalize(scores.softmax(dim=-1).tril(), p=1, dim=-1)",
        ),
        ("torch.ones(count, count)", "torch.ones_like(scores)"),
    ],
    "A blank page": [
        (MADE, AS_CLASS),
        ("[:, 5:]\n", "\n", "sequence[:, 6:]", "sequence[:, 1:]", "301", "501"),
        (LOOP, "iteration = 0\nwhile iteration < 300:\n    iteration += 1"),
        ("heads=1", "heads=4", "torch.optim.Adam", "torch.optim.AdamW"),
        (
            *("optimizer =", "network, my_model = my_model, lambda x: network(x)\noptimizer ="),
            *("my_model.parameters()", "network.parameters()"),
        ),
        (
            *("    optimizer.zero_grad()\n", ""),
            *("optimizer.step()", "optimizer.step(); my_model.zero_grad()"),
        ),
        ("sequence[:, 6:].flatten())", "sequence[:, 6:].flatten(), reduction='sum')"),
    ],
}
