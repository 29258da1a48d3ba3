"""Makes, mends or leaves alone .venv; what Python 3.5 cannot parse stays out."""

import contextlib
import fcntl
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import rmtree
from typing import Iterator, List, Mapping, Optional, TextIO

from installation import Stamp, install, read_stamp, require_disk, say, write_stamp
from interpreters import (
    OLDEST_PYTHON,
    Python,
    SetupError,
    choose_python,
    identity,
    require_usable,
)

OLDEST_TORCH = (2, 6)
# What each purpose needs beside tutorch itself.
EXTRAS = {"test": ["dev"], "site": ["docs"]}


def main(purpose: str) -> int:
    """Make what `purpose` ("play", "environment" or "test") needs; return the exit status."""
    root = Path(__file__).absolute().parent.parent
    try:
        if purpose == "play":
            require_terminal(sys.stdin, sys.stdout)
        make_environment(root, EXTRAS.get(purpose, []), os.environ)
    except SetupError as error:
        print("\n{}\n".format(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The same command begins again; pip keeps what it downloaded.")
        return 130
    return 0


def require_terminal(*streams: Optional[TextIO]) -> None:
    """Raise SetupError unless every one of `streams` is a terminal."""
    if all(stream is not None and stream.isatty() for stream in streams):
        return
    raise SetupError(
        "tutorch draws on a terminal, and there is none here (a pipe, a job?).\n"
        "Without a screen: make environment && .venv/bin/tutorch run 0"
    )


def make_environment(root: Path, extras: List[str], environ: Mapping[str, str]) -> None:
    """Bring `root`/.venv to what pyproject.toml, `extras`, PYTHON and TORCH ask for.

    Does nothing where it is that already. SetupError when it cannot.
    """
    environment = root / ".venv"
    if is_current(environment, wanted_stamp(root, extras, environ)):
        return
    environment.mkdir(exist_ok=True)
    with one_at_a_time(environment):
        # Asked again: while this one waited, another may have done the work.
        wanted = wanted_stamp(root, extras, environ)
        if is_current(environment, wanted):
            return
        reason = reason_to_remake(environment, wanted)
        if reason:
            python = choose_python(environment, environ.get("PYTHON"), wanted["torch"])
            wanted = dict(wanted, python=identity(python))
            say("Making .venv with {}: {}".format(python.command, reason))
            empty(environment)
            require_disk(environment, wanted["torch"])
            create(environment, wanted, python)
        else:
            wanted = dict(wanted, python=read_stamp(environment).get("python"))
            require_disk(environment, wanted["torch"])
        install(environment, wanted)


def wanted_stamp(root: Path, extras: List[str], environ: Mapping[str, str]) -> Stamp:
    """The stamp of an environment that would serve; `python` is None where any will do.

    What was chosen before (the torch, the other extras) stays where nothing else is asked.
    """
    before = read_stamp(root / ".venv")
    torch = environ.get("TORCH") or before.get("torch", "download")
    if torch not in ("system", "download"):
        raise SetupError("TORCH={} is neither 'system' nor 'download'.".format(torch))
    named = environ.get("PYTHON")
    return {
        "state": "ready",
        "root": str(root),
        "python": identity(require_usable(named)) if named else None,
        "torch": torch,
        "project": hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest(),
        "extras": sorted(set(extras).union(before.get("extras", []))),
    }


def is_current(environment: Path, wanted: Stamp) -> bool:
    """Whether `environment` is ready, runs, and was made from what `wanted` says."""
    stamp = read_stamp(environment)
    if wanted["python"] is None:
        wanted = dict(wanted, python=stamp.get("python"))
    return (
        stamp == wanted
        and runs(environment, "-c", "pass")
        and (environment / "bin/tutorch").exists()
    )


def reason_to_remake(environment: Path, wanted: Stamp) -> Optional[str]:
    """Why `environment` must be made from nothing, or None where pip can bring it up to date."""
    stamp = read_stamp(environment)
    if not (environment / "bin").exists():
        return "there is none yet"
    if stamp.get("state") == "installing":
        return "its making did not come to an end"
    if not runs(
        environment, "-c", "import sys; sys.exit(sys.version_info < {})".format(OLDEST_PYTHON)
    ):
        return "its Python is too old or does not start"
    if not runs(environment, "-m", "pip", "--version"):
        return "its pip does not work"
    if stamp.get("root", wanted["root"]) != wanted["root"]:
        return "it was made in another folder"
    if stamp.get("torch", "download") != wanted["torch"]:
        return "TORCH={} asks for another torch".format(wanted["torch"])
    if wanted["python"] not in (None, stamp.get("python")):
        return "PYTHON names another Python"
    return None


def runs(environment: Path, *arguments: str) -> bool:
    """Whether the Python of `environment` runs `arguments` and ends well."""
    python = environment / "bin" / "python"
    if not python.exists():
        return False
    quiet = subprocess.DEVNULL
    return subprocess.call([str(python), *arguments], stdin=quiet, stdout=quiet, stderr=quiet) == 0


@contextlib.contextmanager
def one_at_a_time(environment: Path) -> Iterator[None]:
    """Hold the lock of `environment`, waiting for the process that has it."""
    with (environment / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another make is at work on .venv: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def empty(environment: Path) -> None:
    """Remove all but the lock; the folder itself stays, for it may be a link to another disk."""
    for path in environment.iterdir():
        if path.is_dir() and not path.is_symlink():
            rmtree(str(path))
        elif path.name != "lock":
            path.unlink()


def create(environment: Path, wanted: Stamp, python: Python) -> None:
    """Fill the empty `environment`, with the torch of `python` in sight where that is wanted."""
    write_stamp(environment, dict(wanted, state="installing"))
    # venv refuses a folder that is a link, so it gets what the link points to.
    command = [python.command, "-m", "venv", os.path.realpath(str(environment))]
    if wanted["torch"] == "system":
        command.append("--system-site-packages")
    if subprocess.call(command) != 0:
        raise SetupError("{} -m venv failed: its lines above say why.".format(python.command))
    if wanted["torch"] == "system":
        open_to_packages(environment, python)
        require_system_torch(environment, python)


def open_to_packages(environment: Path, python: Python) -> None:
    """Let `environment` see the packages of `python` where that is an environment itself.

    --system-site-packages alone opens it to the packages of that one's base.
    """
    if not python.is_environment:
        return
    name = "python{}.{}".format(*python.version)
    line = "import site; site.addsitedir({!r})\n".format(python.packages)
    (environment / "lib" / name / "site-packages" / "system_packages.pth").write_text(line)


def require_system_torch(environment: Path, python: Python) -> None:
    """Raise SetupError unless `environment` imports torchvision and a torch that is new enough."""
    script = "import torch, torchvision; print(torch.__version__)"
    process = subprocess.Popen(
        [str(environment / "bin" / "python"), "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, errors = (stream.decode(errors="replace").strip() for stream in process.communicate())
    if process.returncode != 0:
        raise SetupError(
            "TORCH=system: torch and torchvision of {} do not import:\n{}\n"
            "Mend them there, or leave that torch alone: make play TORCH=download".format(
                python.command, errors.splitlines()[-1] if errors else "no message"
            )
        )
    version = re.search(r"(\d+)\.(\d+)", output)
    if version and tuple(int(part) for part in version.groups()) >= OLDEST_TORCH:
        say("Using the torch {} of {}".format(output, python.command))
        return
    raise SetupError(
        "TORCH=system: {} has torch {}, and tutorch needs 2.6 or newer.\n"
        "Update it there, or install another for tutorch alone: make play TORCH=download".format(
            python.command, output
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
