"""What curves are called: which names are costs by convention, and what an expression is named."""

from __future__ import annotations

import ast
import re

_MEASURES = frozenset({"loss", "cost", "acc", "accuracy"})
# What a policy is judged by: the rewards of all steps of an episode, or their mean over episodes.
_REWARDS = frozenset({"reward", "return"})
_OF_ALL_STEPS = frozenset({
    *("ep", "episode", "episodic", "total", "running", "cum", "cumulative"),
    *("mean", "avg", "average"),
})  # fmt: skip
# What stands beside such a word in a name that is no value of each iteration.
_OTHER_THINGS = frozenset({
    *("fn", "func", "function", "criterion", "fct", "history", "list", "meter", "weight", "scale"),
    *("best", "min", "max", "prev", "previous", "old", "last", "target", "threshold"),
})  # fmt: skip
_DATA = frozenset({
    *("loader", "data", "dataset", "set", "ds", "dl", "iter", "batch", "batches", "size", "step"),
    *("steps", "transform", "transforms", "images", "labels", "inputs", "targets", "x", "y"),
    *("losses", "accs", "costs", "df", "path", "dir", "sampler", "interval", "split", "idx"),
})  # fmt: skip
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VALIDATION = "val_"
_LONGEST = 28

# What gives the same number in another form.
_SAME_NUMBER = frozenset({"item", "detach", "cpu", "numpy", "tolist", "clone"})
_CONVERSIONS = frozenset({"float", "round", "str", "format"})


def is_curve_name(name: str) -> bool:
    """Whether by convention a name is a number that training is judged by."""
    parts = {part.lower() for part in _PART.findall(name)}
    if parts & _OTHER_THINGS:
        return False
    if parts & _REWARDS and parts & _OF_ALL_STEPS:
        return True
    return bool(parts & _MEASURES) or (name.startswith(_VALIDATION) and not parts & _DATA)


def unwrapped(node: ast.expr) -> ast.expr:
    """The expression whose number this one is in another form, as `loss` is in `loss.item()`."""
    match node:
        case ast.Call(func=ast.Attribute(value=inner, attr=method)) if method in _SAME_NUMBER:
            return unwrapped(inner)
        case ast.Call(func=ast.Name(id=function), args=[inner, *_]) if function in _CONVERSIONS:
            return unwrapped(inner)
        case ast.Attribute(value=inner, attr="data"):
            return unwrapped(inner)
        case ast.NamedExpr(target=target):
            return target
    return node


def series_name(node: ast.expr) -> str:
    """What a curve of an expression's values is called: its source, of which little is left out."""
    name = ast.unparse(unwrapped(node)).removeprefix("self.")
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
