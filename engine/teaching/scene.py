"""What a look sees: the names of the code that stands there, and the tensors behind them."""

from __future__ import annotations

import gc
import sys
from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any

from engine.values.paths import is_module, named_parameters_of
from engine.values.peeking import is_tensor, looking_only

if TYPE_CHECKING:
    from torch import Tensor

_MOST_NAMES = 500
_MOST_PARAMETERS = 2_000
_MOST_PARTS = 100
_SAMPLED = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of a run: the line that it stands at, and the names that are seen from there."""

    names: Mapping[str, object]
    line: int | None

    def costs(self) -> dict[str, Tensor]:
        """The names of single numbers with a graph behind them."""
        return {
            name: value
            for name, value in self._values()
            if is_tensor(value) and value.grad_fn is not None and value.numel() == 1
        }

    def parameters(self) -> dict[int, tuple[str, Tensor]]:
        """What has a gradient to be found, by its identity: single tensors and those of modules."""
        found: dict[int, tuple[str, Tensor]] = {}
        for name, value in self._named_parts():
            if is_tensor(value) and value.is_leaf and value.requires_grad:
                found.setdefault(id(value), (name, value))
            elif len(found) < _MOST_PARAMETERS:
                for path, module in modules_of(name, value):
                    for inner, parameter in named_parameters_of(module, path):
                        found.setdefault(id(parameter), (inner, parameter))
        return found

    def hidden_parameters(self) -> dict[int, str]:
        """What list or dict of Python's holds each in a module, by their identity.

        Such a list, which is called as it is written, hides them from the module's `parameters()`.
        """
        found: dict[int, str] = {}
        waiting = [one for named in self._named_parts() for one in modules_of(*named)]
        for path, module in waiting:
            own = object.__getattribute__(module, "__dict__")
            inner = own.get("_modules", {})
            waiting += [(f"{path}.{key}", one) for key, one in inner.items() if is_module(one)]
            for key, held in own.items():
                for part in _deep_parts_of(held) if not key.startswith("_") else ():
                    hidden = [one for _, one in named_parameters_of(part, key)]
                    if is_tensor(part) and part.is_leaf and part.requires_grad:
                        hidden = [part]
                    found |= {id(one): f"{path}.{key}" for one in hidden}
        return found

    def name_of(self, wanted: object) -> str | None:
        """The name of just this object; None where it has none here."""
        return next((name for name, value in self._values() if value is wanted), None)

    def _named_parts(self) -> Iterator[tuple[str, object]]:
        """The values that are seen, and those in lists of them."""
        for name, value in self._values():
            yield name, value
            for number, part in enumerate(parts_of(value) if isinstance(value, list) else ()):
                yield f"{name}[{number}]", part

    def _values(self) -> Iterator[tuple[str, object]]:
        shown = (name for name in list(self.names) if not name.startswith("_"))
        for name, _ in zip(shown, range(_MOST_NAMES), strict=False):
            with suppress(KeyError):
                yield name, self.names[name]


def scene_of(frame: FrameType, line: int | None) -> Scene:
    """What is seen from a frame of the lesson's."""
    own, lesson = frame.f_locals, frame.f_globals
    names: Any = lesson if own is lesson else ChainMap(own, lesson)
    return Scene(names, line)


def lesson_frame(path: str, frame: FrameType | None) -> FrameType | None:
    """The innermost frame of the lesson's own code from `frame` on outwards."""
    while frame is not None and frame.f_code.co_filename != path:
        frame = frame.f_back
    return frame


def parts_of(value: object) -> list[object]:
    """What a short list or dict of Python's holds."""
    parts: list[object] = []
    if isinstance(value, dict) and type(value) is dict:
        parts = list(value.values())
    elif isinstance(value, list | tuple) and type(value) in (list, tuple):
        parts = list(value)
    return parts if len(parts) <= _MOST_PARTS else []


def _deep_parts_of(value: object) -> Iterator[Any]:
    """What a list holds, and what the lists in it hold."""
    for part in parts_of(value):
        yield part
        yield from parts_of(part)


def modules_of(name: str, value: object) -> Iterator[tuple[str, Any]]:
    """A module, or those that an object of the lesson's own has, such as a trainer."""
    if is_module(value):
        yield name, value
    elif type(value).__module__ == "__main__" and not isinstance(value, type):
        for key, part in list(getattr(value, "__dict__", {}).items()):
            if is_module(part):
                yield f"{name}.{key}", part


@dataclass(frozen=True, slots=True)
class TensorMark:
    """What of a tensor changes when it is written to; two that are equal say that it was not."""

    place: int
    version: int
    sample: tuple[str, ...]


def mark_of(tensor: Tensor) -> TensorMark | None:
    """The mark of a tensor as it is now; None where it cannot be read."""
    with looking_only(), suppress(RuntimeError, NotImplementedError, TypeError):
        sample = tensor.detach().reshape(-1)[:_SAMPLED].tolist()
        return TensorMark(tensor.data_ptr(), tensor._version, tuple(map(repr, sample)))
    return None


def is_zero(tensor: Tensor) -> bool:
    """Whether every value of a tensor is exactly zero."""
    with looking_only():
        return not bool(tensor.detach().count_nonzero())


def parameters_of(optimizer: Any) -> list[Tensor]:
    """The parameters that an optimizer moves."""
    return [one for group in optimizer.param_groups for one in group["params"]]


def parameters_behind(value: object) -> list[Tensor] | None:
    """What an optimizer moves or a module holds; None where it is neither."""
    if is_module(value):
        return [one for _, one in named_parameters_of(value, "")]
    kind = getattr(sys.modules.get("torch.optim"), "Optimizer", None)
    return parameters_of(value) if kind is not None and issubclass(type(value), kind) else None


def is_parameter(tensor: Tensor) -> bool:
    """Whether it was made to be trained, as those of modules are."""
    kind = getattr(sys.modules.get("torch.nn"), "Parameter", None)
    return kind is not None and isinstance(tensor, kind)


def rate_of(optimizer: Any) -> float | None:
    """The learning rate of an optimizer's first group."""
    rate = optimizer.param_groups[0].get("lr") if optimizer.param_groups else None
    if is_tensor(rate) and rate.numel() == 1:
        with looking_only():
            return float(rate)
    return float(rate) if isinstance(rate, int | float) else None


def every_optimizer() -> list[Any]:
    """All optimizers of this process, also those that no name leads to; takes a while."""
    kind = getattr(sys.modules.get("torch.optim"), "Optimizer", None)
    if kind is None:
        return []
    return [one for one in gc.get_objects() if issubclass(type(one), kind)]
