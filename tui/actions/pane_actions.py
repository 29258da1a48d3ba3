"""The actions of what has keys of its own in the player: code, canvas, questions, fields."""

from __future__ import annotations

from tui.actions.action import Action, Group

FIND_ACTIONS = (
    Action("exercise.find", "ctrl+f", "find", "Find text in the code you write", Group.EXERCISE),
    Action(
        "finder.search_on('next')", "f3", "", "Go to the next place; enter does it too", Group.PANES
    ),
    Action(
        "finder.search_on('previous')",
        "shift+f3",
        "",
        "Go to the place before; ⇧enter does it too",
        Group.PANES,
    ),
)

DIAL_ACTIONS = (
    Action(
        "dials.choose(1)",
        "number_sign",
        "number",
        "Choose the next number in the code",
        Group.EXERCISE,
    ),
    Action("dials.choose(-1)", "at", "", "Choose the number before", Group.EXERCISE),
    Action(
        "dials.turn(1)",
        "right_curly_bracket",
        "higher",
        "Turn the number up, also while its step runs",
        Group.EXERCISE,
    ),
    Action(
        "dials.turn(-1)",
        "left_curly_bracket",
        "lower",
        "Turn the number down, also while its step runs",
        Group.EXERCISE,
    ),
)

EXERCISE_ACTIONS = (
    Action("exercise.edit", "e", "edit", "Write in the code", Group.EXERCISE),
    Action(
        "exercise.run_edit",
        "f5,ctrl+enter",
        "run",
        "Run what you wrote; an exercise is checked",
        Group.EXERCISE,
    ),
    Action(
        "exercise.race_edit",
        "f8",
        "race",
        "Race what you wrote against the run that stands",
        Group.EXERCISE,
    ),
    Action("help.hint", "i", "hint", "Show the next hint", Group.EXERCISE),
    Action("help.difference", "d", "diff", "Show what you changed in the code", Group.EXERCISE),
    Action("help.solution", "v", "solution", "Show the author's solution", Group.EXERCISE),
    Action(
        "exercise.starter",
        "x",
        "starter",
        "Bring the code back as it was; undo is ^z",
        Group.EXERCISE,
    ),
    Action(
        "exercise.go_on_with_starter",
        "X",
        "starter, on",
        "Bring the code back as it was, and run the later step",
        Group.EXERCISE,
    ),
    Action("exercise.edit_outside", "E", "$EDITOR", "Write in your own editor", Group.EXERCISE),
    *DIAL_ACTIONS,
    *FIND_ACTIONS,
)

END_WRITING = Action(
    "exercise.end_writing", "escape", "done", "Stop writing in the code", Group.EXERCISE
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
    Action("editor.undo", "ctrl+z", "", "Take the last change back", Group.EXERCISE),
    Action("editor.redo", "ctrl+y", "", "Make it again", Group.EXERCISE),
    Action(
        "editor.go_to_first",
        "ctrl+home",
        "",
        "Go to the beginning of the code; ⇧^home selects",
        Group.EXERCISE,
    ),
    Action(
        "editor.go_to_last",
        "ctrl+end",
        "",
        "Go to the end of the code; ⇧^end selects",
        Group.EXERCISE,
    ),
)
"""What keys mean while the editor has them, beside those that it shares with the player."""

DRAW = Action("panes.draw", "b", "draw", "Draw on the canvas with keys", Group.CANVAS)

CANVAS_ACTIONS = (
    Action("canvas.move_pen('up')", "up,k", "", "Move the pen up", Group.CANVAS),
    Action("canvas.move_pen('down')", "down,j", "", "Move the pen down", Group.CANVAS),
    Action("canvas.move_pen('left')", "left,h", "", "Move the pen left", Group.CANVAS),
    Action("canvas.move_pen('right')", "right,l", "", "Move the pen right", Group.CANVAS),
    Action("canvas.pen", "space", "pen", "Lower the pen, or lift it", Group.CANVAS),
    Action("canvas.eraser", "x", "eraser", "Erase instead, or paint again", Group.CANVAS),
    Action("canvas.wipe", "backspace", "clear", "Empty the canvas", Group.CANVAS),
    Action(
        "canvas.end_drawing", "escape", "done", "Give the keys back to the player", Group.CANVAS
    ),
)
"""What the keys mean while the canvas has them, in place of what they mean to the player."""

QUESTION_ACTIONS = (
    Action("question.move_answer(-1)", "up,k", "", "The answer above", Group.QUESTION),
    Action("question.move_answer(1)", "down,j", "", "The answer below", Group.QUESTION),
    Action(
        "question.take_answer",
        "enter",
        "answer",
        "Give the answer; its number does it too",
        Group.QUESTION,
    ),
    Action(
        "question.skip_question",
        "escape",
        "skip",
        "Leave the question open this time",
        Group.QUESTION,
    ),
)
"""What keys mean while a question is asked."""

ANSWER_ACTIONS = (
    Action(
        "app.simulate_key('enter')",
        "enter",
        "send",
        "Give the code the line that it asks for",
        Group.ANSWERING,
    ),
    Action(
        "app.simulate_key('escape')",
        "escape",
        "stop",
        "Stop the step that asks for a line",
        Group.ANSWERING,
    ),
)
"""What keys mean while the code waits for a line."""

IN_HAND_ACTIONS = (
    Action(
        "dials.begin_setting",
        "enter",
        "set",
        "Type the chosen number; a digit begins it too",
        Group.EXERCISE,
    ),
    Action("dials.let_go", "escape", "let go", "Let go of the chosen number", Group.EXERCISE),
)
"""What keys mean while a number of the code is in hand, beside what they mean to the player."""

SETTING_ACTIONS = (
    Action("app.simulate_key('enter')", "enter", "set", "Set the number", Group.EXERCISE),
    Action(
        "app.simulate_key('escape')",
        "escape",
        "as it is",
        "Leave the number as it is",
        Group.EXERCISE,
    ),
)
"""What keys mean while a number is typed."""

FIELD_ACTIONS = (
    Action(
        "app.simulate_key('enter')",
        "enter",
        "next place",
        "Take what is typed in the field",
        Group.PANES,
    ),
    Action(
        "app.simulate_key('escape')",
        "escape",
        "close",
        "Close the field in which you type",
        Group.PANES,
    ),
)
"""What keys mean in a field that takes what is typed."""

ASK_ACTIONS = (
    Action("app.simulate_key('enter')", "enter", "ask", "Ask what is written", Group.ASKING),
    Action("app.simulate_key('tab')", "tab", "complete", "Complete the word", Group.ASKING),
    Action("app.simulate_key('up')", "up", "", "Bring back what was asked before", Group.ASKING),
    Action(
        "app.simulate_key('ctrl+t')",
        "ctrl+t",
        "watch",
        "Watch what is written, or what was asked last",
        Group.ASKING,
    ),
    Action(
        "app.simulate_key('escape')",
        "escape",
        "close",
        "Close the line in which you ask",
        Group.ASKING,
    ),
)
"""What keys mean in the line that asks."""

PANE_ACTIONS = (
    END_WRITING,
    *QUESTION_ACTIONS,
    *ANSWER_ACTIONS,
    *FIELD_ACTIONS,
    *ASK_ACTIONS,
    *IN_HAND_ACTIONS,
    *SETTING_ACTIONS,
    *EDITOR_ACTIONS,
    *CANVAS_ACTIONS,
)
"""What keys mean while a pane has them: a question, the editor, a line to write in, the canvas."""
