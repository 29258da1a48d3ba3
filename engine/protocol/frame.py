"""What one frame shows: immutable pictures of a session at one iteration's boundary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LoopProgress:
    """One running loop: how far it is.

    ``seconds`` is the time since its first iteration began, pauses left out, ``total`` is None
    where the length is not known, ``line`` is the line of the loop in the lesson's file.
    """

    label: str
    line: int
    done: int
    total: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last position at which something was so; others between may differ."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class SeriesSnapshot:
    """The recorded values of one watched name, with bounded memory.

    The newest values are kept one by one (``positions``, ``values``: shape [n]); all values are
    also kept as buckets of equal width (shape [m]): the first and last position, and the lowest,
    highest and mean finite value (nan where a bucket has none). While nothing was dropped,
    ``count == len(values)``. ``values`` may hold nan and inf: they are gaps. ``finite``,
    ``infinite`` and ``nan`` say where each kind of value was recorded, None where none was.
    ``rejected`` says of the first value that was not one number why it is not in the curve.
    """

    name: str
    count: int
    positions: Positions
    values: Floats
    bucket_first: Positions
    bucket_last: Positions
    bucket_low: Floats
    bucket_high: Floats
    bucket_mean: Floats
    first_not_finite: int | None
    rejected: str | None = None
    finite: Span | None = None
    infinite: Span | None = None
    nan: Span | None = None

    @property
    def newest(self) -> float | None:
        """The last recorded value, finite or not; None before the first."""
        return float(self.values[-1]) if len(self.values) else None


@dataclass(frozen=True, slots=True, eq=False)
class TensorSnapshot:
    """What the tensor pane says of one tensor.

    ``corner`` is a copy of the first rows and columns of its last two dimensions (shape
    [rows, columns], at most 16 by 16; a vector is one row, a scalar is 1 by 1), ``changed`` is the
    mask of what differs from the frame before (same shape). The statistics are of the whole
    tensor, and None where it is too large to look at in a frame or holds no numbers.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    device: str
    requires_grad: bool
    corner: Floats
    changed: npt.NDArray[np.bool_]
    lowest: float | None
    highest: float | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What one statement changed, by the lesson's names.

    ``assigned`` are names that mean something else than before, ``written`` tensors, lists and the
    like that were changed in place (`W`, `model.linear.weight`, `costs`), ``gradients`` tensors'
    gradients (`W.grad`), also one that is gone.
    """

    assigned: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    gradients: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.assigned, *self.written, *self.gradients)))


@dataclass(frozen=True, slots=True)
class NextStatement:
    """The statement that the worker stands before, by the first of its lines in the lesson's file.

    ``changes`` are those of the statement before it, as far as that stood in the same function.
    """

    line: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class ViewDrawing:
    """What a view cell drew, as text with ANSI colours, and the position it was drawn at."""

    title: str
    text: str
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class CanvasSnapshot:
    """The pixels of a canvas, shape [H, W], and how far the learner had painted it.

    ``stroke`` is the number of the newest stroke in it, 0 while it is as the cell made it.
    ``problem`` says why it cannot be painted; where it is no canvas at all, there are no pixels.
    """

    name: str
    pixels: Floats
    stroke: int
    problem: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Everything one frame shows, taken at one boundary of one step, or before one statement.

    ``canvas`` is None where the step has none, or its cell has not run to its end.
    ``seconds_spent`` is what taking it cost the training, for whoever sets the rate of frames;
    ``statement`` is None at a boundary.
    """

    step: int
    position: int
    loops: tuple[LoopProgress, ...]
    series: tuple[SeriesSnapshot, ...]
    tensors: tuple[TensorSnapshot, ...]
    views: tuple[ViewDrawing, ...]
    seconds_spent: float
    canvas: CanvasSnapshot | None = None
    statement: NextStatement | None = None


@dataclass(frozen=True, slots=True)
class FrameRequest:
    """What the interface wants of the next frame: the view pane's size, in terminal cells."""

    view_width: int
    view_height: int
