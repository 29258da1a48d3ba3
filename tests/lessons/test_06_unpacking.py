"""Lesson 6 unpacks its digits: where to, what is done again, and what goes wrong."""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_data_path

from engine.lesson.model import Lesson
from engine.reading.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "06_mnist.py"
DIGITS = FILE.parents[1] / "assets" / "mnist"
LABELS = "t10k-labels-idx1-ubyte"
Names = dict[str, Any]
# What the lesson has found and imported where it showed its first digits.
BEFORE = {"__file__": str(FILE), "packed": DIGITS, "Path": Path, "gzip": gzip}


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
    names: Names = {**BEFORE}
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
    names: Names = {**BEFORE}

    run("Where the files are", names)

    assert names["root"] == user_data_path("tutorch", appauthor=False)


def test_a_notebook_finds_the_digits_from_the_folder_that_it_lies_in(
    run: Callable[[str, Names], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FILE.parent)
    names: Names = {}

    run("Handwriting", names)

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
