"""Programs written by hypothesis end as they ended, from wherever they are gone back into."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from generating import programs
from going import Traveller
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playing import lesson_from

from engine.client.engine import Engine
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place

# A longer search than the same few each time: TUTORCH_EXAMPLES=300 pytest THIS_FILE
EXAMPLES = os.environ.get("TUTORCH_EXAMPLES")
PROFILE = settings(
    max_examples=int(EXAMPLES or 8),
    derandomize=EXAMPLES is None,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)

# Python 3.14 warns of a break in a finally; that is as it should be here.
pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")


@PROFILE
@given(programs(), st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_a_generated_program_ends_as_it_ended(
    travelling_engine: Engine, program: str, shares: list[float]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lesson = lesson_from(f"import random\nrandom.seed(5)\n{program}", Path(folder))
        with Traveller.on(travelling_engine, lesson) as traveller:
            original = traveller.finish_step(0), told(traveller)
            frame = traveller.session.frame
            last = 0 if frame is None else frame.position
            # An iteration that an error has left counts, and nobody stands at its end.
            last -= traveller.ends[-1].outcome is Outcome.FAILED

            for share in shares if last > 0 else ():
                position = max(1, round(share * last))
                traveller.go_to(Place(0, False, position))
                again = traveller.run_on(), told(traveller)

                assert again == original, f"from iteration {position} of {last}"


def told(traveller: Traveller) -> tuple[object, ...]:
    """How the newest run ended, and with which error."""
    end = traveller.ends[-1]
    error = () if end.traceback is None else end.traceback.lines
    return end.outcome, error
