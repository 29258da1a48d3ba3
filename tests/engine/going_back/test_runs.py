"""Runs as a tree: what leads to a place in one, and which moments serve for it."""

from __future__ import annotations

from engine.protocol.changes import Change
from engine.protocol.events import AskAnswered, RunBegan, StepEnded, StepStarted
from engine.protocol.messages import Answer
from engine.protocol.moments import Moment
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place, Spot, Stand
from engine.protocol.status import Status
from engine.run_tree.departure import goal_on
from engine.run_tree.trail import Trail
from engine.run_tree.tree import RunNode, RunTree, line_before, line_to
from engine.run_tree.way import Goal


def before(step: int, changes: int = 0, edits: dict[int, str] | None = None) -> Moment:
    return Moment(Place(step), False, edits or {}, changes)


def within(step: int, position: int, changes: int = 0) -> Moment:
    return Moment(Place(step, True, position), True, {}, changes)


def at(position: int, step: int = 1) -> Place:
    return Place(step, True, position)


def begun(runs: RunTree, step: int, parent: RunNode, source: str | None = None) -> RunNode:
    """A run of a step, from its beginning to its hundredth iteration."""
    run = runs.begin(step, parent, Place(step), changes=0, source=source)
    run.end = at(100, step)
    return run


class TestServing:
    def test_a_place_is_reached_from_the_newest_moment_at_it_or_before(self) -> None:
        runs = RunTree()
        first = begun(runs, 0, runs.root)
        run = begun(runs, 1, first)
        runs.add_moment(1, first, before(1))
        runs.add_moment(2, run, within(1, 5))
        runs.add_moment(3, run, within(1, 9))

        assert runs.serving(line_to(run, at(9)), 1) == 3
        assert runs.serving(line_to(run, at(8)), 1) == 2
        assert runs.serving(line_to(run, Place(1)), 1) == 1

    def test_a_run_that_was_left_serves_until_where_it_was_left(self) -> None:
        runs = RunTree()
        run = begun(runs, 1, runs.root)
        branch = runs.begin(1, run, at(6), changes=0, source=None)
        runs.add_moment(1, run, within(1, 5))
        runs.add_moment(2, run, within(1, 9))
        runs.add_moment(3, branch, within(1, 12))

        assert runs.serving(line_to(branch, at(11)), 1) == 1
        assert runs.serving(line_to(branch, at(20)), 1) == 3
        assert runs.serving(line_to(run, at(20)), 1) == 2

    def test_a_place_before_where_a_branch_began_is_reached_as_in_its_parent(self) -> None:
        runs = RunTree()
        run = begun(runs, 1, runs.root)
        branch = runs.begin(1, run, at(6), changes=0, source=None)
        runs.add_moment(1, run, within(1, 3))
        runs.add_moment(2, run, within(1, 5))

        assert runs.serving(line_to(branch, at(4)), 1) == 1

    def test_a_moment_with_a_change_of_its_run_serves_no_branch_from_before_it(self) -> None:
        runs = RunTree()
        run = begun(runs, 1, runs.root)
        run.own_changes.append(Change(at(5), "x = 1"))
        branch = runs.begin(1, run, at(5), changes=0, source=None)
        runs.add_moment(1, run, within(1, 5))
        runs.add_moment(2, run, within(1, 5, changes=1))

        assert runs.serving(line_to(branch, at(7)), 1) == 1
        assert runs.serving(line_to(run, at(5)), 1) == 2

    def test_a_moment_of_another_step_that_ran_serves_only_where_it_is_before_a_step(self) -> None:
        runs = RunTree()
        first = begun(runs, 0, runs.root)
        run = begun(runs, 1, first)
        runs.add_moment(1, runs.root, before(0))
        runs.add_moment(2, first, within(0, 50))

        assert runs.serving(line_to(run, at(3)), 1) == 1

    def test_a_step_begins_from_before_it_as_far_as_the_edits_are_the_same(self) -> None:
        runs = RunTree()
        first = begun(runs, 0, runs.root)
        second = begun(runs, 1, first, source="edited")
        third = begun(runs, 2, second)
        runs.add_moment(1, runs.root, before(0))
        runs.add_moment(2, first, before(1))
        runs.add_moment(3, second, before(2, edits={1: "edited"}))
        line = line_to(third, third.end)

        assert runs.serving(line_before(2, line, {1: "edited"}), None) == 3
        assert runs.serving(line_before(2, line, {}), None) == 2
        assert runs.serving(line_before(2, line, {0: "edited too"}), None) == 1

    def test_a_moment_at_the_place_where_a_run_was_left_is_of_both(self) -> None:
        runs = RunTree()
        run = begun(runs, 1, runs.root)
        branch = runs.begin(1, run, at(6), changes=0, source=None)

        runs.add_moment(1, branch, within(1, 6))

        assert runs.serving(line_to(run, at(7)), 1) == 1


