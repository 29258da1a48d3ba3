"""A step's prose, and the help that was asked for below it, as Markdown; no widget may enter."""

from __future__ import annotations

from engine.lesson.model import Step
from engine.progress.work import StepWork
from tui.language.catalogue import Translate
from tui.rendering.code import visible


def prose_markdown(step: Step, work: StepWork, language: str, translate: Translate) -> str:
    """The step's prose; where it has nothing at all to read, that is said."""
    prose = step.prose_in(language)
    has_more = bool(step.questions_in(language)) or work.hints or work.solution_shown
    return prose if prose or has_more else f"*{translate('This step has no text.')}*"


def help_markdown(step: Step, work: StepWork, language: str, translate: Translate) -> str:
    """The hints asked for, and the solution once shown; "" where there are none."""
    if step.exercise is None:
        return ""
    parts = []
    hints = step.exercise.hints_in(language)
    for number, hint in enumerate(hints[: work.hints], 1):
        heading = translate("Hint {number} of {count}")
        parts.append(f"#### {heading.format(number=number, count=len(hints))}\n\n{hint}")
    if work.solution_shown:
        source = visible(step.exercise.solution.source.strip("\n"))
        parts.append(f"#### {translate('Solution')}\n\n```python\n{source}\n```")
    return "\n\n".join(parts)
