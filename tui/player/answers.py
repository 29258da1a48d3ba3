"""What the session answers, given to what has asked: the learner, a number turned, or a race."""

from __future__ import annotations

from engine.client.remote_session import RemoteSession
from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Death
from tui.player.asking import Asking
from tui.player.chronicle import Chronicle
from tui.player.update import Update
from tui.runs.dialling import Dialling
from tui.runs.racing import Racing
from tui.runs.runs import Runs
from tui.words.asked import lost_words, output_of, output_of_change, output_of_lost


class Answers:
    """Notes what each answer has changed in the run, and writes it among the step's output."""

    def __init__(
        self,
        session: RemoteSession,
        chronicle: Chronicle,
        runs: Runs,
        asking: Asking,
        dialling: Dialling,
        racing: Racing,
    ) -> None:
        self._session = session
        self._chronicle = chronicle
        self._runs = runs
        self._asking = asking
        self._dialling = dialling
        self._racing = racing

    def take(self, answer: AskAnswered, shown: int) -> Update:
        """Take an answer; one that stands at no place is written in the step that is `shown`."""
        if self._racing.takes(answer):
            return Update.STATUS | Update.FRAME
        if self._dialling.live.asked(answer):
            return self._take_turn(answer)
        self._asking.take(answer)
        place = answer.place
        if answer.counts and place is not None and self._chronicle.running == place.step:
            run, unread = self._session.run, answer.unread
            for change in self._chronicle.changes.note_asked(run, answer.text, place, unread):
                self._runs.change(change)
        record = self._chronicle.of(shown if place is None else place.step)
        record.take_aside(output_of(answer, self._asking.translate))
        return Update.OUTPUT | Update.STATUS | Update.FRAME

    def lose(self, death: Death | None = None, gone: int | None = None) -> None:
        """Know that nothing that was asked will be answered."""
        self._asking.lose(death, gone)
        self._dialling.live.lose()
        self._racing.lose_answers()

    def write_lost(self, step: int) -> None:
        """Write in a step's output that the newest of what was asked will not be answered."""
        lost = self._asking.newest
        if lost is not None and lost.is_lost:
            words = lost_words(lost.death, lost.gone, self._asking.translate)
            self._chronicle.of(step).take_aside(output_of_lost(lost.text, words))

    def _take_turn(self, answer: AskAnswered) -> Update:
        change = self._dialling.live.take(answer)
        if change is None:
            return Update.STATUS
        self._chronicle.changes.note(self._session.run, change)
        self._runs.change(change)
        words = output_of_change(
            change.name, change.before, change.after, change.place, self._asking.translate
        )
        self._chronicle.of(change.place.step).take_aside(words)
        return Update.OUTPUT | Update.STATUS | Update.FRAME
