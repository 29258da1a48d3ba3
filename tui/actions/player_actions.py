"""The actions of the player, declared once: bindings, action bar, help and palette read them.

Those of panes that have keys of their own are in pane_actions.
"""

from __future__ import annotations

from tui.actions.action import Action, Group
from tui.actions.pane_actions import DRAW, EXERCISE_ACTIONS

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
        "controls.back_outer",
        "less_than_sign",
        "rewind epoch",
        "Go one iteration of the outermost loop back",
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
        "Lower the speed: fewer iterations in a second",
        Group.TRAINING,
    ),
    Action(
        "controls.faster",
        "plus,equals_sign",
        "faster",
        "Raise the speed: more iterations in a second",
        Group.TRAINING,
    ),
    Action(
        "controls.full_speed",
        "f",
        "full speed",
        "Train at full speed, as fast as the machine can",
        Group.TRAINING,
    ),
    Action("questions.answer", "A", "answer", "Answer a question of the text", Group.QUESTION),
    Action("pages.next_step", "n", "next", "Go to the next step", Group.LESSON),
    Action("pages.previous_step", "p", "back", "Go to the step before", Group.LESSON),
    Action("pages.steps", "t", "steps", "Go to a step: type part of its title", Group.LESSON),
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

PLAYER_ACTIONS = (*WATCHING_ACTIONS, *EXERCISE_ACTIONS)
