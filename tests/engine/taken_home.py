"""A session that is taken home in a test: played, changed, saved, and run bare."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

from plainly import PLAIN_TYPES
from playing import Player, step_and_wait, wait_until
from warmed import WARM_PYTHON, warm_starts

from engine.protocol.commands import RunTo
from engine.protocol.events import AskAnswered, StepEnded, StepStarted
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status
from engine.taking_home.script import script_of
from engine.taking_home.session import Document, TakenChange, TakenSession, TakenStep, Words

WORDS = Words(
    changed="changed in the session",
    nearly="changed near here",
    left_out="not in this code:",
    failed_too="as in the session",
    arguments="what the program was given",
    seeds="what the session began with",
    no_seeds="the session's random numbers are not here",
    came_to="The session had come to here",
    run_on="what follows had not run",
    not_to_its_end="not run to its end",
    not_python="no plain Python",
    beside="beside the lesson",
)

# Runs files one after another, and tells of each what it left: a word for each generator too.
_BARE = """
import contextlib, io, json, random, runpy, sys
told = []
for path in sys.argv[1:]:
    printed, error = io.StringIO(), ""
    with contextlib.redirect_stdout(printed):
        names = {}
        try:
            names = runpy.run_path(path, run_name="__main__")
        except BaseException as raised:
            error = f"{type(raised).__name__}: {raised}"
            frame = raised.__traceback__
            while frame is not None:
                if frame.tb_frame.f_code.co_filename == path:
                    names = dict(frame.tb_frame.f_globals)
                frame = frame.tb_next
    values = {name: repr(value) for name, value in names.items() if not name.startswith("_")}
    told.append([values, printed.getvalue(), error, repr(random.getstate())])
print(json.dumps(told))
"""


class Bare:
    """What a script has left: the text of every value, what it printed, and what it raised."""

    def __init__(self, told: list[object]) -> None:
        values, printed, error, numbers = told
        assert isinstance(values, dict)
        self.values: dict[str, str] = values
        self.printed = str(printed)
        self.error = str(error)
        self.numbers = numbers


def run_bare(*paths: Path) -> list[Bare]:
    command = [*WARM_PYTHON, "-c", _BARE, *map(str, paths)]
    with warm_starts():
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [Bare(told) for told in json.loads(done.stdout)]


def play_moves(player: Player, moves: str) -> None:
    """Play as the lines say: a key for each step, `on` to run on, `run` for a step, or `: asked`.

    Keys are those of the player: `.` an iteration, `>` one of the outermost loop, `]` a statement;
    a number before it says how many. `start` runs a step to the end of its first iteration,
    `start]` the first one to its first statement, and `begin` to where it begins.
    """
    for move in (line.strip() for line in moves.strip().split("\n")):
        match move.split():
            case ["start", *which]:
                player.session.run_step(int(which[0]) if which else 0, Grain.INNER)
                player.wait_for(Status.PAUSED, Status.READY)
            case ["begin"]:
                player.session.process.run_to(RunTo(0, 0, place=Place(0)))
                player.wait_for(Status.PAUSED)
            case ["start]"]:
                player.session.run_step(0, Grain.STATEMENT)
                player.wait_for(Status.PAUSED)
            case ["on"]:
                player.session.resume()
                player.ended()
            case ["run", index]:
                player.run(int(index))
            case [":", *_]:
                ask(player, move[2:])
            case _:
                grain = {".": Grain.INNER, ">": Grain.OUTER, "]": Grain.STATEMENT}[move[-1]]
                for _ in range(int(move[:-1] or 1)):
                    step_and_wait(player, grain)


def ask(player: Player, text: str) -> AskAnswered:
    asked = [event for event in player.events() if isinstance(event, AskAnswered)]
    before, is_paused = player.session.frame, player.session.status is Status.PAUSED
    player.session.ask(len(asked) + 1, text)
    answers: list[AskAnswered] = []

    def is_answered() -> bool:
        answers[:] = [event for event in player.events() if isinstance(event, AskAnswered)]
        return len(answers) > len(asked)

    wait_until(is_answered, f"the answer to {text!r}")
    if is_paused:
        # The next step waits for a frame of its own.
        wait_until(lambda: player.session.frame is not before, "a frame of what was asked")
    return answers[-1]


def taken(player: Player) -> TakenSession:
    """The session as it stands."""
    lesson = player.session.lesson
    begun = {event.step for event in player.events() if isinstance(event, StepStarted)}
    done = {event.step for event in player.events() if isinstance(event, StepEnded)}
    steps = tuple(
        TakenStep(
            step,
            "" if step.cell is None else step.cell.source,
            step.index in begun,
            step.index in done,
        )
        for step in lesson.steps
    )
    changes = tuple(
        TakenChange(event.spot, event.text, event.outcome)
        for event in player.events()
        if isinstance(event, AskAnswered) and (event.changed or event.has_drawn)
    )
    return TakenSession(lesson, steps, changes, None, player.session.spot, "en", WORDS)


def saved(player: Player, folder: Path) -> tuple[Document, Path]:
    script = script_of(taken(player))
    path = folder / "taken.py"
    path.write_text(script.text, encoding="utf-8")
    return script, path


def assert_script_ends_alike(player: Player, folder: Path) -> None:
    """Save the session as it has ended, and run the script: all is as it was."""
    script, path = saved(player, folder)
    (bare,) = run_bare(path)

    ended = values_of(player)
    assert script.inexact == 0, script.text
    assert bare.error == "", script.text
    assert {name: bare.values.get(name) for name in ended} == ended, script.text
    assert bare.printed == player.output(), script.text
    if "random" in player.session.lesson.source:
        assert bare.numbers == repr(random.getstate()), script.text


def assert_script_ends_there(player: Player, folder: Path) -> None:
    """Save the session as it stands in a run, and run the script: it ends there, and all is so."""
    script, path = saved(player, folder)
    stood = values_of(player)
    (bare,) = run_bare(path)

    assert bare.error == "SystemExit: ", script.text
    assert {name: bare.values.get(name) for name in stood} == stood, script.text
    assert bare.printed == player.output(), script.text


def values_of(player: Player) -> dict[str, str]:
    """The text of every plain value that the session ended with."""
    return {
        name: repr(value)
        for name, value in player.namespace.items()
        if isinstance(value, PLAIN_TYPES) and not name.startswith("_") and name not in _SHELLS
    }


_SHELLS = {"In", "Out", "exit", "quit", "get_ipython", "open", "display"}
