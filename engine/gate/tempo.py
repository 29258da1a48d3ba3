"""The speed that was chosen: when the next iteration may begin, and its statements one by one."""

from __future__ import annotations

# From so many seconds an iteration on, each of its statements has its share of them.
_WALKED_FROM = 0.2
# How many statements an iteration is taken to have before one has been counted.
_FIRST_GUESS = 6


class Tempo:
    """Says how long to wait; times are of `time.perf_counter`, and nothing here waits.

    An iteration that is walked through waits before each of its statements rather than at its end,
    for a share of its time: as many shares as the iteration before had statements.
    """

    def __init__(self) -> None:
        self._interval = 0.0
        self._hurries = False
        self._began = 0.0
        self._until = 0.0
        self._statements = 0
        self._statements_before = _FIRST_GUESS

    @property
    def is_set(self) -> bool:
        """Whether there is a speed to keep to."""
        return self._interval > 0 and not self._hurries

    @property
    def hurries(self) -> bool:
        """Whether what runs is on the way to what the learner wants to watch."""
        return self._hurries

    @property
    def walks(self) -> bool:
        """Whether it is so slow that people can follow the statements."""
        return self._interval >= _WALKED_FROM and not self._hurries

    def set(self, iterations_per_second: float | None) -> None:
        """Keep to this speed; None is full speed."""
        self._interval = 1.0 / iterations_per_second if iterations_per_second else 0.0
        self.forget()

    def hurry(self) -> None:
        """From now on keep to no speed: nobody asked to watch what runs."""
        self._hurries = True
        self.forget()

    def slow_down(self) -> None:
        """From now on keep to the speed that was chosen."""
        self._hurries = False

    def forget(self) -> None:
        """Wait for nothing that was before."""
        self._began = self._until = 0.0

    def end_iteration(self, now: float) -> None:
        """Let the next one begin an iteration's time after this one did."""
        due = self._began + self._interval if self._began else now
        self._began = self._until = max(due, now)
        self._statements_before = self._statements or self._statements_before
        self._statements = 0

    def begin_statement(self) -> None:
        """Let the statement that comes run when its share of the iteration's time is over."""
        self._statements += 1
        shares = min(self._statements, self._statements_before) / self._statements_before
        self._until = self._began + self._interval * shares

    def left(self, now: float) -> float:
        """How many seconds there are still to wait; none where it is not positive."""
        return self._until - now if self._interval else 0.0
