"""What an error says of the learner's own slip, where the names that it broke at confirm that."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from engine.protocol.noticed import Noticed, Slip
from engine.teaching.endings import comes_to_end
from engine.teaching.functions import function_called, own_nodes
from engine.teaching.not_asking import never_asked, not_asking
from engine.teaching.replacing import Replacing, gradient_named, replacing_lines, value_of
from engine.teaching.scene import scene_of
from engine.teaching.sources import Sources, called, names_in
from engine.teaching.used_up import generator_used_up
from engine.teaching.without_graph import cut_behind, switched_off
from engine.values.paths import NOTHING, gradient_of, is_module, named_parameters_of
from engine.values.peeking import is_tensor

_SIZES = re.compile(r"torch\.Size\(\[([\d, ]*)\]\)")
_PRODUCT = re.compile(r"cannot be multiplied \(\d+x\d+ and (\d+)x(\d+)\)")
_DO_NOT_FIT = (
    "shapes cannot be multiplied",
    "size mismatch",
    "must match the size of tensor",
    "Sizes of tensors must match",
    "Expected input batch_size",
    "multi-target not supported",
    "but got size",
    "inconsistent tensor size",
    "channels, but got",
)
_MOST_SHAPES = 3


def slip_behind(error: BaseException, path: str, step: int, sources: Sources) -> Noticed | None:
    """The slip that made a cell raise this; None where it is none of those that are known."""
    place = _innermost(error.__traceback__, path)
    if place is None:
        return None
    names, line = scene_of(place.tb_frame, place.tb_lineno).names, place.tb_lineno
    return _Broken(step, line, names, sources).slip(error)


class _Broken:
    """One line that raised, with the names that it sees."""

    def __init__(self, step: int, line: int, names: Mapping[str, object], sources: Sources) -> None:
        self._step = step
        self._line = line
        self._names = names
        self._sources = sources
        self._statement = sources.statement_at(line)

    def slip(self, error: BaseException) -> Noticed | None:
        told = str(error)
        if isinstance(error, TypeError | AttributeError) and "NoneType" in told:
            return self._of_gradient() or self._returned_none()
        if isinstance(error, AttributeError) and told.endswith("no attribute 'backward'"):
            return self._cut_off()
        if isinstance(error, TypeError) and "as parameter" in told:
            return self._replaces_own()
        if isinstance(error, RuntimeError) and "does not require grad" in told:
            return self._replaced() or self._cut_off() or self._not_asking()
        if isinstance(error, RuntimeError) and "leaf Variable that requires grad" in told:
            return self._in_graph()
        if isinstance(error, ValueError) and "empty parameter list" in told:
            return self._used_up()
        if isinstance(error, ValueError) and told.startswith("Using a target size"):
            return self._target_size(told)
        if isinstance(error, RuntimeError | ValueError) and any(one in told for one in _DO_NOT_FIT):
            return self._shapes(told)
        return None

    def _noticed(self, slip: Slip, *names: str, line: int | None = None) -> Noticed:
        return Noticed(self._step, slip, line or self._line, names)

    def _of_gradient(self) -> Noticed | None:
        """Of a gradient that is None where it is used."""
        for owner in self._owners_of_gradients():
            tensor, written = value_of(owner, self._names), ast.unparse(owner)
            if not is_tensor(tensor) or gradient_of(tensor) is not None:
                continue
            if tensor.is_leaf and tensor.requires_grad:
                return self._noticed(Slip.NO_GRADIENT, written)
            for replacing in replacing_lines(self._sources):
                is_moved = written in (replacing.moved, replacing.read_as)
                if is_moved and not never_asked(written, self._sources):
                    return self._told_of(replacing)
            if never_asked(written, self._sources):
                return self._not_asking()
        return None

    def _owners_of_gradients(self) -> Iterator[ast.expr]:
        """What the line uses the gradient of, also by a name that it has."""
        for node in self._inside():
            match node:
                case ast.Attribute(value=owner, attr="grad"):
                    yield owner
                case ast.Name(id=name) if self._names.get(name, self) is None:
                    named = gradient_named(name, self._sources)
                    if named is not None:
                        yield named

    def _replaced(self) -> Noticed | None:
        """Of a parameter that stands where a number moved it, under `no_grad()`."""
        for replacing in replacing_lines(self._sources):
            asked = not never_asked(replacing.moved, self._sources)
            if asked and replacing.makes_other(self._names):
                return self._told_of(replacing)
        return None

    def _cut_off(self) -> Noticed | None:
        """Of a cost that a line, or a block around one, has cut off its parameters."""
        off = switched_off(self._sources)
        if off is not None:
            return self._noticed(Slip.SWITCHED_OFF, off.written, line=off.line)
        cut = cut_behind(self._line, self._names, self._sources)
        return None if cut is None else self._noticed(Slip.CUT_OFF, cut.written, line=cut.line)

    def _not_asking(self) -> Noticed | None:
        """Of what is trained, and asks for no gradient."""
        found = not_asking(self._line, self._names, self._sources)
        return None if found is None else self._noticed(Slip.NOT_ASKING, *found[1], line=found[0])

    def _used_up(self) -> Noticed | None:
        """Of a generator that an optimizer is made of, and that has given its parameters before."""
        found = generator_used_up(self._statement, self._names, self._sources)
        return None if found is None else self._noticed(Slip.USED_UP, *found[1:], line=found[0])

    def _replaces_own(self) -> Noticed | None:
        """Of what a module does not take in place of its parameter."""
        for replacing in replacing_lines(self._sources):
            if replacing.line == self._line:
                return self._told_of(replacing)
        return None

    def _told_of(self, replacing: Replacing) -> Noticed:
        return self._noticed(Slip.REPLACED, replacing.moved, line=replacing.line)

    def _in_graph(self) -> Noticed | None:
        """Of a parameter that is moved in place while torch records."""
        for moved in self._moved_in_place():
            tensor = value_of(moved, self._names)
            if is_tensor(tensor) and tensor.requires_grad:
                return self._noticed(Slip.IN_GRAPH, ast.unparse(moved))
        return None

    def _moved_in_place(self) -> Iterator[ast.expr]:
        """What the line writes to: by `-=`, by a method such as `sub_`, or a part of it."""
        match self._statement:
            case ast.AugAssign(target=target) | ast.Assign(targets=[target]):
                yield target
                while isinstance(target, ast.Subscript):
                    target = target.value
                    yield target
        for node in self._inside():
            match node:
                case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method.endswith("_"):
                    yield owner

    def _target_size(self, told: str) -> Noticed | None:
        shapes = [
            tuple(int(one) for one in found.split(",") if one.strip())
            for found in _SIZES.findall(told)
        ]
        if len(shapes) != 2:
            return None
        target, given = shapes
        count = target[:1]
        if {target, given} != {count, (*count, 1)}:
            return self._shapes(told)
        return Noticed(self._step, Slip.BROADCAST, self._line, shapes=(given, target))

    def _shapes(self, told: str) -> Noticed | None:
        """Of the tensors that the line works with: which they are, and how large."""
        if self._statement is None:
            return None
        shown = []
        for name in names_in(self._statement):
            value = self._names.get(name)
            if is_tensor(value) and value.dim():
                shown.append((name, tuple(map(int, value.shape))))
        shown += [
            (f"{owner}.{name}", tuple(map(int, weight.shape)))
            for owner, name, weight in self._weights(told)
        ]
        if len(shown) < 2:
            return None
        names, shapes = zip(*shown[:_MOST_SHAPES], strict=True)
        return Noticed(self._step, Slip.SHAPES, self._line, names, shapes=shapes)

    def _weights(self, told: str) -> Iterator[tuple[str, str, Any]]:
        """The weights of single layers that the line calls, as of `model` or `self.hidden`.

        Of layers behind each other it is those of the shape that the error tells.
        """
        product = _PRODUCT.search(told)
        wanted = () if product is None else (int(product[2]), int(product[1]))
        for node in self._inside():
            if not isinstance(node, ast.Call):
                continue
            layer = self._value_of(node.func)
            weight = getattr(layer, "weight", None) if is_module(layer) else None
            if is_tensor(weight):
                yield ast.unparse(node.func), "weight", weight
            elif is_module(layer):
                for path, inner in named_parameters_of(layer, ast.unparse(node.func)):
                    owner, _, name = path.rpartition(".")
                    if tuple(map(int, inner.shape)) == wanted:
                        yield owner, name, inner

    def _returned_none(self) -> Noticed | None:
        """Of a function of the lesson's that gives nothing back, though its value is used."""
        for call in self._calls_for_none():
            function = function_called(call, self._names, self._sources)
            if function is None or any(map(_yields, own_nodes(function))):
                continue
            if not any(map(_returns, own_nodes(function))):
                return self._noticed(Slip.RETURNED_NONE, called(call), line=function.lineno)
            if comes_to_end(function.body) and self._is_none_by(call):
                return self._noticed(Slip.RETURNED_ON_SOME_WAYS, called(call), line=function.lineno)
        return None

    def _calls_for_none(self) -> Iterator[ast.Call]:
        """What may have given None: calls on the line, and those that its names are from."""
        inside = list(self._inside())
        yield from (node for node in inside if isinstance(node, ast.Call))
        for node in inside:
            match node:
                case ast.Name(id=name) if self._names.get(name, self) is None:
                    for assigned in self._sources.assignments(name):
                        if isinstance(assigned.value, ast.Call):
                            yield assigned.value

    def _is_none_by(self, call: ast.Call) -> bool:
        """Whether nothing but this call can have given None to the line."""
        inside = list(self._inside())
        read = (one.id for one in inside if isinstance(one, ast.Name))
        return call not in inside or all(self._names.get(name, self) is not None for name in read)

    def _value_of(self, node: ast.expr) -> object:
        """What a name or its attributes lead to, read without calling anything; else None."""
        value = value_of(node, self._names)
        return None if value is NOTHING else value

    def _inside(self) -> Iterator[ast.AST]:
        for statement in self._sources.statements_on(self._line):
            yield from ast.walk(statement)


def _innermost(place: TracebackType | None, path: str) -> TracebackType | None:
    """The innermost call of the lesson's own code."""
    found = None
    while place is not None:
        if place.tb_frame.f_code.co_filename == path:
            found = place
        place = place.tb_next
    return found


def _returns(node: ast.AST) -> bool:
    """Whether it returns something but None."""
    if not isinstance(node, ast.Return) or node.value is None:
        return False
    return not (isinstance(node.value, ast.Constant) and node.value.value is None)


def _yields(node: ast.AST) -> bool:
    return isinstance(node, ast.Yield | ast.YieldFrom)
