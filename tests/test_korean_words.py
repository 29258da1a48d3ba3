"""Korean has one word for one thing, in lessons as in what the player says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRITTEN = (
    *sorted((ROOT / "lessons").glob("*.py")),
    ROOT / "assets/new_lesson.txt",
    ROOT / "assets/locale/ko/LC_MESSAGES/tutorch.po",
    ROOT / "docs/start_ko.md",
)

# What is not written, as a pattern, and what is written instead.
ONE_WORD = {
    "그래디언트|그레이디언트|그라디언트|경사(?!하강)|gradient": "기울기",
    "(학습|트레이닝|훈련용) 데이터|(학습|훈련) ?(세트|셋)": "훈련 데이터",
    "(시험|평가) 데이터|(테스트|시험) ?(세트|셋)": "테스트 데이터",
    r"최적화기|최적화 함수|optimizer(?!\.)": "옵티마이저",
    "에폭|이포크|epoch(?!s=)": "에포크",
    "소프트 맥스|softmax": "소프트맥스",
    "뉴론|노드|유닛": "뉴런",
    "네트워크": "신경망",
    "(?<!플)레이어": "층",
    "레이블|라벨": "정답",
    "웨이트": "가중치",
    "바이어스": "편향",
    "학습율|러닝 ?레이트": "학습률",
    "손실|비용 함수": "cost",
    "교차 ?엔트로피|크로스엔트로피": "크로스 엔트로피",
    "컨볼루션|컨벌루션": "합성곱",
    "드랍아웃": "드롭아웃",
    "낱말": "단어",
    "쓴이": "저자",
    "루프": "반복문",
    "(숫자|손글씨)의? 그림|그림의? 픽셀|그림 [0-9]+장": "이미지",
    "이미지 창|이미지를 그립니다|이미지가 나타납니다": "그림",
    r"(?<!± )\b[0-9.]+ %|\} %": "1%, without a space",
    r"\((으)\)로|\((이)\)|(와|과)\((와|과)\)|(은|는)\((은|는)\)|(이|가)\((이|가)\)"
    r"|(을|를)\((을|를)\)": "a sentence without a particle in brackets",
    "따라잡기": "앞 단계 실행",
    "등성이": "능선",
    "도우미": "what it does",
    "로그에 음수를 붙": "로그에 마이너스 부호를 붙인",
    "두 시간을 모두 쓰면": "강의 시간과 자습 시간을 모두 쓰면",
    "학습하면 곡선이 휩니다": "학습되면서 곡선이 휩니다",
    "0.554이": "0.554가",
    "확률의 cost는": "확률을 채점하려면",
    "까닭은 행에": "그림의 행을 보면 까닭을 알 수 있습니다",
    "에 한참 못 미칩니다": "보다 훨씬 큽니다",
    "얼마나 길면 안 되는지": "얼마나 길어도 되는지",
    "자기 뉴런마다": "출력 뉴런마다",
    "많아야 한 자리 작": "10분의 1보다 작지 않",
    "기울기는 커야": "기울기는 아무리 커도",
    "꺾어 주면": "ReLU를 넣으면",
    "내 답은 [^']": "내 답은 '…'",
}

CODE = re.compile(r"`[^`\n]*`|\$[^$\n]+\$")
FILLED_IN = re.compile(r"\{[^}\n]*\}")
# A term in Latin letters, where it is introduced.
INTRODUCED = re.compile(r"\*\*[a-z ]+\*\*|\([a-z ]+\)")


def korean(text: str) -> str:
    """``text`` with its Korean lines alone, each in its place and without code."""
    bare = INTRODUCED.sub(" ", FILLED_IN.sub("{}", CODE.sub(" ", text)))
    return "\n".join(line if re.search("[가-힣]", line) else "" for line in bare.splitlines())


def places(pattern: str, text: str) -> Iterator[int]:
    """The numbers of the lines on which ``pattern`` begins; it may go on in the next line."""
    broken = re.sub("(?<=[가-힣)]) (?=[가-힣(a-z])", r"(?: |\\n# +)", pattern)
    return (text.count("\n", 0, found.start()) + 1 for found in re.finditer(broken, text))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_one_word_stands_for_one_thing(path: Path) -> None:
    text = korean(path.read_text(encoding="utf-8"))

    mends = [
        f"{path.relative_to(ROOT)}:{line}: {pattern}: write {word}"
        for pattern, word in ONE_WORD.items()
        for line in places(pattern, text)
    ]

    assert mends == []
