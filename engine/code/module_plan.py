"""What is to be looked at in a module that a cell imports: what trains there, or makes a curve.

Its other loops are left alone: they may be what a compiler reads, or run a million times.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from engine.code.curve_names import is_curve_name
from engine.code.curves import plan_of
from engine.code.loop_names import Loop
from engine.code.plan import Plan, WholeFile
from engine.code.training import trained_in, trains

# What a module that trains or logs has by name, if it calls nothing that does.
_SIGNS = frozenset({
    *("backward", "manual_backward", "step"),
    *("log", "log_dict", "log_metric", "log_metrics", "add_scalar"),
})  # fmt: skip


def plan_of_module(tree: ast.Module, whole: WholeFile) -> Plan:
    """The plan of a module, where the lesson and what it imports are the `whole`."""
    # Only what trains is a curve by being printed or kept in a list.
    whole = replace(whole, has_curves=True)
    loops = [node for node in ast.walk(tree) if isinstance(node, Loop)]
    if not _has_signs(tree, whole):
        # Most modules of a large package: to read one in full takes as long as to import it.
        nothing = plan_of(ast.Module([], []), whole)
        return replace(nothing, left=frozenset(map(id, loops)))
    plan = plan_of(tree, whole)
    functions = whole.trained.functions | trained_in([tree]).functions
    idle = {id(loop) for loop in loops if not trains(loop, functions)}
    records = {loop for loop, names in plan.names.items() if names}
    return replace(plan, left=plan.left | (idle - records - plan.noting - plan.around))


def _has_signs(tree: ast.Module, whole: WholeFile) -> bool:
    named: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                named.add(name)
    signs = _SIGNS | whole.trained.functions
    return bool(whole.asked or named & signs or any(map(is_curve_name, named)))
