"""`tutorch run` in this process, which starts no engine for each."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result
from warmed import warm_starts

from engine.client.engine import Engine
from tui import cli


@pytest.fixture(autouse=True, scope="module")
def _programs_find_torch_imported() -> Iterator[None]:
    with warm_starts():
        yield


@pytest.fixture
def run_here(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs the command with the one engine that is there."""
    monkeypatch.setattr("tui.headless.run.Engine", kept_engine)
    return lambda *arguments: CliRunner().invoke(cli.tutorch, ["run", *map(str, arguments)])
