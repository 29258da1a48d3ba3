"""Which source the session has of each step; a number that was turned in a run waits for the next.

What runs goes on as it began, and can be gone back in: only a new run takes the new source.
"""

from __future__ import annotations

from engine.client.remote_session import RemoteSession


class SourceHandover:
    """Hands edits to a session, at once or when their step runs again; None is no edit."""

    def __init__(self, session: RemoteSession) -> None:
        self._session = session
        # What the session has meanwhile, and what it is to have.
        self._waiting: dict[int, tuple[str | None, str | None]] = {}

    def give(self, step: int, edit: str | None) -> None:
        """Have the next run of a step be of this edit."""
        self._waiting.pop(step, None)
        self._session.set_source(step, edit)

    def hold(self, step: int, before: str | None, edit: str | None) -> None:
        """Keep an edit, which was `before`, until the step is to run again."""
        given = self.given(step, before)
        self._waiting[step] = given, edit
        if given == edit:
            del self._waiting[step]

    def forget(self, step: int) -> None:
        """Have nothing wait: the session has come to another edit by itself."""
        self._waiting.pop(step, None)

    def given(self, step: int, edit: str | None) -> str | None:
        """The edit that the session has, where the learner has `edit`."""
        return self._waiting[step][0] if step in self._waiting else edit

    def hand_over(self, target: int | None = None) -> None:
        """Give what waits, as step `target` is to run, with those before it that have not run.

        Steps that have run stay as they are. None: all steps are to run from the first on.
        """
        done = self._session.done
        for step, (_, edit) in list(self._waiting.items()):
            if target is None or step == target or step >= done:
                self.give(step, edit)
