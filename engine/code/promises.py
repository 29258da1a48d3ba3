"""Whether a cell will make a curve when it runs: what it only defines runs in other cells."""

from __future__ import annotations

import ast
from functools import lru_cache

from engine.code.curves import plan_of
from engine.code.loop_names import Loop
from engine.code.plan import WholeFile
from engine.code.training import Function, tree_that_runs

_Definition = Function | ast.ClassDef


@lru_cache(maxsize=64)
def promises_curve(source: str) -> bool:
    """Whether a cell has a loop that will make a curve, and that it runs itself.

    That stands outside of what it defines, or in something that it names once it has defined it.
    """
    tree = tree_that_runs(source)
    if tree is None:
        return False
    plan = plan_of(tree, WholeFile())
    recording = plan.noting | {loop for loop, names in plan.names.items() if names}
    defined = {one.name for one in tree.body if isinstance(one, _Definition)}
    run = [one for one in tree.body if not isinstance(one, _Definition)]
    nodes = [node for one in run for node in ast.walk(one)]
    if any(isinstance(node, Loop) and id(node) in recording for node in nodes):
        return True
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    return bool(recording) and not defined.isdisjoint(named)
