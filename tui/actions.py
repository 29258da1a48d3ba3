"""Every action a person can take, declared once: bindings, action bar, help and palette read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from textual.binding import Binding, BindingType


class Group(Enum):
    """Under which heading the help shows an action."""

    TRAINING = "Training"
    LESSON = "Lesson"
    EXERCISE = "Exercise"
    PANES = "Panes"
    CURVE = "Curve"
    CANVAS = "Canvas"
    TENSOR = "An opened tensor"
    LIST = "Lessons"
    APP = "Everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: who does it, its keys, and its words.

    ``method`` is `RECEIVER.NAME`, for the method `action_NAME` of the app ("app"), the screen
    ("screen"), or the screen's widget with this id. ``label`` stands in the action bar, where an
    empty one keeps it out; ``help`` is its sentence in the help and the palette. ``keys`` are
    Textual's names, the first is the one shown.
    """

    method: str
    keys: str
    label: str
    help: str
    group: Group

    @property
    def receiver(self) -> str:
        """Who takes it: "app", "screen", or the id of a widget."""
        return self.method.partition(".")[0]

    @property
    def name(self) -> str:
        """What it is called, its arguments included."""
        return self.method.partition(".")[2]

    @property
    def shown_key(self) -> str:
        """The first key as a person reads it on the keyboard."""
        return _shown(self.keys.partition(",")[0])

    @property
    def shown_keys(self) -> str:
        """All keys, the first one first."""
        return " ".join(_shown(key) for key in self.keys.split(","))

    @property
    def target(self) -> str:
        """The action as Textual runs it; the screen passes on what one of its widgets takes."""
        if self.receiver in ("app", "screen"):
            return self.method
        return f"screen.pass_on({self.receiver!r}, {self.name!r})"


def _shown(key: str) -> str:
    plain = key.removeprefix("ctrl+")
    named = _KEY_NAMES.get(key) or _KEY_NAMES.get(plain, plain)
    return named if plain == key or key in _KEY_NAMES else f"^{named}"


_KEY_NAMES = {
    "space": "space",
    "comma": ",",
    "full_stop": ".",
    "greater_than_sign": ">",
    "question_mark": "?",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "underscore": "_",
    "shift+tab": "⇧tab",
    "shift+f3": "⇧f3",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}

FIND_ACTIONS = (
    Action("exercise.find", "ctrl+f", "find", "Find text in the code you write", Group.EXERCISE),
    Action(
        "exercise.find_again('next')",
        "f3",
        "",
        "Find the next place; enter does it too",
        Group.EXERCISE,
    ),
    Action(
        "exercise.find_again('previous')", "shift+f3", "", "Find the place before", Group.EXERCISE
    ),
)

EXERCISE_ACTIONS = (
    Action("exercise.edit", "e", "edit", "Write in the code", Group.EXERCISE),
    Action(
        "exercise.run_edit",
        "f5,ctrl+enter",
        "run",
        "Run what you wrote, and check it",
        Group.EXERCISE,
    ),
    Action("exercise.hint", "i", "hint", "Show the next hint", Group.EXERCISE),
    Action(
        "exercise.difference", "d", "diff", "Show your edit against the starter", Group.EXERCISE
    ),
    Action("exercise.solution", "v", "solution", "Show the author's solution", Group.EXERCISE),
    Action(
        "exercise.starter", "x", "starter", "Bring the starter back; undo is ^z", Group.EXERCISE
    ),
    Action("exercise.edit_outside", "E", "$EDITOR", "Write in your own editor", Group.EXERCISE),
    *FIND_ACTIONS,
)

END_WRITING = Action(
    "exercise.end_writing", "escape", "done writing", "Stop writing in the code", Group.EXERCISE
)

EDITOR_ACTIONS = (
    Action("editor.tab", "tab", "", "Complete the word; indent elsewhere", Group.EXERCISE),
    Action("editor.dedent", "shift+tab", "", "Take a level off the lines", Group.EXERCISE),
    Action(
        "editor.comment",
        "ctrl+slash,ctrl+underscore",
        "",
        "Make lines comments, or code again",
        Group.EXERCISE,
    ),
)
"""What keys mean while the editor has them, beside those that it shares with the player."""

DRAW = Action("panes.draw", "b", "", "Draw on the canvas with keys", Group.CANVAS)

