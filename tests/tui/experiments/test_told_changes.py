"""Which changes a run has, and which edits wait for the next; no app."""

from __future__ import annotations

from typing import cast

from engine.client.remote_session import RemoteSession
from engine.protocol.places import Place
from tui.player.sources import SourceHandover
from tui.runs.told_changes import ToldChange, ToldChanges


def change(position: int, after: str = "0.2") -> ToldChange:
    return ToldChange(Place(0, True, position), "lr", "0.1", after)


def test_a_run_has_its_own_changes_and_those_of_its_parent_until_it_left() -> None:
    changes = ToldChanges()
    changes.begin(1, 0, None, Place(0))
    changes.note(1, change(10))
    changes.note(1, change(20))
    changes.begin(2, 0, 1, Place(0, True, 10))
    changes.note(2, change(12, "0.5"))

    assert changes.of(0, 2) == (change(10), change(12, "0.5"))
    assert changes.of(0, 1) == (change(10), change(20))


def test_a_run_from_the_beginning_has_no_changes() -> None:
    changes = ToldChanges()
    changes.begin(1, 0, None, Place(0))
    changes.note(1, change(10))
    changes.begin(2, 0, 1, Place(0))

    assert changes.of(0, 2) == ()


def test_while_another_step_runs_a_step_has_those_of_its_newest_run() -> None:
    changes = ToldChanges()
    changes.begin(1, 0, None, Place(0))
    changes.note(1, change(10))
    changes.begin(2, 1, 1, Place(1))

    assert changes.of(0, 2) == (change(10),)
    assert changes.of(1, 2) == ()
    assert changes.of(2, 2) == ()


def test_what_was_asked_is_told_by_what_it_assigns_or_by_its_text() -> None:
    changes = ToldChanges()
    changes.begin(1, 0, None, Place(0))
    place = Place(0, True, 3)

    changes.note_asked(1, 'lr = 0.2; o.param_groups[0]["lr"] = 0.2', place)
    changes.note_asked(1, "model .eval( )", place)

    assert changes.of(0, 1) == (
        ToldChange(place, "lr", "", "0.2"),
        ToldChange(place, "model .eval( )", "", ""),
    )


class Heard:
    """Stands in for a session: hears the sources that it is given."""

    def __init__(self, done: int) -> None:
        self.done = done
        self.heard: list[tuple[int, str | None]] = []

    def set_source(self, step: int, source: str | None) -> None:
        self.heard.append((step, source))


def held(done: int) -> tuple[Heard, SourceHandover]:
    session = Heard(done)
    sources = SourceHandover(cast("RemoteSession", session))
    sources.hold(1, None, "lr = 0.2")
    return session, sources


def test_a_turned_source_waits_until_its_step_runs_again() -> None:
    session, sources = held(done=2)

    sources.hand_over(2)
    assert session.heard == []
    assert sources.given(1, "lr = 0.2") is None

    sources.hand_over(1)
    assert session.heard == [(1, "lr = 0.2")]
    assert sources.given(1, "lr = 0.2") == "lr = 0.2"


def test_a_step_that_has_not_run_to_its_end_is_given_it_on_the_way() -> None:
    session, sources = held(done=1)

    sources.hand_over(2)

    assert session.heard == [(1, "lr = 0.2")]


def test_what_is_turned_back_waits_no_more() -> None:
    session, sources = held(done=2)

    sources.hold(1, "lr = 0.2", None)
    sources.hand_over()

    assert session.heard == []


def test_what_is_written_by_hand_is_given_at_once() -> None:
    session, sources = held(done=2)

    sources.give(1, "lr = 0.3")
    sources.hand_over()

    assert session.heard == [(1, "lr = 0.3")]
