"""The frame that is asked for, and how the newest one is wanted."""

from __future__ import annotations

from engine.protocol.frame import FrameRequest


class FrameRequests:
    """What frame the worker is to take at its next boundary, if any; the gate's lock guards it.

    ``newest`` is the request that came last, also once it has been granted.
    """

    def __init__(self, newest: FrameRequest | None) -> None:
        self.newest = newest
        self._due: FrameRequest | None = None

    @property
    def is_due(self) -> bool:
        """Whether a frame is asked for that has not been granted."""
        return self._due is not None

    def ask(self, request: FrameRequest) -> None:
        """Ask for a frame, in place of one that is due."""
        self._due = self.newest = request

    def ask_again(self) -> None:
        """Ask for one as the newest request wants it, where there is any."""
        self._due = self.newest

    def take(self) -> FrameRequest | None:
        """The one that is due, which is the caller's to take; None where none is."""
        request, self._due = self._due, None
        return request
