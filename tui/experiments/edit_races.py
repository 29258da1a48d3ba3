"""From edits of a step to a race from its beginning, or to the words for why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.client.racing import MOST_LANES
from tui.editing.trees import parsed
from tui.experiments.race_plans import begin_with_step, why_not_from_beginning, why_not_now
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.runs.run import Run
from tui.runs.run_names import names_of


def why_not_marked(run: Run, marked: Sequence[Run], translate: Translate) -> str:
    """Why a run cannot be raced together with those that are marked; "" where it can."""
    if run.changes:
        return translate("This run was changed on its way: its code alone does not make it.")
    if any(run.is_of_same_code(one) for one in marked):
        return translate("This run has the same code as one that is marked.")
    if len(marked) == MOST_LANES:
        return translate("{count} are marked, the most that can race.").format(count=MOST_LANES)
    return ""


def race_marked(playback: Playback, marked: Sequence[Run], translate: Translate) -> str:
    """Race the code of these runs; in words why not, where that cannot be."""
    if len(marked) < 2:
        return translate("Mark two runs or more first: m.")
    names = _names(playback, translate)
    return _race(playback, {names[run.ordinal]: _code_of(run) for run in marked}, translate)


def race_edit(playback: Playback, translate: Translate) -> str:
    """Race what is written against the run that stands; where that is of it, against the lesson's.

    In words why not, where that cannot be.
    """
    step = playback.shown
    own, standing = playback.step.cell, playback.runs.now(step)
    if own is None:
        return translate("This step has no code.")
    names = _names(playback, translate)
    rivals = [] if standing is None else [(names[standing.ordinal], standing.source)]
    rivals.append((translate("the lesson's code"), own.source))
    mine = playback.source
    rival = next(((name, source) for name, source in rivals if source != mine), None)
    if rival is None:
        return translate("Write in the code first: it is what has run.")
    codes = {name: {step: source} for name, source in (rival, (translate("your edit"), mine))}
    return _race(playback, codes, translate)


def _race(playback: Playback, codes: Mapping[str, Mapping[int, str]], translate: Translate) -> str:
    why_not = why_not_now(playback, translate) or why_not_from_beginning(playback, translate)
    if why_not:
        return why_not
    for name, code in codes.items():
        if any(parsed(source) is None for source in code.values()):
            return translate("{name} is no Python: mend it first.").format(name=name)
    begin_with_step(playback, codes)
    playback.racing.name = translate("edits")
    return ""


def _code_of(run: Run) -> dict[int, str]:
    """What it ran, by the step's index, the steps before included as far as that is known."""
    return {**run.earlier, run.step: run.source}


def _names(playback: Playback, translate: Translate) -> Mapping[int, str]:
    """The names of all runs of the step that is shown, by their ordinals."""
    runs, step = playback.runs, playback.shown
    now = runs.now(step)
    return names_of([*runs.left(step), *([] if now is None else [now])], translate)
