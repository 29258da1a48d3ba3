"""The random numbers that a session began with, as lines that a file begins with."""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from engine.protocol.random_numbers import RandomNumbers
from engine.taking_home.session import Words

_SEEDED_BY = {
    "random": ("random.seed",),
    "numpy": ("numpy.random.seed", "np.random.seed"),
    "torch": ("torch.manual_seed", "torch.random.manual_seed"),
}
_EVERY_SEED = {call for calls in _SEEDED_BY.values() for call in calls}
# How torch writes a generator's state: its seed, and how many numbers are left until new ones.
_SEED, _LEFT = slice(0, 8), slice(8, 12)


def seed_of(numbers: RandomNumbers) -> int | None:
    """The one number that every generator was seeded with, and has drawn nothing since, if any."""
    if numbers.torch is None:
        return None
    seed = int.from_bytes(numbers.torch[_SEED], sys.byteorder)
    is_fresh = int.from_bytes(numbers.torch[_LEFT], sys.byteorder) == 1
    if not is_fresh or random.Random(seed).getstate() != numbers.python or seed >= 1 << 32:
        return None
    if numbers.numpy is not None:
        state = np.random.RandomState(seed).get_state(legacy=False)["state"]
        if (state["key"].tobytes(), state["pos"]) != (numbers.numpy.keys, numbers.numpy.position):
            return None
    return seed


def seeding_lines(
    sources: Sequence[str], origin: RandomNumbers | None, words: Words
) -> tuple[str, ...]:
    """What the first cell begins with, so that the file draws what the session has drawn.

    Nothing for what the code itself seeds before it calls anything, or where nothing has run.
    """
    if origin is None:
        return ()
    used = [name for name in _generators(sources) if not _is_seeded(sources, name)]
    if not used:
        return ()
    seed = seed_of(origin)
    if seed is None:
        return (f"# {words.no_seeds}",)
    imports = (f"import {name}" for name in used)
    seeds = (f"{_SEEDED_BY[name][0]}({seed})" for name in used)
    return (f"# {words.seeds}", *imports, "", *seeds, "")


def _generators(sources: Sequence[str]) -> list[str]:
    """Whose random numbers the code may draw, by what it imports."""
    imported = {name for source in sources for name in _imported(source)}
    others = imported - sys.stdlib_module_names
    is_torchs = {name for name in others if name.startswith("torch")}
    draws = {
        "random": "random" in imported,
        "numpy": bool(others - is_torchs),
        "torch": bool(is_torchs),
    }
    return [name for name, does in draws.items() if does]


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


def _is_seeded(sources: Sequence[str], name: str) -> bool:
    """Whether the code seeds a generator before it calls anything else."""
    for statement in (one for source in sources for one in ast.parse(source).body):
        match statement:
            case ast.Import() | ast.ImportFrom():
                continue
            case ast.Expr(value=ast.Call() as call) | ast.Assign(value=ast.Call() as call):
                called = ast.unparse(call.func)
                if called in _SEEDED_BY[name] and call.args:
                    return True
                if called in _EVERY_SEED:
                    continue
        if any(isinstance(node, ast.Call) for node in _run_now(statement)):
            return False
    return False


def _run_now(statement: ast.stmt) -> Iterator[ast.AST]:
    """The parts of a statement that run where it stands: a function's body does not."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        for part in (*statement.decorator_list, statement.args):
            yield from ast.walk(part)
    else:
        yield from ast.walk(statement)
