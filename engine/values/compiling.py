"""Whether torch's compiler reads the code of ours that it meets: that must not get into a graph."""

from __future__ import annotations

from collections.abc import Callable


def compiler_test() -> Callable[[], bool]:
    """What says whether the compiler reads the code that calls it, in place of running it.

    It is torch's own, which the compiler knows: it reads on as if what that guards were not there.
    """
    import torch

    test: Callable[[], bool] = torch.compiler.is_dynamo_compiling
    return test
