"""What the teacher tells of a lesson's run, each with the text of the line that it names."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from playing import Player

from engine.protocol.noticed import Noticed, Slip

TASK = """
    import torch
    import torch.nn.functional as F
    from torch import nn

    torch.manual_seed(1)
    x = torch.randn(16, 3)
    y = x.sum(1, keepdim=True)
    kinds = (y.flatten() > 0).long()
"""

LINEAR = f"""{TASK}
    model = nn.Linear(3, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
"""


@dataclass(frozen=True)
class Told:
    """A slip, the code at its line, and what else was said of it."""

    slip: Slip
    code: str
    names: tuple[str, ...]
    figures: tuple[float, ...]
    shapes: tuple[tuple[int, ...], ...]


Teach = Callable[[str], list[Told]]


def taught_by(play: Callable[..., Player], code: str, *, before: str = TASK) -> list[Told]:
    """Play `code` after `before`, as the two cells of a lesson; all that the teacher told."""
    first, second = textwrap.dedent(before).strip(), textwrap.dedent(code).strip()
    player = play(f'# %% The task\n{first}\n\n# %% Training watch="cost"\n{second}\n')
    player.run(1)
    trouble = player.session._worker._runner.namespace.teacher.trouble
    if trouble is not None:
        raise trouble
    lines = player.session.lesson.source.split("\n")
    return [
        Told(
            one.slip,
            lines[one.line - 1].strip() if one.line else "",
            one.names,
            one.figures,
            one.shapes,
        )
        for one in player.events()
        if isinstance(one, Noticed)
    ]


def slips(told: list[Told]) -> list[Slip]:
    """Which slips were told, in their order."""
    return [one.slip for one in told]
