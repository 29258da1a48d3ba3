"""Sessions in processes of their own, driven as an interface drives them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from playing import PATIENCE

from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson
from engine.protocol.events import Event, OutputWritten, SessionDied, StepEnded
from engine.protocol.status import Status
from engine.running.setup import DEFAULT_REQUEST


class RemotePlayer:
    """A session in another process, and everything that it has told so far."""

    def __init__(self, engine: Engine, session: RemoteSession) -> None:
        self.engine = engine
        self.session = session
        self.told: list[Event] = []

    @classmethod
    @contextmanager
    def on(cls, engine: Engine, lesson: Lesson, **options: object) -> Iterator[Self]:
        """A session on a lesson, once a step can run; it is let go in the end."""
        session = engine.open(lesson, request=DEFAULT_REQUEST, **options)  # type: ignore[arg-type]
        try:
            session.start()
            player = cls(engine, session)
            player.wait_for(Status.READY)
            yield player
        finally:
            session.close()

    def wait_until(self, is_true: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            self.told += self.session.events()
            if is_true():
                return
            assert time.monotonic() < end, f"waited in vain for: {what}; told: {self.told}"
            self.engine.wait(0.02)

    def wait_for(self, *wanted: Status) -> None:
        self.wait_until(lambda: self.session.status in wanted, f"{wanted}")

    def run(self, index: int = 0) -> StepEnded | SessionDied:
        """Run a step to its end, or to that of its process."""
        self.session.run_step(index)
        return self.ended()

    def ended(self) -> StepEnded | SessionDied:
        """Wait until nothing runs; how the last step ended."""
        self.wait_for(Status.READY)
        return [event for event in self.told if isinstance(event, StepEnded | SessionDied)][-1]

    def reads(self, text: str) -> None:
        self.wait_until(lambda: text in self.output(), f"{text!r} in the output")

    def output(self, step: int | None = None) -> str:
        return "".join(
            event.text
            for event in self.told
            if isinstance(event, OutputWritten) and step in (None, event.step)
        )
