"""What a session's process says to the host."""

from __future__ import annotations

import ctypes
import os
import socket
import threading
from collections.abc import Callable

from engine.protocol.events import Event, PictureShown, StepEnded, StepStarted
from engine.protocol.frame import Frame
from engine.protocol.outcomes import SERVING_FAILED
from engine.protocol.wire import Kind, encode, packet
from engine.stopping.exceptions import LessonInterrupted, LessonStopped
from engine.system.forks import call_in_forked_child
from engine.system.processes import end_process


class Outbox:
    """What this process says to the host; both of its threads may speak.

    ``on_frame`` is called on the worker thread when a frame has been taken, and when a step ends.
    """

    def __init__(self, link: socket.socket, heard: int, order_number: int) -> None:
        self._link = link
        self._heard = heard
        self._lock = threading.Lock()
        self._is_mute = False
        self.on_frame: Callable[[], None] = lambda: None
        self.told = 0
        self.told_frame: Frame | None = None
        self.heard_number = self.begun_number = order_number
        self._flush = ctypes.CDLL(None).fflush
        call_in_forked_child(self, Outbox.fall_silent)

    def put(self, event: Event) -> None:
        """Tell an event. What was written before it is heard before it."""
        try:
            self._tell(event)
        except BaseException:
            # The training would wait for ever for what nobody has heard of.
            end_process(SERVING_FAILED)

    def frame_taken(self) -> None:
        """Have the question that waits for a frame answered; a stop may be thrown into this."""
        try:
            self.on_frame()
        except (LessonInterrupted, LessonStopped):
            raise
        except BaseException:
            end_process(SERVING_FAILED)

    def _tell(self, event: Event) -> None:
        self._flush(None)
        self.told += 1
        if isinstance(event, StepEnded):
            self.told_frame = event.frame
        is_border = isinstance(event, StepStarted | PictureShown)
        self.send(Kind.BORDER if is_border else Kind.EVENT, encode(event))
        if is_border and not self._is_mute:
            os.read(self._heard, 1)
        if isinstance(event, StepEnded):
            self.on_frame()

    def send(self, kind: Kind, body: bytes) -> None:
        """Send a packet, once the one before has gone."""
        with self._lock:
            if not self._is_mute:
                self._link.sendall(packet(0, kind, body))

    def send_descriptor(self, kind: Kind, body: bytes, descriptor: int) -> None:
        """Send a short packet, and with it a descriptor."""
        with self._lock:
            socket.send_fds(self._link, [packet(0, kind, body)], [descriptor])

    def move(self, link: socket.socket, heard: int, order_number: int) -> None:
        """Speak to the host by another way, of which nothing has been told yet.

        For a process that was kept: what led to the host before is another's, and is closed.
        """
        self.close()
        self._link, self._heard = link, heard
        self._lock = threading.Lock()
        self.told = 0
        self.told_frame = None
        self.heard_number = self.begun_number = order_number

    def close(self) -> None:
        """Let go of what leads to the host, in a process that has no part in it."""
        if self._link.fileno() >= 0:
            self._link.close()
            os.close(self._heard)

    def fall_silent(self) -> None:
        """Say nothing more: this is a process that the lesson has forked."""
        self._is_mute = True
        self._lock = threading.Lock()
