"""A worker with the thread that it works on, and all that it shares with the thread that serves."""

from __future__ import annotations

import os
import queue
import threading

from engine.gate.gate import Gate
from engine.gate.motion import Motion
from engine.kernel.stops import Stops
from engine.kernel.tasks import (
    Close,
    DoErrands,
    End,
    LookAgain,
    LookAtValues,
    Restart,
    RunSteps,
    TakeLesson,
    Task,
)
from engine.kernel.torch_import import DeviceMissing, import_torch, why_unable
from engine.kernel.worker import Worker
from engine.lesson.model import Lesson
from engine.protocol.commands import Ask, Paint, RunTo
from engine.protocol.events import EngineFailed, EngineReady, ProgramEnded
from engine.protocol.frame import Floats, FrameRequest
from engine.protocol.outcomes import SERVING_FAILED
from engine.protocol.places import Place
from engine.protocol.status import Grain
from engine.running.event_queue import Teller
from engine.running.learner_input import LearnerInput
from engine.running.setup import Setup
from engine.stopping.interruptible import Interruptible
from engine.system.processes import end_process, tell_own_error

# What a log of the lesson's says of the thread that it runs on, as where Python runs it.
_NAME = threading.main_thread().name


class WorkerThread:
    """Carries out commands in their order; what it says of itself can be read at any time.

    ``heading_for`` is the place that the newest run was commanded to go to, until it is there.
    ``lock`` keeps the end of a command from coming between a look at the gate and a word to it.
    """

    def __init__(
        self,
        lesson: Lesson,
        learner_input: LearnerInput,
        events: Teller,
        setup: Setup,
    ) -> None:
        self.gate = Gate(setup.request)
        self.events = events
        self.lock = threading.Lock()
        self.commands_waiting = 0
        self.can_run = False
        self.is_unable = False
        self._device = setup.device
        interruptible = Interruptible(self.gate.note_lost)
        self.worker = Worker(lesson, self.gate, events, interruptible, learner_input, setup)
        self._commands: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._wanted_from = 0
        self._number = 0
        self._ahead: list[Grain] | None = None
        self._newest_stroke = 0
        self.heading_for: Place | None = None
        self._process = os.getpid()
        self._thread = threading.Thread(target=self._work, name=_NAME, daemon=True)
        self.stops = Stops(self.gate, interruptible, self._thread, self.lock, str(lesson.path))

    # What an interface reads and commands

    @property
    def awaits_run(self) -> bool:
        """Whether a run was commanded, and not called off, that has not ended."""
        return self.commands_waiting > 0 and self._number > self._wanted_from

    @property
    def ident(self) -> int:
        """The thread's number; 0 before it has started."""
        return self._thread.ident or 0

    @property
    def is_alive(self) -> bool:
        """Whether the thread is there."""
        return self._thread.is_alive()

    def stand_for_main(self) -> None:
        """Have threads that the lesson starts be such as a program waits for when it ends.

        Call before `start`, in a process that is left without waiting for any. It ends where this
        thread cannot go on, as its interface would wait for ever for what comes next.
        """
        self._thread.daemon = False

    def start(self) -> None:
        """Begin to import torch, and then to carry out commands."""
        self._thread.start()

    def run_to(self, run: RunTo) -> None:
        """Command a run that a later stop calls off."""
        with self.lock:
            self._number += 1
            command = RunSteps(run, self._number)
            self.heading_for = run.place
            self._ahead = [] if run.grain is None else [run.grain]
        self.put(command)

    def step(self, grain: Grain) -> None:
        """Let the run go one grain on; before a step that is watched, once it has come to one.

        The caller has the lock.
        """
        if self._ahead is None or self.gate.motion is Motion.PAUSED:
            self.gate.step(grain)
        else:
            self._ahead.append(grain)

    def put(self, command: Restart | End | Close | RunSteps) -> None:
        """Command something that counts as being at work."""
        with self.lock:
            self.commands_waiting += 1
        self._commands.put(command)

    def take_lesson(self, lesson: Lesson) -> None:
        """Command that the file be played as it was saved again, before the next step that runs."""
        self.worker.new_lesson = lesson
        self._commands.put(TakeLesson())

    def look(self, request: FrameRequest) -> None:
        """Command a look at the step that has ended."""
        self._commands.put(LookAgain(request))

    def look_at_values(self) -> None:
        """Command a look at what is watched."""
        self._commands.put(LookAtValues())

    def ask(self, ask: Ask) -> None:
        """Command an answer, from where a run is paused or may be asked, or where none is."""
        self.worker.interventions.asker.expect(ask.number)
        self.gate.send(lambda: self.worker.interventions.answer(ask), is_urgent=ask.at_once)
        self._commands.put(DoErrands())

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Command the newest stroke, in place of those that still wait."""
        self._newest_stroke = stroke
        self._commands.put(Paint(step, pixels, stroke))

    def call_off(self) -> None:
        """Drop the runs that were commanded and have not begun; call with the lock."""
        self._wanted_from = self._number

    def join(self, patience: float) -> None:
        """Wait for the thread's end, `patience` seconds at most."""
        if self._thread.ident is not None:
            self._thread.join(patience)

    def rise(self) -> None:
        """Go on in this process, which is a moment that was kept, with no command but its own."""
        self.lock = threading.Lock()
        self._commands = queue.SimpleQueue()
        self.gate.errands.forget()
        # It may have been kept just before the run that is left was stopped.
        self.gate.forget_stop()
        self.worker.interventions.asker.expect_nothing()
        self.commands_waiting = int(self.worker.steps.under_way is not None)
        self.heading_for = self._ahead = None
        self.stops.rise(self.lock)
        self._process = os.getpid()
        self.worker.keyboard.rise()

    # What the thread does

    def _work(self) -> None:
        can_go_on = False
        try:
            self._carry_out_commands()
            can_go_on = True
        except BaseException as error:
            if not self._thread.daemon:
                tell_own_error(error)
            raise
        finally:
            if not can_go_on and not self._thread.daemon:
                end_process(SERVING_FAILED)

    def _carry_out_commands(self) -> None:
        try:
            device = import_torch(self._device)
        except (ImportError, OSError, DeviceMissing) as error:
            self.events.put(EngineFailed(why_unable(error)))
            self.is_unable = True
            return
        self.can_run = True
        self.events.put(EngineReady(device))
        while True:
            while self._commands.empty() and self.worker.import_ahead():
                pass
            match self._commands.get():
                case RunSteps() as run:
                    if not self._run_to(run):
                        continue
                case Restart():
                    self.worker.restart()
                case End():
                    self.worker.end_program()
                    self.events.put(ProgramEnded())
                case LookAgain(request):
                    self.worker.frames.look_again(request)
                    continue
                case LookAtValues():
                    self.worker.frames.look_at_values()
                    continue
                case TakeLesson():
                    self.worker.take_new_lesson()
                    continue
                case Paint(step, pixels, stroke):
                    if stroke == self._newest_stroke:
                        self.worker.frames.paint(step, pixels, stroke)
                    continue
                case DoErrands():
                    self._do_errands()
                    continue
                case Close():
                    self.worker.close()
                    return
            if os.getpid() != self._process:
                # The cell has forked: this is the end of its child, as a script's end would be.
                end_process(0)
            with self.lock:
                self.commands_waiting -= 1
                if not self.commands_waiting:
                    self.heading_for = self._ahead = None
                ungranted = self.gate.open()
            if ungranted is not None:
                self.worker.frames.look_again(ungranted)

    def _do_errands(self) -> None:
        while (errand := self.gate.next_errand()) is not None:
            errand()
            if self.gate.requests.newest is not None:
                self.worker.frames.look_again(self.gate.requests.newest)

    def _run_to(self, command: RunSteps) -> bool:
        run = command.run

        def is_wanted() -> bool:
            return command.number > self._wanted_from

        return self.worker.run_to(run, is_wanted, self._take_steps_ahead)

    def _take_steps_ahead(self) -> list[Grain]:
        """The steps that were asked for before the run came to a step that is watched."""
        with self.lock:
            ahead, self._ahead = self._ahead or [], None
        return ahead
