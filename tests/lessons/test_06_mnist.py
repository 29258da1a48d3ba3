import ast
import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from bare import printed_by
from golden import expected_of
from playing import Player, series, wait_until

from engine.judging.shapes import classify
from engine.kernel.session import Session
from engine.lesson.model import ChoiceQuestion, CurveQuestion, Lesson, NumberQuestion
from engine.lesson.names import assigned_names
from engine.lesson.reader import read_lesson
from engine.progress.places import data_folder
from engine.protocol.curves import Shape
from engine.protocol.events import Outcome
from engine.protocol.frame import Floats, Frame

FILE = Path(__file__).parents[2] / "lessons" / "06_mnist.py"
DIGITS = FILE.parents[1] / "assets" / "mnist"
LABELS = "t10k-labels-idx1-ubyte"

Names = dict[str, Any]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


@pytest.fixture(scope="module")
def run(lesson: Lesson) -> Callable[[str, Names], None]:
    """Runs a step's cell, by its title, on names that it changes."""
    cells = {step.title: step.cell for step in lesson.steps if step.cell is not None}
    return lambda title, names: exec(compile(cells[title].source, str(FILE), "exec"), names)


@pytest.fixture
def names(
    run: Callable[[str, Names], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Names:
    """What the lesson knows before it unpacks to a folder where nothing is yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    names: Names = {"__file__": str(FILE)}
    run("Where the files are", names)
    run("Is a file whole?", names)
    return names


def unpack(run: Callable[[str, Names], None], names: Names, *missing: str) -> list[str]:
    """Unpack only these files; which of them are not whole afterwards."""
    names["missing"] = list(missing)
    run("Unpack once", names)
    return [
        name
        for name in missing
        if not names["check_integrity"](names["raw"] / name, names["md5_sums"][name])
    ]


def leftovers(names: Names) -> list[str]:
    return [path.name for path in names["root"].rglob("*") if path.is_file()]


@pytest.mark.parametrize("home", ["/somewhere", "relative", ""])
def test_the_digits_are_unpacked_to_the_data_folder_of_tutorch(
    run: Callable[[str, Names], None], monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", home)
    names: Names = {"__file__": str(FILE)}

    run("Where the files are", names)

    assert names["root"] == data_folder()


def test_a_notebook_finds_the_digits_from_the_folder_that_it_lies_in(
    run: Callable[[str, Names], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FILE.parent)
    names: Names = {}

    run("Where the files are", names)

    assert names["packed"] == DIGITS


def test_at_first_all_four_files_are_missing(names: Names) -> None:
    assert [f"{name}.gz" for name in sorted(names["missing"])] == sorted(
        path.name for path in DIGITS.glob("*.gz")
    )


def test_unpacked_files_are_whole_and_nothing_else_is_left(
    run: Callable[[str, Names], None], names: Names
) -> None:
    assert unpack(run, names, *names["md5_sums"]) == []
    assert sorted(leftovers(names)) == sorted(names["md5_sums"])


def test_a_half_file_is_unpacked_again(run: Callable[[str, Names], None], names: Names) -> None:
    names["raw"].mkdir(parents=True)
    (names["raw"] / LABELS).write_bytes(
        gzip.decompress((DIGITS / f"{LABELS}.gz").read_bytes())[:99]
    )

    run("Is a file whole?", names)

    assert LABELS in names["missing"]
    assert unpack(run, names, LABELS) == []


def test_an_interrupted_unpacking_leaves_no_half_file(
    run: Callable[[str, Names], None], names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_source: object, target: Any, _size: int) -> None:
        target.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfileobj", interrupted)

    with pytest.raises(KeyboardInterrupt):
        unpack(run, names, LABELS)

    assert leftovers(names) == []


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        (gzip.compress(b"other digits"), "is damaged: get this file again"),
        ((DIGITS / f"{LABELS}.gz").read_bytes()[:99], "ended before the end-of-stream marker"),
        (b"no gzip at all", "Not a gzipped file"),
    ],
    ids=["other digits", "cut off", "not packed"],
)
def test_a_damaged_packed_file_is_told_and_not_believed(
    run: Callable[[str, Names], None], names: Names, tmp_path: Path, packed: bytes, told: str
) -> None:
    names["packed"] = tmp_path
    (tmp_path / f"{LABELS}.gz").write_bytes(packed)

    with pytest.raises(OSError, match=told) as error:
        unpack(run, names, LABELS)

    assert LABELS in str(error.value)
    assert leftovers(names) == []


def test_without_the_packed_files_it_says_how_to_fetch_them(
    run: Callable[[str, Names], None], names: Names, tmp_path: Path
) -> None:
    names["packed"] = tmp_path / "nowhere"

    with pytest.raises(OSError, match=r"MNIST\(root, download=True\) fetches all four"):
        unpack(run, names, LABELS)


def test_a_folder_that_cannot_be_written_is_told_with_the_mend(
    run: Callable[[str, Names], None], names: Names, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file stands where the folder would be", encoding="utf-8")

    with pytest.raises(OSError, match="XDG_DATA_HOME can name another folder"):
        unpack(run, names, LABELS)


def test_a_full_disk_is_told_with_the_mend(
    run: Callable[[str, Names], None], names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(shutil, "copyfileobj", full)

    with pytest.raises(OSError, match="No space left on device; XDG_DATA_HOME"):
        unpack(run, names, LABELS)


def test_python_runs_it_from_another_folder(tmp_path: Path) -> None:
    shortened = tmp_path / "lessons" / FILE.name
    shortened.parent.mkdir()
    (tmp_path / "assets").symlink_to(FILE.parents[1] / "assets")
    source = FILE.read_text(encoding="utf-8")
    for name, value in expected_of(FILE).shortened.items():
        before = next(line for line in source.splitlines() if line.startswith(f"{name} = "))
        source = source.replace(before, f"{name} = {value}")
    shortened.write_text(source, encoding="utf-8")

    printed = printed_by(shortened, tmp_path)

    assert "the same answer twice? True" in printed


@pytest.fixture(scope="module")
def player(lesson: Lesson) -> Iterator[Player]:
    """The shortened lesson, played to its end."""
    player = Player(Session(lesson, parameters=expected_of(FILE).shortened))
    player.session.start()
    player.session.run_all()
    ended = player.ended()
    assert ended.outcome is Outcome.DONE, ended.traceback
    yield player
    player.session.close()


def read_as(player: Player, pixels: Floats, stroke: int) -> str:
    """What the drawing says once these pixels are painted."""
    step = next(step for step in player.session.lesson.steps if step.title == "Your own digit")
    player.session.paint(step.index, pixels, stroke)
    wait_until(lambda: _stroke(player.session.frame) == stroke, f"stroke {stroke}")
    assert player.session.frame is not None
    return player.session.frame.views[0].text


def _stroke(frame: Frame | None) -> int | None:
    return frame.canvas.stroke if frame is not None and frame.canvas is not None else None


def test_a_digit_that_is_drawn_is_read_at_once(player: Player) -> None:
    one, nothing = np.zeros((28, 28)), np.zeros((28, 28))
    one[5:23, 13:15] = 1.0

    assert "a 1: " in read_as(player, one, 1)
    assert "nothing drawn" in read_as(player, nothing, 2)


def test_a_digit_in_a_corner_is_read_as_in_the_middle(player: Player) -> None:
    names = player.namespace
    centred: Any = names["centred"]
    corner = torch.zeros(28, 28)
    corner[:4, :4] = 1.0

    image = centred(corner)

    assert image[12:16, 12:16].sum() == 16
    assert image.sum() == 16


def test_a_picture_has_a_dot_for_each_pixel_with_ink(player: Player) -> None:
    picture: Any = player.namespace["picture"]
    image = torch.zeros(28, 28)
    image[0, 0] = image[7, 27] = 1.0

    lines = picture(image)

    assert [len(line) for line in lines] == [14] * 7
    assert lines[0] == "\u2801" + "\u2800" * 13
    assert lines[1] == "\u2800" * 13 + "\u2880"
    assert set("".join(lines[2:])) == {"\u2800"}


def test_the_confusion_matrix_counts_every_test_digit_once(player: Player) -> None:
    confusion: Any = player.namespace["confusion"]
    wrong: Any = player.namespace["wrong"]

    assert confusion.sum() == 10_000
    assert confusion.diag().sum() == 10_000 - wrong


def test_the_worst_mistakes_are_mistakes_the_surest_first(player: Player) -> None:
    names: Names = player.namespace
    worst = names["worst"]

    assert (names["predicted"][worst] != names["y_test"][worst]).all()
    surest = names["confidence"][names["predicted"] != names["y_test"]].max()
    assert names["confidence"][worst].tolist() == sorted(
        names["confidence"][worst].tolist(), reverse=True
    )
    assert names["confidence"][worst[0]] == surest


def test_every_step_is_told_in_both_languages(lesson: Lesson) -> None:
    for step in lesson.steps:
        assert sorted(part.language for part in step.prose) == ["en", "ko"], step.title


def test_all_three_kinds_of_questions_are_asked(lesson: Lesson) -> None:
    asked = {type(question) for step in lesson.steps for question in step.questions_in("ko")}

    assert asked == {ChoiceQuestion, NumberQuestion, CurveQuestion}


def test_the_loss_of_the_network_converges(player: Player, lesson: Lesson) -> None:
    step = next(step for step in lesson.steps if step.title == "Training the network")
    ended = player.run(step.index)

    assert classify(series(ended.frame, "loss")) is Shape.CONVERGES


def names_used_by(source: str) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def test_views_change_no_name_that_the_step_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = names_used_by(step.cell.source) if step.cell else set()
        for view in step.views:
            assert not used & {*assigned_names(view.source)}, view.title


def test_it_imports_nothing_of_ours() -> None:
    tree = ast.parse(FILE.read_text(encoding="utf-8"))

    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert imported.isdisjoint({"engine", "tui", "textual"})
