"""The colours of a page that is read on a light ground and on a dark one."""

from __future__ import annotations

from pathlib import Path

from rich.color_triplet import ColorTriplet
from rich.style import Style

from tui.filters.contrast import FOR_MARKS, FOR_TEXT, RGB, told_from
from tui.rendering.palette import DARK, LIGHT, Palette

_STYLES = Path(__file__).resolve().parents[2] / "assets" / "drawing.css"

_DARK_GROUND: RGB = (27, 30, 36)
_LIGHT_GROUND: RGB = (246, 247, 249)
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "strike")


class PageColours:
    """Gives each colour of a terminal a class, which is another colour on each of the grounds.

    What stands on a colour of its own keeps its own colour too.
    """

    def __init__(self) -> None:
        self._classes: dict[str, tuple[str, RGB, RGB]] = {}

    def ink(self, style: Style | None, *, is_text: bool = True) -> str:
        """The classes of characters, or else of marks, in this style; "" where it has none."""
        if style is None:
            return ""
        ink, paper = _turned(style)
        names = [f"t-{name}" for name in _ATTRIBUTES if getattr(style, name)]
        if ink is not None:
            least = FOR_TEXT if is_text else FOR_MARKS
            names.insert(0, self._ink(ink, None if paper is None else paper, least))
        elif style.reverse:
            names.insert(0, "t-reverse")
        return " ".join(names)

    def paper(self, style: Style | None) -> str:
        """The class of what stands behind characters in this style; "" where nothing does."""
        if style is None:
            return ""
        _, paper = _turned(style)
        if paper is None:
            return "t-reversed" if style.reverse else ""
        name = f"p-{paper.hex[1:]}"
        self._classes[name] = ("fill:{0};background:{0}", _rgb(paper), _rgb(paper))
        return name

    def styles(self) -> str:
        """The style sheet of all that was asked for."""
        light, dark = [], []
        for name, (rule, on_light, on_dark) in sorted(self._classes.items()):
            light.append(f".{name}{{{rule.format(_hex(on_light))}}}")
            if on_dark != on_light:
                dark.append(f".{name}{{{rule.format(_hex(on_dark))}}}")
        return _with_scheme("\n".join(light), "\n".join(dark))

    def _ink(self, ink: ColorTriplet, paper: ColorTriplet | None, least: float) -> str:
        own = _rgb(ink)
        if paper is not None:
            name = f"i-{ink.hex[1:]}-{paper.hex[1:]}"
            self._classes[name] = ("fill:{0};color:{0}", own, own)
            return name
        name = f"{'i' if least == FOR_TEXT else 'm'}-{ink.hex[1:]}"
        on_light, on_dark = (
            told_from(own, (ground,), least) for ground in (_LIGHT_GROUND, _DARK_GROUND)
        )
        self._classes[name] = ("fill:{0};color:{0}", on_light, on_dark)
        return name


def drawing_styles() -> str:
    """The style sheet of drawings and curves, these in the colours of the player's palettes."""
    series = _with_scheme(_of_palette(LIGHT), _of_palette(DARK))
    return f"{_STYLES.read_text(encoding='utf-8').strip()}\n{series}"


def alone(svg: str, colours: PageColours) -> str:
    """An image of a page as a file of its own, with the style sheet that it needs."""
    head, end, rest = svg.partition(">")
    styles = f"{drawing_styles()}\n{colours.styles()}\nsvg{{background:var(--paper)}}"
    return f"{head}{end}\n<style>\n{styles}\n</style>{rest}\n"


def series_class(index: int) -> str:
    """The class of the curve at this place."""
    return f"s{index % len(LIGHT.series)}"


def _of_palette(palette: Palette) -> str:
    return "\n".join(f".s{at}{{--line:{colour}}}" for at, colour in enumerate(palette.series))


def _with_scheme(light: str, dark: str) -> str:
    if not dark:
        return light
    return f"{light}\n@media screen and (prefers-color-scheme:dark){{\n{dark}\n}}"


def _turned(style: Style) -> tuple[ColorTriplet | None, ColorTriplet | None]:
    """The colours of characters and of what is behind them; None where it is the page's own."""
    ink, paper = (
        None if colour is None or colour.is_default else colour.get_truecolor()
        for colour in (style.color, style.bgcolor)
    )
    return (paper, ink) if style.reverse else (ink, paper)


def _rgb(colour: ColorTriplet) -> RGB:
    return colour.red, colour.green, colour.blue


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
