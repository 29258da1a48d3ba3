"""Figures and images that a lesson shows: which are told, when, and in place of which."""

from __future__ import annotations

from collections.abc import Callable

from remote import RemotePlayer

from engine.protocol.events import Event, OutputWritten, PictureShown, StepEnded
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Status

Play = Callable[..., RemotePlayer]


def pictures(player: RemotePlayer, step: int | None = None) -> list[PictureShown]:
    shown = [event for event in player.told if isinstance(event, PictureShown)]
    return [one for one in shown if step in (None, one.step)]


def test_a_figure_is_shown_where_the_lesson_shows_it_with_what_is_to_be_read(
    play_apart: Play,
) -> None:
    player = play_apart("""
        %matplotlib inline
        import matplotlib.pyplot as plt
        plt.plot([0, 10], [0, 1], label="sine", color="#ff0000")
        plt.title("Waves")
        plt.xlabel("time")
        plt.legend()
        print("before")
        plt.show()
        print("after", plt.get_fignums())
    """)

    player.run()

    [shown] = pictures(player)
    picture = shown.picture
    assert (picture.width, picture.height) == (640, 480)
    assert picture.pixels[0, 0].tolist() == [255, 255, 255]
    assert picture.title == "Waves"
    assert picture.axes == ("time [-0.5, 10.5]", "y [-0.05, 1.05]")
    assert [(one.label, one.colour) for one in picture.legend] == [("sine", "#ff0000")]
    assert _told(player.told) == ["before\n", shown, "after []\n"]


def _told(events: list[Event]) -> list[object]:
    """What was written and shown, in its order."""
    told: list[object] = [""]
    for event in events:
        if isinstance(event, OutputWritten):
            told[-1] = f"{told[-1]}{event.text}"
        elif isinstance(event, PictureShown):
            told += [event, ""]
    return told


def test_a_figure_that_is_left_open_is_shown_once_and_again_where_it_has_changed(
    play_apart: Play,
) -> None:
    player = play_apart("""
        # %%
        import matplotlib.pyplot as plt
        figure, axes = plt.subplots()

        # %%
        line = axes.plot([1, 2])

        # %%
        x = 1

        # %%
        axes.set_title("changed")
        print(end="")
    """)

    for step in range(4):
        player.run(step)

    assert [(one.step, one.number) for one in pictures(player)] == [(1, 1), (3, 1)]


def test_a_figure_that_a_loop_draws_again_stays_in_its_place(play_apart: Play) -> None:
    player = play_apart("""
        import matplotlib.pyplot as plt
        plt.ion()
        figure, axes = plt.subplots()
        for turn in range(3):
            axes.set_title(f"turn {turn}")
            plt.plot([turn])
            plt.pause(0.15)
    """)

    player.run()

    shown = pictures(player)
    assert {one.number for one in shown} == {1}
    assert [one.is_update for one in shown] == [False, *[True] * (len(shown) - 1)]
    assert shown[-1].picture.title == "turn 2"


def test_what_is_displayed_or_comes_last_is_shown_where_it_is_a_picture(play_apart: Play) -> None:
    player = play_apart("""
        from IPython.display import display
        from PIL import Image
        image = Image.new("RGBA", (3, 2), (255, 0, 0, 0))
        display(image)
        display("text")
        image.show()
        Image.new("L", (2, 2), 7)
    """)

    player.run()

    clear, again, grey = (one.picture for one in pictures(player))
    assert again.pixels.shape == clear.pixels.shape
    assert clear.pixels.shape == (2, 3, 3)
    assert clear.pixels[0, 0].tolist() == [255, 255, 255]
    assert grey.pixels[0, 0].tolist() == [7, 7, 7]
    assert player.output() == "'text'\n"


def test_the_files_of_pictures_are_shown_as_such(play_apart: Play) -> None:
    player = play_apart("""
        import base64, io
        from IPython import display as shown
        from PIL import Image

        def file(kind):
            written = io.BytesIO()
            Image.new("RGB", (3, 2), (0, 255, 0)).save(written, kind)
            return written.getvalue()

        for kind in "png", "jpeg", "gif":
            shown.display(shown.Image(data=file(kind)))
        shown.publish_display_data({"image/png": base64.b64encode(file("png")).decode()})
        shown.Image(file("png"))
    """)

    player.run()

    found = pictures(player)
    assert [one.picture.pixels.shape for one in found] == [(2, 3, 3)] * 5
    assert all(one.picture.pixels[0, 0, 1] > 250 for one in found)
    assert player.output() == ""


