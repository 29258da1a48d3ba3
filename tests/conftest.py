"""What holds for every test: nobody's own progress, data or signals come into it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

# The golden figures are sums whose order MKL chooses by the processor, in the last digits: this
# asks for the one order that every processor has. It is read when torch is first imported.
os.environ.setdefault("MKL_CBWR", "COMPATIBLE")


def _heed_all_signals() -> None:
    """Let every program that a test starts find signals as a shell at a terminal hands them on.

    In the background of a script SIGINT is ignored, after nohup SIGHUP, and what is ignored stays
    so in the processes that are started; what is handled does not.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in signal.valid_signals():
        if signal.getsignal(number) is signal.SIG_IGN:
            is_interrupt = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if is_interrupt else _overhear)


def _overhear(*_: object) -> None:
    """Do nothing, as before."""


_heed_all_signals()


@pytest.fixture(autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, new for each test, in which tutorch keeps what was done."""
    home = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home


@pytest.fixture(autouse=True, scope="session")
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder, one for all tests, to which lessons unpack their data."""
    home = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home))
        yield home
