"""What a moved focus or a new widget costs: Textual restyles whatever a rule says depends on it."""

from __future__ import annotations

from driving import LESSON_0, opened

FIRST_OR_LAST = {"first-child", "last-child", "first-of-type", "last-of-type", "empty"}
COSTLY = {"focus-within", "hover", "odd", "even", *FIRST_OR_LAST}


async def test_no_rule_has_every_widget_restyled_for_its_neighbours_or_the_focus() -> None:
    async with opened(LESSON_0) as player:
        rules = player.pilot.app.stylesheet.rules

        for_all = [rule for rule in rules if "*" in rule.selector_names]

        assert [rule.selectors for rule in for_all if COSTLY & rule.pseudo_classes] == []
