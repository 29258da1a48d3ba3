"""Data as bytes, and bytes as data again, checked by type; nothing is ever unpickled.

Arrays go as their dtype, shape and bytes. A connection carries packets: a head of nine bytes (how
long the body is, which session it is of, which kind it is), and the body.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from pathlib import Path
from struct import Struct as Layout
from typing import Any

import msgspec
import numpy as np

HEAD = Layout("!IIB")

# The dtypes that snapshots have. Nothing else is an array here.
_DTYPES = frozenset({"<f8", "<i8", "|b1"})


class Kind(IntEnum):
    """What a packet is.

    From the interface to the host, and some of them on to a session:

    - OPEN, QUESTION, COMMAND, KILL; QUIT: let the lesson go; TELL: what has happened?
    - WAKE: go on from a moment; FORGET: let go of moments; MARK: keep one where memory is short;
      LEFT: these moments are of runs that were left, in the family of that number.

    From a session to the host:

    - ANSWER, EVENT; BORDER: an event after which output is another step's, and which waits until it
      is heard; KEPT: a moment, with the socket that leads to it.

    From the host to the interface: ANSWER, TOLD.
    """

    OPEN = 1
    QUESTION = 2
    COMMAND = 3
    QUIT = 4
    KILL = 5
    TELL = 6
    ANSWER = 7
    EVENT = 8
    BORDER = 9
    TOLD = 10
    KEPT = 11
    WAKE = 12
    FORGET = 13
    MARK = 14
    LEFT = 15


class WireError(Exception):
    """Bytes that are not what was expected of the other side."""


def encode(data: object) -> bytes:
    """`data`, of dataclasses, structs, enums and arrays, as MessagePack."""
    return _encoder().encode(data)


def decode(data: bytes, kind: Any) -> Any:
    """The data of type `kind` in MessagePack; raises WireError where it is of another."""
    try:
        return _decoder(kind).decode(data)
    except msgspec.MsgspecError as error:
        raise WireError(str(error)) from error


def prepare(*kinds: Any) -> None:
    """Look at these types now, for a process in which our modules cannot be found by name later."""
    for kind in kinds:
        _decoder(kind)


def packet(session: int, kind: Kind, body: bytes = b"") -> bytes:
    """One packet of a connection."""
    return HEAD.pack(len(body), session, kind) + body


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_as_known)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_from_known)


def _as_known(value: object) -> object:
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.tobytes())
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} does not cross between processes")


def _from_known(kind: Any, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    dtype, shape, data = value
    if dtype not in _DTYPES:
        raise ValueError(f"arrays of {dtype} do not cross between processes")
    return np.frombuffer(data, dtype).reshape(shape)
