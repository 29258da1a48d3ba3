"""Which panes have something new that the learner has not looked at; no widget."""

from __future__ import annotations

from collections.abc import Collection

from tui.player.playback import Playback


def news_of(
    playback: Playback, panes: Collection[str], in_sight: Collection[str]
) -> frozenset[str]:
    """The panes of the step that is shown with news; those in sight are looked at now."""
    made = {name: mark for name, mark in _made(playback).items() if name in panes}
    for name in made.keys() & set(in_sight):
        playback.looked_at[playback.shown, name] = made[name]
    return frozenset(
        name
        for name, mark in made.items()
        if mark is not None and playback.looked_at.get((playback.shown, name)) != mark
    )


def _made(playback: Playback) -> dict[str, object]:
    """What each pane has to show, as a mark that changes with it; None where there is nothing.

    Of the text that is what was told of answers.
    """
    record = playback.record
    frame, output, run = record.frame, record.output, id(record)
    lines = output.dropped_lines + output.line_count
    told = (record.attempt, record.exit, record.death, record.noticed)
    recorded = (run, frame.position) if frame is not None and frame.position else None
    answers = tuple(sorted(playback.work.told.items()))
    return {
        "prose": answers or None,
        "output": (run, lines, told) if lines or any(told) else None,
        "curve": recorded,
        "tensors": (run, frame.position) if frame is not None and frame.tensors else None,
        "view": (run, *(one.position for one in frame.views)) if frame and frame.views else None,
    }
