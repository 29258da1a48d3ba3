"""The lines under the panes: what runs, what can be done now, and what is asked for or typed.

Read in this order: controls, with loop_bars and answer_line; hand and named_keys, for the bar of
actions; then the lines that a key opens: ask_line, dial_line, race_line and arguments_line, each
with its field: ask_input, dial_input, race_input and arguments_input, over line_input.
"""
