"""What waits to be told of sessions: in its order, and with bounded memory."""

from __future__ import annotations

import pytest

from engine.host.telling import MOST_WAITING, News
from engine.protocol.events import Death
from engine.protocol.messages import Ended, EventTold, Told, Wrote
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
        news.add_text(1, f"{number:04d}".encode() + b"." * 996, is_error=False)

    (text,) = told(news)

    assert isinstance(text, Wrote)
    assert len(text.data) == MOST_WAITING
    assert text.data.endswith(b"2999" + b"." * 996)
    assert text.left_out == 3_000_000 - MOST_WAITING


def test_one_text_beyond_the_limit_is_cut(news: News) -> None:
    news.add_text(1, b"x" * (MOST_WAITING + 5), is_error=False)

    assert told(news) == [Wrote(1, b"x" * MOST_WAITING, left_out=5)]


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
