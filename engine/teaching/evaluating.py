"""Whether a model is evaluated while its layers are in training mode.

`EvaluationInstrumenter` has what is called under `no_grad()` pass through a hook, where the block
looks as if it evaluated something; what the model is then is seen when it is called.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable
from typing import Any

from engine.code.training import runs_without_gradients, switches_gradients_off
from engine.teaching.sources import called, targets_of
from engine.values.paths import is_module

CALLED_HOOK = "__tutorch_called__"

_PICKS = frozenset({"argmax", "max", "topk", "round"})
_MEASURES = ("loss", "entropy", "criterion", "accuracy", "error", "score")
_DISTANCES = frozenset({"abs", "square", "pow", "norm"})
_NEVER_HOOKED = frozenset(dir(builtins))
_LAYERS = ("Dropout", "BatchNorm", "AlphaDropout", "FeatureAlphaDropout")


class EvaluationInstrumenter(ast.NodeTransformer):
    """Hooks the calls of blocks and functions that evaluate without gradients.

    `model(x)` becomes `CALLED_HOOK(model, line)(x)`, the hook giving back what it is given.
    Positions are kept. Modules stay as they are, but for `self(x)` in another method than the one
    that runs then: what else is called in them may run inside torch's own calls.
    """

    _may_be_hooked: Callable[[ast.expr], bool]

    def visit_Module(self, node: ast.Module) -> ast.AST:
        """Hook a whole cell."""
        self._tree = node
        self._may_be_hooked = _may_be_model
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Hook a class, such as a trainer; of a module only what calls the module itself."""
        outside = self._may_be_hooked
        if any(ast.unparse(base).endswith("Module") for base in node.bases):
            self._may_be_hooked = _is_self
        self.generic_visit(node)
        self._may_be_hooked = outside
        return node

    def visit_With(self, node: ast.With) -> ast.AST:
        """Hook a block under `no_grad()`."""
        if runs_without_gradients(node):
            return self._hooked(node)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Hook a function that is decorated with `no_grad()`."""
        if runs_without_gradients(node):
            return self._hooked(node)
        return self.generic_visit(node)

    def _hooked(self, node: ast.With | ast.FunctionDef) -> ast.AST:
        if not _evaluates(node, self._tree) or _trains_on_purpose(node):
            return node
        for part in ast.walk(node):
            if isinstance(part, ast.Call) and self._may_be_hooked(part.func):
                part.func = _passed_through(part.func)
        return node


def layer_in_training(module: object) -> str | None:
    """The kind of a layer that does something else in training, and is in training mode."""
    if not is_module(module):
        return None
    waiting: list[Any] = [module]
    for part in waiting:
        if not is_module(part):
            continue
        kind = type(part).__name__
        if part.training and kind.startswith(_LAYERS) and getattr(part, "p", True):
            return kind
        waiting += object.__getattribute__(part, "__dict__").get("_modules", {}).values()
    return None


def is_without_gradients() -> bool:
    """Whether torch builds no graph here."""
    torch = sys.modules.get("torch")
    return torch is not None and not torch.is_grad_enabled()


def _evaluates(node: ast.With | ast.FunctionDef, tree: ast.AST) -> bool:
    """Whether what it makes is compared, picked from or measured: here, or by its name elsewhere.

    What is only made here may be for training, such as what a generator draws.
    """
    inside = list(ast.walk(node))
    if any(map(_compares, inside)) or any(map(_measures, inside)):
        return True
    made = {
        target.id
        for one in inside
        if isinstance(one, ast.Assign)
        for target in targets_of(one)
        if isinstance(target, ast.Name)
    }
    return any(_compares(one) and _reads(one, made) for one in ast.walk(tree))


def _compares(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return not any(isinstance(one, ast.Is | ast.IsNot | ast.In | ast.NotIn) for one in node.ops)
    return isinstance(node, ast.Call) and called(node) in _PICKS


def _measures(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(left=ast.BinOp(op=ast.Sub()), op=ast.Pow()):
            return True
        case ast.Call(func=ast.Attribute(value=ast.BinOp(op=ast.Sub()), attr=name)) if (
            name in _DISTANCES
        ):
            return True
    return isinstance(node, ast.Call) and any(one in called(node).lower() for one in _MEASURES)


def _reads(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node))


def _trains_on_purpose(node: ast.AST) -> bool:
    """Whether a `.train()` comes before the first other call in it."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    calls = [one for one in calls if not switches_gradients_off(one)]
    calls.sort(key=lambda one: (one.lineno, one.col_offset))
    return bool(calls) and called(calls[0]) == "train" and not calls[0].args


def _may_be_model(function: ast.expr) -> bool:
    match function:
        case ast.Name(id=name):
            return name not in _NEVER_HOOKED
        case ast.Attribute(value=ast.Name(id="self")):
            return True
    return False


def _is_self(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "self"


def _passed_through(function: ast.expr) -> ast.expr:
    hook = ast.Name(CALLED_HOOK, ast.Load())
    line = ast.Constant(function.lineno)
    call = ast.Call(func=hook, args=[function, line], keywords=[])
    for part in (call, hook, line):
        ast.copy_location(part, function)
    return call
