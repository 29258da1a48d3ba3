"""Every action a person can take, declared once: bindings, action bar, help and palette read it.

Those of panes that have keys of their own are in pane_actions.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from tui.action import Action, Group
from tui.pane_actions import DRAW, EXERCISE_ACTIONS

WATCHING_ACTIONS = (
    Action(
        "controls.run_or_pause",
        "space",
        "run",
        "Run this step; pause it; resume it",
        Group.TRAINING,
    ),
    Action(
        "screen.run_and_turn",
        "shift+enter",
        "run, next",
        "Run this step, and turn to the next one",
        Group.TRAINING,
    ),
    Action("controls.step_inner", "full_stop", "iter", "Go one iteration on", Group.TRAINING),
    Action("controls.back_inner", "comma", "rewind", "Go one iteration back", Group.TRAINING),
    Action(
        "controls.step_outer",
        "greater_than_sign",
        "epoch",
        "Go one iteration of the outermost loop on",
        Group.TRAINING,
    ),
    Action(
        "controls.step_statement",
        "right_square_bracket",
        "line",
        "Go one statement on",
        Group.TRAINING,
    ),
    Action(
        "controls.back_outer",
        "less_than_sign",
        "rewind epoch",
        "Go one iteration of the outermost loop back",
        Group.TRAINING,
    ),
    Action(
        "controls.back_statement",
        "left_square_bracket",
        "rewind line",
        "Go one statement back",
        Group.TRAINING,
    ),
    Action(
        "controls.mark_moment",
        "M",
        "mark",
        "Mark this moment: it stays, however many follow",
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
    Action(
        "race.race",
        "V",
        "race",
        "Race values of a number; stop that race",
        Group.TRAINING,
    ),
    Action("controls.stop", "s", "stop", "Stop what runs", Group.TRAINING),
    Action(
        "ask.begin_asking",
        "colon",
        "ask",
        "Ask for a value where the run stands, or change one",
        Group.TRAINING,
    ),
    Action(
        "watched.list_watched",
        "O",
        "watch",
        "Watch expressions, and put them on the curve",
        Group.TRAINING,
    ),
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
    Action(
        "controls.full_speed", "f", "full speed", "Train as fast as the machine can", Group.TRAINING
    ),
    Action("questions.answer", "A", "answer", "Answer a question of the text", Group.QUESTION),
    Action("pages.next_step", "n", "next", "Go to the next step", Group.LESSON),
    Action("pages.previous_step", "p", "back", "Go to the step before", Group.LESSON),
    Action("pages.steps", "t", "steps", "Go to a step: type of its title", Group.LESSON),
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
    Action(
        "arguments.begin_giving",
        "P",
        "arguments",
        "Give the program arguments, and begin again with them",
        Group.LESSON,
    ),
    Action(
        "home.take_home",
        "W",
        "take home",
        "Take the session home: script, notebook, runs as CSV",
        Group.LESSON,
    ),
    Action("screen.leave", "escape", "list", "Go back to the list of lessons", Group.LESSON),
    Action("panes.turn_pane(1)", "tab", "", "Go to the next pane", Group.PANES),
    Action("panes.turn_pane(-1)", "shift+tab", "", "Go to the pane before", Group.PANES),
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
    Action("panes.scroll_half(1)", "ctrl+d", "", "Scroll half a page down", Group.PANES),
    Action("panes.scroll_half(-1)", "ctrl+u", "", "Scroll half a page up", Group.PANES),
    Action("panes.scroll('home')", "g,home", "", "Scroll to the beginning", Group.PANES),
    Action("panes.scroll('end')", "G,end", "", "Scroll to the end", Group.PANES),
    Action(
        "screen.copy_or_stop",
        "ctrl+c",
        "copy",
        "Copy what is selected; else stop what runs",
        Group.PANES,
    ),
    Action(
        "copies.copy_pane",
        "y",
        "",
        "Copy the pane: its text, code, output or numbers",
        Group.PANES,
    ),
    Action(
        "copies.save_pane",
        "Y",
        "",
        "Save the pane as SVG, a curve as CSV too",
        Group.PANES,
    ),
    Action(
        "finder.search",
        "slash",
        "",
        "Search the pane; a capital makes case count",
        Group.PANES,
    ),
    Action("chooser.choose_tensors", "T", "", "Choose which tensors are shown", Group.PANES),
    Action(
        "screen.enter",
        "enter",
        "",
        "Open a tensor; from the curve, go to the reading line",
        Group.PANES,
    ),
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
    Action(
        "runs.list_runs",
        "B",
        "runs",
        "List this step's runs, and go back into one",
        Group.CURVE,
    ),
    Action("curve.toggle_scale", "S", "log", "Linear or logarithmic scale", Group.CURVE),
    Action(
        "curve.cycle_smoothing", "m", "smooth", "Smooth the curve: none, some, much", Group.CURVE
    ),
    Action("curve.cycle_zoom", "z", "zoom", "Zoom to the last half, quarter, tenth", Group.CURVE),
    DRAW,
)

TENSOR_ACTIONS = (
    Action("screen.move(-1, 0)", "up,k", "", "Scroll its values up", Group.TENSOR),
    Action("screen.move(1, 0)", "down,j", "", "Scroll its values down", Group.TENSOR),
    Action("screen.move(0, -1)", "left,h", "", "Scroll its values left", Group.TENSOR),
    Action("screen.move(0, 1)", "right,l", "", "Scroll its values right", Group.TENSOR),
    Action("screen.turn(-1, 0)", "pageup", "", "A screen up", Group.TENSOR),
    Action("screen.turn(1, 0)", "pagedown", "", "A screen down", Group.TENSOR),
    Action("screen.turn(0, -1)", "shift+left,H", "", "A screen to the left", Group.TENSOR),
    Action("screen.turn(0, 1)", "shift+right,L", "", "A screen to the right", Group.TENSOR),
    Action("screen.move_to_first", "home", "", "Its first row", Group.TENSOR),
    Action("screen.move_to_last", "G,end", "", "Its last row", Group.TENSOR),
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

PLAYER_ACTIONS = (*WATCHING_ACTIONS, *EXERCISE_ACTIONS)

LIST_ACTIONS = (
    Action("screen.open", "enter", "open", "Open the lesson", Group.LIST),
    Action("screen.move(-1)", "up,k", "", "The lesson above", Group.LIST),
    Action("screen.move(1)", "down,j", "", "The lesson below", Group.LIST),
    Action("screen.move(-10)", "pageup", "", "Ten lessons up", Group.LIST),
    Action("screen.move(10)", "pagedown", "", "Ten lessons down", Group.LIST),
    Action("screen.move(5)", "ctrl+d", "", "Five lessons down", Group.LIST),
    Action("screen.move(-5)", "ctrl+u", "", "Five lessons up", Group.LIST),
    Action("screen.move_to_first", "g,home", "", "The first lesson", Group.LIST),
    Action("screen.move_to_last", "G,end", "", "The last lesson", Group.LIST),
    Action("screen.filter", "slash", "filter", "Type to filter the list", Group.LIST),
    Action(
        "screen.clear_filter",
        "escape",
        "show all",
        "Show all lessons again; from a course, go back to the list",
        Group.LIST,
    ),
)

HELP = Action("app.help", "question_mark,f1", "more", "Show all keys", Group.APP)
PALETTE = Action(
    "app.command_palette", "ctrl+p", "actions", "Find any action by its name", Group.APP
)
LANGUAGE = Action(
    "app.switch_language", "ctrl+o", "한국어", "English or Korean: switch language", Group.APP
)

APP_ACTIONS = (
    PALETTE,
    HELP,
    LANGUAGE,
    Action(
        "app.suspend_process",
        "ctrl+z",
        "",
        "Leave for the shell, whose fg comes back",
        Group.APP,
    ),
    Action("app.quit", "q,ctrl+q", "quit", "Leave; what runs is stopped", Group.APP),
)


def action_named(name: str) -> Action:
    """The player's or the app's action of this name."""
    return next(one for one in (*PLAYER_ACTIONS, *APP_ACTIONS) if one.name == name)


def actions_named(names: Iterable[str], actions: Iterable[Action]) -> list[Action]:
    """The actions of these names, in the order of the names."""
    by_name = {action.name: action for action in actions}
    return [by_name[name] for name in names]


def key_of(name: str) -> str:
    """The key of an action, as a person reads it, for a sentence that names it."""
    return action_named(name).shown_key


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """The actions as Textual's bindings."""
    return [Binding(action.keys, action.target, action.label or action.help) for action in actions]
