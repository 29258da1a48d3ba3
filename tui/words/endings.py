"""How a step has ended that broke off, and what is the way on, in words; no widget may enter."""

from __future__ import annotations

from engine.protocol.outcomes import Death, Exit
from tui.language.catalogue import Translate
from tui.rendering.remarks import Remark
from tui.words.deaths import death_words

# How a program ends, by argparse's convention and others', that cannot use its arguments.
_WRONG_USE = 2


def memory_remarks(asked_in_vain: str | None, translate: Translate) -> list[Remark]:
    """That memory ran out, how much was asked for where that is known, and what is left."""
    if asked_in_vain is None:
        return []
    told = (
        translate("There is not enough memory: the code asked for {amount}.")
        if asked_in_vain
        else translate("There is not enough memory for what the code asked for.")
    )
    freed = translate("What the step had taken and nothing else holds is free again.")
    return [Remark(f"{told.format(amount=asked_in_vain)} {freed}", False)]


def unreadable_remarks(line: int | None, translate: Translate) -> list[Remark]:
    """Where to mend code that is no Python: at `line`, or before, where what it lacks was begun."""
    if line is None:
        return []
    told = translate("Python cannot read line {line}: mend it, or the line above it.")
    return [Remark(told.format(line=line), False)]


def detour_remarks(
    step: int,
    wanted: int | None,
    error: str,
    *,
    is_edited: bool,
    is_exercise: bool,
    translate: Translate,
) -> list[Remark]:
    """That the run of step `wanted` has ended in `step`, which comes before it, and the way on."""
    if wanted is None:
        return []
    steps = {"number": step + 1, "wanted": wanted + 1}
    told = (
        translate("Step {wanted} has not run: step {number} comes before it, and raised {error}.")
        if error
        else translate("Step {wanted} has not run: step {number} comes before it, and failed.")
    )
    remarks = [Remark(told.format(error=error, **steps), False)]
    if is_edited:
        way = (
            translate("X brings the starter of step {number} back, and runs step {wanted}.")
            if is_exercise
            else translate("X brings the lesson's code of step {number} back, and runs {wanted}.")
        )
        remarks.append(Remark(way.format(**steps), None))
    return remarks


def exit_remarks(left: Exit | None, translate: Translate) -> list[Remark]:
    """That the step has ended the program, and with which status."""
    if left is None:
        return []
    if not left.status:
        told = translate("The program ends here: what comes after it runs when you ask for it.")
        return [Remark(told, None)]
    told = translate("The program ended itself here, with status {status}.")
    remarks = [Remark(told.format(status=left.status), False)]
    if left.status == _WRONG_USE:
        remarks.append(Remark(translate("P gives the program other arguments."), None))
    return remarks


def death_remarks(death: Death | None, translate: Translate, *, is_by_force: bool) -> list[Remark]:
    """That the step's process has ended, how, and that nothing else is lost.

    `is_by_force` says that we have ended it, as the code did not hear a stop.
    """
    if is_by_force:
        told = translate("This step did not hear the stop, so its process was ended.")
        return [Remark(f"{told} {translate('The lesson goes on from before it.')}", None)]
    if death is None:
        return []
    told = translate("This step ended its process: {how}.").format(
        how=death_words(death, translate)
    )
    goes_on = translate("The lesson goes on from before it.")
    return [Remark(f"{told} {goes_on}", False)]
