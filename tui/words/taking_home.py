"""The sentences that are written into scripts and notebooks, in a reader's language."""

from __future__ import annotations

from engine.taking_home.session import Words
from tui.language.catalogue import Translate


def taking_home_words(translate: Translate) -> Words:
    """All of them."""
    return Words(
        changed=translate("changed in the session"),
        nearly=translate("changed in the session, but not exactly here"),
        left_out=translate("This change of the session is not in the code:"),
        failed_too=translate("it ended with an error in the session too"),
        arguments=translate("The arguments that the session's program was given."),
        seeds=translate("The random numbers that the session began with."),
        no_seeds=translate(
            "The session began with random numbers that cannot be said in a line: others come here."
        ),
        came_to=translate("The session had come to here"),
        run_on=translate("What follows had not run. Take this cell away, and it runs too."),
        not_to_its_end=translate("In the session this had not run to its end."),
        not_python=translate("This runs in a notebook only."),
        beside=translate("where the files beside the lesson lie"),
    )
