"""Which numbers of a cell become curves where its author names none, read from its tree.

Names are looked at where a loop's iteration ends; any other expression is marked, so that its value
is noted when it is computed. What is printed or kept in a list counts only where nothing else does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from engine.code.costs import costs_in, names_by_scope, reduced, trained_by
from engine.code.curve_names import is_curve_name, series_name, unwrapped
from engine.code.descents import descends, moves
from engine.code.logging_calls import logged_in
from engine.code.loop_names import Loop, LoopNames
from engine.code.nesting import Nesting
from engine.code.plan import Mark, Plan, WholeFile
from engine.code.shown_numbers import kept_in, printed_in
from engine.code.training import (
    Function,
    Trained,
    evaluates,
    trains,
    tree_of,
    tree_that_runs,
)


def whole_file(sources: Iterable[str], asked: tuple[str, ...] = ()) -> WholeFile:
    """What the cells of a file say together, where these names are `asked` for."""
    trees = [tree for source in sources if (tree := tree_of(source)) is not None]
    trained = trained_by(trees)
    has_curves = any(_Reader(tree, trained).plan().finds_any for tree in trees)
    return WholeFile(trained, has_curves, asked)


def plan_of(tree: ast.Module, whole: WholeFile) -> Plan:
    """What is to be looked at in a cell of a file."""
    own = trained_by([tree])
    trained = Trained(whole.trained.costs | own.costs, whole.trained.functions | own.functions)
    reader = _Reader(tree, trained)
    if not reader.plan().finds_any:
        reader.mark_shown_numbers(has_curves=whole.has_curves)
    reader.mark_asked(frozenset(whole.asked))
    return reader.plan()


@lru_cache(maxsize=64)
def guessed_names(source: str) -> frozenset[str]:
    """The names, and what else it notes, that a cell's curves may be called after."""
    tree = tree_that_runs(source)
    if tree is None:
        return frozenset()
    plan = plan_of(tree, WholeFile())
    noted = {mark.series for mark in plan.marks.values() if mark.series is not None}
    return frozenset(name for names in plan.names.values() for name in names) | noted


@dataclass(frozen=True, slots=True)
class _OfLoop:
    """What a loop assigns, and what it records of that."""

    assigned: LoopNames
    guessed: dict[str, None] = field(default_factory=dict)


