"""Files of a pane: how they are called, and what happens where they cannot be written; no app."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.taking_along.saving import NotSaved, file_name, save_beside


def test_files_are_called_by_lesson_step_and_pane() -> None:
    assert file_name(Path("/lessons/00_기울기.py"), 3, "curve") == "00_기울기-step-3-curve"


def test_a_name_that_a_file_cannot_have_is_cut() -> None:
    assert len(file_name(Path("가" * 80 + ".py"), 3, "curve").encode()) < 200


def test_each_save_has_a_number_of_its_own(tmp_path: Path) -> None:
    first = save_beside(tmp_path, "a-curve", {"csv": "1", "svg": "one"})
    second = save_beside(tmp_path, "a-curve", {"csv": "2", "svg": "two"})

    assert [path.name for path in first] == ["a-curve-1.csv", "a-curve-1.svg"]
    assert [path.name for path in second] == ["a-curve-2.csv", "a-curve-2.svg"]
    assert [path.read_text() for path in (*first, *second)] == ["1", "one", "2", "two"]


def test_a_number_is_new_for_all_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "a-curve-1.svg").write_text("mine")

    (csv, svg) = save_beside(tmp_path, "a-curve", {"csv": "1", "svg": "one"})

    assert (csv.name, svg.name) == ("a-curve-2.csv", "a-curve-2.svg")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["a-curve-1.svg", "a-curve-2.csv", "a-curve-2.svg"]
    assert (tmp_path / "a-curve-1.svg").read_text() == "mine"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="no-such: No such file"):
        save_beside(tmp_path / "no-such", "a", {"csv": "1"})


def test_of_files_of_which_one_cannot_be_written_none_is_left(tmp_path: Path) -> None:
    unwritable = "\udc80"

    with pytest.raises(UnicodeEncodeError):
        save_beside(tmp_path, "a", {"csv": "1", "svg": unwritable})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def open_full(path: Path, mode: str, **options: str) -> object:
        opened(path, mode, **options).close()
        return opened(Path("/dev/full"), "w", **options)

    monkeypatch.setattr(Path, "open", open_full)

    with pytest.raises(NotSaved, match="No space left"):
        save_beside(tmp_path, "a", {"csv": "1"})

    assert list(tmp_path.iterdir()) == []
