"""How the set-up behind the Makefile makes, mends or leaves .venv, without a download."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import environment
import installation
import pytest
from interpreters import SetupError

ROOT = Path(__file__).resolve().parent.parent


def script(path: Path, line: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return path


def made_environment(tmp_path: Path, **differences: object) -> Path:
    """A `.venv` in `tmp_path` that looks finished, beside a pyproject.toml."""
    folder = tmp_path / ".venv"
    script(folder / "bin/python", "exit 0")
    script(folder / "bin/tutorch", "exit 0")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    stamp = environment.wanted_stamp(tmp_path, [], {}) | {"python": "3.11 of /usr"} | differences
    installation.write_stamp(folder, stamp)
    return folder


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell, also when make runs these tests."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_beside_a_system_torch_everything_else_is_installed(tmp_path: Path) -> None:
    folder = tmp_path / ".venv"
    script(folder / "bin/python", f'exec "{sys.executable}" "$@"')
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["numpy>=1", "torch>=2.6", "torchvision", "torch-like"]\n'
        '[project.optional-dependencies]\ndev = ["pytest"]\n'
    )

    requirements = installation.requirements_without_torch(folder, {"extras": ["dev"]})

    assert requirements == ["numpy>=1", "torch-like", "pytest"]


@pytest.fixture
def five_gigabytes_free(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    disk = usage(total=100 * 10**9, used=95 * 10**9, free=5 * 10**9)
    monkeypatch.setattr(installation.shutil, "disk_usage", lambda _: disk)
    monkeypatch.setattr(installation, "DISK_WITH_TORCH", 12)


@pytest.mark.usefixtures("five_gigabytes_free")
def test_a_disk_too_small_for_torch_is_said_with_both_sizes(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"about 12 GB .* 5\.0 GB are free"):
        installation.require_disk(tmp_path, "download")


@pytest.mark.usefixtures("five_gigabytes_free")
def test_a_torch_that_is_there_needs_no_space(tmp_path: Path) -> None:
    (tmp_path / "lib/python3.11/site-packages/torch").mkdir(parents=True)

    installation.require_disk(tmp_path, "download")


@pytest.mark.usefixtures("five_gigabytes_free")
def test_the_system_torch_needs_no_space(tmp_path: Path) -> None:
    installation.require_disk(tmp_path, "system")


def test_without_a_terminal_the_way_without_a_screen_is_named() -> None:
    with pytest.raises(SetupError, match="tutorch run 0"):
        environment.require_terminal(io.StringIO(), io.StringIO())


def test_closed_input_is_no_terminal() -> None:
    with pytest.raises(SetupError, match="tutorch run 0"):
        environment.require_terminal(None)


def test_a_terminal_will_do() -> None:
    other_end, end = os.openpty()

    with os.fdopen(end) as terminal:
        environment.require_terminal(terminal)
    os.close(other_end)


def test_make_play_in_a_pipe_fails_before_it_installs_anything() -> None:
    result = make("play")

    assert result.returncode != 0
    assert "tutorch run 0" in result.stderr
    assert "==>" not in result.stdout


def test_a_finished_environment_is_left_alone(tmp_path: Path) -> None:
    folder = made_environment(tmp_path)
    script(folder / "bin/python", '[ "$*" = "-c pass" ]')

    environment.make_environment(tmp_path, [], {})

    assert not (folder / "pip.log").exists()


def test_a_changed_pyproject_asks_for_pip_and_no_more(tmp_path: Path) -> None:
    folder = made_environment(tmp_path)

    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'tutorch'\n")

    wanted = environment.wanted_stamp(tmp_path, [], {})
    assert not environment.is_current(folder, wanted)
    assert environment.reason_to_remake(folder, wanted) is None


def test_an_empty_environment_is_remade(tmp_path: Path) -> None:
    folder = made_environment(tmp_path)
    wanted = environment.wanted_stamp(tmp_path, [], {})

    environment.empty(folder)

    assert environment.reason_to_remake(folder, wanted) == "there is none yet"


def test_an_environment_whose_python_is_gone_is_remade(tmp_path: Path) -> None:
    folder = made_environment(tmp_path)
    wanted = environment.wanted_stamp(tmp_path, [], {})

    (folder / "bin/python").unlink()

    assert not environment.is_current(folder, wanted)
    assert "does not start" in environment.reason_to_remake(folder, wanted)


@pytest.mark.parametrize(
    ("differences", "environ", "reason"),
    [
        ({"state": "installing"}, {}, "did not come to an end"),
        ({"root": "/elsewhere"}, {}, "another folder"),
        ({"torch": "system"}, {"TORCH": "download"}, "another torch"),
        ({"torch": "download"}, {"TORCH": "system"}, "another torch"),
        ({"python": "3.11 of /gone"}, {"PYTHON": sys.executable}, "another Python"),
    ],
)
def test_an_environment_made_otherwise_is_remade(
    tmp_path: Path, differences: dict[str, str], environ: dict[str, str], reason: str
) -> None:
    folder = made_environment(tmp_path, **differences)

    wanted = environment.wanted_stamp(tmp_path, [], environ)

    assert not environment.is_current(folder, wanted)
    assert reason in environment.reason_to_remake(folder, wanted)


def test_an_installation_that_pip_gave_up_goes_on(tmp_path: Path) -> None:
    folder = made_environment(tmp_path, state="failed")

    wanted = environment.wanted_stamp(tmp_path, [], {})

    assert not environment.is_current(folder, wanted)
    assert environment.reason_to_remake(folder, wanted) is None


def test_what_was_chosen_before_stays_chosen(tmp_path: Path) -> None:
    made_environment(tmp_path, torch="system", extras=["dev"])

    wanted = environment.wanted_stamp(tmp_path, [], {})

    assert (wanted["torch"], wanted["extras"]) == ("system", ["dev"])


def test_an_unknown_choice_of_torch_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="TORCH=mine is neither 'system' nor 'download'"):
        environment.wanted_stamp(tmp_path, [], {"TORCH": "mine"})


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("NewConnectionError('... Network is unreachable')", "Check the network"),
        ("OSError: [Errno 28] No space left on device", "Free some space"),
        ("ERROR: No matching distribution found for torch>=2.6", "Name another Python"),
        ("error: subprocess-exited-with-error", ".venv/pip.log says all"),
    ],
)
def test_a_failed_pip_is_explained(line: str, advice: str) -> None:
    told = installation.diagnosis(f"Looking in indexes\n{line}\n")

    assert advice in told


@pytest.mark.parametrize("path", sorted(ROOT.glob(".ci/*.py")), ids=lambda path: path.name)
def test_an_old_python_can_parse_the_scripts(path: Path) -> None:
    newer = ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Match | ast.AsyncFunctionDef

    tree = ast.parse(path.read_text())

    assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer)] == []


def test_help_is_the_default_and_lists_every_target() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    listed = re.findall(r"^  make (\S+)", make().stdout, re.MULTILINE)

    assert targets
    assert listed == targets
