"""matplotlib in a session: figures are drawn without a window, and shown as pictures.

Nothing here imports matplotlib before the lesson has. What pyplot then draws with, unless the
lesson chose a kind of file (Agg, SVG, PDF), is a canvas that hands its pixels to the gallery.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from engine.notebook.animations import Timers, timer_class, watch_saves
from engine.protocol.pictures import MOST_PIXELS, LegendEntry, Picture, packed_picture

BACKEND = "tutorch_figures"
"""The module that pyplot draws with; it is made when it is asked for."""

# How often a figure is drawn again that a loop changes, in seconds.
_BETWEEN_DRAWINGS = 0.1
_MOST_ENTRIES = 8
_FILES = {"agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}


class Wall(Protocol):
    """Where figures are shown: see `engine.notebook.pictures.Gallery`."""

    @property
    def is_watched(self) -> bool:
        """Whether somebody looks on, for whom a film is played."""

    def show_figure(self, figure: object, picture: Picture, *, in_place: bool = False) -> None:
        """Show a figure's picture, where anything is shown now; it counts as shown."""

    def has_shown(self, figure: object) -> bool:
        """Whether the step that runs has shown a figure."""

    def has_ever_shown(self, figure: object) -> bool:
        """Whether any step has shown a figure."""


class Figures:
    """What pyplot shows, when, and where: on `wall`."""

    def __init__(self, wall: Wall) -> None:
        self._wall = wall
        self._drawn_at = 0.0
        self._chosen: str | None = None
        self._overdue: list[Any] = []
        self.timers = Timers()

    def take_over(self, pyplot: ModuleType) -> None:
        """Have pyplot draw for this wall, whichever kind of window it is asked for."""
        sys.modules[BACKEND] = _backend(self)
        drawing: Any = pyplot
        switch = getattr(drawing.switch_backend, "of_matplotlib", drawing.switch_backend)
        drawing.switch_backend = _switcher(switch)
        backend = self._chosen or drawing.rcParams._get("backend")
        if isinstance(backend, str) and (self._chosen or not is_for_files(backend)):
            drawing.switch_backend(backend)

    def play_what_is_saved(self, animation: ModuleType) -> None:
        """Have the frames of an animation shown while they are made for a file."""
        watch_saves(animation, self._shows_films_of, self.show_live, self._show_again)

    def _shows_films_of(self, figure: Any) -> bool:
        # One that is closed has no canvas of ours any more.
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        is_ours = pyplot is not None and pyplot.get_backend() == f"module://{BACKEND}"
        return is_figure(figure) and is_ours and self._wall.is_watched

    def _show_again(self, figure: Any) -> None:
        self._show(figure, in_place=True)

    def choose(self, backend: str) -> None:
        """Have pyplot draw files, where `backend` is one of those, or else for the wall."""
        self._chosen = backend
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            pyplot.switch_backend(backend)

    def show_all(self) -> None:
        """Show all figures that are open, and close them, as where windows are closed."""
        pylab = _pylab()
        for figure in _open_figures():
            if not self._is_as_shown(figure):
                self._show(figure)
        self.timers.play(lambda: self.show_live(_open_figures()))
        self.show_overdue()
        if pylab is not None:
            pylab.destroy_all()

    def show_live(self, figures: list[Any]) -> None:
        """Show these figures as they are now, each in the place of its picture from before."""
        now = time.monotonic()
        changed = [figure for figure in figures if not self._is_as_shown(figure)]
        is_due = now - self._drawn_at >= _BETWEEN_DRAWINGS
        for figure in changed:
            if is_due or not self._wall.has_shown(figure):
                self._show(figure, in_place=True)
            elif figure not in self._overdue:
                self._overdue.append(figure)
        if changed and is_due:
            self._drawn_at = time.monotonic()

    def show_overdue(self) -> None:
        """Show what was changed too soon after it was last shown, as it is now."""
        for figure in [one for one in self._overdue if not self._is_as_shown(one)]:
            self._show(figure, in_place=True)
        self._overdue.clear()

    def show_open(self, *, closes: bool) -> None:
        """Show what a cell has left open, unless it is shown as it is; with `closes` close it.

        A cell of a script may only begin a figure: one without anything in it is not shown.
        """
        for figure in _open_figures():
            is_new = figure.stale or not self._wall.has_ever_shown(figure)
            if is_new and (closes or _has_content(figure)):
                self._show(figure, in_place=not closes)
        pylab = _pylab()
        if closes and pylab is not None:
            pylab.destroy_all()

    def _is_as_shown(self, figure: Any) -> bool:
        return not figure.stale and self._wall.has_shown(figure)

    def _show(self, figure: Any, *, in_place: bool = False) -> None:
        self._overdue = [one for one in self._overdue if one is not figure]
        self._wall.show_figure(figure, picture_of_figure(figure), in_place=in_place)