WATCHING_ACTIONS = (
    Action(
        "controls.run_or_pause",
        "space",
        "run",
        "Run this step; pause it; resume it",
        Group.TRAINING,
    ),
    Action("controls.step_statement", "comma", "line", "Go one statement on", Group.TRAINING),
    Action("controls.step_inner", "full_stop", "iter", "Go one iteration on", Group.TRAINING),
    Action(
        "controls.step_outer",
        "greater_than_sign",
        "epoch",
        "Go one iteration of the outermost loop on",
        Group.TRAINING,
    ),
    Action("controls.run_all", "a", "all", "Run all steps that are left", Group.TRAINING),
    Action(
        "controls.catch_up",
        "c",
        "catch up",
        "Run what comes before this step and has not run",
        Group.TRAINING,
    ),
    Action("controls.stop", "s,ctrl+c", "stop", "Stop what runs", Group.TRAINING),
    Action(
        "controls.slower",
        "minus",
        "slower",
        "Let fewer iterations pass in a second",
        Group.TRAINING,
    ),
    Action(
        "controls.faster",
        "plus,equals_sign",
        "faster",
        "Let more iterations pass in a second",
        Group.TRAINING,
    ),
    Action("controls.full_speed", "f", "", "Train as fast as the machine can", Group.TRAINING),
    Action("screen.next_step", "n", "next", "Go to the next step", Group.LESSON),
    Action("screen.previous_step", "p", "back", "Go to the step before", Group.LESSON),
    Action(
        "controls.restart_step",
        "r",
        "again",
        "Run this step again, after those before it",
        Group.LESSON,
    ),
    Action(
        "controls.restart_lesson", "R", "reset", "Forget every run, and begin again", Group.LESSON
    ),
    Action("screen.leave", "escape", "list", "Go back to the list of lessons", Group.LESSON),
    Action("panes.show_pane('prose')", "1", "", "Show the text", Group.PANES),
    Action("panes.show_pane('code')", "2", "", "Show the code", Group.PANES),
    Action("panes.show_pane('curve')", "3", "", "Show the curve", Group.PANES),
    Action("panes.show_pane('output')", "4", "", "Show the output", Group.PANES),
    Action("panes.show_pane('tensors')", "5", "", "Show the tensors", Group.PANES),
    Action("panes.show_pane('view')", "6", "", "Show the drawing", Group.PANES),
    Action("panes.show_pane('canvas')", "7", "", "Show the canvas", Group.PANES),
    Action(
        "panes.enlarge", "w", "", "Give the active pane all the room; take it back", Group.PANES
    ),
    Action("panes.reset_layout", "0", "", "Bring the layout of the panes back", Group.PANES),
    Action("panes.scroll('down')", "down,j", "", "Scroll the pane down", Group.PANES),
    Action("panes.scroll('up')", "up,k", "", "Scroll the pane up", Group.PANES),
    Action("panes.scroll('page_down')", "pagedown", "", "Scroll a page down", Group.PANES),
    Action("panes.scroll('page_up')", "pageup", "", "Scroll a page up", Group.PANES),
    Action("screen.choose_tensors", "T", "", "Choose which tensors are shown", Group.PANES),
    Action("screen.open_tensor", "enter", "", "Open a tensor over the whole screen", Group.PANES),
    Action(
        "tensors.cycle_form",
        "o",
        "",
        "Show tensors as drawings, as histograms, as numbers",
        Group.PANES,
    ),
    Action(
        "curve.move_cursor(-1)", "left,h", "", "Read the curve at the iteration before", Group.CURVE
    ),
    Action(
        "curve.move_cursor(1)", "right,l", "", "Read the curve at the next iteration", Group.CURVE
    ),
    Action(
        "curve.move_cursor_far(-1)",
        "shift+left,H",
        "",
        "Read the curve a tenth to the left",
        Group.CURVE,
    ),
    Action(
        "curve.move_cursor_far(1)",
        "shift+right,L",
        "",
        "Read the curve a tenth to the right",
        Group.CURVE,
    ),
    Action(
        "curve.take_cursor_off", "backspace", "", "Take the reading line off the curve", Group.CURVE
    ),
    Action("curve.toggle_scale", "g", "log", "Linear or logarithmic scale", Group.CURVE),
    Action(
        "curve.cycle_smoothing", "m", "smooth", "Smooth the curve: none, some, much", Group.CURVE
    ),
    Action("curve.cycle_zoom", "z", "zoom", "Zoom to the last half, quarter, tenth", Group.CURVE),
    DRAW,
)

