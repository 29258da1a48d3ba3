"""What waits to be told of sessions: in its order, and with bounded memory."""

from __future__ import annotations

import pytest

from engine.host.telling import LONGEST_LINE, MOST_WAITING, News
from engine.protocol.messages import Ended, EventTold, Told, Wrote
from engine.protocol.outcomes import Death
from engine.protocol.wire import decode


def told(news: News) -> list[object]:
    return list(decode(news.take(), Told).entries)


@pytest.fixture
def news() -> News:
    made = News()
    made.begin(1, keeps_all=False)
    made.begin(2, keeps_all=True)
    return made


def test_texts_that_wait_together_become_one(news: News) -> None:
    news.add_text(1, b"a", is_error=False)
    news.add_text(1, b"b", is_error=False)
    news.add_event(1, b"event")
    news.add_text(1, b"c", is_error=False)

    assert told(news) == [Wrote(1, b"ab"), EventTold(1, b"event"), Wrote(1, b"c")]
    assert not news.is_there


def test_errors_and_other_sessions_are_told_apart(news: News) -> None:
    news.add_text(1, b"a", is_error=False)
    news.add_text(2, b"b", is_error=False)
    news.add_text(2, b"c", is_error=True)

    assert told(news) == [Wrote(1, b"a"), Wrote(2, b"b"), Wrote(2, b"c", is_error=True)]


def test_of_output_without_end_the_newest_is_kept_and_the_rest_counted(news: News) -> None:
    for number in range(3000):
        news.add_text(1, f"{number:04d}".encode() + b"." * 995 + b"\n", is_error=False)

    (text,) = told(news)

    assert isinstance(text, Wrote)
    assert len(text.data) == MOST_WAITING
    assert text.data.endswith(b"2999" + b"." * 995 + b"\n")
    assert text.left_out == 3_000_000 - MOST_WAITING


def test_one_text_beyond_the_limit_is_cut(news: News) -> None:
    news.add_text(1, b"x\n" * (MOST_WAITING // 2 + 5), is_error=False)

    assert told(news) == [Wrote(1, b"x\n" * (MOST_WAITING // 2), left_out=10)]


@pytest.mark.parametrize("size", [1000, LONGEST_LINE, 2_000_000])
def test_of_a_line_without_end_the_beginning_is_kept(news: News, size: int) -> None:
    data = b"begins " + b"x" * 2_000_000 + b"\nnext\rover\n" + b"y" * 70_000

    for start in range(0, len(data), size):
        news.add_text(1, data[start : start + size], is_error=False)

    beginning = (b"begins " + b"x" * LONGEST_LINE)[:LONGEST_LINE]
    assert told(news) == [Wrote(1, beginning + b"\nnext\rover\n" + b"y" * LONGEST_LINE)]


def test_where_all_output_is_wanted_no_line_is_too_long(news: News) -> None:
    news.add_text(2, b"x" * 100_000, is_error=False)

    assert told(news) == [Wrote(2, b"x" * 100_000)]


def test_where_all_output_is_wanted_it_is_full_until_it_was_taken(news: News) -> None:
    news.add_text(2, b"x" * (MOST_WAITING + 5), is_error=False)
    was_full = news.is_full(2)

    (text,) = told(news)

    assert was_full
    assert isinstance(text, Wrote)
    assert len(text.data) == MOST_WAITING + 5
    assert not news.is_full(2)


def test_the_end_of_a_session_comes_after_what_it_wrote(news: News) -> None:
    news.add_text(1, b"last words", is_error=False)
    news.add_end(1, Death(11, 139))

    assert told(news) == [Wrote(1, b"last words"), Ended(1, Death(11, 139))]
