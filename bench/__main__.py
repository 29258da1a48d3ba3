"""The bench's command: measures every budget, prints the table, keeps it as JSON.

`python -m bench [--quick] [WHAT ...]`; exit status 1 when a budget is missed or not measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
import traceback
from collections.abc import Callable
from importlib import metadata

from bench.budgets import Measured, table
from bench.dying import measure_deaths
from bench.going_back import measure_going_back, measure_keeping
from bench.keys import measure_key_presses
from bench.opening import measure_first_paint
from bench.programs import ROOT
from bench.racing import measure_race
from bench.recording import measure_recording
from bench.slow_link import measure_slow_link
from bench.training import measure_loader, measure_tiny_loop

RESULTS = ROOT / "bench" / "results.json"

_Plan = dict[str, Callable[[], list[Measured]]]


def main() -> int:
    """Measure, print, keep; the exit status."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure the design's budgets.")
    parser.add_argument(
        "--quick", action="store_true", help="fewer pairs: for a look, not for proof"
    )
    parser.add_argument("what", nargs="*", help=f"all of them without: {', '.join(_full_plan())}")
    arguments = parser.parse_args()
    plan = _quick_plan() if arguments.quick else _full_plan()
    for unknown in set(arguments.what) - plan.keys():
        parser.error(f"there is no {unknown!r}; there are: {', '.join(plan)}")
    chosen = {name: plan[name] for name in arguments.what} if arguments.what else plan
    machine = _machine()
    rows, failed = _measure_all(chosen)
    machine["load_after"] = os.getloadavg()[0]
    kept = {"machine": machine, "quick": arguments.quick, "rows": [row.as_json() for row in rows]}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    print(*table(rows), sep="\n")
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    for name in failed:
        print(f"NOT MEASURED: {name}")
    return 0 if all(row.is_met for row in rows) and not failed else 1


def _full_plan() -> _Plan:
    return _plan(rounds=40, paints=15, presses=100, deaths=20, frames=41, leavings=3)


def _quick_plan() -> _Plan:
    return _plan(rounds=10, paints=5, presses=30, deaths=6, frames=11, leavings=1)


def _plan(
    *, rounds: int, paints: int, presses: int, deaths: int, frames: int, leavings: int
) -> _Plan:
    return {
        # The first, as it sees memory only where no more was used before.
        "ten million points": lambda: measure_recording(frames),
        "the tiny loop": lambda: measure_tiny_loop(rounds),
        "the DataLoader": lambda: measure_loader(rounds),
        "keeping moments": lambda: measure_keeping(rounds),
        "going back": lambda: measure_going_back(deaths),
        "a race": lambda: measure_race(deaths),
        "the slow link": lambda: measure_slow_link(rounds, leavings),
        "the first paint": lambda: measure_first_paint(paints),
        "key presses": lambda: measure_key_presses(presses),
        "deaths": lambda: measure_deaths(deaths),
    }


def _measure_all(plan: _Plan) -> tuple[list[Measured], list[str]]:
    """What was measured, and the names of what could not be: the rest is measured all the same."""
    rows: list[Measured] = []
    failed: list[str] = []
    for name, measure in plan.items():
        print(f"measuring {name} …", end=" ", file=sys.stderr, flush=True)
        began = time.monotonic()
        try:
            measured = measure()
        except Exception:
            traceback.print_exc()
            failed.append(name)
            continue
        rows += measured
        print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
        print(*table(measured), sep="\n", file=sys.stderr)
    return rows, failed


def _machine() -> dict[str, object]:
    return {
        "cpus": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "load_before": os.getloadavg()[0],
        "python": platform.python_version(),
        "torch": metadata.version("torch"),
        "textual": metadata.version("textual"),
    }


if __name__ == "__main__":
    sys.exit(main())
