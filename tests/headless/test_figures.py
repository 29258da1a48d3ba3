"""Pictures in a run without a screen: a line says that they were made, and files keep them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from running import command, run, written

from engine.protocol.pictures import packed_picture, png_of

SHOWING = """
# %% Show
from PIL import Image
Image.new("RGB", (5, 4), (1, 2, 3))
"""


def test_a_picture_is_kept_as_it_is_in_a_png_file() -> None:
    pixels = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3)

    image = Image.open(io.BytesIO(png_of(packed_picture(pixels))))

    assert image.format == "PNG"
    assert np.array_equal(np.asarray(image), pixels)


def test_a_run_says_that_a_figure_was_made_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "figures"

    done = run(command(written(tmp_path, SHOWING), "--save-figures", folder))

    assert done.returncode == 0
    assert done.stdout == b""
    assert f"Figure 1 (5 × 4) → {folder}/figure-01.png" in done.stderr.decode()
    assert Image.open(folder / "figure-01.png").size == (5, 4)


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_told_of_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")

    done = run(command(written(tmp_path, SHOWING), "--save-figures", tmp_path / name))

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
