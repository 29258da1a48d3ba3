"""What Python says of a line that it cannot read is said in Korean to a Korean learner."""

from __future__ import annotations

import pytest

from engine.code.syntax import syntax_trouble
from tui.language.catalogue import translator
from tui.words.syntax import syntax_words

UNREADABLE = (
    ("print(1", "SyntaxError: '(' 괄호를 닫지 않았습니다"),
    ("if x\n    y", "SyntaxError: 빠진 문자: ':'"),
    ("for i in x:\ny", "IndentationError: 7번째 줄의 'for' 문 다음 줄은 들여 써야 합니다"),
    ("def f():\ny", "IndentationError: 7번째 줄의 함수 정의 다음 줄은 들여 써야 합니다"),
    (
        "x = [1,\n2)",
        "SyntaxError: 괄호가 서로 맞지 않습니다: 7번째 줄의 여는 괄호 '[', 닫는 괄호 ')'",
    ),
    ("x = 'a", "SyntaxError: 7번째 줄의 문자열을 닫는 따옴표가 없습니다"),
    (
        "f(p=05)",
        "SyntaxError: 0으로 시작하는 정수는 쓸 수 없습니다."
        " 0.5 같은 수라면 점을 빠뜨리지 않았나요?",
    ),
    ("[1 2]", "SyntaxError: 문법에 맞지 않습니다. 쉼표를 빠뜨리지 않았나요?"),
    (
        "if x = 1: y",
        "SyntaxError: 문법에 맞지 않습니다. '=' 대신 '=='나 ':='를 쓰려던 것은 아닌가요?",
    ),
    (
        "f(x) = 1",
        "SyntaxError: 값을 대입할 수 없는 대상입니다: 함수 호출."
        " '=' 대신 '=='를 쓰려던 것은 아닌가요?",
    ),
    (
        "print 1",
        "SyntaxError: 'print' 호출에 괄호가 빠졌습니다. print(...)처럼 써야 합니다",
    ),
)


@pytest.mark.parametrize(("source", "korean"), UNREADABLE)
def test_what_python_says_is_said_in_korean_and_in_english_as_it_is(
    source: str, korean: str
) -> None:
    trouble = syntax_trouble(source, 7)

    assert trouble is not None
    assert syntax_words(trouble.words, translator("ko")) == korean
    assert syntax_words(trouble.words, translator("en")) == trouble.words


@pytest.mark.parametrize(
    "told", ["SyntaxError: no way that is known", "ValueError: unexpected indent", ""]
)
def test_what_is_not_known_stays_in_pythons_own_words(told: str) -> None:
    assert syntax_words(told, translator("ko")) == told
