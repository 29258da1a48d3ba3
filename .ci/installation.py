"""Fills .venv with what pyproject.toml asks for; what Python 3.5 cannot parse stays out."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List

from interpreters import SetupError

GIGABYTE = 10**9
# In GB. The package index's torch for Linux brings CUDA: 3 GB of wheels, which pip holds twice
# (in its cache and beside .venv) until it has unpacked 6 GB from them.
DOWNLOAD, DISK_WITH_TORCH = (3, 12) if sys.platform == "linux" else (0.3, 2)
DISK_WITHOUT_TORCH = 1

# What .venv was made from, and how far: "state" is "installing", "failed" or "ready".
Stamp = Dict[str, Any]


def install(environment: Path, wanted: Stamp) -> None:
    """Have pip install tutorch, live from its sources, and its extras; SetupError when it fails."""
    whole = "." + ("[{}]".format(",".join(wanted["extras"])) if wanted["extras"] else "")
    if wanted["torch"] == "system":
        say("Installing tutorch beside the torch that is here")
        pip_install(environment, wanted, requirements_without_torch(environment, wanted))
        pip_install(environment, wanted, ["--no-deps", "--editable", "."])
    else:
        if torch_is_to_come(environment, wanted["torch"]):
            say("Installing tutorch and torch, which takes minutes, once")
            say("{} GB to download; {} GB of disk at most".format(DOWNLOAD, DISK_WITH_TORCH))
        else:
            say("Bringing .venv up to date")
        pip_install(environment, wanted, ["--editable", whole])
    write_stamp(environment, wanted)
    say("Ready: .venv")


def requirements_without_torch(environment: Path, wanted: Stamp) -> List[str]:
    """What pyproject.toml asks for, less torch and torchvision."""
    reader = (
        "import json, sys, tomllib; print(json.dumps(tomllib.load(sys.stdin.buffer)['project']))"
    )
    with (environment.parent / "pyproject.toml").open("rb") as file:
        told = subprocess.check_output([str(environment / "bin/python"), "-c", reader], stdin=file)
    project = json.loads(told.decode())
    requirements = list(project["dependencies"])
    for extra in wanted["extras"]:
        requirements += project["optional-dependencies"][extra]
    torch = re.compile(r"torch(vision)?(?![\w.-])")
    return [requirement for requirement in requirements if not torch.match(requirement)]


def pip_install(environment: Path, wanted: Stamp, arguments: List[str]) -> None:
    """Run pip with its own output on the screen; SetupError with a diagnosis when it fails."""
    write_stamp(environment, dict(wanted, state="installing"))
    log = environment / "pip.log"
    log.write_text("")
    # pip unpacks gigabytes in the folder for temporary files, which is often a small one in memory.
    scratch = environment / "scratch"
    scratch.mkdir(exist_ok=True)
    status = subprocess.call(
        [str(environment / "bin/python"), "-m", "pip", "install", "--log", str(log), *arguments],
        cwd=str(environment.parent),
        env=dict(os.environ, TMPDIR=str(scratch)),
    )
    shutil.rmtree(str(scratch))
    if status != 0:
        write_stamp(environment, dict(wanted, state="failed"))
        raise SetupError(diagnosis(log.read_text(errors="replace")))


def diagnosis(log: str) -> str:
    """What a failed pip's `log` means, and what to do."""
    unreachable = "NewConnectionError|NameResolutionError|Connect(Timeout|ion aborted)|ReadTimeout"
    if "No space left on device" in log:
        return "The disk filled up. Free some space and run the same command again."
    if re.search(unreachable + "|ProxyError|SSLError", log):
        return (
            "pip could not reach the package index. Check the network (behind a proxy, set\n"
            "HTTPS_PROXY) and run the same command again: pip keeps what it downloaded."
        )
    if "No matching distribution found for torch" in log:
        return (
            "There is no torch for this Python on this machine.\n"
            "Name another Python, 3.11 or newer: PYTHON=/path/to/python3.12 make play"
        )
    return (
        "pip failed: its last lines above say why, and .venv/pip.log says all.\n"
        "When that is mended, run the same command again."
    )


def torch_is_to_come(environment: Path, torch: str) -> bool:
    """Whether the installation in `environment` brings a torch with it."""
    return torch == "download" and not any(environment.glob("lib/python*/site-packages/torch"))


def require_disk(environment: Path, torch: str) -> None:
    """Raise SetupError where the installation does not fit on the disk that `environment` is on."""
    needed = DISK_WITH_TORCH if torch_is_to_come(environment, torch) else DISK_WITHOUT_TORCH
    free = shutil.disk_usage(str(environment)).free / GIGABYTE
    if free >= needed:
        return
    raise SetupError(
        "The disk is too small: installing needs about {} GB in {}, and {:.1f} GB are free.\n"
        "Free some space; or, if torch is on this machine already, use it: "
        "make play TORCH=system".format(needed, environment, free)
    )


def read_stamp(environment: Path) -> Stamp:
    """The stamp in `environment`; empty where there is none or it was cut off mid-write."""
    try:
        stamp = json.loads((environment / "stamp.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(environment: Path, stamp: Stamp) -> None:
    """Record what `environment` is and how far its making has come ("state")."""
    (environment / "stamp.json").write_text(json.dumps(stamp, indent=2) + "\n")


def say(line: str) -> None:
    """Print one line of progress at once, before what pip prints."""
    print("==> " + line, flush=True)
