"""The dials of a cell: which numbers they are, where they stand, and where their values live."""

from __future__ import annotations

import textwrap

import pytest

from tui.editing.dials import Dial, dial_at, dials_of, differ_in_numbers_only, replaced
from tui.editing.live import live_places
from tui.editing.live_place import LivePlace, assignments_in

TRAINING = textwrap.dedent(
    """\
    lr = 0.1
    epochs, seed = 200, 3
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    for epoch in range(epochs):
        W -= 0.1 * grad
        decay = 0.5
    """
)


def found(source: str) -> list[tuple[str, str]]:
    return [(dial.name, dial.text) for dial in dials_of(source)]


def dial(source: str, text: str) -> Dial:
    return next(one for one in dials_of(source) if one.text == text)


def targets(source: str, text: str, *earlier: str, next_line: int | None = None) -> list[str]:
    return [one.target for one in live_places(source, dial(source, text), earlier, next_line)]


# Which numbers


def test_assigned_handed_over_and_multiplied_numbers_are_dials() -> None:
    assert found(TRAINING) == [
        ("lr", "0.1"),
        ("epochs", "200"),
        ("seed", "3"),
        ("momentum", "0.9"),
        ("", "0.1"),
        ("decay", "0.5"),
    ]


@pytest.mark.parametrize(
    ("source", "dials"),
    [
        ("range(1, 200)", [("", "1"), ("", "200")]),
        ("Adam(p, 0.2, betas=(0.9, 0.999))", [("lr", "0.2"), ("betas", "0.9"), ("betas", "0.999")]),
        ('settings = {"lr": 0.02}', [("lr", "0.02")]),
        ('group["lr"] = 0.5', [("lr", "0.5")]),
        ("self.rate = 0.5", [("rate", "0.5")]),
        ("def train(lr=0.1, *, epochs=3): pass", [("lr", "0.1"), ("epochs", "3")]),
        ("def train(lr): pass\ntrain(0.3)", [("lr", "0.3")]),
        ('parser.add_argument("-r", "--learning-rate", default=0.1)', [("learning_rate", "0.1")]),
        ('parser.add_argument("--lr", dest="rate", default=0.1)', [("rate", "0.1")]),
        ("torch.manual_seed(3)", [("seed", "3")]),
        ("np.random.seed(0)", [("seed", "0")]),
        ("w.data -= 0.01 * w.grad", [("lr", "0.01")]),
        ("w = w - w.grad.clamp(-1, 1) * 0.01", [("", "-1"), ("", "1"), ("lr", "0.01")]),
        ("w -= lr * w.grad", []),
        ("x = -0.5", [("x", "-0.5")]),
        ("비용 = '한글', 0.5", [("비용", "0.5")]),
        ("%matplotlib inline\nlr = 0.1", [("lr", "0.1")]),
    ],
)
def test_a_number_has_the_name_of_what_it_is_for(source: str, dials: list[tuple[str, str]]) -> None:
    assert found(source) == dials


@pytest.mark.parametrize(
    "source",
    [
        "x[0, -1:3]",
        "'0.5' and f'{x:.2f} {0.5 * x}'",
        "(y - p) ** 2",
        "x.sum(dim=1)",
        "x.view(-1, 1)",
        "torch.tensor([1.0, 2.0])",
        "data = [[1.0, 2.0], [3.0, 4.0]]",
        "data = [1, 2, 3, 4, 5]",
        "n + 1",
        "epoch == 0",
        "flag = True",
        "mask = 0xff",
        "z = 3j",
        "lr = = 0.1",
    ],
)
def test_what_is_no_quantity_is_no_dial(source: str) -> None:
    assert found(source) == []


def test_a_dial_stands_where_its_characters_are() -> None:
    source = "비용 = 1; 학습률 = 0.25  # 0.25"

    one = dial(source, "0.25")

    assert source[one.start : one.end] == "0.25"
    assert one.start == source.index("0.25")


def test_a_number_is_found_at_each_of_its_characters_and_by_its_name() -> None:
    source = "lr = 0.25\nstep(lr)\n"

    assert dial_at(source, 0, 5) == dial_at(source, 0, 8) == dial(source, "0.25")
    assert dial_at(source, 1, 5) == dial(source, "0.25")
    assert dial_at(source, 1, 0) is None
    assert dial_at(source, 7, 0) is None


def test_another_number_goes_where_the_first_was_and_nowhere_else() -> None:
    source, turned = replaced(TRAINING, dials_of(TRAINING)[0], "0.25")

    assert source == TRAINING.replace("lr = 0.1", "lr = 0.25")
    assert turned == dials_of(source)[0]


def test_sources_that_differ_in_numbers_alone_have_the_same_lines() -> None:
    assert differ_in_numbers_only("lr = 0.1\nx2 = -3", "lr = 1e-05\nx2 = 7")
    assert not differ_in_numbers_only("lr = 0.1", "lr = 0.1\n")
    assert not differ_in_numbers_only("x2 = 0.1", "x3 = 0.1")


