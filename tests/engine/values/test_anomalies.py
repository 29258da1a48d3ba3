"""What torch's anomaly mode tells: the learner's own lines."""

from __future__ import annotations

from collections.abc import Callable

from remote import RemotePlayer

Play = Callable[..., RemotePlayer]


def test_a_warning_of_anomaly_mode_shows_the_lessons_lines_alone(play_apart: Play) -> None:
    player = play_apart("""
        import torch
        x = torch.tensor([-1.0], requires_grad=True)
        def root(x):
            return x.sqrt()
        with torch.autograd.detect_anomaly(check_nan=True):
            root(x).sum().backward()
    """)

    player.run()

    told = player.output().partition("caused the error:\n")[2].partition(" (Triggered")[0]
    assert told.splitlines() == [
        '  File "lesson.py", line 7, in <module>',
        "    root(x).sum().backward()",
        '  File "lesson.py", line 5, in root',
        "    return x.sqrt()",
    ]
