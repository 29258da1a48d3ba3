"""Korean: which language is chosen, and that nothing is cut or out of line in it."""

from __future__ import annotations

import pytest
from driving import LESSON_0, LESSONS, opened, opened_list, text_of, wait_for_text
from rich.cells import cell_len

from tui.language.preferred import preferred_language


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
        ({"LANG": ""}, "en"),
    ],
)
def test_the_locale_says_the_language(
    settings: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert preferred_language() == language


async def test_a_korean_locale_lists_korean_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")

    async with opened_list(LESSONS) as pilot:
        await wait_for_text(
            pilot, "경사하강법과 다중 선형 회귀", "기울기를 따라 cost를 내려갑니다."
        )


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
async def test_a_korean_locale_plays_korean_prose_with_nothing_out_of_line(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")

    async with opened(LESSON_0, size) as player:
        await player.press("n")
        await player.run_step()

        await player.reads("경사하강법과", "cost는 그릇 모양입니다", "완료")
        lines = player.pilot.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in lines} == {size[0]}
        assert cell_len(player.status_line) <= size[0]
        if size[0] > 80:
            frames = [line for line in text_of(player.pilot).split("\n") if line.startswith("│")]
            assert {cell_len(line) for line in frames} == {size[0]}
