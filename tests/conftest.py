"""What holds for every test: nobody's own progress, data or signals come into it."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from rested import RestedEngine
from warmed import warm_up

from engine.client.engine import Engine

# The golden figures are sums whose order MKL chooses by the processor, in the last digits: this
# asks for one that nearly all have. One that all have takes twice as long to multiply matrices.
# It is read when torch is first imported.
os.environ.setdefault("MKL_CBWR", "AVX2")
# Tests run beside each other: threads of torch would wait for each other on cores that others have.
os.environ.setdefault("OMP_NUM_THREADS", "1")


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


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among thousands of tests and what they import: all of it stays.

    Later collections leave it out. An app of a test makes its garbage faster than an app at work:
    a tenth of the time of the interface's tests went by looking for it as often as Python does by
    itself.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(100_000)


@pytest.fixture(scope="session")
def _state_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that are not there yet; pytest looks at all there are, to number the next."""
    homes = tmp_path_factory.mktemp("states")
    return (homes / str(number) for number in count())


@pytest.fixture(autouse=True)
def state_home(_state_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, new for each test, in which tutorch keeps what was done."""
    home = next(_state_homes)
    home.mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def _torch_is_left_as_it_is_imported() -> Iterator[None]:
    """Fail a test that leaves torch in another mode: all after it in its process would run in it.

    Anomaly mode that one test left on made every training after it three to seven times slower.
    """
    yield
    torch = sys.modules.get("torch")
    if torch is None:
        return
    left = [torch.is_anomaly_enabled(), not torch.is_grad_enabled(), torch.get_default_dtype()]
    torch.autograd.set_detect_anomaly(False)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    assert left == [False, False, torch.float32], "anomaly mode, no gradients, type of numbers"


@pytest.fixture(autouse=True, scope="session")
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder, one for all tests, to which lessons unpack their data."""
    home = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home))
        yield home


# No moments, which an engine keeps where nothing else is said.
NONE = ("moments", 0)
MOMENTS = 512 << 20


class KeptEngine(RestedEngine):
    """An engine that outlives its users: its host imports torch once for many tests."""

    def start(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            # The folder of the test that is the first to use it does not outlive that.
            patch.chdir(Path(__file__).parent)
            super().start()

    def close(self) -> None:
        """Stay, for the next user."""

    def let_all_go(self) -> None:
        """End the sessions that its users have left to their engine's end."""
        for session in list(self._sessions.values()):
            session.close()

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def all_kept_engines() -> Iterator[dict[frozenset[tuple[str, object]], KeptEngine]]:
    """The engines that are there, by the options that they were made with."""
    kept: dict[frozenset[tuple[str, object]], KeptEngine] = {}
    yield kept
    for engine in kept.values():
        engine.end()


@pytest.fixture
def kept_engine(
    all_kept_engines: dict[frozenset[tuple[str, object]], KeptEngine],
) -> Iterator[Callable[..., Engine]]:
    """Stands in for the class `Engine`: gives the one engine that has these options."""
    warm_up()

    def kept(**options: bool | int) -> Engine:
        which = frozenset((name, value) for name, value in options.items() if (name, value) != NONE)
        if which not in all_kept_engines:
            all_kept_engines[which] = KeptEngine(**options)  # type: ignore[arg-type]
        return all_kept_engines[which]

    yield kept
    for engine in all_kept_engines.values():
        engine.let_all_go()


@pytest.fixture
def keeping_engine(kept_engine: Callable[..., Engine]) -> Engine:
    """The one host whose sessions keep moments."""
    return kept_engine(moments=MOMENTS)


@pytest.fixture(params=[MOMENTS, 0], ids=["moments", "no moments"])
def travelling_engine(kept_engine: Callable[..., Engine], request: pytest.FixtureRequest) -> Engine:
    """The one host whose sessions keep moments, and the one whose sessions keep none."""
    return kept_engine(moments=request.param)