CANVAS_ACTIONS = (
    Action("canvas.move_pen('up')", "up,k", "", "Move the pen up", Group.CANVAS),
    Action("canvas.move_pen('down')", "down,j", "", "Move the pen down", Group.CANVAS),
    Action("canvas.move_pen('left')", "left,h", "", "Move the pen left", Group.CANVAS),
    Action("canvas.move_pen('right')", "right,l", "", "Move the pen right", Group.CANVAS),
    Action("canvas.pen", "space", "", "Lower the pen, or lift it", Group.CANVAS),
    Action("canvas.eraser", "x", "", "Erase instead, or paint again", Group.CANVAS),
    Action("canvas.wipe", "backspace", "", "Empty the canvas", Group.CANVAS),
    Action("canvas.end_drawing", "escape", "", "Give the keys back to the player", Group.CANVAS),
)
"""What the keys mean while the canvas has them, in place of what they mean to the player."""

TENSOR_ACTIONS = (
    Action("screen.move(-1, 0)", "up,k", "", "Scroll its values up", Group.TENSOR),
    Action("screen.move(1, 0)", "down,j", "", "Scroll its values down", Group.TENSOR),
    Action("screen.move(0, -1)", "left,h", "", "Scroll its values left", Group.TENSOR),
    Action("screen.move(0, 1)", "right,l", "", "Scroll its values right", Group.TENSOR),
    Action("screen.turn(-1, 0)", "pageup", "", "A screen up", Group.TENSOR),
    Action("screen.turn(1, 0)", "pagedown", "", "A screen down", Group.TENSOR),
    Action("screen.turn(0, -1)", "shift+left,H", "", "A screen to the left", Group.TENSOR),
    Action("screen.turn(0, 1)", "shift+right,L", "", "A screen to the right", Group.TENSOR),
    Action("screen.next_slice", "plus,equals_sign", "slice", "The next slice", Group.TENSOR),
    Action("screen.previous_slice", "minus", "back", "The slice before", Group.TENSOR),
    Action(
        "screen.next_dimension", "tab", "dimension", "Slice along another dimension", Group.TENSOR
    ),
    Action("screen.lay_out", "d", "lay out", "Lay out other dimensions", Group.TENSOR),
    Action("screen.look_at('VALUES')", "v", "values", "Show its values", Group.TENSOR),
    Action("screen.look_at('GRAPH')", "g", "graph", "Show what made it: grad_fn", Group.TENSOR),
    Action("screen.look_at('MODULES')", "m", "modules", "Show the modules", Group.TENSOR),
    Action("screen.open_next", "n", "next", "Open the next tensor", Group.TENSOR),
    Action("screen.open_previous", "p", "before", "Open the tensor before", Group.TENSOR),
    Action("screen.close", "escape,enter,q", "close", "Close it", Group.TENSOR),
)
"""What the keys mean while a tensor fills the screen."""

PANE_ACTIONS = (END_WRITING, *EDITOR_ACTIONS, *CANVAS_ACTIONS)
"""What keys mean while a pane has them: the editor, or the canvas."""

PLAYER_ACTIONS = (*WATCHING_ACTIONS, *EXERCISE_ACTIONS)

LIST_ACTIONS = (
    Action("screen.open", "enter", "open", "Open the lesson", Group.LIST),
    Action("screen.move(-1)", "up", "", "The lesson above", Group.LIST),
    Action("screen.move(1)", "down", "", "The lesson below", Group.LIST),
    Action("screen.move(-10)", "pageup", "", "Ten lessons up", Group.LIST),
    Action("screen.move(10)", "pagedown", "", "Ten lessons down", Group.LIST),
    Action("screen.filter", "slash", "filter", "Type to filter the list", Group.LIST),
    Action("screen.clear_filter", "escape", "show all", "Show all lessons again", Group.LIST),
)

APP_ACTIONS = (
    Action("app.command_palette", "ctrl+p", "", "Find any action by its name", Group.APP),
    Action("app.help", "question_mark,f1", "help", "Show all keys", Group.APP),
    Action(
        "app.switch_language", "ctrl+o", "한국어", "English or Korean: switch language", Group.APP
    ),
    Action("app.quit", "q,ctrl+q", "quit", "Leave; what runs is stopped", Group.APP),
)


def action_named(name: str) -> Action:
    """The player's or the app's action of this name."""
    return next(one for one in (*PLAYER_ACTIONS, *APP_ACTIONS) if one.name == name)


def key_of(name: str) -> str:
    """The key of an action, as a person reads it, for a sentence that names it."""
    return action_named(name).shown_key


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """The actions as Textual's bindings."""
    return [Binding(action.keys, action.target, action.label or action.help) for action in actions]
