"""In what a run of a step is known to differ from others as it begins, so that it can be named."""

from __future__ import annotations

from collections.abc import Sequence

from tui.runs.differences import settings_between
from tui.runs.run import Run

_MOST_SETTINGS = 2
_MOST_COMPARED = 2


def tell_apart(run: Run, own_source: str, before: Sequence[Run], edits: list[str]) -> None:
    """Note in what a run differs from the lesson's code, or else from a run before it.

    `before` are the others of its step, oldest first. An edit of the code is counted in `edits`.
    """
    if run.source != own_source:
        _tell_by_edit(run, own_source, before, edits)
    if not run.settings:
        _tell_by_earlier_steps(run, before, edits)


def _tell_by_edit(run: Run, own_source: str, before: Sequence[Run], edits: list[str]) -> None:
    run.edit = _counted(run.source, edits)
    same = next((one for one in before if one.source == run.source), None)
    if same is not None:
        run.settings, run.against = same.settings, same.against
        return
    newest = [*reversed(before)][:_MOST_COMPARED]
    bases = [(None, own_source), *((one.ordinal, one.source) for one in newest)]
    for ordinal, source in bases:
        settings = settings_between(source, run.source)
        if settings and len(settings) <= _MOST_SETTINGS:
            run.settings, run.against = settings, ordinal
            return


def _tell_by_earlier_steps(run: Run, before: Sequence[Run], edits: list[str]) -> None:
    """By what the steps before had run otherwise than before the first run of the same code."""
    first = next((one for one in before if one.source == run.source), None)
    if first is None or first.settings or run.is_of_same_code(first):
        return
    known = sorted(first.earlier.keys() & run.earlier.keys())
    found = [settings_between(first.earlier[step], run.earlier[step]) for step in known]
    settings = tuple(setting for one in found for setting in one or ())
    if None not in found and len(settings) <= _MOST_SETTINGS:
        run.settings, run.against = settings, first.ordinal if first.edit else None
    else:
        run.edit = _counted("\n".join([run.source, *map(run.earlier.__getitem__, known)]), edits)


def _counted(edit: str, edits: list[str]) -> int:
    """The number of an edit, from 1 on."""
    if edit not in edits:
        edits.append(edit)
    return edits.index(edit) + 1
