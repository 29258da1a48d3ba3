from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from curves import long_series, snapshot

from engine.protocol.frame import Reading
from tui.runs.retold import is_retold
from tui.runs.run_facts import facts_of, is_rising, middle_final

FALLING = np.arange(1000.0, 0, -1)


def test_final_best_and_where_a_value_was_reached() -> None:
    facts = facts_of(snapshot("cost", [5, 3, 1, 2]), 3, more_is_better=False)

    assert (facts.final, facts.best) == (2, 1)
    assert facts.reached == Reading(2, 3.0, is_exact=True)


def test_where_more_is_better_the_highest_is_the_best() -> None:
    facts = facts_of(snapshot("accuracy", [0.1, 0.9, 0.8]), 0.8, more_is_better=True)

    assert facts.best == 0.9
    assert facts.reached == Reading(2, 0.9, is_exact=True)


def test_what_is_no_longer_known_singly_was_reached_about_there() -> None:
    facts = facts_of(long_series(FALLING, kept=100, each=20), 950.0, more_is_better=False)

    assert facts.best == facts.final == 1.0
    assert facts.reached == Reading(41, 941.0, is_exact=False)


def test_what_was_never_reached_is_not_told() -> None:
    assert facts_of(snapshot("cost", [5, 3]), 1, more_is_better=False).reached is None
    assert facts_of(None, 1, more_is_better=False).final is None


def test_the_value_to_reach_tells_runs_apart_also_where_some_diverge() -> None:
    ends = (1.0, 2.0, 3.0, 1e20, float("inf"), float("nan"))
    curves = [snapshot("cost", [64.0, 32.0, end]) for end in ends]

    assert middle_final(curves, more_is_better=False) == 2
    assert middle_final(curves[:2], more_is_better=False) == 2
    assert middle_final(curves[3:], more_is_better=False) == 1e20
    assert middle_final(curves[4:], more_is_better=False) is None


def test_of_what_is_to_rise_the_value_to_reach_is_one_that_rose() -> None:
    curves = [snapshot("accuracy", [0.5, end]) for end in (0.1, 0.6, 0.9)]

    assert middle_final(curves, more_is_better=True) == 0.6


def test_a_long_curve_counts_from_its_first_values() -> None:
    curves = [long_series(FALLING, kept=100, each=20), snapshot("cost", [1.0, 1e20])]

    assert middle_final(curves, more_is_better=False) == 1


@pytest.mark.parametrize(
    ("name", "rising"), [("cost", False), ("val_acc", True), ("정확도", True), ("loss", False)]
)
def test_what_is_better_goes_by_the_name(name: str, rising: bool) -> None:
    assert is_rising(name) is rising


def test_a_run_is_retold_by_one_that_has_all_its_values() -> None:
    short, long = snapshot("cost", FALLING[:10]), snapshot("cost", FALLING)
    gap = snapshot("cost", [*FALLING[:9], np.nan])

    assert is_retold([short], [long])
    assert is_retold([gap], [gap])
    assert not is_retold([long], [short])
    assert not is_retold([gap], [long])
    assert not is_retold([snapshot("loss", FALLING[:10])], [long])


def test_a_run_is_retold_also_where_values_are_no_longer_known_singly() -> None:
    short, long = snapshot("cost", FALLING[:10]), long_series(FALLING, kept=100, each=20)

    assert is_retold([short], [long])
    assert not is_retold([snapshot("cost", FALLING[:10] + 300)], [long])


def test_a_run_is_retold_also_where_two_loops_wrote_at_one_position() -> None:
    told = replace(snapshot("cost", FALLING[:4]), positions=np.array([1, 2, 2, 3]))
    by = replace(snapshot("cost", FALLING[:6]), positions=np.array([1, 2, 2, 3, 4, 4]))

    assert is_retold([told], [by])
    assert not is_retold([replace(told, values=FALLING[1:5])], [by])
