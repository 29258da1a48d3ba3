"""What a run says to a prediction, and an author's checks to an attempt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from msgspec import Struct

from engine.lesson.model import LocalText
from engine.protocol.curves import CurveFacts


class NumberVerdict(Struct, frozen=True, tag=True):
    """The number that came, and whether the prediction was within the tolerance of it."""

    actual: float
    right: bool


class CurveVerdict(Struct, frozen=True, tag=True):
    """The shape that came, with the facts that it was read from, and whether it was predicted."""

    facts: CurveFacts
    right: bool


class Fault(Enum):
    """What a finding says."""

    FAILED = "an assertion does not hold"
    MISSING = "the learner's code made no name that the check needs"
    NOTHING = "a function of the learner's that the check called returned None"
    RAISED = "the learner's code raised an error when the check called it"
    UNFIT = "a model raised an error at what the check gave it"
    BROKEN = "the check itself raised an error"
    ENDLESS = "the check took too long, and was stopped"


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that keeps an attempt from passing.

    ``text`` is the author's message, or the assertion's source where there is none; of a missing
    name, or a function that returned None, the name; of an error, its type and message; of a check
    without end, how long it took.
    ``expected`` is what was asserted, as its source, and ``got`` the values that were compared,
    both "" where nothing was. ``given`` is what a model was given that raised an error, as "float32
    [5, 2]"; "" where none was called. ``line`` is the check's line of the file, of
    ``Fault.RAISED`` that of the code that raised.
    """

    fault: Fault
    line: int
    text: LocalText
    expected: str = ""
    got: str = ""
    given: str = ""

    def message_in(self, language: str) -> str:
        """The author's words in `language`; what is not the author's is said in English."""
        text = self.text.in_language(language)
        match self.fault:
            case Fault.FAILED:
                return text
            case Fault.MISSING:
                return f"your code makes no `{text}`, and the check needs it"
            case Fault.NOTHING:
                return f"`{text}` returned None: is `return` missing?"
            case Fault.RAISED:
                how = f"gave the model {self.given}" if self.given else "called it"
                return f"line {self.line} raised an error when the check {how}: {text}"
            case Fault.UNFIT:
                return f"the model was given {self.given} and raised an error: {text}"
            case Fault.BROKEN:
                return f"the check itself failed at line {self.line}: {text}"
            case Fault.ENDLESS:
                return f"the check at line {self.line} had not ended after {text}: it was stopped"


GAP = "…"
"""Stands for a value in words that were written before it was known."""


@dataclass(frozen=True, slots=True)
class Check:
    """One statement of the author's checks: one that judges, or one that could not be carried out.

    ``words`` say what is to hold: the author's, with a `GAP` for each value of the learner's that
    stands in them, or where there are none its source. ``finding`` is what keeps it from holding.
    ``holds`` is None where it could not be judged, as what it needs had failed before it.
    ``is_counted`` is False for a statement that only prepares others, which is told where it
    failed.
    """

    words: LocalText
    holds: bool | None
    finding: CheckFinding | None = None
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of each check, in their order."""

    checks: tuple[Check, ...]

    @property
    def findings(self) -> tuple[CheckFinding, ...]:
        """Everything that keeps the attempt from passing; nothing where it passes."""
        return tuple(check.finding for check in self.checks if check.finding is not None)

    @property
    def passed(self) -> bool:
        """Whether every assertion held and no check failed of itself."""
        return not self.findings

    @property
    def count(self) -> int:
        """How many checks there are."""
        return sum(check.is_counted for check in self.checks)

    @property
    def held(self) -> int:
        """How many of them hold."""
        return sum(check.is_counted and check.holds is True for check in self.checks)

    def messages_in(self, language: str) -> tuple[str, ...]:
        """The message of each finding."""
        return tuple(finding.message_in(language) for finding in self.findings)
