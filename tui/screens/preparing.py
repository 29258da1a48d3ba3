"""Does behind the list of lessons what is slow and what the first lesson needs."""

from __future__ import annotations

import gc
import importlib
import threading

from tui.player.own_engine import OwnEngine

PLAYER = "tui.screens.player"
# What a lesson needs to be read and shown, slow to import: in this order.
_HEAVY = ("jupytext", PLAYER)


def prepare_in_thread(engine: OwnEngine, *, freezes: bool) -> None:
    """Have the engine import torch in its own process, and what is slow here in a thread.

    `freezes` where this process is the app's alone: then its garbage collector leaves alone what
    is there by the end.
    """
    preparing = threading.Thread(
        target=_prepare, args=(engine, freezes), name="tutorch-imports", daemon=True
    )
    preparing.start()


def _prepare(engine: OwnEngine, freezes: bool) -> None:
    engine.started()
    for name in _HEAVY:
        importlib.import_module(name)
    if freezes:
        # Hundreds of thousands of objects that stay: to look through them again for garbage
        # would stop the interface for as long as a few frames take.
        gc.freeze()
