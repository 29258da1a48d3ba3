"""Which actions the bar names, the most useful next one first; a function of the situation."""

from __future__ import annotations

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.keys.situation import Hand, Situation, works

MOST = 7

_WHILE_TYPING = {
    Hand.EDITOR: ("run_edit", "race_edit", "end_writing", "find", "command_palette", "quit"),
    Hand.PEN: ("pen", "eraser", "wipe", "end_drawing", "command_palette"),
    Hand.QUESTION: ("take_answer", "skip_question", "command_palette", "quit"),
    Hand.ANSWER: ("simulate_key('enter')", "simulate_key('escape')", "command_palette", "quit"),
    Hand.ASK: (
        "simulate_key('enter')",
        "simulate_key('tab')",
        "simulate_key('ctrl+t')",
        "simulate_key('escape')",
        "command_palette",
        "quit",
    ),
    Hand.DIAL: ("simulate_key('enter')", "simulate_key('escape')", "command_palette", "quit"),
    Hand.FIELD: (
        "simulate_key('enter')",
        "simulate_key('escape')",
        "command_palette",
        "quit",
    ),
}

_WITH_DIAL = ("run_or_pause", "turn(-1)", "turn(1)", "begin_setting", "let_go")
_LOADED = (
    "run_or_pause",
    "run_and_turn",
    "step_inner",
    "step_statement",
    "catch_up",
    "edit",
    "run_all",
)
_RUNNING = ("run_or_pause", "stop", "step_inner", "faster", "slower")
_PAUSED = ("run_or_pause", "step_inner", "back_inner", "step_statement", "stop", "step_outer")
_DONE = (
    "next_step",
    "draw",
    "run_or_pause",
    "edit",
    "difference",
    "race_edit",
    "back_inner",
    "step_inner",
    "step_statement",
)
_BROKEN = (
    "go_on_with_starter",
    "run_or_pause",
    "edit",
    "difference",
    "starter",
    "step_statement",
    "step_inner",
    "restart_lesson",
)
_UNSOLVED = ("go_on_with_starter", "edit", "run_edit", "hint", "difference", "solution")
_SOLVED = ("go_on_with_starter", "next_step", "edit", "run_edit", "difference", "solution")

_EVERYWHERE = ("next_step", "leave", "steps", "previous_step", "switch_language", "quit")
_ROOM_FOR_THESE = 2


def bar_of(now: Situation) -> list[str]:
    """The names of the actions, all of which work; at most `MOST`, and after them the help."""
    selected = ["copy_or_stop"] if now.has_selection else []
    if now.is_racing and now.hand is Hand.PLAYER:
        selected.append("race")
    if now.hand is not Hand.PLAYER:
        return [*selected, *(name for name in _WHILE_TYPING[now.hand] if works(name, now))]
    useful = [name for name in _useful(now) if works(name, now) and not _is_idle_step(name, now)]
    if now.has_runs and now.is_idle:
        # As soon as there are two curves they can be compared.
        useful.insert(3, "list_runs")
    if now.is_enlarged:
        # It names the way back.
        useful.insert(1, "enlarge")
    useful = [*selected, *useful][: MOST - _ROOM_FOR_THESE]
    others = [name for name in _EVERYWHERE if works(name, now) and name not in useful]
    # What escape means first is named, and nothing else that it means.
    always = [name for name in others if name != "leave" or not now.has_dial]
    return [*useful, *always][:MOST]


def _is_idle_step(name: str, now: Situation) -> bool:
    """Whether this goes one iteration on where none is known: it would run to the end."""
    return name in ("step_inner", "step_outer") and now.is_idle and not now.has_loops


def _useful(now: Situation) -> tuple[str, ...]:
    """What is done next at this moment, whether or not all of it works."""
    if now.has_dial:
        return _WITH_DIAL
    if now.is_checking:
        return ("stop",)
    match now.status:
        case Status.RUNNING | Status.SEEKING:
            return _RUNNING
        case Status.PAUSED | Status.PAUSING:
            return _PAUSED
    if now.is_waiting:
        return ("stop",)
    if not now.is_idle or not now.has_code:
        return ("answer",)
    if now.is_exercise:
        return _SOLVED if now.is_passed else _UNSOLVED
    match now.outcome:
        case None:
            return _LOADED
        case Outcome.DONE:
            return _DONE
        case Outcome.FAILED | Outcome.STOPPED:
            return _BROKEN
