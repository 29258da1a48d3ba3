"""Which numbers of earlier cells a cell hangs on."""

from __future__ import annotations

import pytest

from tui.editing.reaching import numbers_reaching

ARGUMENTS = """
parser = argparse.ArgumentParser(prog="train", width=90)
parser.add_argument("--lr", type=float, default=0.1)
other = Parser(size=7)
other.add_argument("--lr", default=0.7)
args = parser.parse_args()
"""
FUNCTION = """
def train(epochs=5):
    for epoch in range(epochs):
        step(rate, momentum=0.9)
"""
LOOP = "for epoch in range(40):\n    cost -= args.lr * cost\n"


def reaching(*sources: str) -> list[tuple[int, str, str]]:
    return [(step, dial.name, dial.text) for step, dial in numbers_reaching(sources)]


def test_the_numbers_of_what_its_names_come_from_reach_a_cell() -> None:
    assert reaching(ARGUMENTS, "cost = 64.0", LOOP) == [
        (2, "", "40"),
        (1, "cost", "64.0"),
        (0, "width", "90"),
        (0, "lr", "0.1"),
    ]


def test_what_a_function_reads_reaches_the_cell_that_calls_it() -> None:
    assert reaching("rate, unread = 0.1, 7\nalone = 8", FUNCTION, "train()") == [
        (1, "epochs", "5"),
        (1, "momentum", "0.9"),
        (0, "rate", "0.1"),
        (0, "unread", "7"),
    ]


@pytest.mark.parametrize(
    ("earlier", "found"),
    [
        ("lr = 0.1\nlr = 0.2", ["0.2"]),
        ("lr = 0.1\nlr *= 0.5", ["0.1", "0.5"]),
        ("lr = 0.1\nif hot:\n    lr = 0.5", ["0.1", "0.5"]),
        ("lr = 0.1\ndef lr(): return 3", ["3"]),
        ("settings = {}\nsettings['lr'] = 0.3\nlr = settings['lr']", ["0.3"]),
        ("lr = = 0.1", []),
        ("", []),
    ],
)
def test_what_a_name_was_before_it_was_made_anew_reaches_nothing(
    earlier: str, found: list[str]
) -> None:
    assert [text for _, _, text in reaching(earlier, "w -= lr * g")] == found
