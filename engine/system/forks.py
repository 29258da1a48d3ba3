"""What must be put right in a process that a lesson forks; who asks for it is held weakly.

A moment of the session that is kept is a fork too, and nothing is put right there: it goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")

_actions: WeakKeyDictionary[Any, Callable[[Any], None]] = WeakKeyDictionary()
_is_our_own = False


def call_in_forked_child(owner: Owner, action: Callable[[Owner], None]) -> None:
    """Have `action` called with `owner` in each process that is forked while the owner lives.

    There is one action for each owner.
    """
    _actions[owner] = action


@contextmanager
def nothing_put_right() -> Iterator[None]:
    """A context in which a fork is the session's own."""
    global _is_our_own
    _is_our_own = True
    try:
        yield
    finally:
        _is_our_own = False


def _call_all() -> None:
    if _is_our_own:
        return
    for owner, action in [*_actions.items()]:
        action(owner)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_call_all)
