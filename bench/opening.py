"""How soon the list of lessons is painted, against the import of what paints it."""

from __future__ import annotations

import re
import sys
import time

from bench.budgets import Bound, Budget, Measured, middle
from bench.programs import PLAYER, ROOT, fresh_environment, run_plainly
from bench.terminal import Terminal

FIRST_PAINT = Budget("first paint of the list", Bound.AT_MOST, 2.0, "times textual's import")

# The first lesson's title in the list, and the last of the keys below; either may come first.
_PAINTED = (re.compile(rb"Gradient descent"), re.compile(rb"quit"))


def measure_first_paint(pairs: int) -> list[Measured]:
    """From the start of `tutorch` to its list and its keys, in turn with the import."""
    imports, paints = [], []
    with fresh_environment() as environment:
        for _ in range(pairs + 1):
            imports.append(_import_textual(environment))
            paints.append(_paint_list(environment))
    # The first of each also reads its files from the disk.
    del imports[0], paints[0]
    ratios = [paint / bare for paint, bare in zip(paints, imports, strict=True)]
    note = f"{1000 * min(paints):.0f} ms against {1000 * min(imports):.0f} ms at best"
    return [middle(FIRST_PAINT, ratios, note)]


def _import_textual(environment: dict[str, str]) -> float:
    began = time.perf_counter()
    run_plainly([sys.executable, "-c", "import textual.app"], environment)
    return time.perf_counter() - began


def _paint_list(environment: dict[str, str]) -> float:
    with Terminal(PLAYER, environment, ROOT) as terminal:
        return max(map(terminal.wait_for, _PAINTED)) - terminal.started
