"""The actions of the dialogs: lists to choose from, a tensor, and what is only read."""

from __future__ import annotations

from tui.actions.action import Action, Group

_UP = Action("screen.move('up')", "up,k", "", "The one above", Group.HERE)
_DOWN = Action("screen.move('down')", "down,j", "", "The one below", Group.HERE)
_UP_WHILE_TYPING = Action("screen.move('up')", "up", "", "The one above", Group.HERE)
_DOWN_WHILE_TYPING = Action("screen.move('down')", "down", "", "The one below", Group.HERE)
_PAGE_UP = Action("screen.move('page_up')", "pageup", "", "A screen up", Group.HERE)
_PAGE_DOWN = Action("screen.move('page_down')", "pagedown", "", "A screen down", Group.HERE)
_FIRST = Action("screen.move('first')", "g,home", "", "The first one", Group.HERE)
_LAST = Action("screen.move('last')", "G,end", "", "The last one", Group.HERE)
_CLOSE_WHILE_TYPING = Action("screen.dismiss", "escape", "close", "Close it", Group.HERE)

STEPS_ACTIONS = (
    Action(
        "screen.choose",
        "enter,space",
        "",
        "Go to this step; typing filters the titles",
        Group.HERE,
    ),
    _UP_WHILE_TYPING,
    _DOWN_WHILE_TYPING,
    _PAGE_UP,
    _PAGE_DOWN,
    _CLOSE_WHILE_TYPING,
)

CHOOSER_ACTIONS = (
    Action(
        "screen.choose",
        "enter,space",
        "",
        "Show or hide this tensor; typing filters the names",
        Group.HERE,
    ),
    _UP_WHILE_TYPING,
    _DOWN_WHILE_TYPING,
    _PAGE_UP,
    _PAGE_DOWN,
    _CLOSE_WHILE_TYPING,
)

TAKE_HOME_ACTIONS = (
    Action("screen.choose", "enter,space", "", "Save it so", Group.HERE),
    _UP,
    _DOWN,
    _FIRST,
    _LAST,
    Action("screen.dismiss", "escape,W,q", "close", "Close it", Group.HERE),
)

RUN_ACTIONS = (
    Action("screen.take_marked", "enter", "go into it", "Go back into this run", Group.HERE),
    Action("screen.mute", "space", "mute", "Leave this run's curve out; draw it again", Group.HERE),
    Action("screen.delete", "x,delete", "delete", "Delete this run", Group.HERE),
    Action(
        "screen.bring_to_front", "f", "to the front", "Draw this run before the others", Group.HERE
    ),
    Action(
        "screen.turn_order",
        "o",
        "order",
        "Order by the last value, the best, the value to reach",
        Group.HERE,
    ),
    Action(
        "screen.turn_better",
        "b",
        "lowest or highest",
        "Take the lowest value for the best, or the highest",
        Group.HERE,
    ),
    Action(
        "screen.type",
        "v",
        "value to reach",
        "Type the value to reach; a digit begins it too",
        Group.HERE,
    ),
    Action("screen.mark", "m", "mark", "Mark this run for a race of edits", Group.HERE),
    Action("screen.race", "V", "race the marked", "Race the code of the marked runs", Group.HERE),
    Action("screen.turn_curve", "tab", "other curve", "Compare another curve", Group.HERE),
)
"""What the list of runs names below its rows."""

RUNS_ACTIONS = (
    *RUN_ACTIONS,
    _UP,
    _DOWN,
    _FIRST,
    _LAST,
    Action("screen.dismiss", "escape,B,q", "close", "Close it", Group.HERE),
)

WATCHED_ACTIONS = (
    Action(
        "screen.take_marked",
        "enter,space",
        "on the curve, or off",
        "Put it on the curve, or take it off; its digit does it too",
        Group.HERE,
    ),
    Action("screen.write", "a,colon", "watch another", "Watch another expression", Group.HERE),
    Action("screen.delete", "x,delete", "watch it no more", "Watch it no more", Group.HERE),
)
"""What the list of what is watched names below its rows."""

WATCH_ACTIONS = (
    *WATCHED_ACTIONS,
    _UP,
    _DOWN,
    _FIRST,
    _LAST,
    Action("screen.dismiss", "escape,O,q", "close", "Close it", Group.HERE),
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
    Action("screen.previous_slice", "minus", "slice before", "The slice before", Group.TENSOR),
    Action(
        "screen.next_dimension", "tab", "dimension", "Slice along another dimension", Group.TENSOR
    ),
    Action("screen.lay_out", "d", "lay out", "Lay out other dimensions", Group.TENSOR),
    Action("screen.look_at('VALUES')", "v", "values", "Show its values", Group.TENSOR),
    Action("screen.look_at('GRAPH')", "g", "graph", "Show what made it: grad_fn", Group.TENSOR),
    Action("screen.look_at('MODULES')", "m", "modules", "Show the modules", Group.TENSOR),
    Action("screen.open_next", "n", "next", "Open the next tensor", Group.TENSOR),
    Action("screen.open_previous", "p", "back", "Open the tensor before", Group.TENSOR),
    Action("screen.close", "escape,enter,q", "close", "Close it", Group.TENSOR),
)
"""What the keys mean while a tensor fills the screen."""

SCROLLING_ACTIONS = (
    Action("screen.scroll('up')", "up,k", "", "Scroll up", Group.HERE),
    Action("screen.scroll('down')", "down,j", "", "Scroll down", Group.HERE),
    Action("screen.scroll('page_up')", "pageup", "", "A screen up", Group.HERE),
    Action("screen.scroll('page_down')", "pagedown", "", "A screen down", Group.HERE),
    Action("screen.scroll('half_down')", "ctrl+d", "", "Half a screen down", Group.HERE),
    Action("screen.scroll('half_up')", "ctrl+u", "", "Half a screen up", Group.HERE),
    Action("screen.scroll('beginning')", "g,home", "", "To the beginning", Group.HERE),
    Action("screen.scroll('end')", "G,end", "", "To the end", Group.HERE),
)

"""What the keys mean over a text that may be longer than the screen."""

READING_ACTIONS = (
    *SCROLLING_ACTIONS,
    Action("screen.dismiss", "escape,enter,q,space", "close", "Close it", Group.HERE),
)
"""What the keys mean over a message, or over the changes of an edit."""

TRUST_ACTIONS = (
    Action("screen.dismiss(True)", "y", "", "Let the file run", Group.HERE),
    Action("screen.dismiss(False)", "n,escape,q", "", "Leave it unrun", Group.HERE),
    *SCROLLING_ACTIONS,
)
