"""Switching language in place: prose, titles, list and the interface's own words, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import (
    LESSON_0,
    LESSONS,
    click_on,
    opened,
    opened_list,
    press,
    text_of,
    wait_for_text,
    write_lesson,
)
from rich.cells import cell_len
from textual.visual import VisualType

from tui.language.catalogue import catalogue_path, read_catalogue
from tui.lessons.filter_input import FilterInput
from tui.widgets.action_bar import ActionBar

SIZES = [(80, 24), (120, 40), (200, 60)]
WAITING = """
    # %% [markdown] lang="en"
    # ## Counting
    # A loop that never ends.
    # %% [markdown] lang="ko"
    # ## 세기
    # 끝나지 않는 반복문입니다.
    # %% Counting watch="cost"
    count = 0
    while True:
        count += 1
        cost = 1 / count
"""
DRAWN = """
    # ---
    # tutorch:
    #   title: Words
    # ---
    # %% One
    a = 1
    # %% The line view="every epoch"
    import plotext as plt
    plt.clear_figure()
    plt.plot([1, 2])
    plt.title("hours of lectures")
    plt.show()
    # %% Two
    b = 2
    # %% [markdown] lang="ko" tags=["words"]
    # - `hours of lectures`: 강의 시간
"""


@pytest.fixture
def waiting(folder: Path) -> Path:
    return write_lesson(folder, WAITING)


async def test_one_key_switches_the_list(folder: Path) -> None:
    async with opened_list(LESSONS) as pilot:
        await press(pilot, "ctrl+o")

        await wait_for_text(
            pilot,
            "터미널에서 배우는 딥러닝",
            "경사하강법과",
            "/ 검색",
            "enter 열기",
            "q 끝내기",
        )


async def test_the_list_keeps_its_filter_and_its_mark(folder: Path) -> None:
    for name in ("apple.py", "apricot.py", "plum.py"):
        write_lesson(folder, WAITING, name)
    async with opened_list(folder) as pilot:
        await press(pilot, "slash", "a", "p", "down", "ctrl+o")

        lessons = pilot.app.screen.query_one("LessonList")
        assert pilot.app.screen.query_one(FilterInput).value == "ap"
        assert lessons.highlighted == 1  # type: ignore[attr-defined]


async def test_one_key_switches_the_player(waiting: Path) -> None:
    async with opened(waiting, (120, 40)) as player:
        await player.press("3")
        await player.reads("A loop that never ends.", "ready", "space run", "No curve yet")

        await player.press("ctrl+o")

        await player.reads(
            "끝나지 않는 반복문입니다.",
            "준비됨",
            "space 실행",
            "아직 곡선이 없습니다",
            "1 설명",
            "2 코드",
        )


async def test_pressed_again_it_is_all_as_it_was(waiting: Path) -> None:
    async with opened(waiting, (120, 40)) as player:
        await player.reads("ready")
        before = text_of(player.pilot)

        await player.press("ctrl+o")
        await player.reads("준비됨")
        await player.press("ctrl+o")

        await player.reads("ready")
        assert text_of(player.pilot) == before


async def test_the_mouse_switches_too(waiting: Path) -> None:
    async with opened_list(waiting.parent) as pilot:
        await click_on(pilot, "^o 한국어")
        await wait_for_text(pilot, "? 더 보기")
        await click_on(pilot, "^o English")

        await wait_for_text(pilot, "? more")


async def test_training_goes_on_while_the_language_changes(waiting: Path) -> None:
    async with opened(waiting) as player:
        await player.press("space")
        await player.is_running()

        await player.press("ctrl+o")

        await player.reads("실행 중", "일시정지")
        position = player.position
        await player.until(lambda: player.position > position, "a later frame")


async def test_a_drawing_speaks_the_language_of_the_moment(folder: Path) -> None:
    path = write_lesson(folder, DRAWN)
    async with opened(path, (120, 40)) as player:
        await player.run_step()
        await player.press("6")
        await player.reads("hours of lectures")

        await player.press("ctrl+o")

        await player.reads("강의 시간")
        assert "hours of lectures" not in text_of(player.pilot)
        await player.press("n")
        await player.run_step()
        await player.press("p", "ctrl+o")
        await player.reads("강의 시간", "another language: r runs the step again")


async def test_the_next_start_is_in_the_language_that_was_chosen(waiting: Path) -> None:
    async with opened(waiting) as player:
        await player.press("ctrl+o")

    async with opened(waiting) as player:
        await player.reads("끝나지 않는 반복문입니다.", "준비됨")


async def test_a_choice_counts_more_than_the_locale(
    waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with opened(waiting) as player:
        await player.reads("준비됨")
        await player.press("ctrl+o")

    async with opened(waiting) as player:
        await player.reads("A loop that never ends.", "ready")


async def test_a_step_that_runs_elsewhere_is_told_in_korean_order(folder: Path) -> None:
    path = write_lesson(folder, WAITING + "# %% Two\nb = 2\n")
    async with opened(path) as player:
        await player.press("ctrl+o", "space")
        await player.is_running()
        await player.press("n")

        await player.reads("1단계 실행 중")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_korean_bars_panes_and_tabs_stay_in_line(folder: Path, size: tuple[int, int]) -> None:
    path = write_lesson(folder, WAITING.replace("while True:", "for epoch in range(100):"))
    async with opened(path, size) as player:
        await player.press("ctrl+o", "3")
        await player.run_step()
        await player.reads("완료", "100/100", "걸림", "최신, 100에서")

        lines = player.pilot.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in lines} == {size[0]}
        frames = [line for line in text_of(player.pilot).split("\n") if line.startswith("│")]
        assert {cell_len(line) for line in frames} <= {size[0]}


async def test_the_korean_help_is_korean_and_its_columns_are_even() -> None:
    async with opened(LESSON_0, (100, 80)) as player:
        await player.press("ctrl+o", "question_mark")
        await player.reads("esc로 닫기")

        text = text_of(player.pilot)
        english = read_catalogue(catalogue_path("ko"))
        assert [words for words in english if " " in words and words in text] == []
        rows = [line for line in text.split("\n") if "초당 반복 횟수" in line]
        assert len({cell_len(row[: row.index("초당")]) for row in rows}) == 1

        await player.press("slash", *"race")
        await player.until(lambda: "경주" in text_of(player.pilot), "what is called so in English")
        assert "초당" not in text_of(player.pilot)


async def test_the_palette_offers_actions_in_korean(waiting: Path) -> None:
    async with opened(write_lesson(waiting.parent, WAITING + "# %% Two\nb = 2\n")) as player:
        await player.press("ctrl+o")

        commands = player.pilot.app.get_system_commands(player.screen)
        offered = {command.title for command in commands}
        assert {"다음 단계로 가기", "테마", "화면 저장"} <= offered


async def test_the_palette_is_korean_to_its_last_word(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with opened(write_lesson(folder, WAITING)) as player:
        await player.press("ctrl+p")
        await player.reads("기능 검색")

        await player.press(*"zzqq")

        await player.reads("그런 이름은 없습니다.")
        await player.press("ctrl+u", *"keys")
        await player.reads("모든 키 보기")
        await player.press("ctrl+u", "colon")
        await player.reads("키: :")


async def test_the_themes_are_searched_in_korean(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with opened(write_lesson(folder, WAITING)) as player:
        player.pilot.app.action_change_theme()

        await player.reads("테마 검색")


async def test_where_a_picture_of_the_screen_is_saved_is_said_in_korean(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with opened(write_lesson(folder, WAITING)) as player:
        player.pilot.app.action_screenshot(path=str(tmp_path))

        await player.reads("저장했습니다")
        assert "Saved" not in text_of(player.pilot)


async def test_a_key_that_stops_nothing_on_the_list_says_in_korean_which_leaves(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with opened_list(folder) as pilot:
        await press(pilot, "ctrl+c")

        await wait_for_text(pilot, "q 키를 누르면 끝냅니다.")


async def test_a_bar_is_in_the_learners_language_from_its_first_painting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    drawn: list[str] = []
    update = ActionBar.update

    def remember(bar: ActionBar, content: VisualType = "", *, layout: bool = True) -> None:
        drawn.append(str(content))
        update(bar, content, layout=layout)

    monkeypatch.setattr(ActionBar, "update", remember)
    async with opened(write_lesson(folder, WAITING)) as player:
        await player.reads("space 실행")

        assert [words for words in drawn if "space run" in words or "n next" in words] == []
