"""Lessons that ask, for the tests of questions."""

from __future__ import annotations

CHOICE = """
    # ---
    # tutorch:
    #   title: Asked
    # ---

    # %% [markdown]
    # ## Adding
    #
    # What is `1 + 1`?
    #
    # - [ ] 하나
    #   That is only the first of them.
    # - [x] 둘
    #   One and one more.

    # %% Adding
    print(1 + 1)
"""
PREDICTIONS = """
    # ---
    # tutorch:
    #   title: Predicted
    # ---

    # %% [markdown]
    # ## Halving
    #
    # What will the cost be?
    #
    # - [?] `cost` ± 10 %
    #   Half of it goes with each epoch.
    #
    # How will its curve look?
    #
    # - [~] `cost`
    #   It levels off.

    # %% Halving watch="cost"
    cost = 64.0
    for epoch in range(5):
        cost = cost / 2
"""
