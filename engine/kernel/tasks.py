"""What the worker's thread is given to do, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.commands import Paint, RunTo
from engine.protocol.frame import FrameRequest


@dataclass(frozen=True, slots=True)
class Restart:
    """Go back to before the first step."""


@dataclass(frozen=True, slots=True)
class End:
    """Do what belongs to the end of a program."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Take the last step's frame again."""

    request: FrameRequest


@dataclass(frozen=True, slots=True)
class LookAtValues:
    """Read what is watched again, where no step runs."""


@dataclass(frozen=True, slots=True)
class TakeLesson:
    """Play the newest text of the lesson's file from here on."""


@dataclass(frozen=True, slots=True)
class DoErrands:
    """Do what was sent to the gate, if a run that stands there has not done it."""


@dataclass(frozen=True, slots=True)
class Close:
    """Let the lesson go, and end."""


@dataclass(frozen=True, slots=True)
class RunSteps:
    """Run steps, unless a run of this number has been called off."""

    run: RunTo
    number: int


Task = RunSteps | Restart | End | LookAgain | LookAtValues | Paint | TakeLesson | DoErrands | Close
