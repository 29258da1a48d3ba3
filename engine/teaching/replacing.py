"""Lines that make a new tensor where a parameter stood, as `W = W - 0.1 * W.grad` does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.teaching.scene import parts_of
from engine.teaching.sources import Sources, called, names_in, targets_of
from engine.values.paths import NOTHING, follow
from engine.values.peeking import is_tensor

# To assign to these of a tensor moves it in place.
_IN_PLACE = ("data", "grad")
# What is made with these asks for gradients again.
_KEEPS_ASKING = ("requires_grad_", "Parameter")


@dataclass(frozen=True, slots=True)
class Replacing:
    """One such line: what it assigns to, and what is moved there, as it is written.

    The two differ where a list is made of moved parameters: `[p - p.grad for p in every]`.
    ``read_as`` is another name that what is moved has there; "" where it has none.
    """

    line: int
    target: ast.expr
    moved: str
    read_as: str = ""

    def makes_other(self, names: Mapping[str, object]) -> bool:
        """Whether what it has made stands there, and asks for no gradient."""
        return any(is_tensor(one) and not one.requires_grad for one in self._made(names))

    def _made(self, names: Mapping[str, object]) -> Iterator[Any]:
        value = value_of(self.target, names)
        if value is not NOTHING:
            yield value
            yield from parts_of(value)
            return
        match self.target:
            case ast.Subscript(value=inner):
                yield from parts_of(value_of(inner, names))
            case ast.Attribute(attr=name):
                for one in list(names.values()):
                    yield getattr(one, "__dict__", {}).get(name)


def replacing_lines(sources: Sources) -> Iterator[Replacing]:
    """All lines that have run and move something so, those of the newest cell first."""
    gradients, parts = _names_of_gradients(sources), _names_of_parts(sources)
    for node in sources.nodes():
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            for one in _one_by_one(node):
                found = _replacing(one, one.targets[0], gradients, parts.get(id(node), ("", "")))
                if found is not None:
                    yield found


def is_update(node: ast.Assign, name: str, slope: str = "") -> bool:
    """Whether it is `W = W - … W.grad …`, or like it; `slope` is what its gradient is called."""
    gradients: dict[str, ast.expr] = {slope: ast.Name(name)} if slope else {}
    found = _replacing(node, node.targets[0], gradients, ("", ""))
    return found is not None and name in names_in(node.value)


def moved_in_loop(loop: ast.AST, sources: Sources) -> tuple[str, str] | None:
    """What stands for each parameter in a loop, and for its gradient; "" where that is no name.

    As `p` in `for p in parameters`, or `p` and `g` in `for p, g in zip(parameters, gradients)`.
    """
    match loop:
        case ast.For(target=ast.Name(id=name)):
            return name, ""
        case ast.For(
            target=ast.Tuple(elts=[ast.Name(id=name), ast.Name(id=slope)]),
            iter=ast.Call(func=ast.Name(id="zip"), args=[_, ast.Name(id=slopes), *_]),
        ):
            made = (one.value for one in sources.assignments(slopes))
            if any(isinstance(one, ast.Call) and called(one) == "grad" for one in made):
                return name, slope
    return None


def value_of(node: ast.expr, names: Mapping[str, object]) -> object:
    """What a path such as `layers[k].weight` leads to; NOTHING where that is not known."""
    return follow(names, ast.unparse(_WithKeys(names).visit(ast.parse(ast.unparse(node)))))


def gradient_named(name: str, sources: Sources) -> ast.expr | None:
    """What a name was given the gradient of, as of `W` by `slope = W.grad`."""
    return _names_of_gradients(sources).get(name)


class _WithKeys(ast.NodeTransformer):
    """Writes names that are keys, as `k` in `parameters[k]`, as what they are now."""

    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = names

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        match node.slice:
            case ast.Name(id=name):
                key = self._names.get(name)
                if isinstance(key, int | str):
                    node.slice = ast.Constant(key)
        return self.generic_visit(node)


def _one_by_one(node: ast.Assign) -> list[ast.Assign]:
    """A line such as `W, b = W - 0.1 * W.grad, b - 0.1 * b.grad` as two; another one as it is."""
    match node:
        case ast.Assign(
            targets=[ast.Tuple(elts=targets) | ast.List(elts=targets)],
            value=ast.Tuple(elts=values) | ast.List(elts=values),
        ) if len(targets) == len(values):
            pairs = zip(targets, values, strict=True)
            return [ast.copy_location(ast.Assign([one], value), node) for one, value in pairs]
    return [node]


def _replacing(
    node: ast.Assign, target: ast.expr, gradients: Mapping[str, ast.expr], part: tuple[str, str]
) -> Replacing | None:
    """The line as one that replaces; ``part`` is a name there, and the path that it stands for."""
    match target:
        case ast.Name() | ast.Subscript():
            pass
        case ast.Attribute(attr=attribute) if attribute not in _IN_PLACE:
            pass
        case _:
            return None
    name, path = part
    parts = list(ast.walk(_written_out(node.value, name, path) if name else node.value))
    if any(isinstance(one, ast.Call) and called(one) in _KEEPS_ASKING for one in parts):
        return None
    written = ast.unparse(target)
    if not any(isinstance(one, ast.expr) and ast.unparse(one) == written for one in parts):
        return None
    owners = [
        ast.unparse(one.value)
        for one in parts
        if isinstance(one, ast.Attribute) and one.attr == "grad"
    ]
    named = [
        ast.unparse(gradients[one.id])
        for one in parts
        if isinstance(one, ast.Name) and one.id in gradients
    ]
    if isinstance(node.value, ast.ListComp | ast.DictComp) and (owners or named):
        return Replacing(node.lineno, target, owners[0] if owners else _moved_in(parts, written))
    is_moved = written in (*owners, *named)
    return Replacing(node.lineno, target, written, name) if is_moved else None


def _moved_in(parts: list[ast.AST], written: str) -> str:
    """What something is taken off in one of these, as `p` in `p - 0.1 * slope`; else `written`."""
    for one in parts:
        match one:
            case ast.BinOp(left=ast.Name(id=name), op=ast.Sub()):
                return name
    return written


def _written_out(node: ast.expr, name: str, path: str) -> ast.expr:
    """An expression with a path in place of the name that stands for it."""
    return ast.parse(re.sub(rf"\b{name}\b", path, ast.unparse(node)), mode="eval").body


def _names_of_parts(sources: Sources) -> dict[int, tuple[str, str]]:
    """For each line of a loop as `for k, p in parts.items()`: `p`, and `parts[k]` for it."""
    found: dict[int, tuple[str, str]] = {}
    for loop in sources.nodes():
        match loop:
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=name)]),
                iter=ast.Call(func=ast.Attribute(value=whole, attr="items"))
                | ast.Call(func=ast.Name(id="enumerate"), args=[whole, *_]),
            ):
                path = f"{ast.unparse(whole)}[{key}]"
                found |= {
                    id(one): (name, path) for one in ast.walk(loop) if isinstance(one, ast.Assign)
                }
    return found


def _names_of_gradients(sources: Sources) -> dict[str, ast.expr]:
    """The names that were given a gradient, each with what it is the gradient of."""
    found: dict[str, ast.expr] = {}
    for node in sources.nodes():
        match node:
            case ast.Assign(value=ast.Attribute(value=owner, attr="grad")):
                given = [(target, owner) for target in targets_of(node)]
            case ast.Assign(value=ast.Call(args=[_, owners, *_]) as call) if called(call) == "grad":
                every = owners.elts if isinstance(owners, ast.Tuple | ast.List) else [owners]
                given = list(zip(targets_of(node), every, strict=False))
            case _:
                continue
        for target, owner in given:
            if isinstance(target, ast.Name):
                found.setdefault(target.id, owner)
    return found
