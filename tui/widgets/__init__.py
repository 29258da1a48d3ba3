"""Thin widgets that several rooms use, one a file, each with its CSS beside it.

Read in this order: strip_pane, and text_pane over it, which most panes are, with searched and
pane_strips; status_bar and toasts; word_list, find_field, filter_input and choosing_input, for what
is typed; lesson_list, of the list; key_table, of the help; whole_scrollbar.
"""
