"""What crosses between processes arrives as it was sent, or is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.protocol.commands import Numbered, Paint, Predict, StepOn
from engine.protocol.curves import Shape
from engine.protocol.events import Event, StepEnded
from engine.protocol.frame import CanvasSnapshot, Frame
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain
from engine.protocol.tensors import TensorSnapshot
from engine.protocol.wire import WireError, decode, encode


@pytest.mark.parametrize(
    "array",
    [
        np.array([[1.5, math.inf], [-0.0, 3.0]]),
        np.empty((0, 0)),
        np.zeros((3, 4)).T[::2],
    ],
    ids=["numbers", "empty", "a view of another"],
)
def test_pixels_arrive_in_their_shape(array: np.ndarray) -> None:
    sent = Numbered(7, Paint(1, array, 3))

    come = decode(encode(sent), Numbered)

    assert come.number == 7
    assert come.command.pixels.shape == array.shape
    assert np.array_equal(come.command.pixels, array)


def test_a_command_arrives_as_the_one_that_it_is() -> None:
    for command in (StepOn(2, Grain.OUTER), Predict(1, 0, shape=Shape.BOUNCES)):
        assert decode(encode(Numbered(1, command)), Numbered).command == command


def test_the_end_of_a_step_arrives_with_its_frame() -> None:
    tensor = TensorSnapshot(
        "W", (2,), "bool", "cpu", False, np.eye(2), np.array([True, False]), None, 1.0, math.nan
    )
    canvas = CanvasSnapshot("digit", np.empty((0, 0)), 0, "`digit` is no tensor")
    frame = Frame(1, 5, (), (), (tensor,), (), 0.1, canvas)

    come = decode(encode(StepEnded(1, Outcome.DONE, 0.5, frame, None)), Event)

    assert come.outcome is Outcome.DONE
    assert come.frame.canvas.problem == "`digit` is no tensor"
    assert come.frame.tensors[0].changed.tolist() == [True, False]
    assert math.isnan(come.frame.tensors[0].mean)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xc1", encode({"number": "one"}), encode([1, 2, 3])],
    ids=["nothing", "no MessagePack", "another type", "another shape"],
)
def test_what_is_no_command_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data, Numbered)


def test_objects_do_not_cross() -> None:
    with pytest.raises(NotImplementedError, match="object does not cross"):
        encode(object())


def test_arrays_of_objects_do_not_cross() -> None:
    sent = encode([1, ("|O", (1,), b"12345678"), 1])

    with pytest.raises(WireError):
        decode(sent, Paint)
