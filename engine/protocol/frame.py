"""What one frame shows: immutable pictures of a session at one iteration's boundary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.protocol.made import LineMade
from engine.protocol.statements import NextStatement
from engine.protocol.tensors import NamedTensor, OpenedTensor, TensorRequest, TensorSnapshot
from engine.protocol.watching import WatchedValue

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LoopProgress:
    """One running loop: how far it is.

    ``seconds`` is the time since its first iteration began, pauses left out, ``total`` is None
    where the length is not known, ``line`` is the line of the loop in the lesson's file, 0 where
    it stands in another one.
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
    ``is_asked`` of what the learner watches: it is no name that the step records.
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
    is_asked: bool = False

    @property
    def newest(self) -> float | None:
        """The last recorded value, finite or not; None before the first."""
        return float(self.values[-1]) if len(self.values) else None


@dataclass(frozen=True, slots=True, eq=False)
class OuterLoop:
    """Where each iteration of a step's outermost loop ended: at these positions, shape [n].

    With ``goes_on`` what comes after the last of them is of the iteration that runs now; without,
    nothing is known of it.
    """

    label: str
    ends: Positions
    goes_on: bool


EVERY_VALUE = 1 << 40
"""So many columns that no two values share one: nothing is merged until it is drawn."""


@dataclass(frozen=True, slots=True)
class CurveRequest:
    """How the curves of the next frame are to be reduced.

    ``columns`` are columns of dots, two to each terminal cell, also where a cell shows one
    character of ASCII; ``zoom`` is the fraction of all positions that is shown, the last ones
    (1.0: all); ``smoothing`` the weight of an exponential moving average, from 0 (none) to below
    1; ``cursor`` the position whose values are to be read. Raises ValueError where a number is
    none of these.
    """

    columns: int
    zoom: float = 1.0
    smoothing: float = 0.0
    is_logarithmic: bool = False
    cursor: int | None = None

    def __post_init__(self) -> None:
        if self.columns < 1:
            raise ValueError(f"columns is {self.columns}: give one or more")
        if not 0 <= self.smoothing < 1:
            raise ValueError(f"smoothing is {self.smoothing}: give a weight from 0 to below 1")
        if not 0 < self.zoom <= 1:
            raise ValueError(f"zoom is {self.zoom}: give a fraction above 0, at most 1")


@dataclass(frozen=True, slots=True)
class FrameRequest:
    """What the interface wants of the next frame.

    The view pane's size in terminal cells; where curves are to be reduced, how; what the tensor
    pane shows, where it is in sight; and the language of the words in drawings, "" for their own.
    """

    view_width: int
    view_height: int
    curve: CurveRequest | None = None
    tensors: TensorRequest | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of a series and the position it belongs to.

    ``is_exact`` is False where the value is the mean of a bucket around ``position``.
    """

    position: int
    value: float
    is_exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of a pane that hold values, from left to right, arrays of shape [k].

    ``position`` is the middle of what a column holds, ``low`` and ``high`` are its extremes,
    ``start`` and ``end`` its first and last value, all finite; ``joined`` says whether no gap lies
    between a column and the one before.
    """

    position: Floats
    low: Floats
    high: Floats
    start: Floats
    end: Floats
    joined: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ReducedCurve:
    """What a pane shows of one series, as `request` asked for it; its size depends on that alone.

    ``first`` and ``last`` are the positions of the whole series (0 while it is empty);
    ``shown_first`` and ``shown_last`` the window, which all curves of a frame share, and of which
    ``columns`` are, and ``smoothed``, where smoothing was asked for. On a logarithmic scale these
    hold powers of ten, and ``has_left_out`` says whether a value at or below 0 is not among them.
    ``newest`` is the last value, ``at_cursor`` what was held at the request's cursor; both may be
    nan or infinite, and are None where there is none. The rest is as in `SeriesSnapshot`.
    """

    name: str
    count: int
    request: CurveRequest
    first: int
    last: int
    shown_first: int
    shown_last: int
    columns: Columns
    smoothed: Columns | None
    has_left_out: bool
    newest: Reading | None
    at_cursor: Reading | None
    first_not_finite: int | None
    rejected: str | None
    finite: Span | None
    infinite: Span | None
    nan: Span | None
    is_asked: bool = False

    @property
    def lowest(self) -> float | None:
        """The lowest value in the window, None where there is none."""
        return float(self.columns.low.min()) if len(self.columns.low) else None

    @property
    def highest(self) -> float | None:
        """The highest value in the window, None where there is none."""
        return float(self.columns.high.max()) if len(self.columns.high) else None


@dataclass(frozen=True, slots=True)
class ViewDrawing:
    """What a view cell drew, as text with ANSI colours, and the position it was drawn at.

    ``room`` is the width and height, in terminal cells, that it was drawn for, and ``language``
    that of its words. ``texts`` are those that the view cell gave to plotext, or printed where they
    are listed, in its own words.
    With ``is_error`` the text is a sentence that says what the view cell raised.
    """

    title: str
    text: str
    position: int
    room: tuple[int, int] = (0, 0)
    is_error: bool = False
    language: str = ""
    texts: tuple[str, ...] = ()

    def suits(self, request: FrameRequest) -> bool:
        """Whether it was drawn for the room and the language that are asked for."""
        room = (request.view_width, request.view_height)
        return self.room == room and self.language == request.language


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

    The curves are either whole, as ``series``, or reduced for a pane, as ``curves``; where they are
    whole and a loop stands around the one that records them, ``outer`` says where that was.
    ``canvas`` is None where the step has none, or its cell has not run to its end.
    ``seconds_spent`` is what taking it cost the training, for what sets the rate of frames;
    ``statement`` is None at a boundary. ``made`` is what the cell's lines have made, where the run
    waits. ``tensors_for`` is what the tensors were looked at for, ``names`` are all that can be
    chosen, where that was asked for, and ``opened`` is the tensor that was. ``outer_before`` is the
    position where the newest iteration of such a loop ended that ended before this frame's (0
    before the first), None where nothing is known of one. ``watched`` is what was read of each
    expression that the learner watches in this step; those that were not read yet are not there.
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
    curves: tuple[ReducedCurve, ...] = ()
    made: tuple[LineMade, ...] = ()
    tensors_for: TensorRequest | None = None
    names: tuple[NamedTensor, ...] = ()
    opened: OpenedTensor | None = None
    outer: OuterLoop | None = None
    outer_before: int | None = None
    watched: tuple[WatchedValue, ...] = ()

    @property
    def has_recorded(self) -> bool:
        """Whether a loop of the step has begun that records a name of its own."""
        is_asked = [*(one.is_asked for one in self.series), *(one.is_asked for one in self.curves)]
        return not all(is_asked)
