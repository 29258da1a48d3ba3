"""Who hears what the process writes while an interface has the screen; there is one for all."""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Callable

# How much text that nobody listens to is kept, in characters.
_UNHEARD_LIMIT = 100_000


class Audience:
    """One listener at a time, and the threads that it does not hear.

    A thread that a lesson left behind prints to whoever listens then: the step that ran last, as
    long as its lesson is open. What is written while nobody listens is kept, for the terminal.
    """

    def __init__(self) -> None:
        self._listener: Callable[[str], None] | None = None
        self._silenced: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        self._unheard: deque[str] = deque()

    def listen(self, listener: Callable[[str], None] | None) -> None:
        """Hear everything from now on, in place of whoever did; None: nobody does."""
        self._listener = listener

    def silence_threads(self) -> None:
        """Hear no more of the threads there are now, save the main one."""
        for thread in threading.enumerate():
            if thread is not threading.main_thread():
                self._silenced.add(thread)

    def tell(self, text: str) -> None:
        """Say what the calling thread writes."""
        if not self._silenced or threading.current_thread() not in self._silenced:
            self.pass_on(text)

    def pass_on(self, text: str) -> None:
        """Say what came from anywhere."""
        listener = self._listener
        if listener is not None:
            listener(text)
            return
        self._unheard.append(text)
        while sum(map(len, self._unheard)) > _UNHEARD_LIMIT:
            self._unheard.popleft()

    def take_unheard(self) -> str:
        """What was written while nobody listened, its newest part."""
        text = "".join(self._unheard)
        self._unheard.clear()
        return text


audience = Audience()
