"""Every lesson can be gone back in: a training of it ends as it ended, from its middle."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from going import Traveller
from golden import LESSONS, expected_of

from engine.client.engine import Engine
from engine.protocol.events import AskAnswered
from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.reading.reader import read_lesson

RACE = "05_optimizers"
# For proof, every training and a thousand ways: TUTORCH_THOROUGH=1 pytest THIS_FILE
IS_THOROUGH = "TUTORCH_THOROUGH" in os.environ
TRAININGS = 100 if IS_THOROUGH else 3
WAYS = 1000 if IS_THOROUGH else 24
# Of all that the race has made to the last bit, and of where each generator of numbers stands.
FINGERPRINT = """
__import__("hashlib").sha256(repr([
    paths,
    costs,
    [one.tolist() for one in weights.values()],
    [
        (key, value.tolist() if torch.is_tensor(value) else value)
        for one in optimizers.values()
        for state in one.state.values()
        for key, value in state.items()
    ],
    torch.get_rng_state().tolist(),
    __import__("random").getstate(),
    __import__("numpy").random.get_state()[1].tolist(),
]).encode()).hexdigest()
"""


@pytest.fixture
def opened(keeping_engine: Engine, request: pytest.FixtureRequest) -> Iterator[Traveller]:
    path: Path = request.param
    parameters = expected_of(path).shortened
    with Traveller.on(keeping_engine, read_lesson(path), parameters=parameters) as traveller:
        yield traveller


@pytest.mark.parametrize("opened", LESSONS, ids=lambda path: path.stem, indirect=True)
def test_a_training_ends_as_it_ended_from_its_middle(opened: Traveller) -> None:
    trainings = 0
    for step in opened.session.lesson.steps:
        if step.cell is None or trainings == TRAININGS:
            continue
        original = opened.finish_step(step.index)
        frame = opened.session.frame
        if opened.ends[-1].outcome is not Outcome.DONE:
            # An exercise that is left as it is may fail; the steps after it do not need it.
            opened.session.set_source(step.index, "pass")
            opened.finish_step(step.index)
            continue
        if frame is None or frame.position < 2:
            continue
        trainings += 1
        opened.go_to(middle(frame))

        assert without_times(opened.run_on()) == without_times(original), step.title
    assert trainings or not has_trainings(opened)


@pytest.mark.parametrize(
    "opened", [path for path in LESSONS if path.stem == RACE], ids=[RACE], indirect=True
)
def test_to_and_fro_in_the_race_changes_nothing(opened: Traveller) -> None:
    race = next(
        step.index
        for step in opened.session.lesson.steps
        if step.cell is not None and step.title.startswith("The race")
    )
    original = opened.finish_step(race)
    made = fingerprint(opened)
    frame = opened.session.frame
    assert frame is not None
    ways = random.Random(3)

    for _ in range(WAYS):
        opened.go_to(Place(race, bool(frame.series), ways.randint(1, frame.position)))

    assert opened.run_on() == original
    assert fingerprint(opened) == made


def fingerprint(traveller: Traveller) -> str:
    """What stands in the names of the race."""
    before = len(traveller.told)
    traveller.session.ask(before, FINGERPRINT.strip())

    def answers() -> list[AskAnswered]:
        return [one for one in traveller.told[before:] if isinstance(one, AskAnswered)]

    traveller.wait_until(answers, "the fingerprint")
    [told] = answers()
    assert told.outcome is Outcome.DONE, told.said
    return told.said


def without_times(text: str) -> str:
    return re.sub(r"\d+\.\d+ s\b|\d+% of the time", "…", text)


def middle(frame: Frame) -> Place:
    return Place(frame.step, bool(frame.series), frame.position // 2)


def has_trainings(traveller: Traveller) -> bool:
    return any(step.cell is not None and step.cell.watch for step in traveller.session.lesson.steps)
