"""Where generators of random numbers stand, as data that can go to another process."""

from __future__ import annotations

from msgspec import Struct


class NumpyNumbers(Struct, frozen=True):
    """The state of NumPy's own generator, as `numpy.random.get_state` names its parts."""

    kind: str
    keys: bytes
    position: int
    has_gauss: int
    cached_gaussian: float


class RandomNumbers(Struct, frozen=True):
    """The generators of Python, NumPy and torch; those of CUDA once they are in use.

    ``python`` is what `random.getstate` gives, ``torch`` and ``cuda`` are the bytes of torch's
    states.
    """

    python: tuple[int, tuple[int, ...], float | None]
    numpy: NumpyNumbers | None
    torch: bytes | None
    cuda: tuple[bytes, ...] | None
