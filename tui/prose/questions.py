"""The questions at the end of the text, and the keys that answer the one that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.containers import Vertical
from textual.message import Message

from engine.progress.work import GivenAnswer
from tui.actions.named import bindings
from tui.actions.pane_actions import QUESTION_ACTIONS
from tui.look import Look
from tui.prose.question_card import QuestionCard
from tui.words.questions import AskedQuestion, answer_at, tells_news


class Questions(Vertical):
    """Has the keys while a question is asked; which question that is, is its own business."""

    BINDINGS = bindings(QUESTION_ACTIONS)
    DEFAULT_CSS = "Questions { height: auto; padding: 0 1; }"

    @dataclass
    class Answered(Message):
        """The question at this place of the step was answered."""

        question: int
        answer: GivenAnswer

    @dataclass
    class Skipped(Message):
        """The question at this place of the step stays open."""

        question: int

    class Grown(Message):
        """The questions take another room than before."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self._cards: list[QuestionCard] = []
        self._told: dict[QuestionCard, AskedQuestion] = {}
        self._current: QuestionCard | None = None
        self._step: int | None = None
        self._look: Look | None = None

    def on_resize(self) -> None:
        """Tell that what is said of the answers takes another room."""
        self.post_message(self.Grown())

    @property
    def has_keys(self) -> bool:
        """Whether keys answer a question now."""
        return self._current is not None and self.has_focus_within

    async def show(
        self, step: int, asked: Sequence[AskedQuestion], look: Look
    ) -> QuestionCard | None:
        """Show a step's questions; the one that has been told since the last time, if any has."""
        self._look = look
        if step != self._step or len(asked) != len(self._cards):
            self._step = step
            self.leave()
            await self.remove_children()
            if not self.is_attached:
                # The app leaves meanwhile, and nothing can be shown any more.
                return None
            self._cards = [QuestionCard(one, look) for one in asked]
            self._told = {card: card.asked for card in self._cards if card.asked.is_told}
            await self.mount(*self._cards)
            self._offer_keys()
            return None
        news = None
        for card, one in zip(self._cards, asked, strict=True):
            if tells_news(self._told.get(card), one):
                self._told[card] = one
                news = card
            card.show(one, look)
        self._offer_keys()
        return news

    def forget(self) -> None:
        """Know that what is asked next is of another step, or of the same as it is now."""
        self._step = None

    def rows_of(self, question: int | None = None) -> int:
        """How many rows the question takes that `ask` would ask; 0 where it would ask none."""
        card = self._to_ask(question)
        return 0 if card is None else card.outer_size.height + card.styles.margin.height

    def ask(self, question: int | None = None) -> QuestionCard | None:
        """Give the keys to a question, or else to the first that can be answered, if one can."""
        card = self._to_ask(question)
        if card is None:
            return None
        if self._current is not None:
            self._current.take_keys()
        self._current = card
        self._current.give_keys()
        # At once: what is typed next must not be taken for the player's keys. The one who asks
        # scrolls to the question, which is more than its field.
        self.screen.set_focus(self._current.field or self, scroll_visible=False)
        return self._current

    def leave(self) -> None:
        """Let the keys go back to the player."""
        if self._current is not None:
            self._current.take_keys()
            self._current = None
        if self.has_focus_within:
            self.screen.set_focus(None)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """A digit gives the answer of this number."""
        card = self._current
        if card is None or card.field is not None or event.character is None:
            return
        if event.character in tuple("123456789")[: card.answer_count]:
            event.stop()
            self._give(card, int(event.character) - 1)

    def action_move_answer(self, by: int) -> None:
        if self._current is not None:
            self._current.move(by)

    def action_take_answer(self) -> None:
        card = self._current
        if card is None:
            return
        if card.field is not None:
            self._write(card, card.field.value)
        elif card.lit is not None:
            self._give(card, card.lit)

    def action_skip_question(self) -> None:
        if self._current is not None:
            self.post_message(self.Skipped(self._cards.index(self._current)))

    # The mouse, and what is written

    def on_focus(self) -> None:
        """Take up a question where the mouse has given the keys."""
        if self._current is None:
            self.ask()

    def on_descendant_focus(self) -> None:
        """Take up the question whose field the mouse has given the keys."""
        fields = [card for card in self._cards if card.field and card.field.has_focus]
        if self._current is None and fields:
            self.ask(self._cards.index(fields[0]))

    def on_blur(self) -> None:
        """Mark no question once the keys have gone elsewhere."""
        self.call_after_refresh(self._let_go)

    def on_descendant_blur(self) -> None:
        """Mark no question once the keys have gone elsewhere."""
        self.call_after_refresh(self._let_go)

    def _let_go(self) -> None:
        if self._current is not None and not self.has_focus_within:
            self.leave()

    def on_question_card_wanted(self, event: QuestionCard.Wanted) -> None:
        """Take up the question that was clicked."""
        event.stop()
        self.ask(self._cards.index(event.card))

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Pass the answer on."""
        event.stop()
        self._give(event.card, event.place)

    def on_question_card_written(self, event: QuestionCard.Written) -> None:
        """Pass the number on; what is none is said."""
        event.stop()
        self._write(event.card, event.text)

    def _give(self, card: QuestionCard, place: int) -> None:
        answer = answer_at(card.asked.question, place)
        self.post_message(self.Answered(self._cards.index(card), answer))

    def _write(self, card: QuestionCard, text: str) -> None:
        assert self._look is not None
        try:
            number = float(text)
        except ValueError:
            mend = self._look.translate("{text} is no number; write one such as 0.5 or 1e-3")
            card.say(mend.format(text=repr(text)))
            return
        self.post_message(self.Answered(self._cards.index(card), number))

    def _to_ask(self, question: int | None) -> QuestionCard | None:
        if question is not None:
            return self._cards[question]
        at_hand = [card for card in self._cards if card.asked.is_open]
        return min(at_hand, key=lambda card: card.asked.answer is not None, default=None)

    def _offer_keys(self) -> None:
        self.can_focus = any(card.asked.is_open for card in self._cards)
