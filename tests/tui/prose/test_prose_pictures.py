"""Pictures in a lesson's text are read from beside its file, and drawn between its words."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from driving import opened, write_lesson
from PIL import Image

from tui.prose.prose_pictures import pictures_in

RED = (255, 0, 0)


def png(colour: tuple[int, ...] = RED, mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (40, 20), colour).save(file, "PNG")
    return file.getvalue()


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_a_picture_beside_the_lesson_or_above_it_is_read_by_its_way(tmp_path: Path) -> None:
    lesson = tmp_path / "part" / "lesson.py"
    lesson.parent.mkdir()
    (lesson.parent / "my figure.png").write_bytes(png())
    (tmp_path / "other.jpg").write_bytes(png())

    found = pictures_in("![a](<my figure.png>)\n\n[![b](../other.jpg)](https://x.org)", lesson)

    assert list(found) == ["my%20figure.png", "../other.jpg"]
    picture = found["my%20figure.png"]
    assert (picture.width, picture.height) == (40, 20)
    assert picture.pixels[0, 0].tolist() == list(RED)


def test_what_shines_through_is_white(tmp_path: Path) -> None:
    (tmp_path / "clear.png").write_bytes(png((0, 0, 0, 0), "RGBA"))

    found = pictures_in("![](clear.png)", tmp_path / "lesson.py")

    assert found["clear.png"].pixels.min() == 255


def test_addresses_of_a_network_and_absolute_ones_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(png())

    def refuse(*_: object) -> None:
        raise AssertionError("something was read")

    monkeypatch.setattr("tui.prose.prose_pictures._decoded", refuse)
    addresses = ("https://x.org/a.png", "//x.org/a.png", f"{tmp_path}/a.png", "ftp://x.org/a.png")
    text = "\n\n".join(f"![]({address})" for address in addresses)

    assert pictures_in(text, tmp_path / "lesson.py") == {}


def test_files_that_are_no_pictures_are_told_by_their_names_alone(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "half.png").write_bytes(png()[:40])
    (tmp_path / "folder.png").mkdir()
    names = ("text.png", "half.png", "folder.png", "missing.png", "zero%00.png")

    text = "\n\n".join(f"![]({name})" for name in names)

    assert pictures_in(text, tmp_path / "lesson.py") == {}


def test_a_notebook_has_pictures_attached_to_its_cells(tmp_path: Path) -> None:
    notebook = tmp_path / "lesson.ipynb"
    cells = [
        {
            "cell_type": "markdown",
            "source": [f"{word}\n", "![](attachment:image.png)"],
            "attachments": {"image.png": {"image/png": in_base64(png(colour))}},
        }
        for word, colour in (("one", RED), ("two", (0, 0, 255)))
    ]
    notebook.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")

    found = pictures_in("two\n![](attachment:image.png)", notebook)

    assert found["attachment:image.png"].pixels[0, 0].tolist() == [0, 0, 255]


def test_a_picture_may_stand_in_the_text_itself(tmp_path: Path) -> None:
    address = f"data:image/png;base64,{in_base64(png())}"

    assert list(pictures_in(f"![]({address})", tmp_path / "lesson.py")) == [address]


@pytest.mark.parametrize("in_ascii", [False, True])
async def test_it_is_drawn_over_its_name_where_it_is_a_paragraph(
    folder: Path, in_ascii: bool
) -> None:
    (folder / "red.png").write_bytes(png())
    lesson = "# %% [markdown]\n# Words.\n#\n# ![A red box](red.png)\n#\n# End.\n# %%\na = 1\n"
    async with opened(write_lesson(folder, lesson), in_ascii=in_ascii) as player:
        await player.reads("A red box", "End.")
        shown = player.pilot.app.screen._compositor.render_strips()
        grounds = {
            segment.style.bgcolor.name
            for strip in shown
            for segment in strip
            if segment.style is not None and segment.style.bgcolor is not None
        }

    assert ("#ff0000" in grounds) == (not in_ascii)
