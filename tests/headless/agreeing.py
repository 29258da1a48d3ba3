"""A file run bare by Python and played by `tutorch run`: what it prints, and how it leaves.

A file agrees where both are the same. To compare another one, add it to forms.py, programs.py or
trainings.py, or call `assert_agrees` with one of your own.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import Result
from running import ENVIRONMENT, TIME_OUT, command
from warmed import WARM_PYTHON

# What Jupyter does with cells, by Python alone: one after another, in one namespace.
_CELLS = """
import json, sys
path = sys.argv.pop(0)
for at, source in enumerate(json.load(open(sys.argv.pop(0)))):
    exec(compile(source, f"cell {at}", "exec"), globals())
"""


@dataclass(frozen=True)
class Form:
    """A file's text and what it is given: arguments, and lines on its standard input.

    ``cells`` are the code cells of a notebook, for which `text` is its JSON. ``printed`` must be
    in what it prints, so that nothing printed on either side is no agreement. ``curves`` are drawn
    where it is played, ``needs`` is a package that it cannot do without, and ``encoding`` that of
    its file. ``beside`` are the texts of other files, by their paths from its folder.
    """

    text: str
    printed: str
    arguments: Sequence[str] = ()
    given: str | None = None
    cells: Sequence[str] | None = None
    curves: Sequence[str] = ()
    needs: str | None = None
    encoding: str = "utf-8"
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ran:
    printed: str
    status: int


def assert_agrees(
    form: Form, path: Path, run_here: Callable[..., Result]
) -> subprocess.CompletedProcess[str] | Result:
    """Write a file of this form to `path`, and run it in both ways; how it was played."""
    path.write_bytes(form.text.encode(form.encoding))
    for name, text in form.beside.items():
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).write_text(text, encoding="utf-8")
    bare = _bare(form, path)
    assert form.printed in bare.stdout, bare.stderr
    behind = ["--", *form.arguments] if form.arguments else []
    if form.given is None:
        here = run_here(path, *behind)
        assert Ran(here.stdout, here.exit_code) == Ran(bare.stdout, bare.returncode), here.stderr
        return here
    # What the lesson reads is what the engine's process inherits, as is the folder that its path
    # is seen from: it needs one of its own.
    apart = _run([*command(path.name), *behind], path.parent, form.given)
    assert Ran(apart.stdout, apart.returncode) == Ran(bare.stdout, bare.returncode), apart.stderr
    return apart


def _bare(form: Form, path: Path) -> subprocess.CompletedProcess[str]:
    if form.cells is None:
        named = str(path) if form.given is None else path.name
        return _run([*_python_for(form), named, *form.arguments], path.parent, form.given)
    listed = path.with_suffix(".json")
    listed.write_text(json.dumps(form.cells), encoding="utf-8")
    program = path.with_suffix(".run.py")
    program.write_text(_CELLS, encoding="utf-8")
    arguments = [*_python_for(form), str(program), str(listed), *form.arguments]
    return _run(arguments, path.parent, form.given)


def _python_for(form: Form) -> list[str]:
    return WARM_PYTHON if "torch" in form.text else [sys.executable]


def _run(arguments: list[str], folder: Path, given: str | None) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        arguments,
        cwd=folder,
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=TIME_OUT,
        check=False,
    )
    if ended.returncode < 0:
        # By a signal, as a shell tells it.
        ended.returncode = 128 - ended.returncode
    return ended
