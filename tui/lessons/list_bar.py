"""The bar under the list of lessons: of the keys there are, those that do something."""

from __future__ import annotations

from collections.abc import Sequence

from tui.actions.action import Action
from tui.language.catalogue import Translate
from tui.lessons.filter_input import KEYS_OF_LIST
from tui.widgets.action_bar import ActionBar


class ListBar(ActionBar):
    """Names enter only where an entry is marked that can be opened."""

    def __init__(self, translate: Translate) -> None:
        super().__init__((), translate)
        self._keys: Sequence[Action] = KEYS_OF_LIST
        self._has_opening = False

    def name_keys(self, keys: Sequence[Action]) -> None:
        """Name those of these keys that do something."""
        self._keys = keys
        self.tell_marked(has_opening=self._has_opening)

    def tell_marked(self, *, has_opening: bool) -> None:
        """Tell whether the entry that is marked can be opened."""
        self._has_opening = has_opening
        keys = [one for one in self._keys if one.name != "open" or has_opening]
        self.show_actions(keys, {})
