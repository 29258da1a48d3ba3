"""Which Python and whose torch the set-up takes; the ones here are fakes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import environment
import interpreters
import pytest
from interpreters import SetupError


def fake_python(folder: Path, name: str, version: tuple[int, int], **facts: object) -> Path:
    """A command that answers the probe as a Python of `version` would."""
    told = {
        "version": version,
        "prefix": f"/opt/{name}",
        "is_environment": False,
        "packages": f"/opt/{name}/lib",
        "has_venv": True,
        "has_torch": False,
    } | facts
    return script(folder / name, f"echo '{json.dumps(told)}'")


def script(path: Path, line: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH, still empty."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_python3_is_used_where_it_is_new_enough(commands: Path, tmp_path: Path) -> None:
    chosen = fake_python(commands, "python3", (3, 11))
    fake_python(commands, "python3.13", (3, 13))

    python = interpreters.choose_python(tmp_path / ".venv", None, "download")

    assert python.command == str(chosen)


def test_the_newest_python_is_used_where_python3_is_old(commands: Path, tmp_path: Path) -> None:
    fake_python(commands, "python3", (3, 9))
    fake_python(commands, "python3.11", (3, 11))
    newest = fake_python(commands, "python3.13", (3, 13))

    python = interpreters.choose_python(tmp_path / ".venv", None, "download")

    assert python.command == str(newest)


def test_a_python_that_does_not_run_is_passed_over(commands: Path, tmp_path: Path) -> None:
    script(commands / "python3", "echo 'not installed' >&2; exit 127")
    runs = fake_python(commands, "python3.12", (3, 12))

    python = interpreters.choose_python(tmp_path / ".venv", None, "download")

    assert python.command == str(runs)


def test_too_old_pythons_are_named_with_what_is_needed(commands: Path, tmp_path: Path) -> None:
    fake_python(commands, "python3", (3, 9))

    with pytest.raises(SetupError, match=r"needs Python 3\.11 or newer, and .*python3 is 3\.9\."):
        interpreters.choose_python(tmp_path / ".venv", None, "download")


def test_no_python_at_all_is_said(commands: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="No Python was found"):
        interpreters.choose_python(tmp_path / ".venv", None, "download")


def test_the_python_that_is_named_wins(commands: Path, tmp_path: Path) -> None:
    fake_python(commands, "python3", (3, 13))
    named = fake_python(tmp_path / "a folder", "mine", (3, 12))

    python = interpreters.choose_python(tmp_path / ".venv", str(named), "download")

    assert python.command == str(named)


def test_a_named_python_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="PYTHON=/nowhere/python is not a Python that runs"):
        interpreters.choose_python(tmp_path / ".venv", "/nowhere/python", "download")


def test_a_missing_venv_module_names_the_package_that_brings_it(
    commands: Path, tmp_path: Path
) -> None:
    fake_python(commands, "python3", (3, 12), has_venv=False)

    with pytest.raises(SetupError, match=r"apt install python3-venv python3\.12-venv"):
        interpreters.choose_python(tmp_path / ".venv", None, "download")


def test_the_python_of_the_environment_does_not_remake_it(commands: Path, tmp_path: Path) -> None:
    fake_python(commands, "python3", (3, 13), prefix=str(tmp_path / ".venv"))
    outside = fake_python(commands, "python3.11", (3, 11))

    python = interpreters.choose_python(tmp_path / ".venv", None, "download")

    assert python.command == str(outside)


def test_system_torch_picks_the_python_that_has_it(commands: Path, tmp_path: Path) -> None:
    fake_python(commands, "python3", (3, 13))
    with_torch = fake_python(commands, "python3.12", (3, 12), has_torch=True)

    python = interpreters.choose_python(tmp_path / ".venv", None, "system")

    assert python.command == str(with_torch)


def test_system_torch_that_is_nowhere_is_said(commands: Path, tmp_path: Path) -> None:
    fake_python(commands, "python3", (3, 13))

    with pytest.raises(SetupError, match=r"not both in Python 3\.13 of /opt/python3\."):
        interpreters.choose_python(tmp_path / ".venv", None, "system")


@pytest.fixture
def environment_with_torch(tmp_path: Path) -> tuple[Path, interpreters.Python]:
    """An environment without torch, and the Python of another that has a (fake) torch 2.5.1."""
    folder = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = tmp_path / "other environment's packages"
    (packages / "torch").mkdir(parents=True)
    (packages / "torchvision").mkdir()
    (packages / "torch/__init__.py").write_text("__version__ = '2.5.1+cu124'\n")
    (packages / "torchvision/__init__.py").touch()
    python = interpreters.probe(sys.executable)
    return folder, python._replace(is_environment=True, packages=str(packages))


def test_torch_of_another_environment_comes_in_sight(
    environment_with_torch: tuple[Path, interpreters.Python],
) -> None:
    folder, python = environment_with_torch
    new_torch = Path(python.packages, "torch/__init__.py")
    new_torch.write_text("__version__ = '2.6.0a0+nv25'\n")

    environment.open_to_packages(folder, python)

    environment.require_system_torch(folder, python)


def test_system_torch_that_is_too_old_is_refused(
    environment_with_torch: tuple[Path, interpreters.Python],
) -> None:
    folder, python = environment_with_torch
    environment.open_to_packages(folder, python)

    with pytest.raises(SetupError, match=r"has torch 2\.5\.1\+cu124, and tutorch needs 2\.6"):
        environment.require_system_torch(folder, python)


def test_system_torch_that_fails_to_import_shows_why(
    environment_with_torch: tuple[Path, interpreters.Python],
) -> None:
    folder, python = environment_with_torch
    Path(python.packages, "torchvision/__init__.py").write_text("raise ImportError('no libcudart')")
    environment.open_to_packages(folder, python)

    with pytest.raises(SetupError, match="ImportError: no libcudart"):
        environment.require_system_torch(folder, python)
