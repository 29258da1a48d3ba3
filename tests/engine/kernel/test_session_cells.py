"""What a session tells of a cell that prints, raises, pickles, or starts threads and processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playing import Player, wait_until

from engine.protocol.events import LessonRewound, StepEnded
from engine.protocol.frame import FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]


def test_prints_errors_and_carriage_returns_arrive(play: Play) -> None:
    player = play("""
        import sys, threading
        print("안녕", end="")
        sys.stdout.write("\\r50%")
        print("oh", file=sys.stderr)
        thread = threading.Thread(target=print, args=("from a thread",))
        thread.start()
        thread.join()
    """)

    player.run()

    assert player.output() == "안녕\r50%oh\nfrom a thread\n"


def test_an_error_that_a_notebook_means_to_show_ends_its_step_alone(play: Play) -> None:
    player = play("""
        # %% A tags=["raises-exception"]
        kept = 1
        kept / 0

        # %% B
        print("goes on", kept)
    """)
    player.session.run_all()

    player.ended()

    first, second = (event for event in player.told if isinstance(event, StepEnded))
    assert (first.outcome, second.outcome) == (Outcome.DONE, Outcome.DONE)
    assert first.traceback is not None
    assert first.traceback.lines[-1] == "ZeroDivisionError: division by zero"
    assert player.output() == "goes on 1\n"


def test_a_failed_step_shows_the_lessons_lines_only(play: Play) -> None:
    player = play("""
        # %% A
        def divide(values):
            for value in values:
                print(10 / value)

        # %% B
        while True:
            divide([1, 0])

        # %% C
        never = True
    """)
    player.session.run_all()

    ended = player.ended()

    assert (ended.step, ended.outcome) == (1, Outcome.FAILED)
    assert ended.traceback is not None
    assert ended.traceback.line == 4
    assert ended.traceback.lines[-1] == "ZeroDivisionError: division by zero"
    text = "\n".join(ended.traceback.lines)
    assert 'File "lesson.py", line 8' in text
    assert "engine" not in text
    assert "IPython" not in text
    assert player.session.done == 1


def test_after_a_failure_the_steps_before_are_replayed(play: Play) -> None:
    player = play("""
        # %%
        trail = []

        # %%
        trail.append(1)
        1 / 0
    """)
    player.run(1)

    player.run(1)

    assert player.namespace["trail"] == [1]
    assert player.events().count(LessonRewound()) == 1


def test_sys_exit_fails_its_step_and_no_more(play: Play) -> None:
    player = play("import sys\nfor i in range(2):\n    sys.exit(3)")

    ended = player.run()

    assert ended.outcome is Outcome.FAILED
    assert ended.exit is not None
    assert ended.exit.status == 3
    assert player.output() == ""
    assert player.run().outcome is Outcome.FAILED


def test_a_keyboard_interrupt_of_a_lessons_own_is_a_failure(play: Play) -> None:
    player = play("raise KeyboardInterrupt('mine')")

    assert player.run().outcome is Outcome.FAILED


def test_threads_that_outlive_their_step_do_not_wait_for_a_pause(play: Play) -> None:
    player = play("""
        # %%
        import threading
        stop, counted = threading.Event(), []
        def count():
            while not stop.is_set():
                for i in range(3):
                    counted.append(i)
                    del counted[:-3]
                beats.append(1)
        beats = []
        thread = threading.Thread(target=count, daemon=True)
        thread.start()

        # %%
        for epoch in range(10):
            cost = epoch + 0.5
    """)
    player.session.run_step(1, Grain.INNER)
    player.wait_for(Status.PAUSED)
    beats = player.namespace["beats"]
    before = len(beats)  # type: ignore[arg-type]

    wait_until(lambda: len(beats) > before + 10, "the lesson's thread to go on")  # type: ignore[arg-type]

    player.namespace["stop"].set()  # type: ignore[attr-defined]


def test_a_lessons_model_is_pickled_and_saved(play: Play, tmp_path: Path) -> None:
    player = play(f"""
        import pickle
        import torch

        class Model(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.linear = torch.nn.Linear(2, 1)

        model = Model()
        copy = pickle.loads(pickle.dumps(model))
        torch.save(model, {str(tmp_path / "model.pt")!r})
        loaded = torch.load({str(tmp_path / "model.pt")!r}, weights_only=False)
        same = [torch.equal(model.linear.weight, other.linear.weight) for other in (copy, loaded)]
        kinds = [type(other) is Model for other in (copy, loaded)]
    """)

    ended = player.run()

    assert ended.traceback is None, ended.traceback
    assert (player.namespace["same"], player.namespace["kinds"]) == ([True, True], [True, True])


def test_loader_processes_run_a_lessons_loops_while_a_pause_is_asked_for(play: Play) -> None:
    player = play("""
        import torch
        from torch.utils.data import DataLoader, Dataset

        class Squares(Dataset):
            def __len__(self):
                return 12

            def __getitem__(self, index):
                return square(index)

        def square(index):
            total = 0
            for _ in range(index):
                total += index
            return total

        def collate(items):
            batch = []
            for item in items:
                while len(batch) < 99:
                    batch.append(item)
                    break
            return batch

        seen = []
        loader = DataLoader(Squares(), 3, num_workers=2, collate_fn=collate,
                            multiprocessing_context="fork")
        for epoch in range(2):
            for batch in loader:
                seen += batch
                loss = float(sum(batch))
    """)
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)
    player.session.request_frame(FrameRequest(20, 5))
    player.session.resume()
    player.session.pause()
    player.wait_for(Status.PAUSED, Status.READY)
    player.session.resume()

    ended = player.ended()

    assert ended.traceback is None, ended.traceback
    assert player.namespace["seen"] == [i * i for i in range(12)] * 2
