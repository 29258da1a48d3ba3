"""A second look at the tensors of one pause: it says the same of them as the first."""

from __future__ import annotations

from collections.abc import Callable

from playing import Player, wait_until

from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.status import Grain, Status

COUNTING = """
    # %% Count show="t"
    import torch
    t = torch.zeros(3)
    for epoch in range(5):
        t[epoch % 3] += 1
"""


def frame_for(player: Player, position: int, width: int) -> Frame:
    """The frame of this iteration that was taken for drawings of this width."""
    before = player.session.frame
    player.session.request_frame(FrameRequest(width, 12))
    wait_until(
        lambda: (
            player.session.frame is not before
            and player.session.frame is not None
            and player.session.frame.position == position
        ),
        f"a frame of iteration {position}",
    )
    assert player.session.frame is not None
    return player.session.frame


def test_what_changed_stays_marked_in_another_frame_of_the_same_pause(
    play: Callable[..., Player],
) -> None:
    player = play(COUNTING)
    player.session.request_frame(FrameRequest(40, 12))
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)
    frame_for(player, 1, 41)
    player.session.step_on(0, Grain.INNER)
    frame_for(player, 2, 42)
    player.wait_for(Status.PAUSED)

    again = [frame_for(player, 2, width) for width in (43, 44)]

    changed = [frame.tensors[0].changed.tolist() for frame in again]
    assert changed == [[[False, True, False]]] * 2
