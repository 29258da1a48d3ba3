"""How long the next drawing waits, by what the last one cost."""

from __future__ import annotations

from engine.framing.drawings import DrawingPace


def test_a_costly_drawing_waits_until_it_is_within_its_share() -> None:
    pace = DrawingPace()
    assert pace.is_due(100.0)

    pace.drew(100.0, 0.02)

    assert not pace.is_due(100.4)
    assert pace.is_due(100.6)


def test_no_drawing_waits_for_more_than_two_seconds() -> None:
    pace = DrawingPace()

    pace.drew(100.0, 60.0)

    assert not pace.is_due(101.9)
    assert pace.is_due(102.1)
