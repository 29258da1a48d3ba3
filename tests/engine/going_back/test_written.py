"""What is kept of a run that writes beside the one that stands."""

from __future__ import annotations

import numpy as np

from engine.client.written import WrittenBeside
from engine.protocol.events import OutputWritten, PictureShown
from engine.protocol.pictures import packed_picture

PICTURE = packed_picture(np.zeros((1, 1, 3), np.uint8))
OTHER = packed_picture(np.ones((1, 1, 3), np.uint8))


def test_words_and_pictures_stay_in_their_order() -> None:
    written = WrittenBeside()

    written.take(OutputWritten(0, "a"))
    written.take(OutputWritten(0, "b"))
    written.take(PictureShown(0, 1, PICTURE))
    written.take(OutputWritten(0, "c"))

    assert [type(one) for one in written.all] == [OutputWritten, PictureShown, OutputWritten]
    assert written.text == "abc"


def test_a_picture_that_is_drawn_again_stands_where_it_stood() -> None:
    written = WrittenBeside()
    written.take(PictureShown(0, 1, PICTURE))
    written.take(OutputWritten(0, "a"))

    for _ in range(1000):
        written.take(PictureShown(0, 1, OTHER, is_update=True))

    assert len(written.all) == 2
    assert written.newest_picture is not None
    assert written.newest_picture.picture is OTHER


def test_what_is_too_much_goes_from_the_beginning() -> None:
    written = WrittenBeside()
    written.take(PictureShown(0, 1, PICTURE))

    written.take(OutputWritten(0, "a" * 150_000))
    written.take(PictureShown(0, 2, PICTURE))
    written.take(OutputWritten(0, "b" * 150_000))

    assert written.text == "a" * 50_000 + "b" * 150_000
    assert [one.number for one in written.all if isinstance(one, PictureShown)] == [2]


def test_of_many_pictures_the_newest_stay() -> None:
    written = WrittenBeside()

    for number in range(60):
        written.take(PictureShown(0, number, PICTURE))

    numbers = [one.number for one in written.all if isinstance(one, PictureShown)]
    assert numbers == list(range(10, 60))
