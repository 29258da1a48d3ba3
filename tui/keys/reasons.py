"""Why a key can do nothing now, said in place of doing nothing; no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.protocol.status import Status
from tui.experiments.race_plans import word_on_checks
from tui.keys.situation import Situation
from tui.keys.speeds import slower
from tui.language.catalogue import Translate
from tui.showing.remarks import word_on_no_curve, word_on_no_edit, word_on_no_tensors

_Reason = Callable[[Situation, Translate], str]


def why_not(name: str, now: Situation, translate: Translate) -> str:
    """Why the player's action of this name can do nothing now; "" where it can do something.

    What an action itself says, as that a step is no exercise, is not repeated here.
    """
    reason = _REASONS.get(name.partition("(")[0])
    return "" if reason is None else reason(now, translate)


def why_no_asking(now: Situation, translate: Translate) -> str:
    """Why nothing can be asked now; the line for it opens all the same, for what is typed next."""
    if now.is_going and now.status is not Status.PAUSED:
        return translate("A step runs: pause it with space, then ask.")
    return _why_nothing_goes_on(now, translate)


def _why_nothing_goes_on(now: Situation, translate: Translate) -> str:
    """Why neither a run can begin nor one that is under way can go on."""
    if now.is_checking:
        return word_on_checks(translate)
    match now.status:
        case Status.UNABLE:
            return translate("Nothing can run here: the output says why.")
        case Status.STOPPING:
            return translate("What runs is being stopped.")
        case Status.WAITING:
            return translate("A step runs once torch is imported: let it, or call it off with s.")
        case _:
            return ""


def _why_nothing_here(now: Situation, translate: Translate) -> str:
    """Why the step that is shown can neither begin to run nor go on."""
    if not now.is_going or now.elsewhere is None:
        return _why_nothing_goes_on(now, translate)
    words = (
        translate("Step {step} is paused: go to it with t, or stop it with s.")
        if now.status is Status.PAUSED
        else translate("Step {step} runs: let it, go to it with t, or stop it with s.")
    )
    return words.format(step=now.elsewhere + 1)


def _why_not_back(now: Situation, translate: Translate) -> str:
    if now.is_checking or now.status is Status.STOPPING:
        return _why_nothing_goes_on(now, translate)
    return "" if now.has_past else translate("There is nothing to go back to here.")


def _why_not_back_by_lines(now: Situation, translate: Translate) -> str:
    return _why_not_back(replace(now, has_past=now.has_lines_past), translate)


def _why_no_mark(now: Situation, translate: Translate) -> str:
    if now.status is Status.PAUSED:
        return ""
    if now.is_checking:
        return word_on_checks(translate)
    if now.is_idle and not now.moments:
        return translate("Nothing runs: M marks a moment where a run is paused.")
    if not now.moments:
        return translate("Pause the run first: space.")
    words = translate("Moments kept: {count}, in {size} MiB. Where a run is paused, M marks one.")
    return words.format(count=now.moments, size=now.mebibytes)


def _why_no_run_begins(now: Situation, translate: Translate) -> str:
    if now.is_going:
        return translate("A step is under way: let it end, or stop it with s.")
    return _why_nothing_goes_on(now, translate)


def _why_not_again(now: Situation, translate: Translate) -> str:
    if not now.has_code and not now.is_idle:
        return translate("This step has no code to run.")
    return translate("Nothing can run here: the output says why.") if _is_unable(now) else ""


def _why_no_reset(now: Situation, translate: Translate) -> str:
    if _is_unable(now):
        return translate("Nothing can run here: the output says why.")
    has_run = now.has_history or not now.is_idle
    return "" if has_run else translate("Nothing has run yet.")


def _why_unable(now: Situation, translate: Translate) -> str:
    return translate("Nothing can run here: the output says why.") if _is_unable(now) else ""


def _why_no_stop(now: Situation, translate: Translate) -> str:
    if now.is_asking or now.is_racing or now.is_waiting or now.is_checking:
        return ""
    return translate("Nothing runs.") if now.is_idle else _why_nothing_goes_on(now, translate)


def _why_no_copy(now: Situation, translate: Translate) -> str:
    if now.has_selection or now.is_asking or now.is_racing or not now.is_idle:
        return ""
    return translate("Nothing is selected, and nothing runs.")


def _why_not_slower(now: Situation, translate: Translate) -> str:
    if now.is_checking:
        return word_on_checks(translate)
    slowest = slower(now.speed) == now.speed
    return translate("This is the lowest speed.") if slowest else ""


def _why_not_faster(now: Situation, translate: Translate) -> str:
    return translate("This is full speed.") if now.speed is None else ""


def _why_no_next(now: Situation, translate: Translate) -> str:
    return translate("This is the last step.") if now.is_last else ""


def _why_no_previous(now: Situation, translate: Translate) -> str:
    return translate("This is the first step.") if now.is_first else ""


def _why_no_curve(now: Situation, translate: Translate) -> str:
    return "" if now.has_curve else word_on_no_curve(now.outcome, translate)


def _why_no_runs(now: Situation, translate: Translate) -> str:
    return "" if now.has_runs else _why_no_curve(now, translate)


def _why_no_tensors(now: Situation, translate: Translate) -> str:
    return "" if now.has_tensors else word_on_no_tensors(now.outcome, translate)


def _why_no_starter(now: Situation, translate: Translate) -> str:
    if not now.has_code or now.is_edited:
        return ""
    return word_on_no_edit(translate, is_exercise=now.is_exercise)


def _why_no_number(now: Situation, translate: Translate) -> str:
    if not now.has_code:
        return translate("This step has no code.")
    return "" if now.has_numbers else translate("There is no number to turn in this code.")


def _why_no_watch(now: Situation, translate: Translate) -> str:
    return "" if now.has_code else translate("This step has no code.")


def _is_unable(now: Situation) -> bool:
    return now.status is Status.UNABLE


_REASONS: Mapping[str, _Reason] = {
    "run_or_pause": _why_nothing_here,
    "step_inner": _why_nothing_here,
    "step_outer": _why_nothing_here,
    "step_statement": _why_nothing_here,
    "back_inner": _why_not_back,
    "back_outer": _why_not_back,
    "back_statement": _why_not_back_by_lines,
    "mark_moment": _why_no_mark,
    "run_and_turn": _why_no_run_begins,
    "run_all": _why_no_run_begins,
    "catch_up": _why_no_run_begins,
    "stop": _why_no_stop,
    "begin_asking": _why_unable,
    "list_watched": _why_no_watch,
    "copy_or_stop": _why_no_copy,
    "slower": _why_not_slower,
    "faster": _why_not_faster,
    "full_speed": _why_not_faster,
    "next_step": _why_no_next,
    "previous_step": _why_no_previous,
    "restart_step": _why_not_again,
    "run_edit": _why_not_again,
    "restart_lesson": _why_no_reset,
    "begin_giving": _why_unable,
    "move_cursor": _why_no_curve,
    "move_cursor_far": _why_no_curve,
    "take_cursor_off": _why_no_curve,
    "toggle_scale": _why_no_curve,
    "list_runs": _why_no_runs,
    "cycle_smoothing": _why_no_curve,
    "cycle_zoom": _why_no_curve,
    "cycle_form": _why_no_tensors,
    "starter": _why_no_starter,
    "choose": _why_no_number,
    "turn": _why_no_number,
}