def test_an_animation_goes_once_through_its_frames(play_apart: Play) -> None:
    player = play_apart("""
        import matplotlib.pyplot as plt
        from matplotlib.animation import FuncAnimation
        figure, axes = plt.subplots()
        (line,) = axes.plot([0, 4], [0, 4])
        seen = []
        def move(frame):
            seen.append(frame)
            line.set_data([0, frame], [0, frame])
            axes.set_title(f"frame {frame}")
            return (line,)
        moves = FuncAnimation(figure, move, frames=5, interval=1, blit=True)
        plt.show()
        print(seen[-5:], plt.get_fignums())
    """)

    player.run()

    assert player.output() == "[0, 1, 2, 3, 4] []\n"
    shown = pictures(player)
    assert shown[-1].picture.title == "frame 4"
    assert {one.number for one in shown} == {1}
    assert all(one.is_update for one in shown[1:])


def test_an_animation_without_end_is_left(play_apart: Play) -> None:
    player = play_apart("""
        import itertools
        import matplotlib.pyplot as plt
        from matplotlib.animation import FuncAnimation
        count = 0
        def move(frame):
            global count
            count += 1
        moves = FuncAnimation(
            plt.figure(), move, frames=itertools.count(), interval=0, cache_frame_data=False
        )
        plt.show()
        print("on", 100 <= count < 110)
    """)

    player.run()

    assert player.output() == "on True\n"


def test_where_the_run_pauses_a_figure_is_as_it_is_there(play_apart: Play) -> None:
    player = play_apart("""
        # %% watch="cost"
        import matplotlib.pyplot as plt
        figure, axes = plt.subplots()
        plt.ion()
        for i in range(4):
            cost = i
            axes.set_title(f"at {i + 1}")
            plt.show()
    """)

    player.session.go_to(Place(0, True, 3))
    player.wait_for(Status.PAUSED)

    player.wait_until(
        lambda: [one.picture.title for one in pictures(player)][-1:] == ["at 3"], "the figure"
    )


def test_what_is_captured_or_drawn_for_files_is_not_shown(play_apart: Play) -> None:
    player = play_apart("""
        # %%
        %%capture
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        plt.show()

        # %%
        plt.switch_backend("agg")
        plt.plot([1, 2]);
    """)

    player.run(1)

    assert not pictures(player)


def test_windows_that_are_asked_for_are_pictures(play_apart: Play) -> None:
    player = play_apart("""
        import matplotlib
        matplotlib.use("TkAgg")
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        plt.show()
    """)

    ended = player.run()

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.DONE
    assert len(pictures(player)) == 1


def test_a_figure_that_cannot_be_drawn_fails_its_step(play_apart: Play) -> None:
    player = play_apart("""
        import matplotlib.pyplot as plt
        title = plt.title("$\\\\frac{1$")
        line = plt.plot([1, 2])
    """)

    ended = player.run()

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.FAILED
    assert ended.traceback is not None
    assert "frac" in "\n".join(ended.traceback.lines)


def test_a_lesson_without_figures_does_not_import_matplotlib(play_apart: Play) -> None:
    player = play_apart("""
        %matplotlib inline
        import sys
        print("matplotlib" in sys.modules)
    """)

    player.run()

    assert player.output() == "False\n"


def test_an_animation_on_a_page_or_in_a_file_is_played_where_it_is_shown(
    play_apart: Play,
) -> None:
    player = play_apart("""
        # %%
        import matplotlib.pyplot as plt
        from IPython.display import HTML, Image, display
        from matplotlib.animation import FuncAnimation
        figure, axes = plt.subplots()
        def move(frame):
            axes.set_title(f"frame {frame}")
        moves = FuncAnimation(figure, move, frames=3, interval=10)
        plt.close()

        # %%
        HTML(moves.to_jshtml())

        # %%
        from tempfile import mkdtemp
        path = mkdtemp() + "/moves.gif"
        moves.save(path, writer="pillow")

        # %%
        display(Image(path))
    """)

    for step in range(4):
        player.run(step)

    assert player.output() == ""
    assert not pictures(player, 0)
    for step in (1, 3):
        played = pictures(player, step)
        assert [one.picture.title for one in played] == ["1/3", "2/3", "3/3"]
        assert [one.is_update for one in played] == [False, True, True]
        assert len({one.number for one in played}) == 1
    assert [one.picture.title for one in pictures(player, 2)][-1] == "frame 2"
    assert len({one.number for one in pictures(player, 2)}) == 1


def test_pictures_that_lie_in_a_page_are_shown_with_its_text(play_apart: Play) -> None:
    player = play_apart("""
        import base64, io
        from IPython.display import HTML
        from PIL import Image
        file = io.BytesIO()
        Image.new("RGB", (3, 2)).save(file, "PNG")
        letters = base64.b64encode(file.getvalue()).decode()
        HTML(f'<p>one <img src="data:image/png;base64,{letters}">')
    """)

    player.run()

    [shown] = pictures(player)
    assert (shown.picture.width, shown.picture.height) == (3, 2)
    assert player.output() == "one\n"
