"""What a loop writes into the curves as its iterations end: which names, and what they were then.

When an iteration ends is not this room's business (`engine/loops/runtime.py`), nor are the curves
themselves (`engine/loops/recorder.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any
from weakref import ref

from engine.loops.instrument import LoopSite
from engine.loops.loop_record import LoopRecord
from engine.loops.recorder import PENDING, Recorder, Series
from engine.loops.stores import has_stored
from engine.loops.tape import LastTaken, Tape
from engine.protocol.frame import SeriesSnapshot
from engine.values.peeking import is_tensor, is_watched, looking_only, unseen
from engine.values.scalars import kept_apart

if TYPE_CHECKING:
    from torch import Tensor

MISSING = object()
_MOST_NOTED = 12


class Recording:
    """Writes the watched names of one step's loops, and what they note, into its curves.

    What a step watches is what its author names, else what each loop guesses; ``takes_notes`` says
    that notes are taken. What is guessed and is no number is passed over without a word.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._watch: tuple[str, ...] | None = None
        self._asked: tuple[str, ...] = ()
        self.takes_notes = True
        self._namespace: Mapping[str, object] = {}
        self._series: dict[str, Series] = {}
        self._noted_names: set[str] = set()
        self._tensor_type: Any = None

    def begin(
        self,
        watch: tuple[str, ...] | None,
        asked: tuple[str, ...],
        namespace: Mapping[str, object],
    ) -> None:
        """Start a step that watches these names, with its global names; None: what is guessed.

        `asked` are watched beside them.
        """
        self._watch, self._asked = watch, asked
        self.takes_notes = watch is None
        self._namespace = namespace
        self._series.clear()
        self._noted_names.clear()
        self._tensor_type = _kind_read_at_once()

    def curves(self) -> tuple[SeriesSnapshot, ...]:
        """A copy of every curve, with everything written so far in it."""
        return self._recorder.snapshot()

    def concerns(self, site: LoopSite) -> bool:
        """Whether a loop, or one nested in it, assigns a watched name."""
        return not site.all_names.isdisjoint(self._names_in(site))

    def happens_in(self, site: LoopSite) -> bool:
        """Whether a loop's own body assigns a watched name, or notes something."""
        return self.notes_in(site) or not site.names.isdisjoint(self._names_in(site))

    def happens_within(self, site: LoopSite) -> bool:
        """Whether loops nested in it record something each time they end an iteration."""
        if self.takes_notes and site.records_within:
            return True
        named = (*(self._watch or ()), *self._asked)
        return any(name in site.inner_names and name not in _sums(site) for name in named)

    def notes_in(self, site: LoopSite) -> bool:
        """Whether a loop's own body notes something."""
        return self.takes_notes and site.notes

    def watched_in(self, site: LoopSite, around: Iterable[LoopRecord]) -> tuple[str, ...]:
        """The watched names that a loop records: its own, but no sum of a loop `around` it."""
        names_around = frozenset().union(*(other.site.names for other in around))
        return tuple(
            name
            for name in self._names_in(site)
            if name in site.names
            and (name not in site.inner_names or name in _sums(site))
            and not (name in site.accumulated and name in names_around)
        )

    def _names_in(self, site: LoopSite) -> tuple[str, ...]:
        names = site.guessed if self._watch is None else self._watch
        return tuple(dict.fromkeys((*names, *self._asked))) if self._asked else names

    def number_of(self, value: Any) -> object:
        """A value as a number that stays what it is now, `MISSING` where it is none."""
        kind = type(value)
        if kind is float:
            return value
        if not is_tensor(value):
            number = kept_apart(value)
            return MISSING if number is None else number
        if kind is self._tensor_type and value.is_cpu and not value.dim():
            with suppress(RuntimeError):  # raised by one that has no values of its own
                return value.tolist()
        with unseen():
            is_one = value.numel() == 1
        if not is_one:
            return MISSING
        if self._is_as_made(value):
            return value.data
        with looking_only():
            return value.detach().clone()

    def write_noted(self, record: LoopRecord, position: int) -> None:
        """Keep what a loop has noted since its last boundary, but for the names that it watches."""
        for name, value in record.noted.items():
            if name not in record.watched and self._has_room_for(name):
                self._recorder.record(name, position, value)
        record.noted.clear()
        record.noted_at.clear()

    def _has_room_for(self, name: str) -> bool:
        """Whether a noted name can have a curve; too many of them would be told from none."""
        if len(self._noted_names) < _MOST_NOTED:
            self._noted_names.add(name)
        return name in self._noted_names

    def write(
        self,
        record: LoopRecord,
        watched: Iterable[str],
        names: Mapping[str, object],
        position: int,
    ) -> None:
        """Keep what `names` (else the globals) hold of the watched names for their curves."""
        # This runs in every iteration of a training loop, between code that fills the processor's
        # caches: what it calls costs several times what it would cost by itself.
        for name in watched:
            value: Any = names.get(name, MISSING)
            kind = type(value)
            if kind is float:
                number = newest = value
            elif kind is self._tensor_type and value.is_cpu and not value.dim():
                # Read at once: no device is waited for, and to keep a tensor costs more.
                try:
                    number, newest = value.tolist(), ref(value)
                except RuntimeError:  # it has no values of its own: it stands for others
                    number = None
            else:
                number = None
            if type(number) is float:
                record.newest[name] = newest
                series = self._series.get(name)
                if series is None:
                    series = self._series[name] = self._recorder.series(name)
                series.pending.append((position, number))
                if len(series.pending) >= PENDING:
                    series.drain()
            else:
                self._write_apart(record, name, names, position)

    def tape_of(self, record: LoopRecord) -> Tape | None:
        """A tape for what a loop records, where that is one global name and now is one number.

        There is none where that is neither a float nor in a plain tensor on the CPU.
        """
        if record.names is None or len(record.watched) != 1 or self.notes_in(record.site):
            return None
        [name] = record.watched
        series = self._series.get(name)
        value: Any = record.names.get(name)
        kind = type(value)
        is_read_at_once = kind is self._tensor_type and value.is_cpu and value.numel() == 1
        if series is None or not (kind is float or is_read_at_once):
            return None
        return Tape(name, record.names, series, self._tensor_type)

    def _write_apart(
        self, record: LoopRecord, name: str, names: Mapping[str, object], position: int
    ) -> None:
        """Keep what is neither a float nor a tensor that can be read at once."""
        value = self._apart(record, name, self._value_of(name, names), position)
        if value is not MISSING:
            record.newest[name] = value
            self._recorder.record(name, position, value)

    def _apart(self, record: LoopRecord, name: str, value: object, position: int) -> object:
        """A value that stays what it was at this moment, MISSING where it is not one number."""
        is_guessed = self._watch is None and name not in self._asked
        if not is_tensor(value):
            number = kept_apart(value)
            return number if number is not None else MISSING if is_guessed else value
        with unseen():
            is_one = value.numel() == 1
        if is_one:
            if name not in record.site.accumulated and self._is_as_made(value):
                return value.data
            with looking_only():
                return value.detach().clone()
        # The curve says why this is no value of it, and nothing keeps it alive here.
        if not is_guessed:
            self._recorder.record(name, position, value)
        return MISSING

    def _is_as_made(self, tensor: Tensor) -> bool:
        """Whether nothing can have changed a tensor, so that one that shares its memory does."""
        return type(tensor) is self._tensor_type and not _is_written_in_place(tensor)

    def look_for_watchers(self) -> None:
        """Read nothing at once, in a loop that begins now, where the lesson would see that."""
        self._tensor_type = _kind_read_at_once()

    def note_before(self, record: LoopRecord) -> None:
        """Know what the watched names are before the loop: that is no value of its iterations."""
        for name in record.watched:
            value = self._namespace.get(name, MISSING)
            record.newest[name] = ref(value) if is_tensor(value) else value

    def unwritten(
        self, record: LoopRecord, frame: FrameType, names: Mapping[str, object]
    ) -> tuple[str, ...]:
        """The watched names that an iteration had set when `frame` left it, with these names."""
        return tuple(
            name
            for name in record.watched
            if name not in record.site.accumulated
            and not self._is_written(record, name, self._value_of(name, names), frame)
        )

    def _is_written(self, record: LoopRecord, name: str, value: object, frame: FrameType) -> bool:
        """Whether what a name is in `frame`, as a loop is left there, was written of it last."""
        newest = record.newest.get(name, MISSING)
        if not isinstance(newest, LastTaken):
            return _is_same(value, newest)
        # By what they read as, since nan is not equal to itself.
        is_equal = repr(_number_in(value)) == repr(newest.number)
        return is_equal and not has_stored(frame, name, since=record.instruction)

    def _value_of(self, name: str, names: Mapping[str, object]) -> object:
        value = names.get(name, MISSING)
        return self._namespace.get(name, MISSING) if value is MISSING else value


def _kind_read_at_once() -> Any:
    """Tensors, as long as nothing of the lesson's would see that they are read."""
    kind = getattr(sys.modules.get("torch"), "Tensor", None)
    return None if kind is None or is_watched() else kind


def _sums(site: LoopSite) -> frozenset[str]:
    """What a loop sets and the loops within it add to: it has its value when they have ended."""
    return site.names & site.inner_names & site.accumulated


def _is_same(value: object, recorded: object) -> bool:
    """Whether a name still holds what was recorded of it; a detached tensor shares its memory."""
    if value is recorded:
        return True
    if not is_tensor(value):
        return False
    if isinstance(recorded, ref):
        return not _is_written_in_place(value) and value is recorded()
    return is_tensor(recorded) and value.data_ptr() == recorded.data_ptr()


def _number_in(value: object) -> object:
    """What a tape would take of a value now, `MISSING` where it could not."""
    if not is_tensor(value):
        return value
    with suppress(RuntimeError):  # raised by one that has no values, or more than one
        return value.item()
    return MISSING


def _is_written_in_place(tensor: Tensor) -> bool:
    """Whether the values of `tensor` may be others than those it was made with."""
    return tensor.is_inference() or tensor._version > 0
