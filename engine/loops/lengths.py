"""What is known of a loop's iterable without running learner's code, such as its length."""

from __future__ import annotations

import operator
from typing import Any

from engine.values.peeking import unseen

_DICT: dict[Any, Any] = {}
_VIEWS: tuple[Any, ...] = (_DICT.keys(), _DICT.values(), _DICT.items())
_EMPTY: tuple[Any, ...] = ((), [], _DICT, *_VIEWS, set(), "", b"", bytearray(), range(0))

# By identity: a set of the types themselves would ask a metaclass of the lesson's for its hash.
_SIZED = frozenset(id(kind) for kind in (frozenset, *map(type, _EMPTY)))
_HINTED = frozenset(
    id(type(iterator))
    for iterator in (
        *map(iter, _EMPTY),
        *(reversed(empty) for empty in (list[Any](), _DICT, *_VIEWS, range(0))),
    )
)
# What gives its items without running any code, and never fails.
_LINED_UP: tuple[Any, ...] = ((), [], range(0))
_PLAIN = frozenset(id(type(one)) for one in (*_LINED_UP, *map(iter, _LINED_UP)))
# What torch calls a dataset of which it asks for items by their number.
_OF_ITEMS = 0
_LOADER_PARTS = ("dataset", "_dataset", "sampler", "batch_sampler", "_index_sampler")


def known_length(iterable: object) -> int | None:
    """The length of builtin collections, their iterators, enumerate, zip, tensors, loaders, tqdm.

    None for everything else: `len` of a class that a lesson defines is the lesson's own code,
    which must run when the lesson says so and never because somebody looks. A loader is asked, as
    a bar of tqdm's asks it: it asks its sampler and its dataset, which the loop will ask as well.
    """
    kind = type(iterable)
    if id(kind) in _SIZED:
        return len(iterable)  # type: ignore[arg-type]
    if id(kind) in _HINTED:
        return operator.length_hint(iterable)
    if kind is enumerate or kind is zip:
        return _shortest(_parts(iterable))
    match _package(kind):
        case "tqdm":
            total = getattr(iterable, "total", None)
            return int(total) if total is not None else None
        case "torch" if kind.__module__ == "torch.utils.data.dataloader":
            return _loader_length(iterable)
        case "torch" if kind.__module__ == "torch" and kind.__name__ == "Tensor":
            return _first_dimension(iterable)
    return None


def runs_no_code(iterable: object) -> bool:
    """Whether nothing but a list, a tuple or a range is gone through, also by enumerate."""
    kind = type(iterable)
    return id(type(_parts(iterable)[0]) if kind is enumerate else kind) in _PLAIN


def _parts(iterable: Any) -> tuple[object, ...]:
    """The iterators under an enumerate or a zip, which only its pickling form gives away."""
    arguments = iterable.__reduce__()[1]
    return tuple(arguments[:1]) if type(iterable) is enumerate else tuple(arguments)


def _shortest(parts: tuple[object, ...]) -> int | None:
    lengths = [known_length(part) for part in parts]
    known = [length for length in lengths if length is not None]
    return min(known) if known and len(known) == len(lengths) else None


def _package(kind: type) -> str:
    module = kind.__module__
    return module.partition(".")[0] if type(module) is str else ""


@unseen()
def _first_dimension(tensor: Any) -> int:
    return int(tensor.shape[0])


def _loader_length(loader: Any) -> int | None:
    """The batches of a DataLoader, or of its iterator.

    A stream of the lesson's own is not asked: torch would hold the loop to what it says.
    """
    if getattr(loader, "_dataset_kind", None) != _OF_ITEMS and not _is_of_torch(loader):
        return None
    try:
        with unseen():
            return len(loader)
    except Exception:
        # One over a stream has no length, or what is asked is code of the lesson's that fails.
        return None


def _is_of_torch(loader: Any) -> bool:
    """Whether all that has a say in a loader's length is torch's own."""
    parts = [getattr(loader, name, None) for name in _LOADER_PARTS]
    parts += [getattr(part, "sampler", None) for part in parts]
    return all(_package(type(part)) in ("torch", "torchvision", "builtins") for part in parts)
