from __future__ import annotations

import pytest

from engine.protocol.places import Place
from tui.language.catalogue import as_written, translator
from tui.runs.differences import settings_between
from tui.runs.run import Run
from tui.runs.run_names import names_of
from tui.runs.runs import Runs
from tui.runs.told_changes import ToldChange

CODE = "lr = 0.1\nfor i in range(200):\n    w -= lr * g\n"


def texts(before: str, after: str) -> list[str] | None:
    found = settings_between(before, after)
    return None if found is None else [one.text for one in found]


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("lr = 0.1", "lr = 0.11", "lr 0.11"),
        ("lr = 0.1", "lr = 1e-3  # small", "lr 1e-3"),
        ("o = SGD(p, lr=0.1)", "o = SGD(p, lr=0.5)", "lr 0.5"),
        ("o = Adam(p, betas=(0.9, 0.99))", "o = Adam(p, betas=(0.8, 0.99))", "betas (0.8, 0.99)"),
        ("o = SGD(p, 0.1)", "o = SGD(p, 0.5)", "SGD 0.5"),
        ("for i in range(200): pass", "for i in range(50): pass", "range 50"),
        ("act = torch.relu", "act = torch.tanh", "act torch.tanh"),
        ("w -= 0.1 * g", "w -= 0.2 * g", "0.2"),
        ("w -= 0.1 * g", "w -= -0.2 * g", "-0.2"),
        ("학습률 = 0.1", "학습률 = 0.2", "학습률 0.2"),
        ("lr, n = 0.1, 20", "lr, n = 0.3, 20", "lr 0.3"),
        ("p.add_argument('--lr', default=0.1)", "p.add_argument('--lr', default=0.3)", "lr 0.3"),
    ],
)
def test_an_edit_of_one_value_is_named_by_it(before: str, after: str, named: str) -> None:
    assert texts(before, after) == [named]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("w -= lr * g", "w -= lr * h"),
        ("lr = 0.1", "lr = 0.1\nprint(lr)"),
        ("lr = 0.1", "rate = 0.1"),
        ("lr = 0.1", "lr = (0.1"),
    ],
)
def test_an_edit_of_more_has_no_such_name(before: str, after: str) -> None:
    assert texts(before, after) is None


def test_code_that_is_only_written_otherwise_differs_in_nothing() -> None:
    assert texts("lr = 0.1", "lr   =   0.1  # the rate") == []


def named(*sources: str, language: str = "en") -> list[str]:
    """The names of runs of these codes, one after another; the lesson's own is CODE."""
    runs = Runs(lambda _: None)
    found: list[Run] = []
    for source in sources:
        runs.begin(0, source, CODE)
        run = runs.now(0)
        assert run is not None
        found.append(run)
    return list(names_of(found, translator(language)).values())


def test_runs_that_differ_in_one_value_are_both_named_by_it() -> None:
    assert named(CODE, CODE.replace("0.1", "0.5")) == ["lr 0.1", "lr 0.5"]


def test_runs_of_other_edits_are_counted() -> None:
    edits = CODE + "print(w)\n", CODE + "print(g)\n"

    assert named(CODE, *edits) == ["run 1", "edit 1", "edit 2"]
    assert named(CODE, *edits, language="ko") == ["실행 1", "편집 1", "편집 2"]


def test_runs_of_the_same_code_are_named_by_what_a_step_before_had_run_otherwise() -> None:
    runs = Runs(lambda _: None)
    rates = ("lr = 0.1", "lr = 0.5", "lr = 0.5\nprint(lr)")
    found: list[Run] = []
    for rate in rates:
        runs.begin(1, "train(lr)", "train(lr)", {0: rate})
        now = runs.now(1)
        assert now is not None
        # As one that has ended and was left.
        runs._of(1).left.append(now)
        found.append(now)

    assert list(names_of(found, as_written).values()) == ["lr 0.1", "lr 0.5", "edit 1"]
    assert not found[0].is_of_same_code(found[1])


def test_two_runs_never_have_one_name() -> None:
    other = CODE.replace("0.1", "0.5")

    assert named(other, CODE, other) == ["lr 0.5, run 1", "lr 0.1", "lr 0.5, run 3"]
    assert named(CODE, CODE) == ["run 1", "run 2"]


def test_runs_of_one_change_are_told_by_where_they_began() -> None:
    places = [Place(0), Place(0, True, 40), Place(0, True, 60)]
    runs = [
        Run(0, ordinal, CODE, place, changes=(ToldChange(place, "lr", "0.1", "0.5"),))
        for ordinal, place in enumerate(places, 1)
    ]

    names = names_of(runs, as_written)

    assert list(names.values()) == ["lr 0.5", "lr 0.5, from 40", "lr 0.5, from 60"]


def test_a_branch_is_named_by_its_change_or_by_where_it_began() -> None:
    at = Place(0, True, 140)
    plain = Run(0, 1, CODE, at)
    changed = Run(0, 2, CODE, at, changes=(ToldChange(at, "lr", "0.1", "0.5"),))
    turned_again = Run(
        0,
        4,
        CODE,
        at,
        changes=(
            ToldChange(at, "lr", "0.1", "0.5"),
            ToldChange(at, "lr", "0.5", "1"),
            ToldChange(at, "w.zero_()", "", ""),
        ),
    )
    earlier = ToldChange(Place(0, True, 20), "lr", "", "0.5")
    came_with = Run(0, 3, CODE, at, changes=(earlier,), inherited=1)

    assert list(names_of([plain, changed], as_written).values()) == ["from 140", "lr 0.5"]
    assert names_of([turned_again], as_written)[4] == "lr 1, w.zero_()"
    assert names_of([came_with], translator("ko"))[3] == "140부터"
