"""What the player's screen consists of: its widgets, and the desks that help it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping

from textual.screen import Screen
from textual.widget import Widget

from tui.desks.copy_desk import CopyDesk
from tui.desks.help_desk import HelpDesk
from tui.desks.home_desk import HomeDesk
from tui.desks.page_desk import PageDesk
from tui.desks.pane_desk import PaneDesk
from tui.desks.question_desk import QuestionDesk
from tui.desks.reload_desk import ReloadDesk
from tui.desks.runs_desk import RunsDesk
from tui.desks.tensor_desk import TensorDesk
from tui.desks.watch_desk import WatchDesk
from tui.foot.arguments_line import ArgumentsLine
from tui.foot.ask_line import AskLine
from tui.foot.controls import Controls
from tui.foot.dial_line import DialLine
from tui.foot.race_line import RaceLine
from tui.look import Appearance
from tui.panes.pane_finder import PaneFinder
from tui.panes.pane_tabs import PaneTabs
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.widgets.status_bar import StatusBar


class Parts:
    """The widgets of the player's screen, and the desk through which a run begins.

    ``draw_written`` is called when the learner has changed a step's source, ``draw_active`` where
    another pane is active; ``may_ask`` says, to the learner too, whether something can be asked.
    """

    def __init__(
        self,
        playback: Playback,
        appearance: Appearance,
        draw_written: Callable[[], None],
        draw_active: Callable[[], None],
        may_ask: Callable[[], bool],
    ) -> None:
        self.status = StatusBar()
        self.tabs = PaneTabs()
        self.panes = PlayerPanes(playback, appearance, draw_written, draw_active)
        self.questions = QuestionDesk(playback, self.panes, appearance)
        self.finder = PaneFinder(self.panes, appearance)
        self.ask = AskLine(playback, appearance, may_ask)
        self.race = RaceLine(playback, appearance)
        self.dials = DialLine(playback, appearance, self.panes, self.race.begin)
        self.controls = Controls(playback, appearance, self.questions.run_shown)
        self.arguments = ArgumentsLine(playback, appearance, self.controls.begin_again_with)

    def __iter__(self) -> Iterator[Widget]:
        """The widgets, from top to bottom."""
        yield from (self.status, self.tabs, self.panes)
        yield from (self.finder, self.ask, self.dials, self.race, self.arguments)
        yield self.controls

    def watch_run(self) -> None:
        """Bring into sight what shows most of the run that begins or goes on."""
        if self.controls.goes_by_statements:
            self.panes.follow_code()
        else:
            self.panes.watch_run()


class Desks:
    """The other helpers of the player's screen, each for one matter.

    ``draw_step`` draws the step that is shown, ``draw_bars`` the bars around the panes;
    ``may_reload`` says whether a file that was saved again may be taken in now.
    """

    def __init__(
        self,
        screen: Screen[None],
        playback: Playback,
        appearance: Appearance,
        parts: Parts,
        draw_step: Callable[[], Awaitable[None]],
        draw_bars: Callable[[], None],
        may_reload: Callable[[], bool],
    ) -> None:
        panes, questions = parts.panes, parts.questions
        self.panes = PaneDesk(panes, playback, appearance)
        self.pages = PageDesk(playback, panes, questions, appearance, draw_step)
        self.tensors = TensorDesk(panes, playback, appearance)
        self.runs = RunsDesk(panes, playback, appearance, parts.race.begin_with_runs)
        self.watched = WatchDesk(panes, playback, appearance)
        self.copies = CopyDesk(panes, playback, appearance)
        self.home = HomeDesk(panes, playback, appearance, self.copies)
        self.help = HelpDesk(panes, playback, appearance, draw_bars)
        self.reloads = ReloadDesk(screen, playback, appearance, may_reload)
        self.receivers: Mapping[str, object] = {
            "questions": questions,
            "panes": self.panes,
            "pages": self.pages,
            "chooser": self.tensors,
            "runs": self.runs,
            "watched": self.watched,
            "copies": self.copies,
            "home": self.home,
            "help": self.help,
        }
        """Those that take actions, as the table of actions names them."""
