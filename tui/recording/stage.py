"""A lesson that plays itself: the app on its terminal, and somebody who presses its keys.

This is the program that is recorded. What it is doing it tells through a pipe, a line of JSON for
each thing.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from textual.pilot import Pilot

from engine.lesson.model import ChoiceQuestion, Question
from engine.protocol.curves import Shape
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.app import TutorchApp
from tui.player.playback import Playback
from tui.prose.questions import Questions
from tui.showing.offers import offer_of
from tui.words.questions import SHAPES

# How long things are looked at, in seconds: a text by its words, within limits.
_A_WORD = 0.06
_LEAST_READING, _MOST_READING = 1.2, 4.0
_OUTCOME = 2.5
_TRAINING = 5.0
_ANSWER = 0.8
_KEY = 0.25

_BETWEEN_LOOKS = 0.02

_NAMES = {"-": "minus", ".": "full_stop", "+": "plus"}

ToldAnswers = Mapping[tuple[int, int], str]
"""What a run has said to predictions, by step and question: a number, or the name of a shape."""


def main() -> None:
    """Play the lesson that the arguments name, in JSON."""
    told = json.loads(sys.argv[1])
    answers = {(step, place): answer for step, place, answer in told["answers"]}
    with os.fdopen(told["pipe"], "w", encoding="utf-8") as pipe:
        app = TutorchApp(Path(told["folder"]), Path(told["lesson"]), told["device"], trusts=True)
        app.run(auto_pilot=Performance(pipe, answers).play)


class Performance:
    """Runs each step and turns to the next, at a pace at which it can be followed."""

    def __init__(self, pipe: IO[str], answers: ToldAnswers) -> None:
        self._pipe = pipe
        self._answers = answers

    async def play(self, pilot: Pilot[object]) -> None:
        """Play the lesson that the app opens, until a step does not end well."""
        playback = await self._opened(pilot)
        self._tell("begins")
        steps = playback.lesson.steps
        for step in steps:
            self._tell("step", index=step.index)
            await self._read(playback)
            await self._run(pilot, playback)
            # What came of it is drawn, and then looked at.
            await pilot.pause()
            await asyncio.sleep(_OUTCOME)
            outcome = playback.record.outcome
            if step.cell is not None and outcome is not Outcome.DONE:
                self._tell("failed", error=playback.record.error)
                break
            if step.index + 1 < len(steps):
                await pilot.press("n")
                await self._until(lambda at=step.index + 1: playback.shown == at)  # type: ignore[misc]
        # The app stays as it is until it is told to leave.
        self._tell("ends")

    async def _opened(self, pilot: Pilot[object]) -> Playback:
        while not isinstance(found := getattr(pilot.app.screen, "playback", None), Playback):
            await asyncio.sleep(_BETWEEN_LOOKS)
        await self._until(lambda: found.status in (Status.READY, Status.UNABLE))
        return found

    async def _read(self, playback: Playback) -> None:
        """Look at a step for as long as its text takes."""
        words = len(playback.step.prose_in("en").split())
        await asyncio.sleep(min(max(_A_WORD * words, _LEAST_READING), _MOST_READING))

    async def _run(self, pilot: Pilot[object], playback: Playback) -> None:
        """Run the step that is shown, and answer what is asked before that."""
        step = playback.step
        questions = step.questions_in("en")
        if step.cell is None and not questions:
            return
        if "curve" in offer_of(playback).panes:
            # Trainings of a moment pass slowly enough to be seen.
            await pilot.press("minus")
        await pilot.press("space")
        for place in playback.works.open_questions(step.index):
            await self._until(lambda: pilot.app.screen.query_one(Questions).has_keys)
            await asyncio.sleep(_ANSWER)
            for key in self._keys(questions[place], step.index, place):
                await pilot.press(key)
                await asyncio.sleep(_KEY)
            await asyncio.sleep(_ANSWER)
            await pilot.press("enter")
            await self._until(lambda at=place: at in playback.work.answers)  # type: ignore[misc]
        if step.cell is None:
            return
        began = time.monotonic()
        while playback.record.outcome is None or playback.status is not Status.READY:
            if playback.speed is not None and time.monotonic() - began > _TRAINING:
                await pilot.press("f")
            if playback.session.asked is not None:
                # Nobody is there who knows what to write.
                await pilot.press("escape")
            await asyncio.sleep(_BETWEEN_LOOKS)

    def _keys(self, question: Question, step: int, place: int) -> Iterator[str]:
        """The keys that give the right answer, up to the one that is pressed last."""
        known = self._answers.get((step, place))
        if isinstance(question, ChoiceQuestion):
            yield from ["down"] * question.right
        elif known is not None and known in Shape.__members__:
            yield from ["down"] * SHAPES.index(Shape[known])
        else:
            yield from (_NAMES.get(sign, sign) for sign in known or "0")

    async def _until(self, is_true: Callable[[], bool]) -> None:
        while not is_true():
            await asyncio.sleep(_BETWEEN_LOOKS)

    def _tell(self, what: str, **more: object) -> None:
        line = json.dumps({"what": what, "when": time.perf_counter(), **more})
        print(line, file=self._pipe, flush=True)
