"""Sessions that go back, and what a player would show of them: what is gone back from is gone."""

from __future__ import annotations

from remote import RemotePlayer

from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.protocol.events import (
    Event,
    LessonRewound,
    MomentKept,
    OutputWritten,
    StepEnded,
    StepStarted,
    WentBack,
)
from engine.protocol.places import Place
from engine.protocol.status import Status


class Traveller(RemotePlayer):
    """A session in another process that is sent to and fro; ``written`` is by step."""

    def __init__(self, engine: Engine, session: RemoteSession) -> None:
        super().__init__(engine, session)
        self.written: dict[int, str] = {}
        self.ends: list[StepEnded] = []
        self.backs: list[WentBack] = []
        self.moments: dict[int, MomentKept] = {}
        self._marks: dict[int, str] = {}
        self._seen = 0

    def look(self) -> None:
        """Take in what was told since the last look."""
        for event in self.told[self._seen :]:
            self._take(event)
        self._seen = len(self.told)

    def _take(self, event: Event) -> None:
        match event:
            case OutputWritten(step, text):
                self.written[step] = self.written.get(step, "") + text
            case StepStarted(step):
                self.written[step] = ""
            case StepEnded():
                self.ends.append(event)
            case MomentKept(number, place, apart=apart):
                self.moments[number] = event
                written = self.written.get(place.step, "")
                if apart is not None:
                    since = "" if apart.since is None else self._marks[apart.since]
                    pieces = (one for one in apart.written if isinstance(one, OutputWritten))
                    written = since + "".join(one.text for one in pieces)
                self._marks[number] = written
            case WentBack(step, moment, is_under_way):
                self.backs.append(event)
                if is_under_way and moment is not None:
                    self.written[step] = self._marks[moment]
            case LessonRewound():
                self.written.clear()

    def shows(self, step: int, ending: str) -> None:
        """Wait until what a step has written ends so: text may come after the word of a pause."""

        def is_there() -> bool:
            self.look()
            return self.written[step].endswith(ending)

        self.wait_until(is_there, f"{ending!r}")

    def go_to(self, place: Place) -> None:
        """Go there, and wait until the run stands there."""
        self.session.go_to(place)
        self.wait_for(Status.PAUSED)
        self.look()

    def run_on(self) -> str:
        """Run on to the step's end; what the step has written."""
        self.session.resume()
        return self.finish()

    def finish(self) -> str:
        """Wait for the end of what runs; what its step has written."""
        before = len(self.ends)
        while len(self.ends) == before:
            self.wait_until(lambda: len(self.told) > self._seen, "an event")
            self.look()
        self.wait_for(Status.READY)
        self.look()
        return self.written[self.ends[-1].step]

    def finish_step(self, index: int) -> str:
        """Run a step to its end; what it has written."""
        self.session.run_step(index)
        while True:
            written = self.finish()
            if self.ends[-1].step == index:
                return written
