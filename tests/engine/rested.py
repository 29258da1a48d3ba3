"""Engines whose host has imported all that it imports where nobody waits."""

from __future__ import annotations

import pytest
from warmed import IS_POSSIBLE, warm_starts

from engine.client import engine
from engine.client.engine import Engine


class RestedEngine(Engine):
    """An engine that nobody asked for a session before its host had come to rest.

    Each process that is forked from another host imports `torch._dynamo` by itself, with its first
    optimizer, for more than a second.
    """

    def start(self) -> None:
        if IS_POSSIBLE:
            with warm_starts():
                super().start()
            return
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, "_PROGRAM", f"import torch._dynamo; {engine._PROGRAM}")
            super().start()
