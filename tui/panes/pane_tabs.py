"""The line of panes: which there are, which are in sight, each to be clicked."""

from __future__ import annotations

from collections.abc import Collection

from textual.content import Content
from textual.widgets import Static

from tui.actions.named import action_named
from tui.look import Look
from tui.rendering.widths import cell_width

PANES = {
    "prose": "1 Text",
    "code": "2 Code",
    "curve": "3 Curve",
    "output": "4 Output",
    "tensors": "5 Tensors",
    "view": "6 Drawing",
    "canvas": "7 Canvas",
}

ABSENCES = {
    "prose": "This step has no text.",
    "code": "This step has no code.",
    "curve": "This step has no curve.",
    "output": "This step writes nothing.",
    "view": "This step draws nothing.",
    "canvas": "This step has no canvas.",
}

"""What is said where a step has nothing for a pane; of tensors `tui.showing.remarks` says it."""

# The cells beside each name: one on both sides, and one between two names.
_AROUND = 3


class PaneTabs(Static):
    """Shows the panes' names."""

    DEFAULT_CSS = """
    PaneTabs {
        height: 1;
        padding: 0 1;
        background: $surface;
        link-style: none;
        link-color: $text-muted;
        link-background-hover: $primary;
    }
    """

    def show_panes(
        self,
        names: Collection[str],
        active: str,
        in_sight: Collection[str],
        news: Collection[str],
        look: Look,
    ) -> None:
        """Name these panes; mark those that are in sight, and the active one most.

        Those with `news` carry a dot. Where not all names have room, the others have only their
        keys.
        """
        translate = look.translate
        titles = {name: translate(PANES[name]) for name in names}
        if sum(cell_width(title) + _AROUND for title in titles.values()) > self.app.size.width:
            titles = {
                name: title if name == active else title.partition(" ")[0]
                for name, title in titles.items()
            }
        items = []
        for name, title in titles.items():
            shown = "bold underline" if name in in_sight else "not bold"
            style = "bold reverse" if name == active else shown
            target = action_named(f"show_pane('{name}')").target
            dot = f"[$accent]{look.glyphs.news}[/]" if name in news else " "
            items.append(f"[@click={target}][{style}] {title}{dot}[/][/]")
        # It is one line whatever it says: a layout would cost more than the key that asks for it.
        self.update(Content.from_markup(" ".join(items)), layout=False)
