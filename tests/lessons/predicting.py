"""Lessons played with every question answered, and what their runs say of the predictions."""

from __future__ import annotations

from playing import Player

from engine.kernel.session import Session
from engine.lesson.model import CurveQuestion, Lesson, NumberQuestion
from engine.protocol.curves import Shape
from engine.protocol.events import PredictionJudged
from engine.protocol.verdicts import CurveVerdict, NumberVerdict


def played(lesson: Lesson) -> Player:
    """The lesson played to its end: every curve predicted to converge, every number to be 0."""
    session = Session(lesson)
    session.start()
    player = Player(session)
    for step in lesson.steps:
        for place, question in enumerate(step.questions_in("en")):
            match question:
                case CurveQuestion():
                    session.predict(step.index, place, Shape.CONVERGES)
                case NumberQuestion():
                    session.predict(step.index, place, 0.0)
        if step.cell is not None:
            player.run(step.index)
    session.close()
    return player


def numbers_of(player: Player) -> dict[str, float]:
    """What each number that was asked for came to, by the title of its cell."""
    return {
        title: verdict.actual
        for title, verdict in _verdicts(player)
        if isinstance(verdict, NumberVerdict)
    }


def shapes_of(player: Player) -> dict[str, Shape]:
    """The shape of each curve that was asked for, by the title of its cell."""
    return {
        title: verdict.facts.shape
        for title, verdict in _verdicts(player)
        if isinstance(verdict, CurveVerdict)
    }


def _verdicts(player: Player) -> list[tuple[str, NumberVerdict | CurveVerdict | str]]:
    steps = player.session.lesson.steps
    return [
        (steps[event.step].title, event.verdict)
        for event in player.events()
        if isinstance(event, PredictionJudged)
    ]