class TestForgetting:
    def test_a_run_that_no_other_left_goes_with_all_its_moments(self) -> None:
        runs = RunTree()
        run, other = begun(runs, 1, runs.root), begun(runs, 1, runs.root)
        runs.add_moment(1, run, within(1, 5))
        runs.add_moment(2, other, within(1, 5))

        assert runs.forget(run, but=other) == (1,)
        assert [*runs] == [other]

    def test_what_another_run_goes_on_from_stays_until_that_goes_too(self) -> None:
        runs = RunTree()
        run = begun(runs, 1, runs.root)
        branch = runs.begin(1, run, at(6), changes=0, source=None)
        stands = begun(runs, 1, runs.root)
        runs.add_moment(1, run, within(1, 5))
        runs.add_moment(2, run, within(1, 9))

        assert runs.forget(run, but=stands) == (2,)
        assert runs.serving(line_to(branch, at(7)), 1) == 1
        assert runs.forget(branch, but=stands) == (1,)
        assert [*runs] == [stands]

    def test_the_run_that_stands_is_not_forgotten(self) -> None:
        runs = RunTree()
        run = begun(runs, 1, runs.root)
        runs.add_moment(1, run, within(1, 5))

        assert runs.forget(run, but=run) == ()


def change(text: str, place: Place, noted: int = 0, *, is_under_way: bool = True) -> AskAnswered:
    spot = Spot(place.step, Stand.ITERATION_ENDS)
    return AskAnswered(
        1, text, Outcome.DONE, "", "", ("x",), place, spot, False, is_under_way, noted
    )


def stands(place: Place, changes: int = 0) -> Answer:
    return Answer(
        heard=0,
        begun=0,
        told=0,
        status=Status.PAUSED,
        done=0,
        line=None,
        asked=None,
        frame=None,
        place=place,
        changes=changes,
    )


class TestCourse:
    def test_each_run_of_a_step_is_another_run(self) -> None:
        trail = Trail(RunTree())
        first = trail.begin(StepStarted(0))
        trail.follow(line_before(0, line_to(trail.run, trail.run.end), {}), before(0))

        assert first == RunBegan(1, 0, None, Place(0))
        assert trail.begin(StepStarted(0)) == RunBegan(2, 0, None, Place(0))
        assert trail.begin(StepStarted(1)) == RunBegan(3, 1, 2, Place(1))

    def test_a_run_that_is_followed_is_the_same_run(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(0))
        trail.begin(StepStarted(1))
        trail.take_place(at(9))
        run = trail.run

        trail.follow(line_to(run, at(4)), None)

        assert trail.begin(StepStarted(0, on_the_way=True)) is None
        assert trail.begin(StepStarted(1)) is None
        assert trail.run is run

    def test_a_place_that_is_asked_for_on_the_way_to_another_is_in_the_run_that_is_sought(
        self,
    ) -> None:
        trail = Trail(RunTree())
        first = begun(trail.runs, 0, trail.runs.root)
        run = begun(trail.runs, 1, first)
        trail.follow(line_to(run, at(9)), before(1))

        assert trail.run is first
        assert goal_on(trail, at(8), {}) == Goal(at(8), run)
        assert goal_on(trail, at(8), {1: "edited"}) == Goal(at(8), None)

    def test_a_run_that_is_followed_on_another_edit_is_another_run(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(0))

        trail.follow(line_to(trail.run, at(4, step=0)), None)

        assert trail.begin(StepStarted(0, edit="x = 2")) == RunBegan(2, 0, None, Place(0))

    def test_training_on_from_behind_the_end_begins_a_run(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(1))
        trail.take_place(at(9))

        assert trail.train_on(stands(at(9))) is None
        assert trail.train_on(stands(at(4))) == RunBegan(2, 1, 1, at(4))
        assert trail.train_on(stands(at(4))) is None

    def test_a_change_at_the_end_is_of_the_run(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(1))
        trail.take_place(at(9))

        assert trail.take_change(change("x = 1", at(9))) is None
        assert trail.run.changes == (change("x = 1", at(9)).change,)

    def test_a_change_behind_the_end_begins_a_run_that_has_it(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(1))
        trail.take_place(at(9))
        old = trail.run

        assert trail.take_change(change("x = 1", at(4))) == RunBegan(2, 1, 1, at(4))
        assert old.changes == ()
        assert trail.run.changes == (change("x = 1", at(4)).change,)

    def test_a_change_before_another_one_at_its_place_begins_a_run(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(1))
        trail.take_change(change("x = 1", at(9)))

        assert trail.take_change(change("x = 2", at(9))) == RunBegan(2, 1, 1, at(9))
        assert [one.text for one in trail.run.changes] == ["x = 2"]

    def test_a_change_in_a_run_that_had_ended_begins_a_run(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(1))
        trail.take_place(at(9))
        trail.end(StepEnded(1, Outcome.DONE, 0.0, None, None))

        assert trail.take_change(change("x = 1", at(9), is_under_way=False)) is None
        assert trail.take_change(change("x = 2", at(9), noted=1)) == RunBegan(2, 1, 1, at(9))

    def test_a_run_has_what_was_changed_before_it_began(self) -> None:
        trail = Trail(RunTree())
        trail.begin(StepStarted(0))
        trail.take_change(change("x = 1", at(9, step=0), is_under_way=False))
        trail.begin(StepStarted(1, changes=1))
        trail.take_change(change("x = 2", at(5), noted=1))

        assert [one.text for one in trail.run.changes] == ["x = 1", "x = 2"]
