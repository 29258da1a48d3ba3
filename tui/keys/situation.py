"""What decides which actions work: where a playback stands, and what takes the keys; no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status
from tui.experiments.turning import dial_of, dials_shown
from tui.keys.speeds import slower
from tui.player.playback import Playback
from tui.player.standing import place_before
from tui.showing.asked import asked_of
from tui.showing.offers import has_loops
from tui.showing.pane_text import SEARCHABLE, has_something


class Hand(Enum):
    """What the keys go to."""

    PLAYER = auto()
    EDITOR = auto()
    PEN = auto()
    QUESTION = auto()
    ANSWER = auto()
    FIELD = auto()
    ASK = auto()
    DIAL = auto()


@dataclass(frozen=True, slots=True)
class Situation:
    """The moment that a key is pressed in.

    ``outcome`` is how the step that is shown ended. ``has_gap`` says whether a step with code
    before it has not run, ``has_history`` whether any step has, ``has_past`` whether its run has
    come far enough to be gone back in, ``has_lines_past`` so by statements, ``has_runs`` whether
    another run of it is kept, ``has_question`` whether a question of it can be answered.
    ``hints_left`` is how many hints of its exercise were not asked for. ``is_in_the_way`` says that
    an edit of it has kept a later step from running. ``has_numbers`` says whether its code has
    numbers to turn, ``has_dial`` whether one is in hand. ``speed`` is in iterations per second,
    None at full speed. ``has_selection`` says whether the mouse has selected text, ``is_asking``
    whether an answer is to come to what was asked, ``is_racing`` whether a race is on,
    ``is_searchable`` and ``is_copyable`` whether the active pane has words to search, and something
    to copy, ``is_enlarged`` whether it has all the room, and ``has_loops`` whether the step is
    known to have iterations. ``moments`` is how many are kept, in so many ``mebibytes``.
    ``is_checking`` says that what runs are the checks of an exercise, which go by no loop.
    ``elsewhere`` is the index of the step that is under way, where that is not the one that is
    shown, nor on the way to one.
    """

    status: Status
    hand: Hand = Hand.PLAYER
    outcome: Outcome | None = None
    has_code: bool = True
    is_first: bool = False
    is_last: bool = False
    has_gap: bool = False
    has_history: bool = False
    has_curve: bool = False
    has_past: bool = False
    has_lines_past: bool = False
    has_runs: bool = False
    has_tensors: bool = False
    has_canvas: bool = False
    has_question: bool = False
    is_exercise: bool = False
    is_passed: bool = False
    is_edited: bool = False
    is_solved: bool = False
    is_in_the_way: bool = False
    hints_left: int = 0
    has_numbers: bool = False
    has_dial: bool = False
    speed: float | None = None
    has_selection: bool = False
    is_asking: bool = False
    is_racing: bool = False
    is_checking: bool = False
    elsewhere: int | None = None
    is_searchable: bool = False
    is_copyable: bool = False
    is_enlarged: bool = False
    has_loops: bool = True
    moments: int = 0
    mebibytes: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether a run can begin."""
        return self.status in (Status.READY, Status.LOADING)

    @property
    def is_waiting(self) -> bool:
        """Whether a run is to begin that has not."""
        return self.status is Status.WAITING

    @property
    def is_going(self) -> bool:
        """Whether a run is under way that can be paused, stepped and stopped."""
        goes_on = (Status.RUNNING, Status.PAUSING, Status.PAUSED, Status.SEEKING)
        return self.status in goes_on and not self.is_checking


def situation_of(
    playback: Playback, hand: Hand, speed: float | None, active: str, *, has_selection: bool
) -> Situation:
    """Where a playback stands now, with `active` as the active pane."""
    step, work, record = playback.step, playback.work, playback.record
    exercise, steps = step.exercise, playback.lesson.steps
    done = playback.session.done
    return Situation(
        status=playback.session.status,
        hand=hand,
        outcome=record.outcome,
        has_code=step.cell is not None,
        is_first=step.index == 0,
        is_last=step.index == len(steps) - 1,
        has_gap=any(one.cell is not None for one in steps[done : step.index]),
        has_history=any(outcome is not None for outcome in playback.outcomes),
        has_past=place_before(playback, Grain.INNER) is not None,
        has_lines_past=place_before(playback, Grain.STATEMENT) is not None,
        has_runs=bool(playback.runs.left(step.index) or playback.runs.racing(step.index)),
        has_curve=record.frame is not None and bool(record.frame.curves or record.frame.series),
        has_tensors=record.frame is not None and bool(record.frame.tensors),
        has_canvas=step.cell is not None and step.cell.canvas is not None,
        has_question=any(one.is_open for one in asked_of(playback, "en")),
        is_exercise=exercise is not None,
        is_passed=work.passed,
        is_edited=work.edit is not None,
        is_solved=work.solution_shown,
        is_in_the_way=record.wanted is not None and work.edit is not None,
        hints_left=len(exercise.hints_in("en")) - work.hints if exercise is not None else 0,
        has_numbers=bool(dials_shown(playback)),
        has_dial=dial_of(playback) is not None,
        speed=speed,
        has_selection=has_selection,
        is_asking=playback.asking.waits,
        is_racing=playback.racing.is_on,
        is_checking=playback.is_checking,
        elsewhere=_elsewhere(playback),
        is_searchable=active in SEARCHABLE and has_something(active, playback),
        is_copyable=has_something(active, playback),
        is_enlarged=playback.choice.wish.is_enlarged,
        has_loops=has_loops(playback),
        moments=playback.past.count,
        mebibytes=playback.past.mebibytes,
    )


