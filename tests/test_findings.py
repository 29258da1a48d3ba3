"""The tables of findings: names that stay, and words that say what to do."""

from collections import Counter

from engine.authoring.findings import ALL

KINDS = [kind for table in ALL for kind in table.__members__.values()]


def test_each_finding_has_a_name_and_words_of_its_own() -> None:
    names = Counter(name for table in ALL for name in table.__members__)
    words = Counter((kind.problem, kind.mend) for kind in KINDS)

    assert [name for name, count in names.items() if count > 1] == []
    assert [pair for pair, count in words.items() if count > 1] == []


def test_each_finding_says_what_is_wrong_and_what_to_do() -> None:
    unfinished = [kind.known_as for kind in KINDS if not (kind.problem and kind.mend)]

    assert unfinished == []
