"""What must be put right in a process that a lesson forks; who asks for it is held weakly."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")

_actions: WeakKeyDictionary[Any, Callable[[Any], None]] = WeakKeyDictionary()


def call_in_forked_child(owner: Owner, action: Callable[[Owner], None]) -> None:
    """Have `action` called with `owner` in each process that is forked while the owner lives.

    There is one action for each owner.
    """
    _actions[owner] = action


def _call_all() -> None:
    for owner, action in [*_actions.items()]:
        action(owner)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_call_all)
