"""Having something done to a module of the lesson's environment once the lesson has imported it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

ModuleChange = Callable[[ModuleType], None]


class AfterImport(MetaPathFinder):
    """Finds nothing itself: it has `changes`, by the names of modules, made as these are loaded."""

    def __init__(self, changes: dict[str, ModuleChange]) -> None:
        self._changes = changes

    def begin(self) -> None:
        """Look at what is imported from here on, and change what is imported already."""
        sys.meta_path.insert(0, self)
        for name, change in self._changes.items():
            module = sys.modules.get(name)
            if module is not None:
                change(module)

    def end(self) -> None:
        """Look at nothing any more; what was changed stays so."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the finders after this one find, with the change behind its loading."""
        change = self._changes.get(fullname)
        if change is None:
            return None
        for finder in [*sys.meta_path]:
            if finder is not self and (spec := finder.find_spec(fullname, path, target)):
                if spec.loader is not None:
                    spec.loader = _ChangingLoader(spec.loader, change)
                return spec
        return None


class _ChangingLoader(Loader):
    """Loads a module as another loader does, and changes it then."""

    def __init__(self, loader: Loader, change: ModuleChange) -> None:
        self._loader = loader
        self._change = change

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the other does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """As the other does; from then on the module has that as its loader."""
        self._loader.exec_module(module)
        if module.__spec__ is not None:
            module.__spec__.loader = module.__loader__ = self._loader
        self._change(module)
