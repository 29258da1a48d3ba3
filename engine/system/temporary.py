"""Temporary folders of a lesson: one of its processes may clean up what another still needs."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

_LIST = "temporary"
_END = b"\0"


class TemporaryFolders:
    """Notes each `TemporaryDirectory` of this process in a list in `folder`, and may let it stay.

    A moment that was kept while it was there goes on with it: so its clean-up removes nothing, nor
    does that in any other process. `remove_listed` does once none of them is left.
    """

    def __init__(self, folder: str) -> None:
        self._list = Path(folder, _LIST)
        self._moments = 0
        # How many moments had been kept when each was made.
        self._made: dict[str, int] = {}

    def count_moment(self) -> None:
        """Learn that a moment has been kept."""
        self._moments += 1

    def watch(self) -> None:
        """Note all that are made from here on."""
        kind: Any = tempfile.TemporaryDirectory
        make, remove = kind.__init__, kind._rmtree

        @functools.wraps(make)
        def make_and_note(made: Any, *arguments: Any, **options: Any) -> None:
            make(made, *arguments, **options)
            if getattr(made, "_delete", True):
                self._note(made.name)

        def remove_or_leave(_: Any, name: Any, *arguments: Any, **options: Any) -> None:
            if self._made.get(name, self._moments) == self._moments:
                remove(name, *arguments, **options)

        kind.__init__, kind._rmtree = make_and_note, classmethod(remove_or_leave)

    def _note(self, name: Any) -> None:
        self._made[name] = self._moments
        with self._list.open("ab") as file:
            file.write(os.fsencode(Path(os.fsdecode(name)).absolute()) + _END)


def remove_listed(folder: str) -> None:
    """Remove the temporary folders that the list in `folder` names, as far as they are there."""
    noted = Path(folder, _LIST)
    names = noted.read_bytes().split(_END)[:-1] if noted.exists() else []
    for name in names:
        shutil.rmtree(name, ignore_errors=True)
