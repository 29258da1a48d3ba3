"""Stepping by statements: what ends it, and that nothing is left of it."""

from __future__ import annotations

import pytest
from playing import ends, step_and_wait
from walking import Play, Walk, walked

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status

# What ends it


def test_an_error_in_a_statement_is_told_as_without_stepping(play: Play) -> None:
    text = "def f(x):\n    return 1 / x\nfor i in (1, 0):\n    f(\n        i)\n"
    plain = play(text).run()

    walk = Walk(play(text))
    walk.to_the_end()

    ended = walk.player.ended()
    assert ended.outcome is Outcome.FAILED
    assert ended.traceback == plain.traceback


def test_leaving_by_exit_is_told_as_without_stepping(play: Play) -> None:
    text = "import sys\nsys.exit(3)\nafter = 1"
    plain = play(text).run()

    walk = Walk(play(text))
    walk.to_the_end()

    assert walk.player.ended().traceback == plain.traceback
    assert "after" not in walk.player.namespace


def test_a_stop_ends_a_step_that_stands_before_a_statement(play: Play) -> None:
    walk = Walk(play("try:\n    x = 1\nexcept Exception:\n    y = 1\nz = 1"))
    walk.go_to("x = 1")

    walk.player.session.stop()

    walk.player.ended()
    assert ends(walk.player) == [(0, Outcome.STOPPED)]
    assert not {"x", "y", "z"} & set(walk.player.namespace)


def test_a_statement_without_end_is_stopped(play: Play) -> None:
    walk = Walk(play("import itertools\nany(map(lambda n: False, itertools.count()))"))
    walk.go_on()
    walk.player.session.step(Grain.STATEMENT)
    walk.player.wait_for(Status.RUNNING)

    walk.player.session.stop()

    assert walk.player.ended().outcome is Outcome.STOPPED


def test_a_step_that_was_stopped_at_a_statement_runs_again(play: Play) -> None:
    walk = Walk(play("import sys\nx = 1\nfound = sys.gettrace()"))
    walk.go_on()
    walk.player.session.stop()
    walk.player.ended()

    walk.player.run()

    assert walk.player.namespace["found"] is None


# No trace of it


LOOKING = """
    # %% watch="cost"
    import sys

    found = []

    def look():
        frame = sys._getframe()
        found.append(sys.gettrace())
        while frame is not None:
            found.append(frame.f_trace)
            frame = frame.f_back

    def train():
        for epoch in range(4):
            cost = epoch
            look()

    begun = 1
    train()
    look()
"""


def test_nothing_is_traced_in_a_run_that_nobody_steps_by_statements(play: Play) -> None:
    player = play(LOOKING)
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)
    step_and_wait(player, Grain.OUTER)

    player.session.resume()

    assert player.ended().outcome is Outcome.DONE
    assert set(player.namespace["found"]) == {None}  # type: ignore[call-overload]


@pytest.mark.parametrize("place", ["begun = 1", "cost = epoch", "look()"])
@pytest.mark.parametrize("grain", [None, Grain.INNER])
def test_nothing_is_traced_once_it_has_gone_on(play: Play, place: str, grain: Grain | None) -> None:
    walk = Walk(play(LOOKING))
    walk.go_to(place)

    if grain is not None:
        step_and_wait(walk.player, grain)
    walk.player.session.resume()

    assert walk.player.ended().outcome is Outcome.DONE
    assert set(walk.player.namespace["found"]) == {None}  # type: ignore[call-overload]


def test_tracing_ends_within_a_statement_when_it_is_to_run_on(play: Play) -> None:
    walk = Walk(
        play("""
        # %%
        import sys, threading
        from fractions import Fraction
        reached, may_go = threading.Event(), threading.Event()
        found = reached.set() or may_go.wait() and Fraction(1, 3) and sys.gettrace()
    """)
    )
    walk.go_on()
    walk.go_on()
    walk.go_on()
    walk.player.session.step(Grain.STATEMENT)
    walk.player.namespace["reached"].wait()  # type: ignore[attr-defined]

    walk.player.session.resume()
    walk.player.session.step(Grain.INNER)
    walk.player.namespace["may_go"].set()  # type: ignore[attr-defined]

    walk.player.ended()
    assert walk.player.namespace["found"] is None


def test_what_is_deleted_dies_at_once_while_it_is_stepped(play: Play) -> None:
    text = """
        # %%
        class Told:
            def __del__(self):
                deaths.append(len(deaths))
        deaths = []
        told = Told()
        del told
        after = list(deaths)
    """
    walk = Walk(play(text))

    walk.to_the_end()

    assert walk.player.namespace["after"] == [0]


def test_a_process_that_is_forked_meanwhile_is_not_traced(play: Play) -> None:
    walk = Walk(
        play("""
        # %%
        import os, sys
        def child():
            return 7 if sys.gettrace() is None else 1
        pid = os.fork() or os._exit(child())
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    """)
    )

    walk.to_the_end()

    assert walk.player.namespace["status"] == 7


def test_threads_of_the_lesson_are_not_stood_in(play: Play) -> None:
    text = "import threading\ndef work():\n    seen.append(1)\nseen = []\n"
    text += "thread = threading.Thread(target=work)\nthread.start()\nthread.join()"

    assert "seen.append(1)" not in walked(play, text)
