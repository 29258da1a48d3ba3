"""A session in another process, with the face that it has in this one: nothing here waits.

What it says of itself is what the last answer said. A command is numbered and sent; until an answer
has heard of a run, the session counts as running.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.client.kept import KeptWords
from engine.client.post import Post
from engine.client.racing import Lane, Race
from engine.client.search import Search
from engine.client.succession import Succession
from engine.lesson.model import Lesson
from engine.lesson.parameters import with_parameters
from engine.protocol import commands
from engine.protocol.changes import Change
from engine.protocol.completion import Completions, Writing
from engine.protocol.curves import Prediction, Shape
from engine.protocol.events import Event
from engine.protocol.frame import Floats, Frame, FrameRequest
from engine.protocol.places import Place, Spot
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.status import Asked, Grain, Status
from engine.protocol.watching import Watch


class RemoteSession:
    """Plays one lesson in a process of its own, and in the next one where that has ended.

    A command that does not fit the moment does nothing: the session's process alone judges that.
    Where a stop has no effect within a second, the process is ended.
    """

    def __init__(
        self,
        post: Post,
        lesson: Lesson,
        device: str | None,
        request: FrameRequest,
        parameters: Mapping[str, object],
    ) -> None:
        with_parameters(lesson, parameters)
        self.lesson = lesson
        self._post = post
        given = {name: repr(value) for name, value in parameters.items()}
        self._processes = Succession(post, KeptWords(lesson, device, given), request)
        self._races: list[Race] = []
        self._searches: list[Search] = []

    # What an interface asks

    @property
    def status(self) -> Status:
        """What the session is doing, as far as it has said."""
        return self._processes.status

    @property
    def done(self) -> int:
        """How many steps, from the first on, have been run to their end."""
        answer = self._processes.answer
        return answer.done if answer is not None else 0

    @property
    def awaited(self) -> int | None:
        """The step that runs once torch is imported; None where none does, or more than one."""
        return self._processes.awaited

    @property
    def frame(self) -> Frame | None:
        """The newest frame of the step that runs, or that ran last."""
        return self._processes.heard.frame

    @property
    def completions(self) -> Completions | None:
        """The newest answer to what may follow; none comes while code runs."""
        return self._processes.heard.completions

    @property
    def asked(self) -> Asked | None:
        """What the code that runs waits for the learner to write; None while it does not."""
        answer = self._processes.answer
        return answer.asked if answer is not None else None

    @property
    def origin(self) -> RandomNumbers | None:
        """The random numbers that the lesson began with; None before it has."""
        return self._processes.origin

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        return self._processes.events()

    def hear(self) -> None:
        """Take what has come, to be told by `events`."""
        self._post.hear()

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""
        return self._post.fileno()

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, as it was said lately."""
        return self._processes.running_line(first, last)

    @property
    def is_closed(self) -> bool:
        """Whether the lesson has been let go."""
        return self._processes.is_closed

    # What an interface commands

    def start(self) -> None:
        """Open the lesson in a process of its own."""
        self._processes.open()

    def run_or_pause(self, index: int) -> None:
        """Run the step where nothing runs, pause what runs, resume what is paused."""
        self._processes.command(commands.RunOrPause(index))

    def run_step(self, index: int, grain: Grain | None = None) -> None:
        """Run a step, after those before it that have not run; with a grain, pause there."""
        self._processes.command(commands.RunStep(index, grain))

    def run_before(self, index: int) -> None:
        """Run what of the steps before this one has not run."""
        self._processes.command(commands.RunBefore(index))

    def run_all(self) -> None:
        """Run every step that is left; from the first where none is."""
        self._processes.command(commands.RunAll())

    @property
    def place(self) -> Place | None:
        """How far the run has come that is under way, or that ended last, as it was said last."""
        answer = self._processes.answer
        return answer.place if answer is not None else None

    @property
    def spot(self) -> Spot | None:
        """Where in the lesson's text the run is paused, as was said last; None where it is not."""
        answer = self._processes.answer
        return answer.spot if answer is not None else None

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        return self._processes.travel.sought

    @property
    def run(self) -> int | None:
        """The number of the run that is under way, or that ended last; None before the first."""
        return self._processes.trail.run.number or None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was asked that changed that run, or those that led to it, in its order."""
        return self._processes.trail.changes_by(self._processes.answer)

    def go_to(self, place: Place, run: int | None = None) -> None:
        """Go to a place where a run has been, and pause there; the process that stands is ended.

        Without `run` that is the run that stands, or one that led to it. With it, any run that
        has begun: the edits and changes that it ran on are those of now again.
        """
        self._processes.travel.go_to(place, run)

    def race(self, place: Place, lanes: Sequence[Lane]) -> Race:
        """Have several runs go on from one place at the same time, beside the one that stands.

        The place is one of the run that stands or of one that led to it, or a step's beginning.
        """
        self._races = [race for race in self._races if not race.is_over]
        self._races.append(Race(self._processes, place, lanes))
        return self._races[-1]

    def forget_run(self, run: int) -> None:
        """Give up the moments of a run that was left, but those that other runs go on from."""
        self._processes.travel.forget_run(run)

    def search(self, step: int, position: int) -> Search:
        """Find what made a cost no finite number at this iteration, in a process of its own."""
        search = Search(self._processes, step, position)
        self._searches.append(search)
        return search

    def mark(self) -> bool:
        """Have the moment where the run is paused stay, however many follow.

        Whether there is one: in some lessons none can be kept.
        """
        return self._processes.travel.mark()

    def step_on(self, index: int, grain: Grain) -> None:
        """Go one grain on; where nothing runs, run the step and pause at its first boundary."""
        self._processes.command(commands.StepOn(index, grain))

    def restart_step(self, index: int) -> None:
        """Stop what runs, and run the step again from where it began."""
        self._processes.stop_with(commands.RestartStep(index), then=commands.RunTo(index, index))

    def restart_lesson(self) -> None:
        """Stop what runs, and go back to before the first step."""
        again = commands.RestartLesson()
        self._processes.stop_with(again, then=again)

    def pause(self) -> None:
        """Hold the training at its next boundary."""
        self._processes.command(commands.Pause())

    def resume(self) -> None:
        """Let paused training run on."""
        self._processes.command(commands.Resume())

    def stop(self) -> None:
        """End what runs: by interruption, and where that has no effect with its process."""
        self._processes.stop_with(commands.Stop(), then=None)

    def end_program(self) -> None:
        """Do what Python does at a program's end, where nothing runs; `ProgramEnded` tells it."""
        self._processes.command(commands.EndProgram())

    def take_lesson(self, lesson: Lesson, kept: int) -> None:
        """Play the file as it was saved again, where nothing runs and no race is on.

        So many steps, from the first on, run what they ran before: what they have made stays.
        Edits, predictions and watches are to be given again.
        """
        self.lesson = lesson
        self._processes.take_lesson(lesson, kept)

    def set_source(self, step: int, source: str | None) -> None:
        """Have `source` run in place of an exercise's cell; None: the lesson's own."""
        self._processes.command(commands.SetSource(step, source))

    def set_arguments(self, arguments: Sequence[str]) -> None:
        """Have `sys.argv` be the lesson's file and these: for what begins after this."""
        self._processes.command(commands.SetArguments(tuple(arguments)))

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Predict what a number or a curve will be; the end of the step's next run is told it."""
        if isinstance(prediction, Shape):
            self._processes.command(commands.Predict(step, question, shape=prediction))
        else:
            self._processes.command(commands.Predict(step, question, number=float(prediction)))

    def watch(self, step: int, watches: tuple[Watch, ...]) -> None:
        """Have these expressions read in the runs of a step, also in those of a race that is on."""
        command = commands.SetWatches(step, watches)
        self._processes.command(command)
        for race in self._races:
            race.command(command)

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let so many iterations of the training loop pass in a second; None is full speed."""
        self._processes.command(commands.SetSpeed(iterations_per_second))

    def write_line(self, line: str) -> None:
        """Give a line to code that waits for one."""
        self._processes.command(commands.WriteLine(line))

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Put the learner's pixels, shape [H, W], into the canvas of a step that has run."""
        self._processes.command(commands.Paint(step, pixels, stroke))

    def ask(self, number: int, text: str, *, at_once: bool = False) -> None:
        """Have `text` carried out where the run stands; the answer is told under this number.

        A run that is not paused is waited for until it is, or, with `at_once`, only until its next
        iteration ends: it then goes on with what was changed.
        """
        self._processes.command(commands.Ask(number, text, at_once))

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame; it is there at `frame` once the worker has passed a boundary."""
        self._processes.request_frame(request)

    def ask_for_completions(self, writing: Writing) -> None:
        """Ask what may follow in what the learner writes; the answer comes to `completions`."""
        self._processes.ask_for_completions(writing)

    def close(self) -> None:
        """Let the lesson go. Its process ends by itself, or is ended soon."""
        for race in self._races:
            race.stop()
        for search in self._searches:
            search.end()
        self._processes.close()
