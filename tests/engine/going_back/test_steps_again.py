"""A step that runs again goes on from the moment before it: no step before it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from counting import COUNTING, in_folder
from going import Traveller

from engine.protocol.events import SessionDied
from engine.protocol.status import Status


def test_a_step_that_runs_again_and_its_edit_do_not_run_those_before_it(
    travel_by_moments: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel_by_moments(in_folder(COUNTING, tmp_path))
    original = traveller.finish_step(1)

    again = traveller.finish_step(1)
    traveller.session.set_source(1, "print('edited')")
    edited = traveller.finish_step(1)

    assert (again, edited) == (original, "edited\n")
    assert (tmp_path / "ran").read_text() == "ran\n"


def test_an_edit_before_runs_what_it_is_of_again(
    travel_by_moments: Callable[[str], Traveller], tmp_path: Path
) -> None:
    traveller = travel_by_moments(in_folder(COUNTING, tmp_path))
    original = traveller.finish_step(1)

    traveller.session.set_source(0, "print('edited')")
    again = traveller.finish_step(1)

    assert again == original
    assert traveller.written[0] == "edited\n"


def test_a_lesson_that_died_goes_on_from_before_the_step(
    travel_by_moments: Callable[[str], Traveller], tmp_path: Path
) -> None:
    text = in_folder(COUNTING, tmp_path) + "# %% Die\nimport os\nos.kill(os.getpid(), 9)\n"
    traveller = travel_by_moments(text)
    traveller.finish_step(1)

    traveller.session.run_step(2)
    traveller.wait_until(
        lambda: any(isinstance(event, SessionDied) for event in traveller.told), "its death"
    )
    traveller.wait_for(Status.READY)

    assert traveller.session.done == 2
    traveller.session.set_source(2, "print(total)")
    assert traveller.finish_step(2) == "190\n"
    assert (tmp_path / "ran").read_text() == "ran\n"
