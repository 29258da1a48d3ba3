"""A lesson with tensors to open, and how its first one is opened."""

from __future__ import annotations

from driving import Player

LESSON = """
# %% show="block model"
import torch
from torch import nn
block = torch.arange(3 * 40 * 60).reshape(3, 40, 60).float()
block.requires_grad_()
model = nn.Linear(4, 2)
"""


async def open_first(player: Player) -> None:
    await player.press("5")
    await player.run_step()
    await player.until(lambda: "block" in player.pane("tensors").text, "the tensor")
    await player.press("enter")
    await player.reads("7,200 values  nan 0  inf 0", "[0, 0:")
