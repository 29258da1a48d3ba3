"""What is on its way to the terminal, in bytes: counted, and estimated where nobody can count.

A terminal that answers questions has shown what was written before the question. One that answers
none is judged by how fast it takes what is written; between the two stands a kernel that holds some
20 kB, and does not tell how much of it.

No clock and no file is here: times are seconds on any one clock, and callers pass them.
"""

from __future__ import annotations

from collections import deque

# With more than this on its way, in bytes, what is drawn now would be seen late.
_LITTLE = 2048
# What a kernel holds of a terminal's output before writers wait for it, in bytes.
_KERNEL_HOLDS = 20_000
# A speed is measured over this many bytes: waiting writers are woken for every few thousand.
_MEASURED_OVER = 8192
# For how long a measured speed is believed, in seconds, and an answer is waited for.
_BELIEVED_FOR = 600.0
_ANSWERED_WITHIN = 10.0
# A pause in writing, in seconds, after which a speed cannot be measured on.
_PAUSE = 0.5
# How much of a measured speed is used; and how much of that, when it has shown to be too high.
_CAUTION = 0.8


class Backlog:
    """Counts the bytes that were written, taken by the kernel, and shown as answers prove."""

    def __init__(self) -> None:
        self._written = 0
        self._taken = 0
        self._shown = 0
        self._questions: deque[tuple[int, float]] = deque()
        self._speed = _Speed()
        self.is_answered = False
        """Whether this terminal has ever answered a question."""

    def write(self, count: int) -> None:
        """So many bytes more are to reach the terminal."""
        self._written += count

    def take(self, count: int, now: float, *, waited: bool) -> None:
        """The kernel has taken so many of them; the writer had to wait for it, or not."""
        self._taken += count
        self._speed.take(count, now, waited=waited)

    def ask(self, now: float) -> None:
        """What was written until now ends with a question that the terminal answers."""
        self._questions.append((self._written, now))

    def answer(self) -> bool:
        """The oldest question has been answered: the terminal is as far as that.

        False where none is open.
        """
        if not self._questions:
            return False
        self._shown, _ = self._questions.popleft()
        self.is_answered = True
        return True

    def is_asking(self, now: float) -> bool:
        """Whether an answer is still to come; one that is late is not waited for."""
        if not self.is_answered:
            return False
        if self._questions and now - self._questions[0][1] > _ANSWERED_WITHIN:
            self._questions.clear()
        return bool(self._questions)

    def is_long(self, now: float) -> bool:
        """Whether more is on its way than is shown at once."""
        if self.is_answered:
            # Where no answer is to come, only what the kernel takes can make it less.
            shown = self._shown if self.is_asking(now) else self._taken
            return self._written - shown > _LITTLE
        return self._written - self._taken + self._speed.in_kernel(now) > _LITTLE

    @property
    def is_taken(self) -> bool:
        """Whether the kernel has taken everything."""
        return self._taken == self._written


class _Speed:
    """How fast a silent terminal takes bytes; unknown until writers have waited for it."""

    def __init__(self) -> None:
        self._bytes_a_second: float | None = None
        self._known_since = 0.0
        self._in_kernel = 0.0
        self._last_take = 0.0
        self._measured: int | None = None
        self._measured_since = 0.0

    def take(self, count: int, now: float, *, waited: bool) -> None:
        self._in_kernel = self.in_kernel(now) + count
        if now - self._last_take > _PAUSE and not waited:
            self._measured = None
        self._last_take = now
        if self._bytes_a_second is not None and now - self._known_since > _BELIEVED_FOR:
            self._bytes_a_second = None
        if self._measured is not None:
            self._measured += count
        if waited:
            self._meet_a_full_kernel(now)

    def in_kernel(self, now: float) -> float:
        if self._bytes_a_second is None:
            return 0.0
        gone = (now - self._last_take) * self._bytes_a_second
        return max(0.0, self._in_kernel - gone)

    def _meet_a_full_kernel(self, now: float) -> None:
        if self._bytes_a_second is not None:
            # It should have had room: the speed was not as high as it seemed.
            if self._in_kernel < _KERNEL_HOLDS / 2:
                self._bytes_a_second *= _CAUTION
                self._in_kernel = _KERNEL_HOLDS
        elif self._measured is None:
            self._measured, self._measured_since = 0, now
        elif self._measured >= _MEASURED_OVER and now > self._measured_since:
            measured = self._measured / (now - self._measured_since)
            self._bytes_a_second = _CAUTION * measured
            self._known_since = now
            self._in_kernel = _KERNEL_HOLDS
            self._measured = None
