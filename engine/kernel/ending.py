"""What is ended where the learner wants it to end: what is asked, or else what runs."""

from __future__ import annotations

from engine.kernel.session_state import SessionState
from engine.kernel.worker_thread import WorkerThread
from engine.protocol.status import Status


class Ending:
    """Ends what a session does, by what it does now; `stops` of the thread keep at it."""

    def __init__(self, thread: WorkerThread, state: SessionState) -> None:
        self._thread = thread
        self._state = state

    def stop(self) -> None:
        """End what is asked, or else what runs: the first time so that the lesson may catch it."""
        thread = self._thread
        with thread.lock:
            thread.call_off()
            if self._stops_asking() or not self._state.is_at_work:
                return
            if thread.worker.steps.under_way is None or thread.gate.interruption.was_sent:
                thread.stops.stop()
            else:
                thread.stops.interrupt()

    def stop_everything(self) -> None:
        """End what is asked and what runs, by force."""
        thread = self._thread
        with thread.lock:
            thread.call_off()
            thread.worker.interventions.asker.stop()
            if self._state.is_at_work:
                thread.stops.stop()

    def _stops_asking(self) -> bool:
        """End what is asked, or is about to be, where nothing trains; False where nothing is."""
        stands = self._state.status in (Status.READY, Status.PAUSED, Status.PAUSING)
        asker = self._thread.worker.interventions.asker
        return asker.stop() or (stands and asker.call_off())
