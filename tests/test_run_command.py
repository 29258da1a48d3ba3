import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.host.engine import Engine
from tui import cli

ROOT = Path(__file__).parent.parent
LESSON_0 = ROOT / "lessons" / "00_gradient_descent.py"
TIME_OUT = 300
SETTINGS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "TTY_COMPATIBLE")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in SETTINGS} | {
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "TERM": "xterm-256color",
}
SLOW = """
# %% 훈련
import sys, time
for epoch in range(30):
    time.sleep(0.05)
    if epoch % 10 == 0:
        print("now at", epoch)
print("warned", file=sys.stderr)
print("half a line", end="")
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "tui", "run", *map(str, arguments)]


def run(arguments: list[str], stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        arguments,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=ENVIRONMENT,
        timeout=TIME_OUT,
        check=False,
    )


@pytest.fixture
def run_here(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs the command in this process, which starts no engine for each."""
    monkeypatch.setattr("tui.headless.run.Engine", kept_engine)
    return lambda *arguments: CliRunner().invoke(cli.tutorch, ["run", *map(str, arguments)])


class Terminal:
    """A terminal of 24 by `columns` that a command writes to; its output is read to the end."""

    def __init__(self, columns: int = 80) -> None:
        self._ours, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))

    def read(self) -> str:
        os.close(self.theirs)
        parts = []
        while part := self._next():
            parts.append(part)
        os.close(self._ours)
        return b"".join(parts).decode()

    def _next(self) -> bytes:
        try:
            return os.read(self._ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            return b""


def shown(arguments: list[str], columns: int = 80, **settings: str) -> str:
    """What a command with a terminal for both streams writes on it."""
    terminal = Terminal(columns)
    environment = ENVIRONMENT | settings
    both = terminal.theirs
    with subprocess.Popen(arguments, stdout=both, stderr=both, env=environment):
        return terminal.read()


def left_standing(output: str) -> list[str]:
    """The lines that stay on a terminal: without what was erased, and without colours."""
    lines = [line.rpartition("\r\x1b[K")[2] for line in output.split("\r\n")]
    return [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]


def test_what_a_lesson_prints_reaches_stdout_byte_for_byte(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
# %% One
import sys
print("50%\\r100%", "한글", end="\\t")
sys.stdout.flush()
sys.stdout.buffer.write(b"\\xff\\x00raw\\n")
print("a warning", file=sys.stderr)
print(sys.stdout.isatty(), end="")

# %% Two
print("no line ends here", end="")
""",
    )
    bare = run([sys.executable, str(path)])

    headless = run(command(path))

    assert headless.stdout == bare.stdout
    assert headless.returncode == 0
    assert b"a warning\n" in headless.stderr


def test_errors_are_told_as_errors_after_the_output_has_been_closed(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
# %% Closing
import os
import sys
os.close(1)

# %% Writing
print("late", file=sys.stderr)
""",
    )

    done = run(command(path))

    assert b"late" in done.stderr
    assert b"late" not in done.stdout


def test_lesson_0_prints_the_golden_numbers_as_python_does() -> None:
    said = re.compile(
        r"(Epoch|epoch|lowest|z diff|torch\.Size|\[Param|tensor\().*|.*requires_grad.*"
    )
    bare = run([sys.executable, str(LESSON_0)]).stdout.decode()

    headless = run(command("0"))

    lines = headless.stdout.decode().splitlines()
    golden = [line for line in bare.splitlines() if said.fullmatch(line)]
    assert [line for line in lines if line in golden] == golden
    assert (
        "Epoch 100/100 hypothesis: tensor([152.7695, 183.6982, 180.9592, 197.0628, 140.1332])"
        " Cost: 1.564298"
    ) in lines
    assert headless.returncode == 0


def test_in_one_pipe_titles_stand_before_and_ends_behind_the_prints(tmp_path: Path) -> None:
    text = """
# %% One watch="cost"
for epoch in range(20):
    cost = 1 / (epoch + 1)
print("trained")

# %% View view="every epoch"
print("drawn")

# %% Two
print("after")
"""

    both = run(command(written(tmp_path, text)), stderr=subprocess.STDOUT)

    said = both.stdout.decode()
    order = ["step 1/2 One", "trained", "drawn", "─ cost", "step 1/2 done", "step 2/2", "after"]
    places = [said.index(part) for part in order]
    assert places == sorted(places)


def test_the_command_leaves_with_1_when_a_step_fails(
    tmp_path: Path, run_here: Callable[..., Result]
) -> None:
    ended = run_here(written(tmp_path, "# %% Bad\nraise ValueError('no')\n"))

    assert ended.exit_code == 1
    assert "ValueError: no" in ended.stderr


PARAMETERS = """
# %% Parameters tags=["parameters"]
epochs = 5
learning_rate = 0.5

# %% Training
print(epochs, learning_rate)
"""


def test_parameters_are_set_by_options(tmp_path: Path, run_here: Callable[..., Result]) -> None:
    path = written(tmp_path, PARAMETERS)

    ended = run_here(path, "--set", "epochs=1", "--set", "learning_rate=2")

    assert ended.stdout == "1 2.0\n"
    assert ended.exit_code == 0


@pytest.mark.parametrize("setting", ["epoch=1", "epochs=fast", "epochs='1'", "epochs"])
def test_a_parameter_that_cannot_be_set_is_one_line_and_status_2(
    tmp_path: Path, run_here: Callable[..., Result], setting: str
) -> None:
    ended = run_here(written(tmp_path, PARAMETERS), "--set", setting)

    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "epoch" in ended.stderr


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


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
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


def test_on_a_terminal_a_bar_counts_and_leaves_every_print_whole(tmp_path: Path) -> None:
    output = shown(command(written(tmp_path, SLOW)), columns=60)

    assert re.search(r"\r\x1b\[K.*epoch.* ?\d+/30", output)
    lines = left_standing(output)
    assert lines[:6] == [
        "step 1/1 훈련",
        "now at 0",
        "now at 10",
        "now at 20",
        "warned",
        "half a line",
    ]
    assert re.fullmatch(r"step 1/1 done in [\d.]+ s", lines[6])


def test_a_bar_on_stderr_puts_nothing_into_a_piped_stdout(tmp_path: Path) -> None:
    terminal = Terminal()
    arguments = command(written(tmp_path, SLOW))

    pipe, theirs = subprocess.PIPE, terminal.theirs
    with subprocess.Popen(arguments, stdout=pipe, stderr=theirs, env=ENVIRONMENT) as running:
        output = terminal.read()
        assert running.stdout is not None
        printed = running.stdout.read()

    assert printed == b"now at 0\nnow at 10\nnow at 20\nhalf a line"
    assert "/30" in output


def test_without_colour_the_bar_has_none(tmp_path: Path) -> None:
    output = shown(command(written(tmp_path, SLOW)), NO_COLOR="1")

    assert "/30" in output
    assert not re.search(r"\x1b\[[\d;]*(3|9)\d[\d;]*m", output)
