"""The line of panes: which there are, which are in sight, each to be clicked."""

from __future__ import annotations

from collections.abc import Collection

from textual.content import Content
from textual.widgets import Static

from tui.actions import action_named
from tui.language.catalogue import Translate
from tui.rendering.widths import cell_width

PANES = {
    "prose": "1 Text",
    "code": "2 Code",
    "curve": "3 Curve",
    "output": "4 Output",
    "tensors": "5 Tensors",
    "view": "6 View",
    "canvas": "7 Canvas",
}

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
        self, names: Collection[str], active: str, in_sight: Collection[str], translate: Translate
    ) -> None:
        """Name these panes; mark those that are in sight, and the active one most.

        Where not all names have room, the others have only their keys.
        """
        titles = {name: translate(PANES[name]) for name in names}
        if sum(cell_width(title) + _AROUND for title in titles.values()) > self.screen.size.width:
            titles = {
                name: title if name == active else title.partition(" ")[0]
                for name, title in titles.items()
            }
        items = []
        for name, title in titles.items():
            shown = "bold underline" if name in in_sight else "not bold"
            style = "bold reverse" if name == active else shown
            target = action_named(f"show_pane('{name}')").target
            items.append(f"[@click={target}][{style}] {title} [/][/]")
        self.update(Content.from_markup(" ".join(items)))