# Where the value lives


def test_a_name_and_the_optimizer_that_was_given_it_have_the_value() -> None:
    assert targets(TRAINING, "0.1") == ["lr", 'optimizer.param_groups[{}]["lr"]']


def test_all_optimizers_that_were_given_a_name_have_its_value() -> None:
    source = "lr = 0.1\na = SGD(p, lr)\nb = Adam(q, lr=lr)\n"

    assert targets(source, "0.1") == [
        "lr",
        'a.param_groups[{}]["lr"]',
        'b.param_groups[{}]["lr"]',
    ]


def test_a_keyword_of_an_optimizer_is_an_entry_of_its_groups() -> None:
    assert targets(TRAINING, "0.9") == ['optimizer.param_groups[{}]["momentum"]']


def test_entries_that_are_handed_over_together_are_found_by_their_keys() -> None:
    source = 'settings = {"lr": 0.02}\noptimizer = SGD(p, **settings)\n'

    assert targets(source, "0.02") == [
        'settings["lr"]',
        'optimizer.param_groups[{}]["lr"]',
    ]


def test_a_call_hands_its_number_to_the_function_of_an_earlier_cell() -> None:
    function = "def train(lr):\n    optimizer = SGD(p, lr=lr)\n"

    assert targets("train(lr=0.3)", "0.3", function) == [
        "lr",
        'optimizer.param_groups[{}]["lr"]',
    ]


def test_an_option_is_read_from_what_was_parsed() -> None:
    options = 'parser.add_argument("--lr", default=0.1)\nargs = parser.parse_args()\n'
    training = "o = SGD(p, lr=args.lr)\nfor i in range(3):\n    W -= args.lr * grad\n"

    assert targets(options, "0.1", training) == ["args.lr", 'o.param_groups[{}]["lr"]']
    assert targets(options, "0.1", "o = SGD(p, lr=args.lr)") == ['o.param_groups[{}]["lr"]']


@pytest.mark.parametrize("text", ["200", "3", "0.5"])
def test_what_the_run_reads_no_more_or_sets_itself_lives_nowhere(text: str) -> None:
    assert targets(TRAINING, text) == []


def test_a_literal_of_a_loops_own_line_lives_nowhere() -> None:
    assert targets("for i in range(9):\n    w.data -= 0.01 * w.grad", "0.01") == []
    assert targets("for epoch in range(9):\n    W -= 0.25 * grad\n", "0.25") == []


def test_a_name_that_a_later_line_reads_lives_while_that_is_to_come() -> None:
    source = "a = 0.25\nb = a\n"

    assert targets(source, "0.25", next_line=1) == ["a"]
    assert targets(source, "0.25") == []


def test_only_what_the_dial_was_is_changed() -> None:
    place = LivePlace("", 'o.param_groups[{}]["lr"]')

    assert place.assignments("[0.1, 0.001, 0.2]", ["0.1", "0.2"], "0.5") == [
        'o.param_groups[0]["lr"] = 0.5',
        'o.param_groups[2]["lr"] = 0.5',
    ]
    assert place.found("[0.001, 0.2]", ["0.1", "0.2"]) == "0.2"


@pytest.mark.parametrize("told", ["", "tensor(0.1)", "True", "'0.1'", "[[", "0.3"])
def test_what_is_another_value_stays(told: str) -> None:
    assert LivePlace("lr", "lr").assignments(told, ["0.1", "1"], "0.5") == []


def test_what_a_function_of_the_lesson_gives_has_groups_where_it_may_be_an_optimizer() -> None:
    trains = "def train(scale):\n    for x in data:\n        step(scale * x)\n"
    makes = "def make(lr):\n    return torch.optim.SGD(model.parameters(), lr=lr)\n"

    assert targets("last = train(2.0)\n", "2.0", trains) == ["scale"]
    assert 'o.param_groups[{}]["lr"]' in targets("o = make(0.1)\n", "0.1", makes)


def test_of_a_tuple_one_number_is_changed() -> None:
    source = "o = Adam(p, betas=(0.9, 0.999))\n"
    (place,) = live_places(source, dial(source, "0.9"), [], None)

    assert place.assignments("[(0.9, 0.999), (0.8, 0.999)]", ["0.9"], "0.95") == [
        'o.param_groups[0]["betas"] = (0.95, 0.999)'
    ]


def test_what_a_change_assigns_is_told_by_its_names() -> None:
    assert assignments_in('lr = 0.2; o.param_groups[0]["lr"] = 0.2') == [("lr", "0.2")]
    assert assignments_in("lr = 1e-5") == [("lr", "1e-5")]
    assert assignments_in("model.eval()") == []
    assert assignments_in("lr = ") == []
