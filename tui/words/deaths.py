"""How a process ended, in words."""

from __future__ import annotations

import signal
from collections.abc import Mapping

from engine.protocol.outcomes import SERVING_FAILED, Death
from tui.language.catalogue import Translate, as_written

MEANINGS: Mapping[int, str] = {
    signal.SIGSEGV: "it touched memory that is not its own, or called itself too deeply",
    signal.SIGBUS: "it touched memory that is not there",
    signal.SIGABRT: "it called abort",
    signal.SIGKILL: "it was killed, perhaps because memory ran out",
    signal.SIGTERM: "it was asked to end",
    signal.SIGALRM: "its alarm rang",
    signal.SIGFPE: "it divided by zero in C",
    signal.SIGILL: "it ran what this processor does not know",
}
"""What signals mean to someone who has not met them."""

SERVING_FAILED_MEANS = (
    "it broke what tutorch needs in its process, such as open files, or tutorch has a mistake"
)


def death_words(death: Death, translate: Translate = as_written) -> str:
    """The signal and what it means, or the exit status."""
    if death.signal is None:
        status = translate("exit status {status}").format(status=death.status)
        meaning = SERVING_FAILED_MEANS if death.status == SERVING_FAILED else None
        return f"{status} ({translate(meaning)})" if meaning else status
    if death.signal_name is None:
        return translate("signal {number}").format(number=death.signal)
    meaning = MEANINGS.get(death.signal)
    return f"{death.signal_name} ({translate(meaning)})" if meaning else death.signal_name
