"""What the tensor pane asks of a frame, and what it is told of each tensor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LEAST_IMAGE = 8
MOST_NUMBERS = 64


class Form(Enum):
    """What of a tensor is looked at."""

    DRAWING = auto()
    HISTOGRAM = auto()
    NUMBERS = auto()


class Aspect(Enum):
    """What of an opened tensor is looked at."""

    VALUES = auto()
    GRAPH = auto()
    MODULES = auto()


@dataclass(frozen=True, slots=True)
class Opening:
    """A tensor that is opened, and which of its values are in sight.

    Of all dimensions ``down`` and ``across`` are the two that are laid out, and ``place`` holds an
    index for each: of those two the first row and column in sight. What lies outside the tensor is
    moved into it. At most ``height`` by ``width`` values are sent.
    """

    name: str
    aspect: Aspect
    place: tuple[int, ...]
    down: int
    across: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class TensorRequest:
    """What the tensor pane shows: drawings of at most ``width`` by ``height`` terminal cells.

    ``added`` are names to show beside those of the step, ``hidden`` are names to leave out. With
    ``lists_names`` the frame says which names there are to choose from; ``opening`` is the tensor
    that fills the screen.
    """

    width: int
    height: int
    form: Form = Form.DRAWING
    added: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    lists_names: bool = False
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class NamedTensor:
    """A name that can be chosen, and what tensor it stands for."""

    name: str
    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True, slots=True, eq=False)
class TensorSnapshot:
    """What the tensor pane says of one tensor.

    ``corner`` is a copy of the first rows and columns of its last two dimensions (shape
    [rows, columns], at most 16 by 16; a vector is one row, a scalar is 1 by 1), ``changed`` is the
    mask of what differs from the frame before (same shape). The statistics are of the finite
    values, and None where there are none; ``nans`` and ``infinities`` are how many are not finite.
    All of them are of ``looked_at`` elements: of a sample, where these are fewer than the tensor
    has. ``norm`` is the square root of the sum of squares, and ``moved`` that of the difference to
    the last pause, None where there was none.

    ``window`` is what a drawing shows: some of its rows and columns, evenly chosen, where it has
    more than the pane (shape [3, rows, columns] for an image in colours, else [1, rows, columns]).
    None where its numbers say more, or a histogram was asked for: ``histogram`` then counts the
    finite values between lowest and highest, in bins of one width (shape [bins]).
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    device: str
    requires_grad: bool
    corner: Values
    changed: Mask
    lowest: float | None
    highest: float | None
    mean: float | None
    norm: float | None = None
    nans: int = 0
    infinities: int = 0
    looked_at: int = 0
    moved: float | None = None
    window: Values | None = None
    histogram: Counts | None = None

    @property
    def is_sampled(self) -> bool:
        """Whether the statistics are of a part of the tensor only."""
        return 0 < self.looked_at < math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of a tree: how deep it stands, what it is called, and what it is.

    Of a module ``parameters`` is how many numbers it learns, those of its parts included.
    """

    depth: int
    name: str
    detail: str
    parameters: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class OpenedTensor:
    """What is in sight of the tensor that `opening` asked for, its place moved into the tensor.

    ``values`` has the shape [height, width]; ``tree`` is the graph that made the tensor, or the
    lesson's modules, where that is looked at instead.
    """

    opening: Opening
    snapshot: TensorSnapshot
    values: Values
    tree: tuple[TreeLine, ...] = ()


def is_image(shape: tuple[int, ...]) -> bool:
    """Whether a tensor of this shape ends in rows and columns enough for an image."""
    return len(shape) >= 2 and min(shape[-2:]) >= LEAST_IMAGE


def is_for_numbers(shape: tuple[int, ...]) -> bool:
    """Whether the numbers of a tensor of this shape teach more than a drawing of them."""
    return math.prod(shape) < MOST_NUMBERS and not is_image(shape)
