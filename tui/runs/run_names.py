"""What runs are called: by what tells each from the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tui.language.catalogue import Translate
from tui.runs.differences import Setting, shortened
from tui.runs.run import Run
from tui.runs.told_changes import ToldChange

_MOST_SETTINGS = 2


def names_of(runs: Sequence[Run], translate: Translate) -> Mapping[int, str]:
    """The names of all runs of one step, by their ordinals; no two are alike."""
    names = {run.ordinal: _name(run, runs, translate) for run in runs}
    for tell in (_beginning, _count):
        shared = {name for name, count in Counter(names.values()).items() if count > 1}
        for run in runs:
            name = names[run.ordinal]
            if name in shared:
                names[run.ordinal] = ", ".join(filter(None, (name, tell(run, name, translate))))
    return names


def _beginning(run: Run, name: str, translate: Translate) -> str:
    """Where in another run it began; "" at the beginning of its step, or where its name says it."""
    told = translate("from {position}").format(position=run.origin.position)
    return told if run.origin.position and told != name else ""


def _count(run: Run, _: str, translate: Translate) -> str:
    return translate("run {number}").format(number=run.ordinal)


def _name(run: Run, runs: Sequence[Run], translate: Translate) -> str:
    telling = _telling_changes(run)
    if telling:
        return _of_changes(telling)
    if run.origin.position:
        return translate("from {position}").format(position=run.origin.position)
    if run.settings:
        return _joined(run.settings)
    return _value_changed_by_others(run, runs) or (
        translate("edit {number}").format(number=run.edit)
        if run.edit
        else translate("run {number}").format(number=run.ordinal)
    )


def _telling_changes(run: Run) -> list[ToldChange]:
    """What was changed in a run and may have changed what it does.

    To import something, or to set a name that its code never reads, changes that only where
    another part of the lesson reads it: such a name is told where nothing else is.
    """
    changes = [one for one in run.own_changes if not one.is_import]
    words = set(re.findall(r"\w+", run.source))
    read = [one for one in changes if words & set(re.findall(r"[^\W\d]\w*", one.name))]
    return read or changes


def _of_changes(changes: Sequence[ToldChange]) -> str:
    """By what each name was set to last."""
    last = {change.name: change for change in changes}
    return _joined([Setting(shortened(one.name), shortened(one.after)) for one in last.values()])


def _joined(settings: Sequence[Setting]) -> str:
    more = ", …" if len(settings) > _MOST_SETTINGS else ""
    return ", ".join(one.text for one in settings[:_MOST_SETTINGS]) + more


def _value_changed_by_others(run: Run, runs: Sequence[Run]) -> str:
    """`lr 0.1` where the runs that are told from this one have all set `lr`; "" where not."""
    against = run.ordinal if run.edit else None
    told = [one.settings for one in runs if one.settings and one.against == against]
    if not told or any(len(settings) != 1 for settings in told):
        return ""
    names = {(settings[0].name, settings[0].was) for settings in told}
    name, was = names.pop()
    return Setting(name, was).text if not names else ""