def is_figure(value: object) -> bool:
    """Whether a value is a figure of matplotlib."""
    module: Any = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def picture_of_figure(figure: Any) -> Picture:
    """A figure's pixels, with what is to be read in it; raises what its drawing raises."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = figure.canvas
    agg: Any = FigureCanvasAgg
    if isinstance(figure.canvas, agg):
        canvas.draw()
    else:
        # The new canvas takes the place of the figure's own.
        own, canvas = canvas, agg(figure)
        # An animation of it would begin, were it not for this.
        canvas._is_saving = own.is_saving()
        canvas.draw()
        figure.set_canvas(own)
    pixels = np.asarray(canvas.buffer_rgba()).astype(np.uint16)
    # What shines through is white, as in a notebook.
    alpha = pixels[..., 3:]
    shown = (pixels[..., :3] * alpha + 255 * (255 - alpha)) // 255
    step = math.ceil((shown[..., 0].size / MOST_PIXELS) ** 0.5)
    shown = shown[::step, ::step]
    return packed_picture(shown.astype(np.uint8), _title(figure), _axes(figure), _legend(figure))


def is_for_files(backend: str) -> bool:
    """Whether matplotlib only writes files by this backend, and shows nothing."""
    return backend.lower() in _FILES


def _switcher(switch: Callable[[Any], None]) -> Callable[[Any], None]:
    def switch_backend(newbackend: Any) -> None:
        """Draw as pictures of the lesson where windows are asked for."""
        is_chosen = isinstance(newbackend, str) and is_for_files(newbackend)
        switch(newbackend if is_chosen else f"module://{BACKEND}")

    switch_backend.of_matplotlib = switch  # type: ignore[attr-defined]
    return switch_backend


def _backend(figures: Figures) -> ModuleType:
    """The module that matplotlib draws with."""
    from matplotlib.backend_bases import FigureManagerBase
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    base: Any = FigureManagerBase
    canvas: Any = FigureCanvasAgg

    class FigureManager(base):  # type: ignore[misc]
        """Shows figures as the lesson's pictures."""

        @classmethod
        def pyplot_show(cls, *_: object, block: bool | None = None, **__: object) -> None:
            """Show every figure that is open; those that a loop goes on to change stay so."""
            import matplotlib

            if block is False or (block is None and matplotlib.is_interactive()):
                figures.show_live(_open_figures())
            else:
                figures.show_all()

        def show(self) -> None:
            """Show this figure."""
            figures.show_live([self.canvas.figure])

    class FigureCanvas(canvas):  # type: ignore[misc]
        """Draws pixels, and has nothing to wait for."""

        manager_class = FigureManager
        is_of_lesson = True
        # What is blitted is on no picture of the whole.
        supports_blit = False
        _timer_cls = timer_class(figures.timers)

        def draw_idle(self, *args: object, **kwargs: object) -> None:
            """Do nothing yet: what is shown is drawn for that."""

        def flush_events(self) -> None:
            """Show the figure where it was changed, as a window would paint it now."""
            figures.show_live([self.figure])

        def start_event_loop(self, timeout: float = 0) -> None:
            """Wait so long; for a mouse, which reaches no picture, not at all."""
            self.flush_events()
            if timeout > 0:
                time.sleep(timeout)

    module = ModuleType(BACKEND)
    contents: Any = module
    contents.FigureCanvas, contents.FigureManager = FigureCanvas, FigureManager
    return module


def _pylab() -> Any:
    helpers: Any = sys.modules.get("matplotlib._pylab_helpers")
    return None if helpers is None else helpers.Gcf


def _open_figures() -> list[Any]:
    """The figures that are open, without those that are drawn for files."""
    pylab = _pylab()
    managers = [] if pylab is None else pylab.get_all_fig_managers()
    return [one.canvas.figure for one in managers if getattr(one.canvas, "is_of_lesson", False)]


def _has_content(figure: Any) -> bool:
    drawn = any(axes.has_data() for axes in figure.axes)
    return bool(drawn or figure.images or figure.texts or figure.lines or figure.patches)


def _title(figure: Any) -> str:
    own = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    titles = [own, *(axes.get_title() for axes in figure.axes)]
    return " · ".join(dict.fromkeys(_line(title) for title in titles if title))


def _axes(figure: Any) -> tuple[str, ...]:
    """The names and ranges of the axes of a plot; () of several plots, and of images."""
    plots = [axes for axes in figure.axes if axes.has_data()]
    if len(plots) != 1 or plots[0].images or not hasattr(plots[0], "get_xlim"):
        return ()
    plot = plots[0]
    x = _side(plot.xaxis, plot.get_xlabel() or "x", plot.get_xlim())
    return (x, _side(plot.yaxis, plot.get_ylabel() or "y", plot.get_ylim()))


def _side(axis: Any, name: str, limits: tuple[float, float]) -> str:
    """The name of an axis and its range; of dates and categories the name alone."""
    if axis.have_units():
        return _line(name)
    low, high = limits
    return f"{_line(name)} [{low:.3g}, {high:.3g}]"


def _legend(figure: Any) -> tuple[LegendEntry, ...]:
    return tuple(dict.fromkeys(_entries(figure)))[:_MOST_ENTRIES]


def _entries(figure: Any) -> Iterator[LegendEntry]:
    from matplotlib.colors import to_hex

    for axes in figure.axes:
        if axes.get_legend() is None:
            continue
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=False):
            for name in ("get_color", "get_facecolor"):
                found: Any = getattr(handle, name, lambda: None)()
                try:
                    colour = to_hex(found[0] if np.ndim(found) == 2 else found)
                except (ValueError, TypeError, IndexError):
                    continue
                yield LegendEntry(_line(str(label)), colour)
                break


def _line(text: str) -> str:
    return " ".join(str(text).split())