def _elsewhere(playback: Playback) -> int | None:
    is_of_another = playback.is_elsewhere and not playback.is_on_the_way
    return playback.running if is_of_another else None


def works(name: str, now: Situation) -> bool:
    """Whether the player's action of this name does something now; others always do."""
    return _WORKS.get(name.partition("(")[0], _always)(now)


def _always(_now: Situation) -> bool:
    return True


def _can_go_on(now: Situation) -> bool:
    return (now.is_going and now.elsewhere is None) or (now.is_idle and now.has_code)


def _can_go_back(now: Situation) -> bool:
    return now.has_past and (now.is_going or now.is_idle)


def _can_go_back_by_lines(now: Situation) -> bool:
    return now.has_lines_past and (now.is_going or now.is_idle)


def _can_stop(now: Situation) -> bool:
    return now.is_going or now.is_checking or now.is_waiting or now.is_asking or now.is_racing


def _can_race(now: Situation) -> bool:
    return now.is_racing or (now.has_numbers and _may_begin_race(now))


def _may_begin_race(now: Situation) -> bool:
    return now.is_idle or now.status is Status.PAUSED


def _has_code(now: Situation) -> bool:
    return now.has_code


def _can_restart(now: Situation) -> bool:
    return now.has_code and now.status is not Status.UNABLE


def _can_restart_lesson(now: Situation) -> bool:
    return now.status is not Status.UNABLE and (now.has_history or not now.is_idle)


def _has_curve(now: Situation) -> bool:
    return now.has_curve


def _is_asked(now: Situation) -> bool:
    return now.hand is Hand.QUESTION


def _has_numbers(now: Situation) -> bool:
    return now.has_numbers


def _has_dial(now: Situation) -> bool:
    return now.has_dial


def _has_pen(now: Situation) -> bool:
    return now.hand is Hand.PEN


_WORKS: Mapping[str, Callable[[Situation], bool]] = {
    "run_or_pause": _can_go_on,
    "step_inner": _can_go_on,
    "step_outer": _can_go_on,
    "step_statement": _can_go_on,
    "back_inner": _can_go_back,
    "back_outer": _can_go_back,
    "back_statement": _can_go_back_by_lines,
    "mark_moment": lambda now: now.status is Status.PAUSED,
    "run_and_turn": lambda now: now.is_idle and (now.has_code or not now.is_last),
    "run_all": lambda now: now.is_idle,
    "catch_up": lambda now: now.is_idle and now.has_gap,
    "race": _can_race,
    "stop": _can_stop,
    "begin_asking": lambda now: now.is_idle or now.status is Status.PAUSED,
    "list_watched": _has_code,
    "slower": lambda now: slower(now.speed) != now.speed and not now.is_checking,
    "faster": lambda now: now.speed is not None,
    "full_speed": lambda now: now.speed is not None,
    "answer": lambda now: now.has_question,
    "move_answer": _is_asked,
    "take_answer": _is_asked,
    "skip_question": _is_asked,
    "next_step": lambda now: not now.is_last,
    "previous_step": lambda now: not now.is_first,
    "restart_step": _can_restart,
    "restart_lesson": _can_restart_lesson,
    "begin_giving": lambda now: now.status is not Status.UNABLE,
    "move_cursor": _has_curve,
    "move_cursor_far": _has_curve,
    "take_cursor_off": _has_curve,
    "toggle_scale": _has_curve,
    "list_runs": lambda now: now.has_curve or now.has_runs,
    "cycle_smoothing": _has_curve,
    "cycle_zoom": _has_curve,
    "cycle_form": lambda now: now.has_tensors,
    "draw": lambda now: now.has_canvas and now.is_idle and now.outcome is Outcome.DONE,
    "edit": _has_code,
    "edit_outside": _has_code,
    "find": _has_code,
    "choose": _has_numbers,
    "turn": _has_numbers,
    "begin_setting": _has_dial,
    "let_go": _has_dial,
    "search": lambda now: now.is_searchable,
    "search_on": lambda now: now.is_searchable,
    "copy_or_stop": lambda now: now.has_selection or _can_stop(now),
    "copy_pane": lambda now: now.is_copyable,
    "run_edit": _can_restart,
    "race_edit": lambda now: now.is_edited and not now.is_racing and _may_begin_race(now),
    "hint": lambda now: now.hints_left > 0,
    "difference": lambda now: now.is_edited,
    "starter": lambda now: now.is_edited,
    "go_on_with_starter": lambda now: now.is_in_the_way and now.is_idle,
    "solution": lambda now: now.is_exercise and not now.is_solved,
    "end_writing": lambda now: now.hand is Hand.EDITOR,
    "move_pen": _has_pen,
    "pen": _has_pen,
    "eraser": _has_pen,
    "wipe": _has_pen,
    "end_drawing": _has_pen,
}
