"""Says why a key can do nothing now, and takes it back as soon as that is so no more."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from tui.foot.controls import Controls
from tui.keys.reasons import why_no_asking, why_not
from tui.look import Appearance
from tui.widgets.toasts import take_back


class SaidReasons:
    """What was said last of each key that could do nothing, on one screen."""

    def __init__(self, screen: Screen[None], appearance: Appearance, controls: Controls) -> None:
        self._screen = screen
        self._appearance = appearance
        self._controls = controls
        # By what was said: whether it still is what there is to say.
        self._said: dict[str, Callable[[], str]] = {}

    def says_why_not(self, action: str) -> bool:
        """Whether an action can do nothing now, which is said then."""
        return self._says(lambda: why_not(action, self._controls.situation, self._translate))

    def may_ask(self) -> bool:
        """Whether something can be asked now; it is said why not."""
        return not self._says(lambda: why_no_asking(self._controls.situation, self._translate))

    def take_back_what_is_past(self) -> None:
        """Say no more what was said of keys that can do something by now."""
        for words, reason in [*self._said.items()]:
            if reason() != words:
                del self._said[words]
                take_back(self._screen.app, words)

    def _says(self, reason: Callable[[], str]) -> bool:
        words = reason()
        if words:
            self._said[words] = reason
            self._screen.notify(words, markup=False)
        return bool(words)

    def _translate(self, text: str) -> str:
        return self._appearance.look.translate(text)
