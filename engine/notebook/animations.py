"""Animations of matplotlib: each goes once through its frames where a window would play it.

So it does where a file is made of it.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

# An animation may have no end. So many frames are what matplotlib itself saves of one.
_MOST_FRAMES = 100


class Timers:
    """The timers of figures that run, which wait for a window's loop."""

    def __init__(self) -> None:
        self._due: dict[Any, float] = {}

    def start(self, timer: Any) -> None:
        """Have a timer go off after its interval."""
        self._due[timer] = _after(timer)

    def stop(self, timer: Any) -> None:
        """Have a timer go off no more."""
        self._due.pop(timer, None)

    def play(self, show: Callable[[], None]) -> None:
        """Let all go off in their time until none runs, and `show` what came of it each time."""
        left = dict.fromkeys(self._due, _MOST_FRAMES)
        for timer in left:
            _have_once(timer)
        while self._due:
            timer = min(self._due, key=lambda one: self._due[one])
            time.sleep(max(self._due[timer] - time.monotonic(), 0.0))
            timer._on_timer()
            left[timer] = left.get(timer, _MOST_FRAMES) - 1
            if left[timer] <= 0:
                timer.stop()
            elif timer in self._due:
                self._due[timer] = _after(timer)
            show()


def timer_class(timers: Timers) -> type[Any]:
    """What a canvas makes its timers of."""
    from matplotlib.backend_bases import TimerBase

    base: Any = TimerBase

    class FigureTimer(base):  # type: ignore[misc]
        """Goes off where figures are shown."""

        def _timer_start(self) -> None:
            timers.start(self)

        def _timer_stop(self) -> None:
            timers.stop(self)

    return FigureTimer


def watch_saves(
    animation: ModuleType,
    is_watched: Callable[[Any], bool],
    show_live: Callable[[list[Any]], None],
    show_last: Callable[[Any], None],
) -> None:
    """Have the frames of figures that are watched shown while they are written into a file.

    `animation` is matplotlib's module of that name.
    """
    module: Any = animation
    save = getattr(module.Animation.save, "of_matplotlib", module.Animation.save)

    def save_shown(moves: Any, filename: Any, writer: Any = None, **how: Any) -> Any:
        figure, draw = moves._fig, moves._draw_next_frame
        # The frames of a page are played where that is shown.
        if isinstance(writer, module.HTMLWriter) or not is_watched(figure):
            return save(moves, filename, writer, **how)

        def draw_shown(*args: Any, **kwargs: Any) -> None:
            draw(*args, **kwargs)
            show_live([figure])

        moves._draw_next_frame = draw_shown
        try:
            return save(moves, filename, writer, **how)
        finally:
            del moves._draw_next_frame
            # To be drawn is what an animation begins at, but where a file is written.
            figure.canvas._is_saving = True
            try:
                show_last(figure)
            finally:
                figure.canvas._is_saving = False

    save_shown.of_matplotlib = save  # type: ignore[attr-defined]
    module.Animation.save = functools.wraps(save)(save_shown)


def _after(timer: Any) -> float:
    interval: int = timer.interval
    return time.monotonic() + interval / 1000


def _have_once(timer: Any) -> None:
    """Have an animation not begin again; it would go on until its window is closed."""
    for function, _, _ in timer.callbacks:
        animation: Any = getattr(function, "__self__", None)
        if hasattr(animation, "_repeat"):
            animation._repeat = False
