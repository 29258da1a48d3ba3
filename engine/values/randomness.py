"""Random numbers put back as they were: for drawing without a trace, and for replaying a lesson."""

from __future__ import annotations

import random
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.protocol.random_numbers import NumpyNumbers, RandomNumbers

# What torch seeds a CUDA generator with until somebody seeds it.
_CUDA_SEED = 67280421310721


@dataclass(frozen=True, slots=True)
class RandomState:
    """Where the generators of Python, NumPy and torch (CPU, and CUDA once in use) stand."""

    python: Any
    numpy: Any
    torch: Any
    cuda: Any

    @classmethod
    def now(cls) -> RandomState:
        """The state of those generators whose library is imported."""
        numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
        cuda_in_use = torch is not None and torch.cuda.is_initialized()
        return cls(
            python=random.getstate(),
            numpy=numpy.random.get_state() if numpy is not None else None,
            torch=torch.get_rng_state() if torch is not None else None,
            cuda=torch.cuda.get_rng_state_all() if torch is not None and cuda_in_use else None,
        )

    def restore(self) -> None:
        """Set those generators back; those of CUDA that were not in use begin as they do."""
        random.setstate(self.python)
        if self.numpy is not None:
            sys.modules["numpy"].random.set_state(self.numpy)
        if self.torch is None:
            return
        torch = sys.modules["torch"]
        torch.set_rng_state(self.torch)
        if self.cuda is not None:
            torch.cuda.set_rng_state_all(self.cuda)
        elif torch.cuda.is_initialized():
            torch.cuda.manual_seed_all(_CUDA_SEED)

    def is_same(self, other: RandomState) -> bool:
        """Whether every generator stands where it stands in `other`."""
        return self.as_data() == other.as_data()

    def as_data(self) -> RandomNumbers:
        """The same, to be told to another process."""
        numpy = None
        if self.numpy is not None:
            kind, keys, *others = self.numpy
            numpy = NumpyNumbers(kind, keys.tobytes(), *others)
        return RandomNumbers(
            python=self.python,
            numpy=numpy,
            torch=None if self.torch is None else self.torch.numpy().tobytes(),
            cuda=None if self.cuda is None else tuple(one.numpy().tobytes() for one in self.cuda),
        )

    @classmethod
    def of(cls, numbers: RandomNumbers) -> RandomState:
        """The state that another process told of; what it has is imported here too."""
        numpy = None
        if numbers.numpy is not None:
            told = numbers.numpy
            keys = sys.modules["numpy"].frombuffer(told.keys, dtype="uint32")
            numpy = (told.kind, keys, told.position, told.has_gauss, told.cached_gaussian)
        return cls(
            python=numbers.python,
            numpy=numpy,
            torch=None if numbers.torch is None else _as_tensor(numbers.torch),
            cuda=None if numbers.cuda is None else [_as_tensor(one) for one in numbers.cuda],
        )


def seed_all() -> None:
    """Seed every generator whose library is imported, all with one number of the system's.

    So what a lesson begins with can be told in a line (`engine/taking_home/seeds.py`).
    """
    seed = secrets.randbits(32)
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    random.seed(seed)
    if numpy is not None:
        numpy.random.seed(seed)
    if torch is not None:
        torch.default_generator.manual_seed(seed)


def _as_tensor(state: bytes) -> Any:
    import torch

    return torch.frombuffer(bytearray(state), dtype=torch.uint8)


@contextmanager
def random_state_kept() -> Iterator[None]:
    """Whatever is drawn inside, the numbers drawn after are those that would have come."""
    state = RandomState.now()
    try:
        yield
    finally:
        state.restore()
