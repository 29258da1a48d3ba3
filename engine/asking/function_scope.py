"""The names that code sees which is run where one of the lesson's functions stands."""

from __future__ import annotations

import ctypes
import inspect
from types import FrameType


class FunctionScope(dict[str, object]):
    """The function's own names, and behind them those of the lesson.

    It serves as the globals of what is run, so that comprehensions and functions in that see the
    same names. A name that is the function's own is assigned in the function, any other one in the
    lesson.
    """

    def __init__(self, frame: FrameType) -> None:
        super().__init__(frame.f_locals)
        self._frame = frame
        code = frame.f_code
        self._own = {*code.co_varnames, *code.co_cellvars, *code.co_freevars}
        self._is_class = not code.co_flags & inspect.CO_OPTIMIZED

    def __missing__(self, name: str) -> object:
        return self._frame.f_globals[name]

    def __setitem__(self, name: str, value: object) -> None:
        """Assign a name where it belongs."""
        if not self.is_own(name):
            self._frame.f_globals[name] = value
            return
        super().__setitem__(name, value)
        self._frame.f_locals[name] = value
        # Before Python 3.13 the names of a function are copies until they are put back.
        put_back = ctypes.pythonapi.PyFrame_LocalsToFast
        put_back(ctypes.py_object(self._frame), ctypes.c_int(0))

    def __delitem__(self, name: str) -> None:
        """Take a name of the lesson's away; raises KeyError for one of the function's own."""
        if self.is_own(name):
            raise KeyError(name)
        del self._frame.f_globals[name]

    def is_own(self, name: str) -> bool:
        """Whether the function has this name, so that it is no more the lesson's."""
        return self._is_class or name in self._own
