"""Files of others, of every kind: played, they print what they print bare, and leave alike."""

from collections.abc import Callable
from pathlib import Path

import pytest
from agreeing import Form, assert_agrees
from click.testing import Result
from forms import FORMS
from programs import PROGRAMS
from trainings import TRAININGS

Run = Callable[..., Result]
FILES = {**FORMS, **PROGRAMS, **TRAININGS}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_plays_as_it_runs(name: str, tmp_path: Path, run_here: Run) -> None:
    form = FILES[name]
    if form.needs is not None:
        pytest.importorskip(form.needs)

    played = assert_agrees(form, tmp_path / name, run_here)

    assert set(played.stderr.split()) >= set(form.curves)


LEAVING = {
    "sys.exit(0)": 0,
    "sys.exit()": 0,
    "quit()": 0,
    "exit(3)": 3,
    "sys.exit(-1)": 255,
    "sys.exit(True)": 1,
    "raise SystemExit(7)": 7,
    "raise SystemExit('it is over')": 1,
    "sys.exit([1, 2])": 1,
    "raise ValueError('a mistake')": 1,
    "raise KeyboardInterrupt": 130,
}


@pytest.mark.parametrize("leaving", LEAVING)
def test_a_program_that_ends_itself_leaves_with_its_own_status(
    leaving: str, tmp_path: Path, run_here: Run
) -> None:
    form = Form(f"# %%\nimport sys\nprint('so far')\n{leaving}\n# %%\nprint('never')\n", "so far")

    played = assert_agrees(form, tmp_path / "leaving.py", run_here)

    assert ("Traceback" in played.stderr) == ("Error" in leaving or "Keyboard" in leaving)
    assert ("it is over\n" in played.stderr) == ("it is over" in leaving)


def test_a_traceback_of_a_script_names_the_lines_of_its_file(tmp_path: Path, run_here: Run) -> None:
    called = "\n".join(f"    step_{at} = {at}" for at in range(30))
    text = f"def called(by):\n{called}\n    return by.missing\n\n\n# Calling\ncalled(3)\n"
    form = Form(f"print('so far')\n\n\n{text}", "so far")

    played = assert_agrees(form, tmp_path / "failing.py", run_here)

    assert 'File "failing.py", line 39, in <module>\n    called(3)' in played.stderr
    assert 'File "failing.py", line 35, in called\n    return by.missing' in played.stderr
