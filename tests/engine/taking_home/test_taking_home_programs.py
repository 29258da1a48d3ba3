"""Programs written by hypothesis, changed at moments of its choice, end bare as they ended."""

from __future__ import annotations

import io
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from generating import NAMES, PROFILE, programs
from hypothesis import given
from hypothesis import strategies as st
from plainly import PLAIN_TYPES
from playing import PATIENCE, Player, Written, lesson_from, wait_until
from taken_home import ask, saved

from engine.kernel.session import Session
from engine.protocol.status import Grain, Status

pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")

CHANGES = st.sampled_from(["total += 10", "x = 3", "total = 5; x = total % 4", "fuel -= 7"])
MOVES = st.tuples(st.sampled_from([*Grain]), st.integers(1, 6), CHANGES)


@PROFILE
@given(programs(), st.lists(MOVES, min_size=1, max_size=4))
def test_a_changed_program_ends_bare_as_it_ended(
    program: str, moves: list[tuple[Grain, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lesson = lesson_from(f'# %% Run watch="total x"\n{program}', Path(folder))
        written = Written()
        player = Player(Session(lesson), written)
        with redirect_stdout(written), redirect_stderr(written):
            player.session.start()
            try:
                player.wait_for(Status.READY)
                play_and_change(player, moves)
                ended = plain_values(player.namespace)
                document, path = saved(player, Path(folder))
            finally:
                player.session.close(patience=PATIENCE)

        values, printed = run(path)

    if not document.inexact:
        assert (values, printed) == (ended, player.output()), document.text


def play_and_change(player: Player, moves: list[tuple[Grain, int, str]]) -> None:
    player.session.run_step(0, moves[0][0])
    player.wait_for(Status.PAUSED, Status.READY)
    for grain, count, change in moves:
        for _ in range(count):
            if player.session.status is Status.READY:
                return
            player.session.step(grain)
            player.wait_for(Status.PAUSED, Status.READY)
        if player.session.status is Status.PAUSED:
            ask(player, change)
    player.session.resume()
    wait_until(lambda: player.session.status is Status.READY, "the program to end")


def run(path: Path) -> tuple[dict[str, object], str]:
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    namespace: dict[str, object] = {"__name__": "__main__"}
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        try:
            exec(code, namespace)
        except Exception as error:
            del error
    return plain_values(namespace), printed.getvalue()


def plain_values(namespace: dict[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in namespace.items()
        if NAMES.fullmatch(name) and isinstance(value, PLAIN_TYPES)
    }
