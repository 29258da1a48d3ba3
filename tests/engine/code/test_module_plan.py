"""What is looked at in a module that a lesson imports: what trains, and no other loop."""

from __future__ import annotations

import ast
import textwrap

import pytest

from engine.code.loop_names import Loop
from engine.code.module_plan import plan_of_module
from engine.code.plan import WholeFile
from engine.code.training import Trained

HOOKED = {
    "a loop that trains": """
        def fit(data):
            for x in data:
                objective = model(x)
                objective.backward()
    """,
    "a loop that calls what trains in another file": """
        class Trainer:
            def fit(self):
                for epoch in range(3):
                    train_one_epoch(self.model)
    """,
    "a loop that evaluates": """
        def evaluate(data):
            for x in data:
                val_loss = model(x).item()
    """,
    "a loop that logs": """
        def tell(writer, values):
            for value in values:
                writer.add_scalar("speed", value)
    """,
}
LEFT = {
    "a loop that computes": """
        def through(x, blocks):
            for block in blocks:
                x = block(x)
            return x
    """,
    "one beside what trains": """
        def train_step(x):
            model(x).mean().backward()

        def pieces(x):
            while x:
                x = x[1:]
    """,
    "one that prints and keeps numbers": """
        def numbers():
            for x in range(3):
                kept.append(x * 0.5)
                print(x)
    """,
}


@pytest.mark.parametrize("name", [*HOOKED, *LEFT])
def test_loops_of_modules_are_hooked_where_something_is_seen_of_them(name: str) -> None:
    tree = ast.parse(textwrap.dedent({**HOOKED, **LEFT}[name]))
    whole = WholeFile(Trained(frozenset(), frozenset({"train_one_epoch"})))

    left = plan_of_module(tree, whole).left

    loops = [id(node) for node in ast.walk(tree) if isinstance(node, Loop)]
    assert [loop in left for loop in loops] == [name in LEFT]