class _Reader:
    """Reads one cell's tree, knowing what the whole file trains."""

    def __init__(self, tree: ast.Module, trained: Trained) -> None:
        self._tree = tree
        self._trained = trained
        self._nesting = Nesting(tree)
        self._all_costs = costs_in(tree, self._nesting)
        self._costs = names_by_scope(self._all_costs, self._nesting, unwrapped)
        # What the cost is a sum or a mean of is no other number, where it is one at all.
        self._reduced = names_by_scope(self._all_costs, self._nesting, reduced)
        self._loops: dict[int, _OfLoop] = {}
        self._marks: dict[int, Mark] = {}
        self._nodes = [node for node in ast.walk(tree) if isinstance(node, Loop)]
        # Those within come first: what they record is nothing of the loops around them.
        for loop in reversed(self._nodes):
            self._loops[id(loop)] = _OfLoop(LoopNames(loop))
            self._guess(loop)
        for cost in self._all_costs:
            if not _is_assigned(cost.value) and not self._is_recorded(cost.value):
                self._mark(Mark(cost.value, series_name(cost.value)))
        for logged in logged_in(tree):
            if not self._is_recorded(logged.value):
                skips = 0 if logged.tag is None else self._named_by(logged.tag)
                self._mark(Mark(logged.value, logged.series, skips=skips))
                if logged.tag is not None:
                    self._mark(Mark(logged.tag, None, is_tag=True))

    def plan(self) -> Plan:
        """What has been found until now."""
        marks = self._marks.values()
        stand = [self._nesting.loops_around(mark.node)[mark.skips :] for mark in marks]
        noting = frozenset(id(loops[0]) for loops in stand if loops)
        records = noting | {loop for loop, of in self._loops.items() if of.guessed}
        return Plan(
            names={loop: tuple(of.guessed) for loop, of in self._loops.items()},
            marks=dict(self._marks),
            noting=noting,
            around=frozenset(
                id(loop)
                for loop in self._nodes
                if any(id(inner) in records for inner in self._nesting.loops_within(loop))
            ),
            left=frozenset(
                id(loop)
                for loop in self._nodes
                if self._nesting.stays_plain(loop)
                or (self._is_left(loop) and not self._has(loop, noting))
            ),
            is_called=any(
                not isinstance(self._nesting.scope_of(one.node), ast.Module) for one in marks
            ),
        )

    def mark_shown_numbers(self, *, has_curves: bool) -> None:
        """Mark what loops that train or compute keep in lists.

        Where a loop and those in it keep none, what they print. Where the file `has_curves`, only
        what loops that train keep: others make data.
        """
        trained, together = self._trained.functions, dict[int, list[tuple[Loop, LoopNames]]]()
        for loop in self._nodes:
            if not self._nesting.stays_plain(loop):
                outermost = [loop, *self._nesting.loops_around(loop)][-1]
                assigned = self._loops[id(loop)].assigned
                together.setdefault(id(outermost), []).append((loop, assigned))
        for loops in together.values():
            shown = [
                one
                for loop, names in loops
                for one in kept_in(loop, names, trained, must_train=has_curves)
            ]
            if not shown and not has_curves:
                shown = [one for loop, names in loops for one in printed_in(loop, names, trained)]
            for one in shown:
                self._mark(Mark(one.value, one.series, skips=one.skips, adds=one.adds))

    def mark_asked(self, asked: frozenset[str]) -> None:
        """Mark what is given to a name that no loop can look at: outside of loops, or a part."""
        for node in ast.walk(self._tree):
            match node:
                case (
                    ast.Assign(targets=[target], value=ast.expr() as value)
                    | ast.AnnAssign(target=target, value=ast.expr() as value)
                ):
                    name = ast.unparse(target)
                    is_seen = isinstance(target, ast.Name) and self._nesting.loops_around(node)
                    if name in asked and not is_seen:
                        self._mark(Mark(value, name, is_asked=True))

    def _mark(self, mark: Mark) -> None:
        self._marks.setdefault(id(mark.node), mark)

    @cached_property
    def _moving_functions(self) -> frozenset[str]:
        functions = (node for node in ast.walk(self._tree) if isinstance(node, Function))
        return frozenset(one.name for one in functions if moves(one))

    # Names that loops record

    def _guess(self, loop: Loop) -> None:
        of, costs = (
            self._loops[id(loop)],
            self._costs.get(id(self._nesting.scope_of(loop)), {}),
        )
        trained = [name for name in costs if name in of.assigned.names]
        known = costs | self._reduced.get(id(self._nesting.scope_of(loop)), {})
        others = [name for name in of.assigned.names if name not in known and is_curve_name(name)]
        for name in trained:
            if not self._is_quiet(name, loop) and self._is_told_here(name, loop, is_cost=True):
                of.guessed[name] = None
        for name in others:
            is_evaluated = name in self._trained.costs and (
                self._is_quiet(name, loop) or not trains(loop, self._trained.functions)
            )
            if is_evaluated or self._is_copy(name, loop):
                continue
            if self._is_told_here(name, loop, is_cost=False):
                of.guessed[name] = None

    def _is_copy(self, name: str, loop: Loop) -> bool:
        """Whether all that a loop gives a name is the number of a cost that has a curve there."""
        costs = [
            one.value
            for one in self._all_costs
            if self._nesting.loops_around(one.place)[:1] == [loop]
        ]
        drawn = {
            ast.unparse(cost)
            for cost in costs
            if not isinstance(cost, ast.Name) or cost.id in self._loops[id(loop)].guessed
        }
        nodes = list(ast.walk(loop))
        stores = [node for node in nodes if _stores(node, name)]
        given = [
            node.value
            for node in nodes
            if isinstance(node, ast.Assign) and any(_stores(one, name) for one in node.targets)
        ]
        numbers = {ast.unparse(unwrapped(value)) for value in given}
        return len(stores) == len(given) and numbers <= drawn - {name}

    def _is_told_here(self, name: str, loop: Loop, *, is_cost: bool) -> bool:
        """Whether what the loop's iterations leave in a name is a value of theirs."""
        own = self._loops[id(loop)].assigned
        if name in own.targets or name in own.deleted:
            return False
        outer = self._nesting.loops_around(loop)
        if name in own.accumulated and any(name in LoopNames(one).names for one in outer):
            return False
        if name not in own.inner_names:
            return name not in own.added or (is_cost and self._finds_gradients(name, loop))
        if name not in own.accumulated:
            return False
        # A sum over the loops within, which dwarfs what they record of it one by one.
        return is_cost or not self._records_within(loop) or self._is_averaged(name, loop)

    def _finds_gradients(self, name: str, loop: Loop) -> bool:
        within = (
            one.value for one in self._all_costs if loop in self._nesting.loops_around(one.place)
        )
        return any(isinstance(cost, ast.Name) and cost.id == name for cost in within)

    def _records_within(self, loop: Loop) -> bool:
        return any(self._loops[id(inner)].guessed for inner in self._nesting.loops_within(loop))

    def _is_averaged(self, name: str, loop: Loop) -> bool:
        """Whether a loop divides, behind the loops in it, what they have added up."""
        return any(
            isinstance(statement, ast.AugAssign)
            and isinstance(statement.op, ast.Div)
            and isinstance(statement.target, ast.Name)
            and statement.target.id == name
            for statement in loop.body
        )

    def _is_quiet(self, name: str, loop: Loop) -> bool:
        """Whether a loop sets a name only where it evaluates: nothing trains there."""
        stores = [node for node in ast.walk(loop) if _stores(node, name)]
        return all(any(map(evaluates, self._nesting.around(node))) for node in stores)

    # Expressions that are noted

    def _is_recorded(self, value: ast.expr) -> bool:
        """Whether an expression is a name, or its number, that a loop around it records."""
        name, loops = unwrapped(value), self._nesting.loops_around(value)
        if not isinstance(name, ast.Name) or not loops:
            return False
        recording = [*loops, *self._nesting.loops_within(loops[0])]
        return any(name.id in self._loops[id(loop)].guessed for loop in recording)

    def _named_by(self, tag: ast.expr) -> int:
        """How many of the innermost loops around a tag it takes its name from."""
        names = {node.id for node in ast.walk(tag) if isinstance(node, ast.Name)}
        loops = self._nesting.loops_around(tag)
        own = [LoopNames(loop).targets for loop in loops]
        return next((at for at, targets in enumerate(own) if not names & targets), len(loops))

    def _is_left(self, loop: Loop) -> bool:
        """Whether a loop is of a method, and no part of a training."""
        if not any(isinstance(one, ast.ClassDef) for one in self._nesting.around(loop)):
            return False
        is_called = trains(loop, self._trained.functions | self._moving_functions)
        return not (is_called or descends(loop))

    def _has(self, loop: Loop, loops: frozenset[int]) -> bool:
        return any(id(one) in loops for one in (loop, *self._nesting.loops_within(loop)))


def _is_assigned(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _stores(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
