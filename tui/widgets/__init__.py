"""Thin widgets, one a file, each with its CSS beside it.

Read in this order: player_panes, which holds the panes; strip_pane, which most of them are, and
text_pane, which those with words are, with pane_strips, searched and pane_finder; then code_pane,
curve_pane, output_pane, tensor_pane, view_pane, canvas_pane and prose_pane (with prose_search);
controls, with action_bar, answer_line and loop_bars; status_bar and pane_tabs; exercise_pane, with
editor_pane (a completing_area, which is a code_area over a noted_document), word_list, editor_foot
and find_field; lesson_list and filter_input, of the list.
"""
