"""The search for what spoilt a cost: begun when nothing trains, ended with the run; no widget."""

from __future__ import annotations

from engine.client.remote_session import RemoteSession
from engine.client.search import Search
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.status import Status


class Searching:
    """At most one search at a time, of the newest run whose cost was no number."""

    def __init__(self, session: RemoteSession) -> None:
        self._session = session
        self._wanted: Noticed | None = None
        self._search: Search | None = None

    def want(self, noticed: Noticed) -> None:
        """Search for what made a cost no number, where that is what was noticed."""
        if noticed.slip is Slip.NOT_FINITE:
            self._wanted = noticed

    def poll(self) -> Noticed | None:
        """What has been found, once; the session's own events are to be taken before."""
        if self._wanted is not None and self._session.status in (Status.READY, Status.PAUSED):
            wanted, self._wanted = self._wanted, None
            self._search = self._session.search(wanted.step, int(wanted.figures[0]))
        return None if self._search is None else self._search.poll()

    def end(self) -> None:
        """Search no more: the run is no more what is on the screen."""
        self._wanted = None
        if self._search is not None:
            self._search.end()
        self._search = None
