"""In what two codes of a step differ, where names and values say it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from engine.code.depth import shallow_tree
from tui.editing.trees import name_of_called, name_of_option

_MOST_TEXT = 24


@dataclass(frozen=True, slots=True)
class Setting:
    """A name and the value that it is given, both as they are written; `was` is the one before.

    ``name`` is "" for a number that has none; ``was`` is "" where it is not known.
    """

    name: str
    value: str
    was: str = ""

    @property
    def text(self) -> str:
        """As a run is named by it: `lr 0.1`."""
        return f"{self.name} {self.value}".strip()


def settings_between(before: str, after: str) -> tuple[Setting, ...] | None:
    """What has to be set in the code `before` to make it the code `after`; () where nothing has.

    None where they differ in more than the values of names and numbers, or one is no Python.
    """
    try:
        trees = shallow_tree(before), shallow_tree(after)
    except SyntaxError:
        return None
    try:
        return tuple(_Comparison(before, after).between(*trees, ""))
    except _Unlike:
        return None


class _Unlike(Exception):
    """The two are not built alike."""


class _Comparison:
    """Walks two trees side by side; a part is named by what it is assigned to, or handed to as."""

    def __init__(self, before: str, after: str) -> None:
        self._before = before
        self._after = after
        # The options of the command line that are added: their defaults are their values.
        self._options: set[str] = set()

    def between(self, one: ast.AST, other: ast.AST, name: str) -> list[Setting]:
        """The settings that differ in two parts; raises _Unlike where they are not alike."""
        if _is_number(one) and _is_number(other):
            return self._set(name, one, other)
        match one, other:
            case ast.Assign(targets=[ast.Name(id=target)]), ast.Assign(targets=[ast.Name(id=same)]):
                return self._of_value(target, same, one.value, other.value)
            case ast.Assign(
                targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)
            ), ast.Assign(targets=[ast.Tuple(elts=same_names)], value=ast.Tuple(elts=others)) if (
                _are_alike(names, same_names) and len(names) == len(values) == len(others)
            ):
                pairs = zip(names, values, others, strict=True)
                return [
                    setting
                    for part, value, other_value in pairs
                    for setting in self._of_value(
                        ast.unparse(part), ast.unparse(part), value, other_value
                    )
                ]
            case ast.AnnAssign(
                target=ast.Name(id=target), value=ast.expr() as value
            ), ast.AnnAssign(target=ast.Name(id=same), value=ast.expr() as other_value):
                return self._of_value(target, same, value, other_value)
            case ast.keyword(arg=str(target)), ast.keyword(arg=same) if target == same:
                target = name if target == "default" and name in self._options else target
                return self._of_value(target, target, one.value, other.value)
            case ast.Call(), ast.Call():
                option = name_of_option(one)
                self._options.add(option)
                name = option or name_of_called(one)
        if type(one) is not type(other):
            raise _Unlike
        found: list[Setting] = []
        for field in one._fields:
            found += self._in_field(getattr(one, field, None), getattr(other, field, None), name)
        return found

    def _of_value(self, target: str, same: str, value: ast.expr, other: ast.expr) -> list[Setting]:
        """The settings in a value that is assigned, or handed over: itself, where it has no parts
        that are named.
        """
        if target != same:
            raise _Unlike
        if ast.dump(value) == ast.dump(other):
            return []
        try:
            inside = self.between(value, other, target)
        except _Unlike:
            inside = []
        is_named = inside and all(one.name not in ("", target) for one in inside)
        return inside if is_named else self._set(target, value, other)

    def _in_field(self, one: object, other: object, name: str) -> list[Setting]:
        if isinstance(one, ast.AST) and isinstance(other, ast.AST):
            return self.between(one, other, name)
        if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            pairs = zip(one, other, strict=True)
            return [setting for pair in pairs for setting in self._in_field(*pair, name)]
        if one != other:
            raise _Unlike
        return []

    def _set(self, name: str, one: ast.AST, other: ast.AST) -> list[Setting]:
        was, now = _written(one, self._before), _written(other, self._after)
        return [] if was == now else [Setting(name, shortened(now), shortened(was))]


def _is_number(part: ast.AST) -> bool:
    match part:
        case ast.Constant(value=int() | float() | complex()):
            return True
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _is_number(operand)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return bool(parts) and all(map(_is_number, parts))
    return False


def _are_alike(parts: list[ast.expr], others: list[ast.expr]) -> bool:
    return list(map(ast.dump, parts)) == list(map(ast.dump, others))


def _written(part: ast.AST, source: str) -> str:
    """A part of a source as it is written there, in one line."""
    segment = ast.get_source_segment(source, part)
    return " ".join((segment or ast.unparse(part)).split())


def shortened(text: str) -> str:
    """A text in few characters."""
    return text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…"
