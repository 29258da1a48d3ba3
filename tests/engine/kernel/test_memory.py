"""Memory that runs out is said in words, and what a failed step held is given back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playing import Player

from engine.errors.memory import asked_in_vain
from engine.protocol.outcomes import Outcome

Play = Callable[..., Player]


@pytest.mark.parametrize(
    ("code", "amount"),
    [
        ("import torch\ntorch.empty(10**15)", "3.55 PiB"),
        ("bytearray(10**15)", ""),
        ("import numpy\nnumpy.empty(10**15)", "7.11 PiB"),
    ],
)
def test_a_step_that_asks_for_too_much_fails_with_how_much(
    play: Play, code: str, amount: str
) -> None:
    player = play(f"# %%\n{code}\n\n# %%\nx = 1")

    ended = player.run(0)

    assert ended.outcome is Outcome.FAILED
    assert ended.traceback is not None
    assert ended.traceback.asked_in_vain == amount
    assert player.session.status.name == "READY"


@pytest.mark.parametrize(
    ("error", "amount"),
    [
        (RuntimeError("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has"), "20.00 GiB"),
        (
            RuntimeError("MPS backend out of memory. Tried to allocate 1.50 GB on"),
            "1.50 GB",
        ),
        (RuntimeError("not enough memory: you tried to allocate 512 bytes."), "512 bytes"),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), None),
        (ValueError("out of memory"), None),
        (MemoryError(), ""),
    ],
)
def test_an_error_says_how_much_memory_there_was_not(error: Exception, amount: str | None) -> None:
    assert asked_in_vain(error, str(error)) == amount


def test_what_a_failed_step_held_in_its_functions_is_free_at_once(
    play: Play, tmp_path: Path
) -> None:
    player = play("""
        # %%
        import gc, torch, weakref
        gc.disable()
        held = []
        def use():
            large = torch.ones(1000)
            held.append(weakref.ref(large))
            try:
                raise MemoryError("first")
            except MemoryError:
                raise RuntimeError("second")
        # %%
        use()
    """)
    player.run(0)

    ended = player.run(1)

    assert ended.outcome is Outcome.FAILED
    assert player.namespace["held"][0]() is None  # type: ignore[index]
