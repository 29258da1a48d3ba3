"""`tutorch run` under signals and without a reader: it ends, and says how far it was."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
from running import ENVIRONMENT, TIME_OUT, command, written


def signalled(folder: Path, text: str, *numbers: signal.Signals) -> tuple[int, str]:
    """The status and the errors of a run that gets these signals once its lesson has begun."""
    begun = folder / "begun"
    path = written(folder, text.replace("BEGIN", f"open({str(begun)!r}, 'w').close()"))
    pipe = subprocess.PIPE
    with subprocess.Popen(command(path), stdout=pipe, stderr=pipe, env=ENVIRONMENT) as running:
        while not begun.exists():
            time.sleep(0.02)
        for number in numbers:
            running.send_signal(number)
            time.sleep(0.2)
        _, errors = running.communicate(timeout=TIME_OUT)
    return running.returncode, errors.decode()


DEAF = """
# %% Deaf
import time
BEGIN
time.sleep(3600)
"""


def test_a_second_ctrl_c_leaves_at_once(tmp_path: Path) -> None:
    status, errors = signalled(tmp_path, DEAF, signal.SIGINT, signal.SIGINT)

    assert status == 130
    assert "Traceback" not in errors


def test_one_ctrl_c_ends_also_code_that_does_not_stop(tmp_path: Path) -> None:
    status, errors = signalled(tmp_path, DEAF, signal.SIGINT)

    assert status == 130
    assert "step 1/1 stopped after" in errors


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)]
)
def test_a_signal_to_leave_stops_the_training_and_shows_its_curve(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    text = """
# %% Endless watch="cost"
cost = 1.0
while True:
    cost = cost / 2
    if cost == 2**-10:
        BEGIN
"""

    left, errors = signalled(tmp_path, text, number)

    assert left == status
    assert "─ cost" in errors
    assert "step 1/1 stopped after" in errors
    assert "Traceback" not in errors


def test_a_signal_to_leave_ends_code_that_does_not_stop(tmp_path: Path) -> None:
    status, _ = signalled(tmp_path, DEAF, signal.SIGTERM)

    assert status == 143


def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path: Path) -> None:
    path = written(tmp_path, "# %% Talk\nwhile True:\n    print('word ' * 100)\n")

    pipe = subprocess.PIPE
    with subprocess.Popen(command(path), stdout=pipe, stderr=pipe, env=ENVIRONMENT) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr is not None
        errors = running.stderr.read().decode()
        running.wait(TIME_OUT)

    assert errors == "step 1/1 Talk\n"


CAUGHT = """
# %% Train
try:
    BEGIN
    while True:
        cost = 0.5
except KeyboardInterrupt:
    print("saved")

# %% Use
print("used")
"""


def test_a_lesson_that_catches_ctrl_c_goes_on_to_its_end(tmp_path: Path) -> None:
    status, errors = signalled(tmp_path, CAUGHT, signal.SIGINT)

    assert status == 0
    assert "step 2/2 done" in errors
