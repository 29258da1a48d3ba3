"""Runs that were left can be gone back into: they come back bit for bit, with edits and changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from going import Traveller
from left_runs import FASTER, TRAINING, ask, at, go_into
from playing import lesson_from

from engine.client.engine import Engine
from engine.protocol.events import EditsBrought, LeftFor, RunBegan
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status


@pytest.fixture
def traveller(travelling_engine: Engine, tmp_path: Path) -> Iterator[Traveller]:
    """A session that can be gone back in, with moments and without."""
    with Traveller.on(travelling_engine, lesson_from(TRAINING, tmp_path)) as made:
        yield made


def begun(traveller: Traveller) -> list[RunBegan]:
    """The runs of the step that trains."""
    return [one for one in traveller.told if isinstance(one, RunBegan) and one.step == 1]


def test_each_run_has_a_number(traveller: Traveller) -> None:
    traveller.finish_step(1)
    first = traveller.session.run
    traveller.finish_step(1)

    runs = begun(traveller)
    assert [one.run for one in runs] == [first, traveller.session.run]
    assert {(one.parent, one.origin) for one in runs} == {(runs[0].parent, Place(1))}


def test_to_and_fro_in_a_run_begins_no_other(traveller: Traveller) -> None:
    original = traveller.finish_step(1)

    for position in (12, 5, 9, 20, 3):
        traveller.go_to(at(position))
    traveller.session.step_on(1, Grain.INNER)
    traveller.wait_until(lambda: traveller.session.place == at(4), "an iteration on")

    assert len(begun(traveller)) == 1
    assert traveller.run_on() == original


def test_training_on_from_the_middle_begins_a_run(traveller: Traveller) -> None:
    original = traveller.finish_step(1)
    traveller.go_to(at(7))

    assert traveller.run_on() == original

    old, new = begun(traveller)
    assert (new.parent, new.origin) == (old.run, at(7))
    assert traveller.session.run == new.run


def test_a_run_that_was_left_by_a_change_is_what_it_was(traveller: Traveller) -> None:
    original = traveller.finish_step(1)
    traveller.go_to(at(7))
    ask(traveller, FASTER)
    changed = traveller.run_on()
    old, new = begun(traveller)
    assert changed != original

    go_into(traveller, at(15), old.run)
    assert traveller.run_on() == original

    go_into(traveller, at(15), new.run)
    assert ask(traveller, "optimizer.param_groups[0]['lr']").said == "0.1"
    assert traveller.run_on() == changed


def test_a_run_is_told_that_was_left(traveller: Traveller) -> None:
    traveller.finish_step(1)
    left = traveller.session.run

    traveller.go_to(at(7))

    assert [one.run for one in traveller.told if isinstance(one, LeftFor)] == [left]


def test_a_change_on_the_way_to_a_place_is_made_again(traveller: Traveller) -> None:
    traveller.go_to(at(3))
    ask(traveller, "rate = 0.5; torch.rand(3)")
    traveller.session.resume()
    original = traveller.finish()

    traveller.go_to(at(2))
    assert ask(traveller, "rate").said == "0.1"
    traveller.go_to(at(9))
    assert ask(traveller, "rate").said == "0.5"
    traveller.go_to(at(1))
    traveller.go_to(at(19))

    assert len(begun(traveller)) == 1
    assert traveller.run_on() == original


def test_going_on_from_before_a_change_is_without_it(traveller: Traveller) -> None:
    original = traveller.finish_step(1)
    traveller.go_to(at(9))
    ask(traveller, FASTER)
    traveller.run_on()

    traveller.go_to(at(4))

    assert traveller.run_on() == original


def test_a_change_made_in_running_is_of_its_run(traveller: Traveller) -> None:
    traveller.session.set_speed(50)
    traveller.session.run_step(1)
    traveller.wait_until(lambda: (traveller.session.place or at(0)) > at(2), "an iteration")
    traveller.session.ask(1, FASTER, at_once=True)
    original = traveller.finish()
    while traveller.ends[-1].step != 1:
        original = traveller.finish()

    traveller.go_to(at(1))
    traveller.go_to(at(18))

    assert len(begun(traveller)) == 1
    assert traveller.run_on() == original


def test_a_run_on_another_edit_brings_its_edit_back(traveller: Traveller) -> None:
    original = traveller.finish_step(1)
    edit = traveller.session.lesson.steps[1].cell
    assert edit is not None
    traveller.session.set_source(1, edit.source.replace("lr=0.01", "lr=0.5"))
    edited = traveller.finish_step(1)
    old, new = begun(traveller)

    go_into(traveller, at(10), old.run)
    assert traveller.run_on() == original
    go_into(traveller, at(10), new.run)
    assert traveller.run_on() == edited

    brought = [one.edits for one in traveller.told if isinstance(one, EditsBrought)]
    assert brought == [{1: None}, {1: edit.source.replace("lr=0.01", "lr=0.5")}]


def test_a_step_after_is_of_the_run_that_led_to_it(traveller: Traveller) -> None:
    traveller.finish_step(1)
    after = traveller.finish_step(2)
    last = traveller.session.run
    traveller.go_to(at(9))
    ask(traveller, FASTER)
    traveller.run_on()
    assert traveller.finish_step(2) != after
    assert last is not None

    go_into(traveller, Place(2), last)

    assert traveller.run_on() == after


def test_what_was_changed_behind_a_step_is_there_when_it_runs_again(traveller: Traveller) -> None:
    traveller.finish_step(1)
    ask(traveller, "rate = 7.0")
    after = traveller.finish_step(2)

    assert "7.0 [" in after
    assert traveller.finish_step(2) == after


def test_a_run_that_is_forgotten_leaves_the_others(traveller: Traveller) -> None:
    traveller.finish_step(1)
    traveller.go_to(at(7))
    ask(traveller, FASTER)
    changed = traveller.run_on()
    old, new = begun(traveller)

    traveller.session.forget_run(old.run)

    go_into(traveller, at(12), new.run)
    assert traveller.run_on() == changed


def test_a_run_that_is_not_known_is_not_gone_to(traveller: Traveller) -> None:
    traveller.finish_step(1)

    traveller.session.go_to(at(3), 99)
    traveller.session.forget_run(99)

    assert traveller.session.status is Status.READY


def test_a_lesson_that_begins_again_has_no_runs(traveller: Traveller) -> None:
    traveller.finish_step(1)
    old = traveller.session.run
    assert old is not None

    traveller.session.restart_lesson()
    traveller.wait_until(lambda: traveller.session.run is None, "the beginning")
    traveller.wait_for(Status.READY)

    traveller.finish_step(1)
    assert traveller.session.run is not None
    assert traveller.session.run > old


@pytest.mark.parametrize("position", [7, 20])
def test_into_one_run_and_into_the_other_changes_neither(
    traveller: Traveller, position: int
) -> None:
    original = traveller.finish_step(1)
    traveller.go_to(at(7))
    ask(traveller, FASTER)
    changed = traveller.run_on()
    old, new = begun(traveller)

    for run, written in ((old, original), (new, changed), (old, original)):
        go_into(traveller, at(position), run.run)
        assert traveller.run_on() == written
