"""What a check gave a model that raised an error, read off the error's traceback.

Torch says what does not fit in its own words, and in English. What went in can be told in any.
"""

from __future__ import annotations

import inspect
import sys
import traceback
from types import FrameType


def given_to_a_model(error: BaseException) -> str:
    """The tensors that the first module on the way to the error got, as "float32 [5, 2]".

    It is "" where no module was called, or one with no tensor.
    """
    torch = sys.modules.get("torch")
    if torch is None:
        return ""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if isinstance(frame.f_locals.get("self"), torch.nn.Module):
            return ", ".join(
                f"{str(each.dtype).removeprefix('torch.')} {list(each.shape)}"
                for each in _arguments(frame)
                if isinstance(each, torch.Tensor)
            )
    return ""


def _arguments(frame: FrameType) -> list[object]:
    names, rest, by_name, values = inspect.getargvalues(frame)
    return [
        *(values[name] for name in names),
        *(values[rest] if rest else ()),
        *(values[by_name].values() if by_name else ()),
    ]
