"""Files beside the lesson's: imported or run by `%run`, they are compiled as its cells are.

Import finds and loads them as ever; only the code that it runs is another. What is compiled so is
kept nowhere: the `.pyc` beside a module is never of it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from sysconfig import get_paths
from threading import get_ident
from types import CodeType, ModuleType

_INSTALLED = frozenset({"site-packages", "dist-packages"})
# What is only in a folder that is the root of a virtual environment.
_VIRTUAL = "pyvenv.cfg"


class OwnModules(MetaPathFinder):
    """Has an instrumenter hook the modules of a folder, and of those below it, on this thread.

    `names` are what their hooked loops call. What was imported before, what is installed and
    Python's own library stay as they are, also where they lie in the folder.
    """

    def __init__(
        self, folder: Path, instrumenter: ast.NodeTransformer, names: Mapping[str, object]
    ) -> None:
        self._folder = folder
        self._instrumenter = instrumenter
        self._names = names
        self._thread = get_ident()
        self._imported_before = {name.partition(".")[0] for name in sys.modules}
        self._libraries = tuple(map(Path, set(get_paths().values())))
        self._own: set[str] = set()

    def begin(self) -> None:
        """Look at what is imported from here on."""
        sys.meta_path.insert(sys.meta_path.index(PathFinder), self)

    def end(self) -> None:
        """Look at nothing any more, and forget the modules: their loops are those of one play."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        for name in self._own:
            sys.modules.pop(name, None)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What Python finds on its path; a module of the lesson's own is about to be hooked."""
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and self._is_own(spec) and get_ident() == self._thread:
            self._own.add(fullname)
            assert isinstance(spec.loader, SourceFileLoader)
            path = spec.loader.path
            try:
                code = self._hooked_code(spec.loader.get_data(path), path)
            except OSError:
                code = None
            if code is not None:
                self._give_once(spec, code)
        return spec

    def code_of_script(self, script: Path, namespace: dict[str, object]) -> CodeType | None:
        """The code of a script with its hooks, which are put into the names that it runs in.

        None where it is not the lesson's own, has no loop to hook or cannot be read.
        """
        if not self._is_own_file(script) or get_ident() != self._thread:
            return None
        try:
            code = self._hooked_code(script.read_bytes(), str(script))
        except OSError:
            return None
        if code is not None:
            namespace.update(self._names)
        return code

    def _is_own(self, spec: ModuleSpec) -> bool:
        if spec.name.partition(".")[0] in self._imported_before or spec.origin is None:
            return False
        is_source = type(spec.loader) is SourceFileLoader
        return is_source and self._is_own_file(Path(spec.origin))

    def _is_own_file(self, file: Path) -> bool:
        if not file.is_relative_to(self._folder):
            return False
        if any(map(file.is_relative_to, self._libraries)):
            return False
        folders = file.relative_to(self._folder).parents
        return not any(
            folder.name in _INSTALLED or (self._folder / folder / _VIRTUAL).exists()
            for folder in folders
            if folder.name
        )

    def _hooked_code(self, text: bytes, path: str) -> CodeType | None:
        """The code of a file with its hooks; None where it has none, or is no Python.

        Then Python compiles it as ever, and says what is wrong with it.
        """
        try:
            tree = compile(text, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
            hooked = self._instrumenter.visit(tree)
            if not any(map(self._is_hook, ast.walk(hooked))):
                return None
            code: CodeType = compile(hooked, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return code

    def _is_hook(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id in self._names

    def _give_once(self, spec: ModuleSpec, code: CodeType) -> None:
        """Have the loader run `code` the next time that it loads a module, and then be as ever.

        So the loader is Python's own, and there is no call of ours between an import and the module
        that it runs: also what a module does with its own traceback or loader is as it would be.
        """
        loader = spec.loader
        assert loader is not None
        own = vars(loader)

        def get_code(name: str) -> CodeType | None:
            del own["get_code"]
            module = sys.modules.get(name)
            if module is None or getattr(module.__spec__, "loader", None) is not loader:
                # It is asked for something else, such as to be run as a program.
                plain: CodeType | None = loader.get_code(name)  # type: ignore[attr-defined]
                return plain
            vars(module).update(self._names)
            return code

        own["get_code"] = get_code
